#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

constexpr FieldNames cart_fields{"id",       "currency", "pricesIncludeTax", "lines",
                                 "shipping", "fees",     "wallets"};
constexpr FieldNames line_fields{"id",   "unitPrice",    "quantity",
                                 "tags", "taxRatePpm",   "discountable",
                                 "kind", "minUnitPrice", "listUnitPrice"};
constexpr FieldNames shipping_fields{"id", "price", "taxRatePpm", "tags"};
constexpr FieldNames wallet_fields{"id", "balance"};
constexpr FieldNames intent_fields{"chosen"};
constexpr FieldNames chosen_fields{"reward", "coupon", "code", "referralReward"};
constexpr FieldNames choice_fields{"id", "points"};
constexpr FieldNames code_fields{"text"};

constexpr ListRule line_tags{limits::line_tags_max};

/// Adds without passing the limit that is checked, so that no sum overflows.
Money sum_within_limit(Money a, Money b) { return min(a + b, Money::minor(limits::js_exact_max)); }

Money decode_line(Decoder& decoder, Tape::Position at, CartLine& line) {
  const Fields<line_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return no_money;
  }
  decoder.need(in.at<"id">(), line.id);
  decoder.need(in.at<"unitPrice">(), line.unit_price);
  decoder.need(in.at<"quantity">(), line.quantity, ranges::quantity);
  decoder.read(in.at<"tags">(), line.tags, line_tags);
  decoder.read(in.at<"taxRatePpm">(), line.tax_rate, ranges::tax_rate);
  decoder.read(in.at<"discountable">(), line.discountable);
  decoder.read_name(in.at<"kind">(), line.kind, names::item_kind);
  decoder.read(in.at<"minUnitPrice">(), line.min_unit_price);
  decoder.read(in.at<"listUnitPrice">(), line.list_unit_price);
  const Money subtotal = line.unit_price * line.quantity;
  if (subtotal.minor_units() > limits::money_minor_max) {
    decoder.fail(ErrorCode::out_of_range, at);
  }
  return subtotal;
}

void decode_shipping(Decoder& decoder, Tape::Position at, ShippingMethod& method) {
  const Fields<shipping_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), method.id, id_text);
  decoder.need(in.at<"price">(), method.price);
  decoder.read(in.at<"taxRatePpm">(), method.tax_rate, ranges::tax_rate);
  decoder.read(in.at<"tags">(), method.tags, line_tags);
}

void decode_wallet(Decoder& decoder, Tape::Position at, Wallet& wallet) {
  const Fields<wallet_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), wallet.id, id_text);
  decoder.need(in.at<"balance">(), wallet.balance);
}

void decode_choice_of(Decoder& decoder, ChoiceKind kind, Tape::Position at, Choice& choice) {
  choice.kind = kind;
  if (kind == ChoiceKind::code) {
    const Fields<code_fields> in{decoder, at, Unknown::ignored};
    if (in.is_object()) {
      decoder.need(in.at<"text">(), choice.text, id_text);
    }
    return;
  }
  const Fields<choice_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  decoder.need(in.at<"id">(), choice.text, id_text);
  if (kind == ChoiceKind::reward) {
    decoder.read(in.at<"points">(), choice.points, Range{1, limits::points_max});
  }
}

void decode_choice(Decoder& decoder, Tape::Position at, Choice& choice) {
  const Fields<chosen_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  bool has_one = false;
  for (std::size_t i = 0; i < std::size(names::choice_kind); ++i) {
    const Field field = in.at_index(i);
    if (!field) {
      continue;
    }
    if (has_one) {
      decoder.fail(ErrorCode::unknown_field, field);
    } else {
      decode_choice_of(decoder, static_cast<ChoiceKind>(i), field.value, choice);
    }
    has_one = true;
  }
  if (!has_one) {
    decoder.fail(ErrorCode::missing_field, at, names::choice_kind[0]);
  }
}

/// The same thing chosen twice is a mistake of the sender. At most 64 entries, so each is compared
/// with each; codes without regard to case, as they are looked up.
void check_chosen_once(Decoder& decoder, const Field& field, std::span<const Choice> chosen) {
  for (std::size_t i = 1; i < chosen.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Choice& a = chosen[i];
      const Choice& b = chosen[j];
      const bool is_same = a.kind == b.kind && !a.text.empty() &&
                           (a.kind == ChoiceKind::code ? equal_folded(without_spaces_around(a.text),
                                                                      without_spaces_around(b.text))
                                                       : a.text == b.text);
      if (is_same) {
        decoder.fail_entry(ErrorCode::duplicate_id, field, i, {});
        return;
      }
    }
  }
}

}  // namespace

void decode_cart(Decoder& decoder, Tape::Position at, Cart& cart) {
  const Fields<cart_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  Money sum;
  decoder.read(in.at<"id">(), cart.id, id_text);
  decoder.need(in.at<"currency">(), cart.currency);
  decoder.read(in.at<"pricesIncludeTax">(), cart.prices_include_tax);

  const Field lines = in.at<"lines">();
  if (!lines) {
    decoder.fail(ErrorCode::missing_field, at, "lines");
  }
  decoder.read_list(lines, cart.lines, {limits::cart_lines_max},
                    [&](Tape::Position line_at, CartLine& line) {
                      sum = sum_within_limit(sum, decode_line(decoder, line_at, line));
                    });
  decoder.check_unique(lines, cart.lines, "id", [](const CartLine& l) { return l.id.text(); });

  const Field shipping = in.at<"shipping">();
  decoder.read_list(shipping, cart.shipping, {limits::shipping_methods_max},
                    [&](Tape::Position method_at, ShippingMethod& method) {
                      decode_shipping(decoder, method_at, method);
                      sum = sum_within_limit(sum, method.price);
                    });
  decoder.check_unique(shipping, cart.shipping, "id", [](const ShippingMethod& m) { return m.id; });

  decoder.read(in.at<"fees">(), cart.fees);
  sum = sum_within_limit(sum, cart.fees);

  const Field wallets = in.at<"wallets">();
  decoder.read_list(
      wallets, cart.wallets, {limits::wallets_max},
      [&](Tape::Position wallet_at, Wallet& wallet) { decode_wallet(decoder, wallet_at, wallet); });
  decoder.check_unique(wallets, cart.wallets, "id", [](const Wallet& w) { return w.id; });

  if (sum.minor_units() > limits::cart_minor_max) {
    decoder.fail(ErrorCode::out_of_range, at);
  }
}

void decode_intent(Decoder& decoder, Tape::Position at, Intent& intent) {
  const Fields<intent_fields> in{decoder, at, Unknown::ignored};
  if (!in.is_object()) {
    return;
  }
  const Field chosen = in.at<"chosen">();
  decoder.read_list(
      chosen, intent.chosen, {limits::chosen_max},
      [&](Tape::Position entry_at, Choice& choice) { decode_choice(decoder, entry_at, choice); });
  check_chosen_once(decoder, chosen, intent.chosen);
}

}  // namespace loyalty
