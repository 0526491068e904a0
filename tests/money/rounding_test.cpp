#include "core/money/rounding.h"

#include <gtest/gtest.h>

namespace loyalty {
namespace {

struct Row {
  std::uint64_t numerator;
  std::uint64_t divisor;
  std::uint64_t half_up;
  std::uint64_t half_even;
  std::uint64_t half_down;
  std::uint64_t down;
};

TEST(Rounding, ModesDifferOnlyOnTiesAndDown) {
  constexpr Row rows[] = {
      {0, 2, 0, 0, 0, 0},    // nothing
      {1, 2, 1, 0, 0, 0},    // 0.5: a tie beside an even number
      {3, 2, 2, 2, 1, 1},    // 1.5: a tie beside an odd one
      {5, 2, 3, 2, 2, 2},    // 2.5
      {7, 2, 4, 4, 3, 3},    // 3.5
      {24, 10, 2, 2, 2, 2},  // 2.4: below a tie
      {26, 10, 3, 3, 3, 2},  // 2.6: above
      {29, 10, 3, 3, 3, 2},  // 2.9
      {34, 10, 3, 3, 3, 3},  // 3.4
      {35, 10, 4, 4, 3, 3},  // 3.5
      {30, 10, 3, 3, 3, 3},  // exact
      {4, 3, 1, 1, 1, 1},    // an odd divisor has no ties: 1.33
      {5, 3, 2, 2, 2, 1},    // 1.67
      {7, 1, 7, 7, 7, 7},    // the divisor one leaves no rest
      {249'999, 100'000, 2, 2, 2, 2},
      {250'000, 100'000, 3, 2, 2, 2},
      {250'001, 100'000, 3, 3, 3, 2},
  };
  for (const Row& row : rows) {
    const std::uint64_t quotient = row.numerator / row.divisor;
    const std::uint64_t remainder = row.numerator % row.divisor;
    const auto rounded = [&](Rounding rounding) {
      return round_quotient(quotient, remainder, row.divisor, rounding);
    };
    SCOPED_TRACE(testing::Message() << row.numerator << " / " << row.divisor);
    EXPECT_EQ(rounded(Rounding::half_up), row.half_up);
    EXPECT_EQ(rounded(Rounding::half_even), row.half_even);
    EXPECT_EQ(rounded(Rounding::half_down), row.half_down);
    EXPECT_EQ(rounded(Rounding::down), row.down);
  }
}

// Doubling the remainder would overflow here.
TEST(Rounding, SeesTiesOfTheLargestDivisors) {
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  EXPECT_EQ(round_quotient(4, half, 0 - std::uint64_t{1}, Rounding::half_up), 5U);
  EXPECT_EQ(round_quotient(4, half - 1, 0 - std::uint64_t{1}, Rounding::half_up), 4U);
  EXPECT_EQ(round_quotient(4, half - 1, 0 - std::uint64_t{2}, Rounding::half_up), 5U);
  EXPECT_EQ(round_quotient(4, half - 1, 0 - std::uint64_t{2}, Rounding::half_even), 4U);
  EXPECT_EQ(round_quotient(5, half - 1, 0 - std::uint64_t{2}, Rounding::half_even), 6U);
  EXPECT_EQ(round_quotient(4, half - 1, 0 - std::uint64_t{2}, Rounding::half_down), 4U);
  EXPECT_EQ(round_quotient(4, half, 0 - std::uint64_t{2}, Rounding::half_down), 5U);
}

}  // namespace
}  // namespace loyalty
