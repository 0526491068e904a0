#include "core/money/ratio.h"

#include <random>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

constexpr Rounding modes[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down,
                              Rounding::down};

constexpr Money cents(std::int64_t n) { return Money::minor(n); }
constexpr RatePpm ppm(std::int64_t n) { return RatePpm::parts(n); }

/// numerator ÷ divisor by the definition of each mode.
std::int64_t round_naively(Wide numerator, Wide divisor, Rounding rounding) {
  const Wide quotient = numerator / divisor;
  const Wide twice = numerator % divisor * 2;
  const bool tie = twice == divisor;
  const bool above = twice > divisor;
  bool up = false;
  switch (rounding) {
    case Rounding::half_up:
      up = above || tie;
      break;
    case Rounding::half_even:
      up = above || (tie && quotient % 2 == 1);
      break;
    case Rounding::half_down:
      up = above;
      break;
    case Rounding::down:
      break;
  }
  return static_cast<std::int64_t>(quotient) + (up ? 1 : 0);
}

std::int64_t portion_naively(std::int64_t base, std::int64_t rate, Rounding rounding) {
  return round_naively(static_cast<Wide>(base) * static_cast<Wide>(rate), 1'000'000, rounding);
}

TEST(Ratio, OfABaseIsAPortionRoundedOnce) {
  EXPECT_EQ(portion(cents(999), ppm(100'000), Rounding::half_up), cents(100));
  EXPECT_EQ(portion(cents(999), ppm(100'000), Rounding::down), cents(99));
  EXPECT_EQ(portion(cents(25), ppm(100'000), Rounding::half_up), cents(3));
  EXPECT_EQ(portion(cents(25), ppm(100'000), Rounding::half_even), cents(2));
  EXPECT_EQ(portion(cents(35), ppm(100'000), Rounding::half_even), cents(4));
  EXPECT_EQ(portion(cents(35), ppm(100'000), Rounding::half_down), cents(3));
  EXPECT_EQ(portion(no_money, whole, Rounding::half_up), no_money);
  EXPECT_EQ(portion(cents(999), ppm(0), Rounding::half_up), no_money);
  EXPECT_EQ(portion(cents(999), whole, Rounding::half_up), cents(999));
  EXPECT_EQ(portion(cents(999), ppm(10'000'000), Rounding::half_up), cents(9'990));
}

TEST(Ratio, PortionsAgreeWithPlainWideArithmetic) {
  std::mt19937_64 random{20250301};
  for (int round = 0; round < 200'000; ++round) {
    const int bits = static_cast<int>(random() % 47) + 1;  // up to the largest cart
    const auto base = static_cast<std::int64_t>(random() >> (64 - bits)) % 100'000'000'000'001;
    const auto rate =
        static_cast<std::int64_t>(random() % (round % 2 == 0 ? 1'000'001 : 10'000'001));
    for (const Rounding mode : modes) {
      ASSERT_EQ(portion(cents(base), ppm(rate), mode), cents(portion_naively(base, rate, mode)))
          << base << " x " << rate;
    }
  }
}

// From 2^40 on the base is split at a million.
TEST(Ratio, PortionsAreTheSameOnBothSidesOf2To40) {
  constexpr std::int64_t boundary = std::int64_t{1} << 40;
  for (std::int64_t base = boundary - 1'100; base < boundary + 1'100; ++base) {
    for (const std::int64_t rate : {1, 499'999, 500'000, 999'999, 1'000'000, 10'000'000}) {
      for (const Rounding mode : modes) {
        ASSERT_EQ(portion(cents(base), ppm(rate), mode), cents(portion_naively(base, rate, mode)))
            << base << " x " << rate;
      }
    }
  }
}

TEST(Ratio, PortionsNeverExceedTheirBaseUpToOne) {
  std::mt19937_64 random{7};
  for (int round = 0; round < 50'000; ++round) {
    const Money base = cents(static_cast<std::int64_t>(random() % 1'000));
    const RatePpm rate = ppm(static_cast<std::int64_t>(random() % 1'000'001));
    for (const Rounding mode : modes) {
      ASSERT_LE(portion(base, rate, mode), base);
      ASSERT_GE(portion(base, rate, mode), no_money);
    }
  }
}

TEST(Ratio, IncludedTaxIsInsideTheGross) {
  EXPECT_EQ(included_tax(cents(11'900), ppm(190'000)), cents(1'900));
  EXPECT_EQ(included_tax(cents(10'000), ppm(190'000)), cents(1'597));  // 1596.64
  EXPECT_EQ(included_tax(cents(3), ppm(1'000'000)), cents(2));         // 1.5, half up
  EXPECT_EQ(included_tax(cents(100), ppm(0)), no_money);
  EXPECT_EQ(included_tax(no_money, ppm(190'000)), no_money);
  EXPECT_EQ(included_tax(cents(1'100), ppm(10'000'000)), cents(1'000));
}

TEST(Ratio, WithoutTaxIsTheRest) {
  EXPECT_EQ(without_tax(cents(11'900), ppm(190'000)), cents(10'000));
  EXPECT_EQ(without_tax(cents(10'000), ppm(190'000)), cents(8'403));  // 8403.36
  EXPECT_EQ(without_tax(cents(3), ppm(1'000'000)), cents(2));         // 1.5, half up
  EXPECT_EQ(without_tax(cents(100), ppm(0)), cents(100));
}

TEST(Ratio, TaxesAgreeWithPlainWideArithmetic) {
  std::mt19937_64 random{11};
  for (int round = 0; round < 200'000; ++round) {
    const int bits = static_cast<int>(random() % 47) + 1;
    const auto gross = static_cast<std::int64_t>(random() >> (64 - bits)) % 100'000'000'000'001;
    const auto rate = static_cast<std::int64_t>(random() % 10'000'001);
    const Wide wide_gross = static_cast<Wide>(gross);
    const Wide divisor = static_cast<Wide>(1'000'000 + rate);
    ASSERT_EQ(
        included_tax(cents(gross), ppm(rate)),
        cents(round_naively(wide_gross * static_cast<Wide>(rate), divisor, Rounding::half_up)))
        << gross << " with " << rate;
    ASSERT_EQ(without_tax(cents(gross), ppm(rate)),
              cents(round_naively(wide_gross * 1'000'000, divisor, Rounding::half_up)))
        << gross << " with " << rate;
  }
}

TEST(Ratio, IsCompared) {
  EXPECT_LT(ppm(1), ppm(2));
  EXPECT_EQ(RatePpm{}, ppm(0));
  EXPECT_EQ(whole.per_million(), 1'000'000);
}

}  // namespace
}  // namespace loyalty
