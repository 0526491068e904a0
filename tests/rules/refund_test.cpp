#include "core/rules/refund.h"

#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

Money minor(std::int64_t units) { return Money::minor(units); }
Points pts(std::int64_t n) { return Points::of(n); }
Currency euro() { return Currency::of("EUR").value(); }

TEST(ReturnedShare, IsRoundedDownFromTheFirstUnitOn) {
  EXPECT_EQ(returned_share(minor(100), 0, 3), minor(0));
  EXPECT_EQ(returned_share(minor(100), 1, 3), minor(33));
  EXPECT_EQ(returned_share(minor(100), 2, 3), minor(66));
  EXPECT_EQ(returned_share(minor(100), 3, 3), minor(100));
}

TEST(ReturnedShare, AnySplitAddsUpToTheWhole) {
  for (std::int64_t stored = 0; stored <= 40; ++stored) {
    for (std::int64_t units = 1; units <= 12; ++units) {
      Money sum;
      for (std::int64_t k = 1; k <= units; ++k) {
        const Money step =
            returned_share(minor(stored), k, units) - returned_share(minor(stored), k - 1, units);
        ASSERT_GE(step, no_money);
        sum += step;
      }
      ASSERT_EQ(sum, minor(stored));
    }
  }
}

TEST(ReturnedShare, OfTheLargestAmountsIsExact) {
  EXPECT_EQ(returned_share(minor(limits::money_minor_max), limits::quantity_max - 1,
                           limits::quantity_max),
            minor(limits::money_minor_max - 1'000'000));
}

