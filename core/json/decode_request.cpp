#include "core/json/decode.h"
#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

constexpr FieldNames request_fields{"catalog", "account",  "cart", "intent",
                                    "now",     "resolved", "want"};
constexpr std::string_view want_names[] = {"explain", "offers", "nearMisses", "digest"};

void decode_want(Decoder& decoder, const Field& field, Want& want) {
  if (!field || !decoder.is_list(field.value, {limits::chosen_max})) {
    return;
  }
  const Tape& tape = decoder.tape();
  bool* const switches[] = {&want.explain, &want.offers, &want.near_misses, &want.digest};
  const Tape::Position end = tape.next(field.value);
  for (Tape::Position at = field.value + 1; at != end; at = tape.next(at)) {
    std::size_t index = 0;
    if (decoder.read_name(Field{at, field.value, {}}, index, want_names)) {
      *switches[index] = true;
    }
  }
}

void check_references(Decoder& decoder, const Field& account_field, const Account& account,
                      const Catalog& catalog) {
  if (account.tier.empty()) {
    return;
  }
  for (const Tier& tier : catalog.tiers) {
    if (tier.id == account.tier) {
      return;
    }
  }
  decoder.fail(ErrorCode::unknown_reference, account_field.value, "tierId");
}

}  // namespace

std::optional<Error> decode_catalog(const Tape& tape, Arena& arena, Catalog& catalog) {
  TextSet texts;
  Decoder decoder{tape, arena, texts};
  decode_catalog(decoder, 0, catalog);
  if (decoder.ok()) {
    return std::nullopt;
  }
  return decoder.take_error();
}

Result<std::unique_ptr<CatalogDocument>> CatalogDocument::from_json(std::string text,
                                                                    std::size_t bytes_max) {
  std::unique_ptr<CatalogDocument> document{new CatalogDocument};
  document->text_ = std::move(text);
  Reader reader;
  if (std::optional<Error> error = reader.read(document->text_, bytes_max, document->arena_)) {
    return *std::move(error);
  }
  if (std::optional<Error> error =
          decode_catalog(reader.tape(), document->arena_, document->catalog_)) {
    return *std::move(error);
  }
  return document;
}

std::optional<Error> RequestDocument::read(std::string_view json, const Catalog* held) {
  arena_.reset();
  const std::size_t bytes_max =
      held != nullptr ? limits::document_bytes_max : limits::catalog_bytes_max;
  if (std::optional<Error> error = reader_.read(json, bytes_max, arena_)) {
    return error;
  }
  return decode(reader_.tape(), held);
}

std::optional<Error> RequestDocument::read(const Tape& tape, const Catalog* held) {
  arena_.reset();
  return decode(tape, held);
}

std::optional<Error> RequestDocument::decode(const Tape& tape, const Catalog* held) {
  held_ = held;
  own_catalog_ = {};
  account_.reset();
  cart_ = {};
  intent_ = {};
  now_ = {};
  resolved_ = {};
  want_ = {};

  Decoder decoder{tape, arena_, texts_};
  const Fields<request_fields> in{decoder, 0, Unknown::ignored};
  if (!in.is_object()) {
    return decoder.take_error();
  }
  if (held == nullptr) {
    const Field field = in.at<"catalog">();
    if (field) {
      decode_catalog(decoder, field.value, own_catalog_);
    } else {
      decoder.fail(ErrorCode::missing_field, 0, field.name);
    }
  }
  const Field account = in.at<"account">();
  if (account && tape.type(account.value) != TokenType::null) {
    decode_account(decoder, account.value, account_.emplace());
  }
  const Field cart = in.at<"cart">();
  if (cart) {
    decode_cart(decoder, cart.value, cart_);
  } else {
    decoder.fail(ErrorCode::missing_field, 0, cart.name);
  }
  if (const Field intent = in.at<"intent">()) {
    decode_intent(decoder, intent.value, intent_);
  }
  decoder.need(in.at<"now">(), now_);
  decode_promotions(decoder, in.at<"resolved">(), resolved_, limits::chosen_max);
  decode_want(decoder, in.at<"want">(), want_);

  // What spans documents comes last. Where a part could not be read, that is the better error
  // already.
  if (account_) {
    check_references(decoder, account, *account_, catalog());
  }
  if (!(cart_.currency == catalog().currency)) {
    decoder.fail(ErrorCode::currency_mismatch, cart.value, "currency");
  }
  if (decoder.ok()) {
    return std::nullopt;
  }
  return decoder.take_error();
}

}  // namespace loyalty
