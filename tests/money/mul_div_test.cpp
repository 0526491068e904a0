#include "core/money/mul_div.h"

#include <random>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

constexpr std::uint64_t largest = UINT64_MAX;

void expect_exact(std::uint64_t a, std::uint64_t b, std::uint64_t divisor) {
  const Wide product = static_cast<Wide>(a) * b;
  const Division division = mul_div(a, b, divisor);
  ASSERT_LT(division.remainder, divisor) << a << " x " << b << " / " << divisor;
  ASSERT_EQ(static_cast<std::uint64_t>(product / divisor), division.quotient)
      << a << " x " << b << " / " << divisor;
  ASSERT_EQ(static_cast<std::uint64_t>(product % divisor), division.remainder)
      << a << " x " << b << " / " << divisor;
}

TEST(MulDiv, IsExact) {
  EXPECT_EQ(mul_div(7, 3, 2).quotient, 10U);
  EXPECT_EQ(mul_div(7, 3, 2).remainder, 1U);
  EXPECT_EQ(mul_div(0, largest, 9).quotient, 0U);
  EXPECT_EQ(mul_div(largest, largest, largest).quotient, largest);
  EXPECT_EQ(mul_div(largest, largest, largest).remainder, 0U);
  EXPECT_EQ(mul_div(largest, 1'000'000, 1'000'001).quotient, 18'446'725'626'983'924'631U);
}

TEST(MulDiv, IsExactForNumbersOfEverySize) {
  std::mt19937_64 random{20250301};
  int tried = 0;
  for (int round = 0; round < 400'000; ++round) {
    const std::uint64_t a = random() >> random() % 64;
    const std::uint64_t b = random() >> random() % 64;
    const std::uint64_t divisor = (random() >> random() % 64) | 1;
    if (static_cast<Wide>(a) * b / divisor <= largest) {
      expect_exact(a, b, divisor);
      ++tried;
    }
  }
  EXPECT_GT(tried, 100'000);
}

// Where the leading zeros of both factors add up to 64, the product just fits in 64 bits.
TEST(MulDiv, IsExactOnBothSidesOfTheGuard) {
  for (int bits = 1; bits < 64; ++bits) {
    const std::uint64_t a = (std::uint64_t{1} << bits) - 1;  // `bits` bits
    for (const std::uint64_t b :
         {largest >> bits, (largest >> bits) - 1, (largest >> bits) + 1, largest >> (bits - 1)}) {
      for (const std::uint64_t divisor : {a, a + 1, std::uint64_t{1'000'000}, largest}) {
        if (static_cast<Wide>(a) * b / divisor <= largest) {
          expect_exact(a, b, divisor);
        }
        if (static_cast<Wide>(a + 1) * b / divisor <= largest) {
          expect_exact(a + 1, b, divisor);
        }
      }
    }
  }
}

TEST(MulDiv, RoundsOnce) {
  EXPECT_EQ(mul_div_round(5, 1, 2, Rounding::half_up), 3U);
  EXPECT_EQ(mul_div_round(5, 1, 2, Rounding::half_even), 2U);
  EXPECT_EQ(mul_div_round(5, 1, 2, Rounding::half_down), 2U);
  EXPECT_EQ(mul_div_round(5, 1, 2, Rounding::down), 2U);
  EXPECT_EQ(mul_div_round(largest - 1, largest, 2 * (largest / 2), Rounding::half_up), largest);
}

TEST(MulDiv, StopsAtTheMostWhateverTheQuotient) {
  EXPECT_EQ(mul_div_at_most(7, 3, 2, 100), 10U);
  EXPECT_EQ(mul_div_at_most(7, 3, 2, 10), 10U);
  EXPECT_EQ(mul_div_at_most(7, 3, 2, 9), 9U);
  EXPECT_EQ(mul_div_at_most(largest, largest, 1, 5), 5U);  // the quotient does not fit
  EXPECT_EQ(mul_div_at_most(largest, largest, 1, largest), largest);
  EXPECT_EQ(mul_div_at_most(largest, largest, largest, largest), largest);
}

TEST(MulDiv, RoundsUp) {
  EXPECT_EQ(mul_div_ceil(6, 1, 3), 2U);
  EXPECT_EQ(mul_div_ceil(7, 1, 3), 3U);
  EXPECT_EQ(mul_div_ceil(0, 5, 3), 0U);
  EXPECT_EQ(mul_div_ceil(1, 1, largest), 1U);
}

#if GTEST_HAS_DEATH_TEST  // there are no processes to die where the suites run as Wasm
TEST(MulDivDeathTest, StopsWhereTheQuotientDoesNotFit) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  volatile std::uint64_t two = 2;
  EXPECT_DEATH(static_cast<void>(mul_div(largest, two, 1)), "");
}
#endif

}  // namespace
}  // namespace loyalty
