#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

using namespace shapes;

constexpr Range tags_count{0, limits::line_tags_max};

/// Adds without passing the limit that is checked, so that no sum overflows.
Money sum_within_limit(Money a, Money b) { return min(a + b, Money::minor(limits::js_exact_max)); }

Money subtotal_of(const CartLine& line) { return line.unit_price * line.quantity; }

void check_line(Decoder& decoder, Members& in, void* object) {
  if (subtotal_of(*static_cast<const CartLine*>(object)).minor_units() > limits::money_minor_max) {
    decoder.fail(ErrorCode::out_of_range, in.object);
  }
}

void check_cart(Decoder& decoder, Members& in, void* object) {
  const Cart& cart = *static_cast<const Cart*>(object);
  Money sum = cart.fees;
  for (const CartLine& line : cart.lines) {
    sum = sum_within_limit(sum, subtotal_of(line));
  }
  for (const ShippingMethod& method : cart.shipping) {
    sum = sum_within_limit(sum, method.price);
  }
  if (sum.minor_units() > limits::cart_minor_max) {
    decoder.fail(ErrorCode::out_of_range, in.object);
  }
}

constexpr FieldShape line_fields[] = {
    needed(text("id", LOYALTY_MEMBER(CartLine, id), bounds::id)),
    needed(amount("unitPrice", LOYALTY_MEMBER(CartLine, unit_price))),
    needed(integer("quantity", LOYALTY_MEMBER(CartLine, quantity), ranges::quantity)),
    list("tags", LOYALTY_MEMBER(CartLine, tags), texts_of<std::string_view>, tags_count),
    integer("taxRatePpm", LOYALTY_MEMBER(CartLine, tax_rate), ranges::tax_rate),
    boolean("discountable", LOYALTY_MEMBER(CartLine, discountable)),
    one_of("kind", LOYALTY_MEMBER(CartLine, kind), names_of<names::item_kind>),
    amount("minUnitPrice", LOYALTY_MEMBER(CartLine, min_unit_price)),
    amount("listUnitPrice", LOYALTY_MEMBER(CartLine, list_unit_price)),
};
constexpr Shape line_shape = of<CartLine, line_fields>(check_line);
constexpr ListShape lines_list = unique_list_of<CartLine>(line_shape);
constexpr Range lines_count{0, limits::cart_lines_max};

constexpr FieldShape shipping_fields[] = {
    needed(text("id", LOYALTY_MEMBER(ShippingMethod, id), bounds::id)),
    needed(amount("price", LOYALTY_MEMBER(ShippingMethod, price))),
    integer("taxRatePpm", LOYALTY_MEMBER(ShippingMethod, tax_rate), ranges::tax_rate),
    list("tags", LOYALTY_MEMBER(ShippingMethod, tags), texts_of<std::string_view>, tags_count),
};
constexpr Shape shipping_shape = of<ShippingMethod, shipping_fields>();
constexpr ListShape shipping_list = unique_list_of<ShippingMethod>(shipping_shape);
constexpr Range shipping_count{0, limits::shipping_methods_max};

constexpr FieldShape wallet_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Wallet, id), bounds::id)),
    needed(amount("balance", LOYALTY_MEMBER(Wallet, balance))),
};
constexpr Shape wallet_shape = of<Wallet, wallet_fields>();
constexpr ListShape wallets_list = unique_list_of<Wallet>(wallet_shape);
constexpr Range wallets_count{0, limits::wallets_max};

constexpr FieldShape cart_fields[] = {
    text("id", LOYALTY_MEMBER(Cart, id), bounds::id),
    needed(currency("currency", LOYALTY_MEMBER(Cart, currency))),
    boolean("pricesIncludeTax", LOYALTY_MEMBER(Cart, prices_include_tax)),
    needed(list("lines", LOYALTY_MEMBER(Cart, lines), lines_list, lines_count)),
    list("shipping", LOYALTY_MEMBER(Cart, shipping), shipping_list, shipping_count),
    amount("fees", LOYALTY_MEMBER(Cart, fees)),
    list("wallets", LOYALTY_MEMBER(Cart, wallets), wallets_list, wallets_count),
};

constexpr Range points_chosen{1, limits::points_max};
constexpr FieldShape chosen_reward_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Choice, text), bounds::id)),
    integer("points", LOYALTY_MEMBER(Choice, points), points_chosen),
};
constexpr FieldShape chosen_coupon_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Choice, text), bounds::id)),
};
constexpr FieldShape chosen_code_fields[] = {
    needed(text("text", LOYALTY_MEMBER(Choice, text), bounds::id)),
};
constexpr Shape chosen_reward = of<Choice, chosen_reward_fields>();
constexpr Shape chosen_coupon = of<Choice, chosen_coupon_fields>();
constexpr Shape chosen_code = of<Choice, chosen_code_fields>();

/// By ChoiceKind.
constexpr const Shape* choice_shapes[] = {&chosen_reward, &chosen_coupon, &chosen_code,
                                          &chosen_coupon};

/// An entry names one thing that is chosen.
void read_choice(Decoder& decoder, Members& in, void* object) {
  bool has_one = false;
  for (std::size_t i = 0; i < in.shape.count; ++i) {
    if (!in.has(i)) {
      continue;
    }
    if (has_one) {
      decoder.fail(ErrorCode::unknown_field, in.at(i));
    } else {
      static_cast<Choice*>(object)->kind = static_cast<ChoiceKind>(i);
      read_object(decoder, *choice_shapes[i], in.values[i], object, in.unknown);
    }
    has_one = true;
  }
  if (!has_one) {
    decoder.fail(ErrorCode::missing_field, in.object, names::choice_kind[0]);
  }
}

constexpr FieldShape choice_fields[] = {
    apart(names::choice_kind[0]),
    apart(names::choice_kind[1]),
    apart(names::choice_kind[2]),
    apart(names::choice_kind[3]),
};
constexpr Shape choice_shape = of<Choice, choice_fields>(read_choice);

/// The same thing chosen twice is a mistake of the sender. At most 64 entries, so each is compared
/// with each; codes without regard to case, as they are looked up.
void check_chosen_once(Decoder& decoder, const Field& field, const void* list) {
  const std::span<const Choice> chosen = *static_cast<const std::span<const Choice>*>(list);
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

constexpr ListShape chosen_list = list_of<Choice>(choice_shape, check_chosen_once);
constexpr Range chosen_count{0, limits::chosen_max};
constexpr FieldShape intent_fields[] = {
    list("chosen", LOYALTY_MEMBER(Intent, chosen), chosen_list, chosen_count),
};

}  // namespace

constexpr Shape cart_shape = of<Cart, cart_fields>(check_cart);
constexpr Shape intent_shape = of<Intent, intent_fields>();

}  // namespace loyalty
