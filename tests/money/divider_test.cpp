#include "core/money/divider.h"

#include <random>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

constexpr std::uint64_t largest = UINT64_MAX;

void expect_plain_division(const Divider& divider, std::uint64_t divisor, std::uint64_t n) {
  const Division division = divider.divide(n);
  ASSERT_EQ(division.quotient, n / divisor) << n << " / " << divisor;
  ASSERT_EQ(division.remainder, n % divisor) << n << " / " << divisor;
}

TEST(Divider, AgreesWithPlainDivisionForAllSmallNumbers) {
  for (std::uint64_t divisor = 1; divisor <= 1'024; ++divisor) {
    const Divider divider{divisor};
    for (std::uint64_t n = 0; n <= 2'100; ++n) {
      expect_plain_division(divider, divisor, n);
    }
    for (std::uint64_t back = 0; back < 64; ++back) {
      expect_plain_division(divider, divisor, largest - back);
      expect_plain_division(divider, divisor, largest / divisor * divisor - back);
    }
  }
}

TEST(Divider, AgreesWithPlainDivisionForNumbersOfEverySize) {
  std::mt19937_64 random{20250301};
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t divisor = (random() >> random() % 64) | (round % 2 == 0 ? 1 : 2);
    const Divider divider{divisor};
    for (int i = 0; i < 20; ++i) {
      const std::uint64_t n = random() >> random() % 64;
      expect_plain_division(divider, divisor, n);
      const std::uint64_t multiple = n / divisor * divisor;
      expect_plain_division(divider, divisor, multiple);
      expect_plain_division(divider, divisor, multiple - 1);
    }
  }
}

TEST(Divider, AgreesWithPlainDivisionAtTheExtremes) {
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t power = std::uint64_t{1} << bit;
    for (const std::uint64_t divisor : {power, power + 1, largest - power + 1, largest / power}) {
      const Divider divider{divisor};
      for (const std::uint64_t n : {std::uint64_t{0}, std::uint64_t{1}, power - 1, power, power + 1,
                                    divisor - 1, divisor, divisor + 1, largest - 1, largest}) {
        expect_plain_division(divider, divisor, n);
      }
    }
  }
}

#if GTEST_HAS_DEATH_TEST  // there are no processes to die where the suites run as Wasm
TEST(DividerDeathTest, StopsAtZero) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  volatile std::uint64_t zero = 0;
  EXPECT_DEATH(static_cast<void>(Divider{zero}.divide(1)), "");
}
#endif

}  // namespace
}  // namespace loyalty
