#include "core/json/decode.h"
#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

using namespace shapes;

constexpr Range resolved_count{0, limits::chosen_max};
/// `resolved` follows the rules of catalogs.
constexpr FieldShape resolved_field{list("resolved", Member{0, &store<std::span<const Promotion>>},
                                         promotions_list, resolved_count)};

constexpr FieldShape request_fields[] = {
    apart("catalog"), apart("account"),  apart("cart"), apart("intent"),
    apart("now"),     apart("resolved"), apart("want"),
};
struct RequestObject {};
constexpr Shape request_shape = of<RequestObject, request_fields>();

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
    if (decoder.read_name(Field{at, field.value, {}}, index, names_of<want_names>)) {
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
  read_object(decoder, catalog_shape, 0, &catalog, Unknown::refused);
  if (decoder.ok()) {
    return std::nullopt;
  }
  return decoder.take_error();
}

ErrorCode accept_catalog(const Tape& tape, Arena& arena, Catalog& catalog) {
  TextSet texts;
  Decoder decoder{tape, arena, texts};
  read_object(decoder, catalog_shape, 0, &catalog, Unknown::refused);
  return decoder.code();
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
  Decoder decoder{tape, arena_, texts_};
  decode(decoder, held);
  if (decoder.ok()) {
    return std::nullopt;
  }
  return decoder.take_error();
}

ErrorCode RequestDocument::accept(const Tape& tape, const Catalog* held) {
  arena_.reset();
  Decoder decoder{tape, arena_, texts_};
  decode(decoder, held);
  return decoder.code();
}

void RequestDocument::decode(Decoder& decoder, const Catalog* held) {
  held_ = held;
  own_catalog_ = {};
  account_.reset();
  cart_ = {};
  intent_ = {};
  now_ = {};
  resolved_ = {};
  want_ = {};

  Members in{request_shape, 0, Unknown::ignored};
  if (!find_members(decoder, in)) {
    return;
  }
  const auto need = [&](const Field& field) {
    if (!field) {
      decoder.fail(ErrorCode::missing_field, 0, field.name);
    }
    return static_cast<bool>(field);
  };
  if (held == nullptr) {
    const Field field = in.at(place_of("catalog", request_fields));
    if (need(field)) {
      read_object(decoder, catalog_shape, field.value, &own_catalog_, Unknown::refused);
    }
  }
  const Field account = in.at(place_of("account", request_fields));
  if (account && decoder.tape().type(account.value) != TokenType::null) {
    read_object(decoder, account_shape, account.value, &account_.emplace(), Unknown::ignored);
  }
  const Field cart = in.at(place_of("cart", request_fields));
  if (need(cart)) {
    read_object(decoder, cart_shape, cart.value, &cart_, Unknown::ignored);
  }
  if (const Field intent = in.at(place_of("intent", request_fields))) {
    read_object(decoder, intent_shape, intent.value, &intent_, Unknown::ignored);
  }
  decoder.need(in.at(place_of("now", request_fields)), now_);
  read_by(decoder, resolved_field, in.at(place_of("resolved", request_fields)), &resolved_,
          Unknown::refused);
  decode_want(decoder, in.at(place_of("want", request_fields)), want_);

  // What spans documents comes last. Where a part could not be read, that is the better error
  // already.
  if (account_) {
    check_references(decoder, account, *account_, catalog());
  }
  if (!(cart_.currency == catalog().currency)) {
    decoder.fail(ErrorCode::currency_mismatch, cart.value, "currency");
  }
}

}  // namespace loyalty
