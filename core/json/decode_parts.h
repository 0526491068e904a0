#pragma once

#include <optional>
#include <span>

#include "core/json/decoder.h"
#include "core/json/fields.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"

/// The decoders of the parts that documents share; decode.h has the documents. Each leaves what it
/// could not read at its default and records why in the Decoder.
namespace loyalty {

/// Where an effect stands decides what it may be.
struct EffectPlace {
  Unknown unknown = Unknown::refused;
  /// What the reward's config costs; only there points can be money.
  std::optional<Points> config_cost;
};

void decode_effects(Decoder& decoder, const Field& field, std::span<const Effect>& effects,
                    const EffectPlace& place);
void decode_scope(Decoder& decoder, Tape::Position at, Scope& scope, Unknown unknown);
void decode_conditions(Decoder& decoder, const Field& field, Conditions& conditions,
                       Unknown unknown);

/// Promotions of a catalog, or those that a request brings along (`resolved`).
void decode_promotions(Decoder& decoder, const Field& field, std::span<const Promotion>& promotions,
                       std::int64_t max);
void decode_catalog(Decoder& decoder, Tape::Position at, Catalog& catalog);

void decode_account(Decoder& decoder, Tape::Position at, Account& account);
void decode_cart(Decoder& decoder, Tape::Position at, Cart& cart);
void decode_intent(Decoder& decoder, Tape::Position at, Intent& intent);

inline constexpr ListRule rule_tags{limits::scope_tags_max, false};

}  // namespace loyalty
