#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "native/service/call.h"
#include "native/wire/schema.h"

/// Rewards as documents: what members can get for points.
namespace loyalty::service {

/// Reward as the public API shows it.
Json reward_json(const store::Document& document);

/// The configs per tier, whatever the kind of the reward.
const Json& reward_configs(const Json& reward);

/// The config by which a member of `tier_id` redeems; null where there is none (U49). While tiers
/// are not active the base tier's.
const Json& reward_config_for(const Json& reward, std::string_view tier_id, bool tiers_active);

/// Throws REWARD_NOT_FOUND.
Json require_reward(store::Session& session, std::string_view id);

/// `customConditions` of a reward: orders and spend of the last `withinDays` days (absent: ever).
/// The tag that a member who meets them has in the quote's account; empty where there are none.
std::string condition_tag(const Json& reward);

/// Whether the contact meets the reward's own conditions, by the orders that it has placed and not
/// cancelled; true where there are none. Orders are documents of kind order with `contactId`,
/// `status`, and `amounts.total` in minor units.
bool reward_conditions_met(Call& call, const Json& reward, std::string_view contact_id);

/// The tags of all rewards whose conditions the contact meets: `customerTags` of its account in a
/// quote.
std::vector<std::string> reward_tags_of(Call& call, std::string_view contact_id);

wire::Schema reward_schema(wire::Field id, wire::Field revision, wire::Field name);

}  // namespace loyalty::service
