#include "core/rules/earning.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace loyalty {
namespace {

Currency currency(const char* code) { return Currency::of(code).value(); }

struct Case {
  const char* currency;
  std::int64_t base;
  std::int64_t points;
  std::int64_t per;
  std::int64_t wix;
  std::int64_t floor;
  std::int64_t per_step;
};

TEST(Earning, WorkedFigures) {
  const Case cases[] = {
      // The documented examples.
      {"USD", 10'00, 10, 20, 5, 5, 0},
      {"USD", 20'00, 10, 20, 10, 10, 10},
      {"USD", 30'00, 10, 20, 15, 15, 10},
      {"USD", 4'99, 10, 1, 40, 49, 40},
      {"USD", 100'00, 2, 1, 200, 200, 200},
      {"USD", 10'00, 1, 10, 1, 1, 1},
      {"USD", 19'99, 1, 10, 1, 1, 1},
      // The last cent before, and at, a point.
      {"USD", 9'99, 1, 10, 0, 0, 0},
      {"USD", 99, 10, 1, 0, 9, 0},
      // Currencies without decimals, with three, with four.
      {"JPY", 1'499, 1, 100, 14, 14, 14},
      {"JPY", 50, 3, 100, 1, 1, 0},
      {"KWD", 4'999, 10, 1, 40, 49, 40},
      {"CLF", 4'9999, 10, 1, 40, 49, 40},
  };
  for (const Case& c : cases) {
    const auto earned = [&](EarnRounding rounding) {
      return converted_points(Money::minor(c.base), currency(c.currency), c.per,
                              Points::of(c.points), rounding)
          .count();
    };
    EXPECT_EQ(earned(EarnRounding::wix), c.wix) << c.currency << ' ' << c.base;
    EXPECT_EQ(earned(EarnRounding::floor), c.floor) << c.currency << ' ' << c.base;
    EXPECT_EQ(earned(EarnRounding::per_step), c.per_step) << c.currency << ' ' << c.base;
  }
}

TEST(Earning, NothingForNothing) {
  for (const EarnRounding rounding :
       {EarnRounding::wix, EarnRounding::floor, EarnRounding::per_step}) {
    EXPECT_EQ(converted_points(no_money, currency("EUR"), 1, Points::of(10), rounding), no_points);
    EXPECT_EQ(converted_points(Money::minor(-500), currency("EUR"), 1, Points::of(10), rounding),
              no_points);
  }
}

TEST(Earning, TheLargestBaseAtTheHighestRateIsCapped) {
  const Money base = Money::minor(limits::cart_minor_max);
  for (const char* code : {"JPY", "EUR", "CLF"}) {
    for (const EarnRounding rounding :
         {EarnRounding::wix, EarnRounding::floor, EarnRounding::per_step}) {
      EXPECT_EQ(converted_points(base, currency(code), 1, Points::of(limits::points_per_call_max),
                                 rounding)
                    .count(),
                limits::points_max);
      EXPECT_GE(converted_points(base, currency(code), limits::earn_money_amount_max,
                                 Points::of(limits::points_per_call_max), rounding),
                no_points);
    }
  }
}

TEST(Earning, EqualsTheFormulaOnAllSmallValues) {
  const std::int64_t per_major = 100;
  for (std::int64_t base = 1; base <= 450; ++base) {
    for (std::int64_t per = 1; per <= 6; ++per) {
      for (std::int64_t points = 1; points <= 6; ++points) {
        const auto earned = [&](EarnRounding rounding) {
          return converted_points(Money::minor(base), currency("EUR"), per, Points::of(points),
                                  rounding)
              .count();
        };
        ASSERT_EQ(earned(EarnRounding::wix), base / per_major * points / per);
        ASSERT_EQ(earned(EarnRounding::floor), base * points / (per * per_major));
        ASSERT_EQ(earned(EarnRounding::per_step), base / (per * per_major) * points);
      }
    }
  }
}

TEST(Earning, NeverFallsAsTheBaseGrows) {
  for (const EarnRounding rounding :
       {EarnRounding::wix, EarnRounding::floor, EarnRounding::per_step}) {
    Points last;
    for (std::int64_t base = 0; base < 5'000; ++base) {
      const Points points =
          converted_points(Money::minor(base), currency("EUR"), 7, Points::of(5), rounding);
      ASSERT_GE(points, last);
      last = points;
    }
  }
}

// --- configs

const EarningConfig base_config{.tier = {}, .points = Points::of(1), .money_amount = 1};
const EarningConfig gold_config{.tier = TierId{"gold"}, .points = Points::of(3), .money_amount = 1};

TEST(EarningConfig, IsTheTiersOwn) {
  const EarningConfig configs[] = {gold_config, base_config};
  EarningRule rule;
  rule.configs = configs;
  EXPECT_EQ(config_for(rule, TierId{"gold"}, true), &configs[0]);
  EXPECT_EQ(config_for(rule, TierId{}, true), &configs[1]);
  EXPECT_EQ(config_for(rule, TierId{"gold"}, false), &configs[1]) << "tiers are not active";
}

TEST(EarningConfig, ATierWithoutOneEarnsNothingUnlessTheRuleSaysSo) {
  const EarningConfig configs[] = {base_config, gold_config};
  EarningRule rule;
  rule.configs = configs;
  EXPECT_EQ(config_for(rule, TierId{"silver"}, true), nullptr);
  rule.base_applies_to_all = true;
  EXPECT_EQ(config_for(rule, TierId{"silver"}, true), &configs[0]);
  rule.configs = std::span(configs).subspan(1);
  EXPECT_EQ(config_for(rule, TierId{"silver"}, true), nullptr) << "there is no base config";
  EXPECT_EQ(config_for(rule, TierId{"gold"}, false), nullptr);
}

// --- rules

TEST(EarningRule, FixedPointsNeedABaseAboveNothing) {
  const EarningConfig fixed{.tier = {}, .points = Points::of(50), .money_amount = 0};
  const EarningRule rule;
  EXPECT_EQ(rule_points(rule, fixed, Money::minor(1), currency("EUR"), EarnRounding::wix),
            Points::of(50));
  EXPECT_EQ(rule_points(rule, fixed, no_money, currency("EUR"), EarnRounding::wix), no_points);
  EXPECT_EQ(activity_award(rule, fixed).points, Points::of(50)) << "a birthday has no base";
  EXPECT_EQ(activity_award(rule, base_config).points, no_points);
}

TEST(EarningRule, NeverGrantsMoreThanItsMaximum) {
  EarningRule rule;
  rule.max_points = Points::of(30);
  EXPECT_EQ(
      rule_award(rule, base_config, Money::minor(30'00), currency("EUR"), EarnRounding::wix).points,
      Points::of(30));
  const Award award =
      rule_award(rule, base_config, Money::minor(31'00), currency("EUR"), EarnRounding::wix);
  EXPECT_EQ(award.points, Points::of(30));
  EXPECT_FALSE(award.clamped) << "the rule's own maximum is no accident";
}

TEST(EarningRule, AGrantBeyondTheLimitIsClampedAndSaysSo) {
  const EarningRule rule;
  const Money limit = Money::minor(limits::points_per_call_max * 100);
  EXPECT_FALSE(rule_award(rule, base_config, limit, currency("EUR"), EarnRounding::wix).clamped);
  const Award award =
      rule_award(rule, base_config, limit + Money::minor(100), currency("EUR"), EarnRounding::wix);
  EXPECT_EQ(award.points.count(), limits::points_per_call_max);
  EXPECT_TRUE(award.clamped);
}

}  // namespace
}  // namespace loyalty
