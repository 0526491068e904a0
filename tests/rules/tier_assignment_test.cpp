#include "core/rules/tier_assignment.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

using ledger::TierEvent;

Instant at(const char* text) { return parse_instant(text).value(); }
Points pts(std::int64_t n) { return Points::of(n); }

const Tier tiers[] = {{TierId{"gold"}, "Gold", Points::of(500)},
                      {TierId{"silver"}, "Silver", Points::of(100)}};

const Tier* gold() { return &tiers[0]; }
const Tier* silver() { return &tiers[1]; }

TEST(TierFor, TheExactNumberIsEnough) {
  EXPECT_EQ(tier_for(tiers, true, pts(0)), nullptr);
  EXPECT_EQ(tier_for(tiers, true, pts(99)), nullptr);
  EXPECT_EQ(tier_for(tiers, true, pts(100)), silver());
  EXPECT_EQ(tier_for(tiers, true, pts(499)), silver());
  EXPECT_EQ(tier_for(tiers, true, pts(500)), gold());
}

TEST(TierFor, WhileTiersAreNotActiveEverybodyIsInTheBaseTier) {
  EXPECT_EQ(tier_for(tiers, false, pts(9'999'999)), nullptr);
}

TEST(TierPoints, CountTheWindowBothEndsIncluded) {
  const TierEvent events[] = {{at("2024-06-15T12:00:00Z"), pts(10)},
                              {at("2025-06-15T12:00:00Z"), pts(5)}};
  EXPECT_EQ(tier_points(events, {}, 12, at("2025-06-15T12:00:00Z")), pts(15));
  EXPECT_EQ(tier_points(events, {}, 12, at("2025-06-15T12:00:00.001Z")), pts(5));
  EXPECT_EQ(tier_points(events, {}, 12, at("2025-06-15T11:59:59.999Z")), pts(10)) << "not yet";
}

TEST(TierPoints, AreNeverBelowZero) {
  const TierEvent events[] = {{at("2024-01-15T12:00:00Z"), pts(10)},
                              {at("2025-01-15T12:00:00Z"), pts(-10)}};
  EXPECT_EQ(tier_points(events, {}, 6, at("2025-02-01T00:00:00Z")), pts(0));
}

TEST(TierForecast, SaysWhenAMemberFalls) {
  const TierEvent events[] = {{at("2025-01-10T08:00:00Z"), pts(450)},
                              {at("2025-03-01T08:00:00Z"), pts(60)}};
  const TierForecast forecast =
      tier_forecast(tiers, true, events, {}, 12, at("2025-04-01T00:00:00Z"));
  EXPECT_EQ(forecast.points, pts(510));
  EXPECT_EQ(forecast.tier, gold());
  EXPECT_EQ(forecast.changes_at, at("2026-01-10T08:00:00.001Z"));
  EXPECT_EQ(forecast.next_tier, nullptr) << "60 points are below silver";
}

TEST(TierForecast, SaysWhenAMemberRisesBecauseARemovalLeaves) {
  const TierEvent events[] = {{at("2025-01-10T08:00:00Z"), pts(-450)},
                              {at("2025-03-01T08:00:00Z"), pts(550)}};
  const TierForecast forecast =
      tier_forecast(tiers, true, events, {}, 12, at("2025-04-01T00:00:00Z"));
  EXPECT_EQ(forecast.tier, silver());
  EXPECT_EQ(forecast.changes_at, at("2026-01-10T08:00:00.001Z"));
  EXPECT_EQ(forecast.next_tier, gold());
}

TEST(TierForecast, TogetherAtOneInstantIsOneChange) {
  const TierEvent events[] = {{at("2025-01-10T08:00:00Z"), pts(300)},
                              {at("2025-01-10T08:00:00Z"), pts(-200)},
                              {at("2025-02-10T08:00:00Z"), pts(150)}};
  const TierForecast forecast =
      tier_forecast(tiers, true, events, {}, 12, at("2025-04-01T00:00:00Z"));
  EXPECT_EQ(forecast.tier, silver());
  EXPECT_EQ(forecast.changes_at, at("2026-02-10T08:00:00.001Z"));
}

