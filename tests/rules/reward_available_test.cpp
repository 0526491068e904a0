#include "core/rules/reward_available.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/rules/tier_assignment.h"

namespace loyalty {
namespace {

Points pts(std::int64_t n) { return Points::of(n); }

/// Gold before silver, so that ranks and catalog order differ.
struct Shop {
  Shop() {
    catalog.program.status = ProgramStatus::active;
    catalog.tiers_active = true;
    catalog.tiers = tiers;
    catalog.rewards = rewards;
    as_money.kind = EffectKind::points_as_money;
    as_money.cost = pts(10);
    as_money.min_points = pts(25);
    rewards[0].active = true;
    rewards[0].type = RewardType::coupon_reward;
    rewards[0].configs = coupon_configs;
    rewards[1].active = true;
    rewards[1].type = RewardType::discount_amount;
    rewards[1].configs = money_configs;
    money_configs[0].effects = {&as_money, 1};
  }
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  Tier tiers[2] = {{TierId{"gold"}, "Gold", pts(500)}, {TierId{"silver"}, "Silver", pts(100)}};
  Effect as_money;
  RewardConfig coupon_configs[2] = {{TierId{}, pts(200), {}}, {TierId{"gold"}, pts(50), {}}};
  RewardConfig money_configs[1] = {{TierId{"silver"}, pts(10), {}}};
  Reward rewards[2];
  Catalog catalog;
};

TEST(RewardAvailable, FromTheCostOn) {
  const Shop shop;
  EXPECT_FALSE(reward_available(shop.catalog, TierId{}, pts(199)));
  EXPECT_TRUE(reward_available(shop.catalog, TierId{}, pts(200)));
}

TEST(RewardAvailable, EachTierHasItsOwnConfigAndNoOther) {
  const Shop shop;
  EXPECT_TRUE(reward_available(shop.catalog, TierId{"gold"}, pts(50)));
  EXPECT_FALSE(reward_available(shop.catalog, TierId{"gold"}, pts(49)));
  EXPECT_FALSE(reward_available(shop.catalog, TierId{"bronze"}, pts(9'999)));
}

TEST(RewardAvailable, PointsAsMoneyNeedTheirMinimum) {
  const Shop shop;
  EXPECT_FALSE(reward_available(shop.catalog, TierId{"silver"}, pts(24)));
  EXPECT_TRUE(reward_available(shop.catalog, TierId{"silver"}, pts(25)));
}

TEST(RewardAvailable, WithoutAMinimumOfPointsAsMoneyTheCostCounts) {
  Shop shop;
  shop.as_money.min_points = no_points;
  EXPECT_EQ(fewest_points(shop.rewards[1], shop.money_configs[0]), pts(10));
  shop.as_money.kind = EffectKind::fixed_amount;
  shop.as_money.min_points = pts(25);
  EXPECT_EQ(fewest_points(shop.rewards[1], shop.money_configs[0]), pts(10));
}

TEST(RewardAvailable, TheCheapestOfSeveralCounts) {
  Shop shop;
  shop.rewards[1].type = RewardType::coupon_reward;
  shop.rewards[1].configs = shop.coupon_configs;
  shop.rewards[0].configs = shop.money_configs;
  shop.money_configs[0] = {TierId{}, pts(300), {}};
  EXPECT_EQ(cheapest_reward(shop.catalog, TierId{}), pts(200));
  shop.money_configs[0].cost = pts(100);
  EXPECT_EQ(cheapest_reward(shop.catalog, TierId{}), pts(100));
}

TEST(RewardAvailable, WithoutTiersTheBaseConfigIsEverybodys) {
  Shop shop;
  shop.catalog.tiers_active = false;
  EXPECT_FALSE(reward_available(shop.catalog, TierId{"gold"}, pts(199)));
  EXPECT_TRUE(reward_available(shop.catalog, TierId{"gold"}, pts(200)));
}

TEST(RewardAvailable, NeverWhileTheProgramIsNotActive) {
  Shop shop;
  for (const ProgramStatus status : {ProgramStatus::draft, ProgramStatus::paused}) {
    shop.catalog.program.status = status;
    EXPECT_FALSE(reward_available(shop.catalog, TierId{}, pts(9'999)));
  }
}

TEST(RewardAvailable, OnlyActiveRewardsCount) {
  Shop shop;
  shop.rewards[0].active = false;
  EXPECT_FALSE(reward_available(shop.catalog, TierId{}, pts(9'999)));
}

/// Points around the thresholds and costs, and anything at all.
std::vector<std::int64_t> random_points(std::mt19937_64& random, std::size_t count) {
  std::vector<std::int64_t> points(count);
  for (std::int64_t& p : points) {
    const std::int64_t edges[] = {0, 49, 50, 99, 100, 199, 200, 499, 500, limits::points_max};
    p = random() % 2 == 0 ? edges[random() % std::size(edges)]
                          : static_cast<std::int64_t>(random() % 600) - 20;
  }
  return points;
}

void expect_equal_to_one_by_one(const Catalog& catalog, std::size_t count, std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed) + " count " + std::to_string(count));
  std::mt19937_64 random(seed);
  const std::vector<std::int64_t> tier_points = random_points(random, count);
  const std::vector<std::int64_t> available = random_points(random, count);
  std::vector<std::uint8_t> ranks(count, 99);
  std::vector<std::uint8_t> rewards(count, 99);
  const Standing standing = standing_of(catalog);
  assign_tiers_and_rewards(tier_points, available, standing, ranks, rewards);
  for (std::size_t i = 0; i < count; ++i) {
    const Tier* tier = tier_for(catalog.tiers, catalog.tiers_active, pts(tier_points[i]));
    const Tier* ranked =
        ranks[i] == 0 ? nullptr : &catalog.tiers[standing.tier_indices[ranks[i] - 1U]];
    ASSERT_EQ(ranked, tier);
    const TierId id = tier == nullptr ? TierId{} : tier->id;
    ASSERT_EQ(rewards[i] == 1, reward_available(catalog, id, pts(available[i])));
  }
}

TEST(AssignTiersAndRewards, EqualsOneAccountAtATime) {
  Shop shop;
  for (const std::size_t count : {0U, 1U, 255U, 256U, 257U, 5'000U}) {
    expect_equal_to_one_by_one(shop.catalog, count, 1 + count);
  }
  shop.catalog.tiers_active = false;
  expect_equal_to_one_by_one(shop.catalog, 1'000, 2);
  shop.catalog.program.status = ProgramStatus::paused;
  expect_equal_to_one_by_one(shop.catalog, 1'000, 3);
}

TEST(AssignTiersAndRewards, WithTheMostTiersThereCanBe) {
  std::vector<Tier> tiers;
  for (std::int64_t i = 0; i < limits::tiers_max; ++i) {
    tiers.push_back({TierId{}, "", pts(30 * (limits::tiers_max - i))});
  }
  Shop shop;
  shop.catalog.tiers = tiers;
  expect_equal_to_one_by_one(shop.catalog, 3'000, 4);
}

}  // namespace
}  // namespace loyalty
