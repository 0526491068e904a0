#include "core/money/decimal.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

Currency with_decimals(int exponent) {
  return *Currency::of(exponent == 0   ? "JPY"
                       : exponent == 2 ? "EUR"
                       : exponent == 3 ? "KWD"
                                       : "CLF");
}

constexpr int exponents[] = {0, 2, 3, 4};

std::optional<Money> minor(std::int64_t units) { return Money::minor(units); }

TEST(Decimal, IsReadExactly) {
  const Currency eur = with_decimals(2);
  EXPECT_EQ(parse_major("0", eur), minor(0));
  EXPECT_EQ(parse_major("12.5", eur), minor(1'250));
  EXPECT_EQ(parse_major("12.50", eur), minor(1'250));
  EXPECT_EQ(parse_major("0.01", eur), minor(1));
  EXPECT_EQ(parse_major("-0.01", eur), minor(-1));
  EXPECT_EQ(parse_major("-7", eur), minor(-700));
  EXPECT_EQ(parse_major("7", with_decimals(0)), minor(7));
  EXPECT_EQ(parse_major("0.001", with_decimals(3)), minor(1));
  EXPECT_EQ(parse_major("1.2345", with_decimals(4)), minor(12'345));
}

TEST(Decimal, HasNoMoreDecimalsThanTheCurrency) {
  EXPECT_FALSE(parse_major("1.0", with_decimals(0)));
  EXPECT_FALSE(parse_major("1.000", with_decimals(2)));
  EXPECT_FALSE(parse_major("1.0000", with_decimals(3)));
  EXPECT_FALSE(parse_major("1.00000", with_decimals(4)));
}

TEST(Decimal, IsNothingElse) {
  for (const char* text :
       {"",      "-",    ".",    "-.",  ".5",  "-.5", "5.",  "01",    "00",      "-00", "-0",
        "-0.00", "00.5", "+1",   "--1", "1-",  "1e2", "1,5", "1'000", "1 000",   " 1",  "1 ",
        "1.5.",  "1..5", "1.-5", "0x1", "NaN", "1.a", "1:5", "1/5",   "\xD9\xA1"}) {
    EXPECT_FALSE(parse_major(text, with_decimals(2))) << text;
  }
}

TEST(Decimal, IsBoundedByTheLargestCart) {
  const Currency eur = with_decimals(2);
  EXPECT_EQ(parse_major("1000000000000", eur), minor(100'000'000'000'000));
  EXPECT_EQ(parse_major("-1000000000000.00", eur), minor(-100'000'000'000'000));
  EXPECT_FALSE(parse_major("1000000000000.01", eur));
  EXPECT_FALSE(parse_major("1000000000001", eur));
  EXPECT_FALSE(parse_major("100000000000000", eur));
  EXPECT_FALSE(parse_major("99999999999999999999999999999999999999", eur));
  EXPECT_EQ(parse_major("100000000000000", with_decimals(0)), minor(100'000'000'000'000));
  EXPECT_FALSE(parse_major("100000000000001", with_decimals(0)));
}

TEST(Decimal, IsWrittenWithAllDecimals) {
  EXPECT_EQ(format_major(Money::minor(1'250), with_decimals(2)), "12.50");
  EXPECT_EQ(format_major(Money::minor(5), with_decimals(2)), "0.05");
  EXPECT_EQ(format_major(Money::minor(50), with_decimals(2)), "0.50");
  EXPECT_EQ(format_major(Money::minor(0), with_decimals(2)), "0.00");
  EXPECT_EQ(format_major(Money::minor(-5), with_decimals(2)), "-0.05");
  EXPECT_EQ(format_major(Money::minor(-1'250), with_decimals(2)), "-12.50");
  EXPECT_EQ(format_major(Money::minor(5), with_decimals(0)), "5");
  EXPECT_EQ(format_major(Money::minor(-5), with_decimals(0)), "-5");
  EXPECT_EQ(format_major(Money::minor(5), with_decimals(3)), "0.005");
  EXPECT_EQ(format_major(Money::minor(12'345), with_decimals(4)), "1.2345");
}

TEST(Decimal, GoesThereAndBack) {
  std::mt19937_64 random{20250301};
  for (const int exponent : exponents) {
    const Currency currency = with_decimals(exponent);
    for (std::int64_t units = -11'111; units <= 11'111; ++units) {
      ASSERT_EQ(parse_major(format_major(Money::minor(units), currency), currency), minor(units));
    }
    for (int round = 0; round < 20'000; ++round) {
      const auto units = static_cast<std::int64_t>(random() % 100'000'000'000'001);
      ASSERT_EQ(parse_major(format_major(Money::minor(units), currency), currency), minor(units));
    }
  }
}

/// The grammar, read letter by letter: -?(0|[1-9][0-9]*)(\.[0-9]{1,exponent})?, and no minus before
/// a zero.
std::optional<Money> parse_naively(const std::string& text, int exponent) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  at += negative ? 1 : 0;
  std::int64_t units = 0;
  const std::size_t first = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    units = units * 10 + (text[at] - '0');
  }
  const std::size_t digits = at - first;
  if (digits == 0 || (digits > 1 && text[first] == '0')) {
    return std::nullopt;
  }
  int decimals = 0;
  if (at < text.size()) {
    if (text[at++] != '.' || at == text.size()) {
      return std::nullopt;
    }
    for (; at < text.size(); ++at, ++decimals) {
      if (text[at] < '0' || text[at] > '9') {
        return std::nullopt;
      }
      units = units * 10 + (text[at] - '0');
    }
  }
  if (decimals > exponent || (negative && units == 0)) {
    return std::nullopt;
  }
  for (; decimals < exponent; ++decimals) {
    units *= 10;
  }
  return Money::minor(negative ? -units : units);
}

TEST(Decimal, IsReadByTheGrammarFromEveryShortText) {
  constexpr std::string_view letters = "0123456789.-e";
  std::vector<std::string> texts = {""};
  for (std::size_t first = 0, length = 1; length <= 5; ++length) {
    const std::size_t last = texts.size();
    for (; first < last; ++first) {
      for (const char letter : letters) {
        texts.push_back(texts[first] + letter);
      }
    }
  }
  ASSERT_EQ(texts.size(), 1U + 13 + 169 + 2'197 + 28'561 + 371'293);
  for (const int exponent : exponents) {
    const Currency currency = with_decimals(exponent);
    for (const std::string& text : texts) {
      ASSERT_EQ(parse_major(text, currency), parse_naively(text, exponent)) << text;
    }
  }
}

}  // namespace
}  // namespace loyalty