TEST(TierForecast, WithoutTiersNothingChanges) {
  const TierEvent events[] = {{at("2025-01-10T08:00:00Z"), pts(600)}};
  const Instant now = at("2025-04-01T00:00:00Z");
  EXPECT_FALSE(tier_forecast(tiers, false, events, {}, 12, now).changes_at.has_value());
  EXPECT_FALSE(tier_forecast({}, true, events, {}, 12, now).changes_at.has_value());
  EXPECT_FALSE(tier_forecast(tiers, true, {}, {}, 12, now).changes_at.has_value());
}

TEST(TierForecast, FollowsEventsThatAreStillToCome) {
  const TierEvent events[] = {{at("2025-05-10T08:00:00Z"), pts(100)}};
  const TierForecast forecast =
      tier_forecast(tiers, true, events, {}, 12, at("2025-04-01T00:00:00Z"));
  EXPECT_EQ(forecast.tier, nullptr);
  EXPECT_EQ(forecast.changes_at, at("2025-05-10T08:00:00Z"));
  EXPECT_EQ(forecast.next_tier, silver());
}

/// Events at month ends and around changes of the clock, where windows are odd.
std::vector<TierEvent> random_events(std::mt19937_64& random, Instant from) {
  std::vector<TierEvent> events;
  const std::uint64_t count = random() % 8;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto minutes = static_cast<std::int64_t>(random() % (60 * 24 * 100));
    const auto points = static_cast<std::int64_t>(random() % 700) - 200;
    events.push_back({from + Duration::minutes(minutes), pts(points)});
  }
  return events;
}

TEST(TierForecast, IsExactMinuteByMinute) {
  const ZoneTable berlin = ZoneTable::of(3'600, {}, "CET-1CEST,M3.5.0,M10.5.0/3").value();
  const std::uint64_t seed = 20'250'330;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " round " + std::to_string(round));
    const std::vector<TierEvent> events = random_events(random, at("2025-01-20T00:00:00Z"));
    const Instant now = at("2025-03-20T00:00:00Z") + Duration::minutes(round * 97);
    const TierForecast forecast = tier_forecast(tiers, true, events, berlin, 1, now);
    const auto tier_at = [&](Instant t) {
      return tier_for(tiers, true, tier_points(events, berlin, 1, t));
    };
    ASSERT_EQ(forecast.tier, tier_at(now));
    const Instant end = forecast.changes_at.value_or(now + Duration::days(60));
    for (Instant t = now; t < end; t = t + Duration::minutes(7)) {
      ASSERT_EQ(tier_at(t), forecast.tier) << "no change strictly before (T3)";
    }
    if (forecast.changes_at) {
      ASSERT_EQ(tier_at(end - Duration::milliseconds(1)), forecast.tier);
      ASSERT_EQ(tier_at(end), forecast.next_tier);
    }
  }
}

TEST(TierForecast, DoesNotDependOnTheOrderOfEvents) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<TierEvent> events = random_events(random, at("2025-01-01T00:00:00Z"));
    const Instant now = at("2025-04-05T00:00:00Z");
    const TierForecast forecast = tier_forecast(tiers, true, events, {}, 3, now);
    std::shuffle(events.begin(), events.end(), random);
    const TierForecast shuffled = tier_forecast(tiers, true, events, {}, 3, now);
    EXPECT_EQ(forecast.points, shuffled.points);
    EXPECT_EQ(forecast.tier, shuffled.tier);
    EXPECT_EQ(forecast.changes_at, shuffled.changes_at);
    EXPECT_EQ(forecast.next_tier, shuffled.next_tier);
  }
}

}  // namespace
}  // namespace loyalty
