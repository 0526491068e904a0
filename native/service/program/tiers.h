#pragma once

#include <string_view>
#include <vector>

#include "native/service/call.h"
#include "native/service/program/program.h"
#include "native/wire/schema.h"

/// Tiers and the settings of the tiers' program, as documents.
namespace loyalty::service {

inline constexpr std::string_view tiers_settings_id = "tiers";

/// Tier as the public API shows it.
Json tier_json(const store::Document& document);
/// TiersProgramSettings; where there are none, the defaults, which no one has written (U93).
Json tiers_settings(store::Session& session);

/// In ascending order of required points.
std::vector<TierRow> tier_rows(store::Session& session);

/// Throws TIER_NOT_FOUND.
store::Document require_tier(store::Session& session, std::string_view id);

/// Throws TIER_NOT_FOUND where one of the configs names a tier that there is not. Those that
/// `before` names as well may be orphans (U43). Throws VALIDATION at `field` where two name one.
void require_tiers_of(store::Session& session, const Json& configs, const Json& before,
                      const std::string& field);

/// Name, description and icon of a tier.
wire::Schema tier_definition_schema(wire::Field name);
/// The six fields of an image, and what else clients send with it.
wire::Schema image_schema();

}  // namespace loyalty::service
