#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/id.h"
#include "core/model/catalog.h"
#include "core/money/points.h"

/// Which rewards a member can afford; for one member, and for all members of a shop at once.
namespace loyalty {

/// The config by which a member of `tier` redeems; null: not eligible. A tier without a config of
/// its own has no fallback (U49); while tiers are not active everybody has the base tier's.
const RewardConfig* config_for(const Reward& reward, TierId tier, bool tiers_active);

/// The fewest points for which the reward can be had: its cost, or of points as money the minimum
/// (U50).
Points fewest_points(const Reward& reward, const RewardConfig& config);

/// The fewest points with which a member of `tier` can redeem any active reward; nothing where
/// there is none, or the program is not active.
std::optional<Points> cheapest_reward(const Catalog& catalog, TierId tier);

/// Whether any reward is within reach (U77).
bool reward_available(const Catalog& catalog, TierId tier, Points available);

/// A catalog as the batch needs it: tiers in ascending order of required points.
struct Standing {
  std::vector<std::int32_t> thresholds;    ///< required points, ascending
  std::vector<std::uint8_t> tier_indices;  ///< of each rank: index into the catalog's tiers
  std::vector<std::int32_t> cheapest;      ///< per rank, 0 is the base tier; INT32_MAX: no reward
};

Standing standing_of(const Catalog& catalog);

/// The ranks of many accounts and whether a reward is within their reach.
///
/// Rank 0 is the base tier, rank r the r-th tier by required points, which is tier
/// `standing.tier_indices[r - 1]` of the catalog. Equal to tier_for() and reward_available() of
/// each account.
///
/// Requires: all spans of one size; points within ±limits::points_max.
void assign_tiers_and_rewards(std::span<const std::int64_t> tier_points,
                              std::span<const std::int64_t> available, const Standing& standing,
                              std::span<std::uint8_t> ranks,
                              std::span<std::uint8_t> rewards_available);

}  // namespace loyalty
