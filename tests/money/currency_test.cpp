#include "core/money/currency.h"

#include <string>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

TEST(Currency, HasAnExponentOfItsOwn) {
  struct Group {
    int exponent;
    std::int64_t minor_per_major;
    std::initializer_list<const char*> codes;
  };
  const Group groups[] = {
      {0, 1, {"JPY", "KRW", "VND", "CLP", "ISK", "XOF", "XPF", "BIF"}},
      {2, 100, {"EUR", "USD", "GBP", "CHF", "HUF", "MGA", "ZWL", "AED"}},
      {3, 1'000, {"KWD", "BHD", "TND", "OMR", "JOD", "IQD", "LYD"}},
      {4, 10'000, {"CLF", "UYW"}},
  };
  for (const Group& group : groups) {
    for (const char* code : group.codes) {
      const std::optional<Currency> currency = Currency::of(code);
      ASSERT_TRUE(currency) << code;
      EXPECT_EQ(currency->code(), code);
      EXPECT_EQ(currency->exponent(), group.exponent) << code;
      EXPECT_EQ(currency->minor_per_major(), group.minor_per_major) << code;
    }
  }
}

TEST(Currency, OfAnUnknownCodeIsNothing) {
  for (const char* code : {"", "E", "EU", "EURO", "eur", "Eur", "EUr", "XXX", "XTS", "XAU", "EU ",
                           " EU", "UR ", "R F", "ZZZ", "BTC", "D E"}) {
    EXPECT_FALSE(Currency::of(code)) << code;
  }
}

// Nor do the ends of two neighbours in a table make a code.
TEST(Currency, AreThoseOfTheTablesAndNoOthers) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ e";
  int known = 0;
  for (const char a : letters) {
    for (const char b : letters) {
      for (const char c : letters) {
        const std::string code = {a, b, c};
        if (Currency::of(code)) {
          ++known;
          EXPECT_EQ(code.find_first_of(" e"), std::string::npos) << code;
        }
      }
    }
  }
  EXPECT_EQ(known, 17 + 144 + 7 + 2);  // without decimals, with two, with three, with four
}

TEST(Currency, IsKnownByItsCode) {
  EXPECT_EQ(Currency::of("EUR"), Currency::of("EUR"));
  EXPECT_NE(Currency::of("EUR"), Currency::of("USD"));
  EXPECT_EQ(Currency{}.code(), "XXX");
}

}  // namespace
}  // namespace loyalty
