#include "core/money/money.h"

#include <gtest/gtest.h>

namespace loyalty {
namespace {

constexpr Money cents(std::int64_t n) { return Money::minor(n); }

TEST(Money, IsNothingUntilNamed) {
  EXPECT_EQ(Money{}, no_money);
  EXPECT_EQ(no_money.minor_units(), 0);
}

TEST(Money, IsCounted) {
  EXPECT_EQ(cents(5) + cents(7), cents(12));
  EXPECT_EQ(cents(5) - cents(7), cents(-2));
  EXPECT_EQ(-cents(5), cents(-5));
  EXPECT_EQ(cents(999) * 3, cents(2'997));
  Money sum = cents(1);
  sum += cents(10);
  EXPECT_EQ(sum, cents(11));
  sum -= cents(4);
  EXPECT_EQ(sum, cents(7));
}

TEST(Money, IsCompared) {
  EXPECT_LT(cents(-1), no_money);
  EXPECT_GT(cents(2), cents(1));
  EXPECT_GE(cents(2), cents(2));
  EXPECT_EQ(min(cents(2), cents(3)), cents(2));
  EXPECT_EQ(min(cents(3), cents(2)), cents(2));
  EXPECT_EQ(max(cents(2), cents(3)), cents(3));
  EXPECT_EQ(max(cents(3), cents(2)), cents(3));
}

TEST(Money, HoldsTheLargestLine) {
  EXPECT_EQ((cents(1'000'000) * 1'000'000).minor_units(), 1'000'000'000'000);
}

}  // namespace
}  // namespace loyalty
