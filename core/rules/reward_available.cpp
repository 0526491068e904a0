#include "core/rules/reward_available.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/base/check.h"

namespace loyalty {
namespace {

constexpr std::int32_t out_of_reach = std::numeric_limits<std::int32_t>::max();

/// Accounts computed together; a constant count spares the compiler every remainder loop.
constexpr std::size_t block = 256;

/// Points fit in 32 bits, so four are compared at once wherever there are vectors, and one by one
/// where there are none; the compiler decides.
typedef std::int32_t Lanes __attribute__((vector_size(16)));  // NOLINT(modernize-use-using)
constexpr std::size_t lanes = 4;
constexpr std::size_t rows = 4;  ///< vectors that stay in registers over all thresholds

/// How many thresholds each of a block's accounts has reached, which is its rank.
void count_reached(const std::int64_t* points, std::span<const std::int32_t> thresholds,
                   std::int32_t* ranks) {
  std::int32_t narrow[block];
  for (std::size_t i = 0; i < block; ++i) {
    narrow[i] = static_cast<std::int32_t>(points[i]);
  }
  for (std::size_t i = 0; i < block; i += rows * lanes) {
    Lanes of[rows];
    Lanes reached[rows] = {};
    std::memcpy(of, narrow + i, sizeof of);
    for (const std::int32_t threshold : thresholds) {
      const Lanes wanted = Lanes{} + threshold;
      for (std::size_t row = 0; row < rows; ++row) {
        reached[row] -= of[row] >= wanted;  // a lane that holds is -1
      }
    }
    std::memcpy(ranks + i, reached, sizeof reached);
  }
}

void assign_block(const std::int64_t* points, const std::int64_t* available,
                  const Standing& standing, std::uint8_t* ranks, std::uint8_t* rewards) {
  std::int32_t reached[block];
  count_reached(points, standing.thresholds, reached);
  const std::int32_t* cheapest = standing.cheapest.data();
  for (std::size_t i = 0; i < block; ++i) {
    ranks[i] = static_cast<std::uint8_t>(reached[i]);
    rewards[i] = available[i] >= cheapest[reached[i]] ? 1 : 0;
  }
}

/// The last accounts, fewer than a block, go through a block of their own.
void assign_rest(std::span<const std::int64_t> points, std::span<const std::int64_t> available,
                 const Standing& standing, std::span<std::uint8_t> ranks,
                 std::span<std::uint8_t> rewards) {
  std::int64_t padded_points[block] = {};
  std::int64_t padded_available[block] = {};
  std::uint8_t padded_ranks[block];
  std::uint8_t padded_rewards[block];
  std::copy(points.begin(), points.end(), padded_points);
  std::copy(available.begin(), available.end(), padded_available);
  assign_block(padded_points, padded_available, standing, padded_ranks, padded_rewards);
  std::copy_n(padded_ranks, ranks.size(), ranks.begin());
  std::copy_n(padded_rewards, rewards.size(), rewards.begin());
}

}  // namespace

const RewardConfig* config_for(const Reward& reward, TierId tier, bool tiers_active) {
  const TierId wanted = tiers_active ? tier : TierId{};
  for (const RewardConfig& config : reward.configs) {
    if (config.tier == wanted) {
      return &config;
    }
  }
  return nullptr;
}

Points fewest_points(const Reward& reward, const RewardConfig& config) {
  if (reward.type == RewardType::discount_amount) {
    for (const Effect& effect : config.effects) {
      if (effect.kind == EffectKind::points_as_money && effect.min_points > no_points) {
        return effect.min_points;
      }
    }
  }
  return config.cost;
}

std::optional<Points> cheapest_reward(const Catalog& catalog, TierId tier) {
  std::optional<Points> cheapest;
  if (catalog.program.status != ProgramStatus::active) {
    return cheapest;
  }
  for (const Reward& reward : catalog.rewards) {
    const RewardConfig* config =
        reward.active ? config_for(reward, tier, catalog.tiers_active) : nullptr;
    if (config != nullptr) {
      const Points points = fewest_points(reward, *config);
      cheapest = cheapest ? min(*cheapest, points) : points;
    }
  }
  return cheapest;
}

bool reward_available(const Catalog& catalog, TierId tier, Points available) {
  const std::optional<Points> cheapest = cheapest_reward(catalog, tier);
  return cheapest && *cheapest <= available;
}

Standing standing_of(const Catalog& catalog) {
  Standing standing;
  if (catalog.tiers_active) {
    for (std::size_t i = 0; i < catalog.tiers.size(); ++i) {
      standing.tier_indices.push_back(static_cast<std::uint8_t>(i));
    }
  }
  std::sort(standing.tier_indices.begin(), standing.tier_indices.end(),
            [&](std::uint8_t a, std::uint8_t b) {
              return catalog.tiers[a].required_points < catalog.tiers[b].required_points;
            });
  const auto cheapest_of = [&](TierId tier) {
    const std::optional<Points> cheapest = cheapest_reward(catalog, tier);
    return cheapest ? static_cast<std::int32_t>(cheapest->count()) : out_of_reach;
  };
  standing.cheapest.push_back(cheapest_of(TierId{}));
  for (const std::uint8_t index : standing.tier_indices) {
    const Tier& tier = catalog.tiers[index];
    standing.thresholds.push_back(static_cast<std::int32_t>(tier.required_points.count()));
    standing.cheapest.push_back(cheapest_of(tier.id));
  }
  return standing;
}

void assign_tiers_and_rewards(std::span<const std::int64_t> tier_points,
                              std::span<const std::int64_t> available, const Standing& standing,
                              std::span<std::uint8_t> ranks,
                              std::span<std::uint8_t> rewards_available) {
  const std::size_t count = tier_points.size();
  LOYALTY_CHECK(available.size() == count && ranks.size() == count &&
                rewards_available.size() == count);
  std::size_t i = 0;
  for (; i + block <= count; i += block) {
    assign_block(&tier_points[i], &available[i], standing, &ranks[i], &rewards_available[i]);
  }
  assign_rest(tier_points.subspan(i), available.subspan(i), standing, ranks.subspan(i),
              rewards_available.subspan(i));
}

}  // namespace loyalty