TEST(ReturnedAmounts, OfALine) {
  const OrderedLine line{.quantity = 3,
                         .subtotal = minor(30'00),
                         .net = minor(29'00),
                         .tax = minor(5'51),
                         .earning_base = minor(29'00)};
  const ReturnedAmounts one = returned_amounts(line, 1);
  EXPECT_EQ(one.subtotal, minor(10'00));
  EXPECT_EQ(one.discount, minor(33));
  EXPECT_EQ(one.net, minor(9'67));
  EXPECT_EQ(one.tax, minor(1'83));
  const ReturnedAmounts all = returned_amounts(line, 3);
  EXPECT_EQ(all, (ReturnedAmounts{minor(30'00), minor(1'00), minor(29'00), minor(5'51)}));
}

TEST(ReturnedAmounts, OfAnOrderAreTheSumOfItsLines) {
  const OrderedLine lines[] = {{.quantity = 2,
                                .subtotal = minor(20),
                                .net = minor(15),
                                .tax = minor(3),
                                .earning_base = minor(15)},
                               {.quantity = 1,
                                .subtotal = minor(7),
                                .net = minor(7),
                                .tax = minor(1),
                                .earning_base = no_money}};
  const std::int64_t returned[] = {1, 1};
  EXPECT_EQ(returned_amounts(lines, returned),
            (ReturnedAmounts{minor(17), minor(2), minor(15), minor(2)}));
  EXPECT_EQ(remaining_base(lines, returned), minor(8)) << "half of 15, the spare cent stays";
}

// --- earned points

const EarningConfig ten_per_unit{.tier = {}, .points = Points::of(10), .money_amount = 1};

TEST(PointsToReverse, AreTheDifferenceOfTheAwards) {
  const EarningRule rule;
  EXPECT_EQ(points_to_reverse(rule, ten_per_unit, pts(90), pts(0), minor(4'99), euro(),
                              EarnRounding::wix),
            pts(50));
  EXPECT_EQ(
      points_to_reverse(rule, ten_per_unit, pts(90), pts(50), minor(0), euro(), EarnRounding::wix),
      pts(40));
}

TEST(PointsToReverse, FixedPointsStayUntilNothingRemains) {
  const EarningRule rule;
  const EarningConfig fixed{.tier = {}, .points = Points::of(50), .money_amount = 0};
  EXPECT_EQ(points_to_reverse(rule, fixed, pts(50), pts(0), minor(1), euro(), EarnRounding::wix),
            pts(0));
  EXPECT_EQ(points_to_reverse(rule, fixed, pts(50), pts(0), minor(0), euro(), EarnRounding::wix),
            pts(50));
}

TEST(PointsToReverse, AreNothingWhileARulesMaximumIsStillReached) {
  EarningRule rule;
  rule.max_points = pts(30);
  EXPECT_EQ(points_to_reverse(rule, ten_per_unit, pts(30), pts(0), minor(5'00), euro(),
                              EarnRounding::wix),
            pts(0));
}

TEST(PointsToReverse, AnyWayOfReturningTakesTheSame) {
  const std::uint64_t seed = 11;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 500; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " round " + std::to_string(round));
    std::vector<OrderedLine> lines;
    std::vector<std::int64_t> units;
    for (std::uint64_t i = 0; i < 1 + random() % 4; ++i) {
      OrderedLine line;
      line.quantity = static_cast<std::int64_t>(1 + random() % 5);
      line.subtotal = minor(static_cast<std::int64_t>(random() % 10'000));
      line.net = minor(line.subtotal.minor_units() * static_cast<std::int64_t>(random() % 11) / 10);
      line.earning_base = line.net;
      lines.push_back(line);
      units.insert(units.end(), static_cast<std::size_t>(line.quantity),
                   static_cast<std::int64_t>(i));
    }
    std::shuffle(units.begin(), units.end(), random);
    const EarningRule rule;
    const auto rounding = static_cast<EarnRounding>(random() % 3);
    std::vector<std::int64_t> returned(lines.size(), 0);
    const Points granted =
        rule_points(rule, ten_per_unit, remaining_base(lines, returned), euro(), rounding);
    Points reversed;
    ReturnedAmounts sum;
    for (const std::int64_t line : units) {
      const ReturnedAmounts before = returned_amounts(lines, returned);
      ++returned[static_cast<std::size_t>(line)];
      const ReturnedAmounts after = returned_amounts(lines, returned);
      sum.net += after.net - before.net;
      sum.discount += after.discount - before.discount;
      reversed += points_to_reverse(rule, ten_per_unit, granted, reversed,
                                    remaining_base(lines, returned), euro(), rounding);
      ASSERT_EQ(reversed, granted - rule_points(rule, ten_per_unit, remaining_base(lines, returned),
                                                euro(), rounding))
          << "as if returned at once";
    }
    Money net;
    for (const OrderedLine& line : lines) {
      net += line.net;
    }
    ASSERT_EQ(sum.net, net);
    ASSERT_EQ(reversed, granted);
  }
}

// --- spent points

TEST(PointsToRefund, ComeBackWithTheWholeOrderOnly) {
  const auto refund = [](std::int64_t returned) {
    return points_to_refund(PointsRefund::whole_order, pts(100), pts(0), minor(50),
                            minor(returned));
  };
  EXPECT_EQ(refund(0), pts(0));
  EXPECT_EQ(refund(49), pts(0));
  EXPECT_EQ(refund(50), pts(100));
}

TEST(PointsToRefund, ProportionallyAddUpToTheWhole) {
  for (std::int64_t total = 1; total <= 20; ++total) {
    Points refunded;
    for (std::int64_t returned = 1; returned <= total; ++returned) {
      refunded += points_to_refund(PointsRefund::proportional, pts(33), refunded, minor(total),
                                   minor(returned));
      ASSERT_EQ(refunded, pts(33 * returned / total));
    }
    ASSERT_EQ(refunded, pts(33));
  }
}

TEST(PointsToRefund, OfAFreeOrderAreAll) {
  EXPECT_EQ(points_to_refund(PointsRefund::proportional, pts(9), pts(0), no_money, no_money),
            pts(9));
}

}  // namespace
}  // namespace loyalty
