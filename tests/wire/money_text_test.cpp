#include "native/wire/money_text.h"

#include <gtest/gtest.h>

namespace loyalty::wire {
namespace {

Currency currency(std::string_view code) { return Currency::of(code).value(); }

std::int64_t minor(const Json& value, std::string_view code) {
  const auto money = money_of(value, currency(code));
  return money ? money->minor_units() : -1;
}

TEST(MoneyText, TextsAndNumbersMeanTheSameAmount) {
  EXPECT_EQ(minor("4.5", "EUR"), 450);
  EXPECT_EQ(minor(4.5, "EUR"), 450);
  EXPECT_EQ(minor(4, "EUR"), 400);
  EXPECT_EQ(minor("4.50", "EUR"), 450);
}

TEST(MoneyText, EveryCentOfAThousandIsExactAsANumber) {
  for (std::int64_t cents = 0; cents <= 100'000; ++cents) {
    const std::string text = scaled_text(cents, 2);
    const Json number = number_of(text);
    ASSERT_EQ(minor(number, "EUR"), cents) << text;
    ASSERT_EQ(number.dump() == text || number.dump() == text + ".0", true) << text;
  }
}

TEST(MoneyText, LargeAmountsAreExactAsNumbers) {
  EXPECT_EQ(minor(Json::parse("9999999.99"), "EUR"), 999'999'999);
  EXPECT_EQ(minor(Json::parse("0.1"), "KWD"), 100);
  EXPECT_EQ(minor(Json::parse("999999999999.99"), "EUR"), 99'999'999'999'999);
}

TEST(MoneyText, DecimalsFollowTheCurrency) {
  EXPECT_EQ(minor("5", "JPY"), 5);
  EXPECT_EQ(minor("5.0", "JPY"), 5);
  EXPECT_EQ(minor("5.5", "JPY"), -1);
  EXPECT_EQ(minor("0.001", "KWD"), 1);
  EXPECT_EQ(minor("0.001", "EUR"), -1);
}

TEST(MoneyText, RefusesWhatIsNoAmount) {
  for (const Json& value :
       {Json("x"), Json(""), Json("."), Json("1."), Json(".5"), Json("01"), Json("1e3"), Json("+1"),
        Json("1,5"), Json(true), Json(nullptr), Json(1e300), Json("1000000000000.01")}) {
    EXPECT_EQ(minor(value, "EUR"), -1) << value.dump();
  }
}

TEST(MoneyText, IsWrittenAsShortAsPossible) {
  EXPECT_EQ(money_text(Money::minor(1250), currency("EUR")), "12.5");
  EXPECT_EQ(money_text(Money::minor(1200), currency("EUR")), "12");
  EXPECT_EQ(money_text(Money::minor(-1), currency("EUR")), "-0.01");
  EXPECT_EQ(money_text(Money::minor(1200), currency("JPY")), "1200");
  EXPECT_EQ(money_number(Money::minor(450), currency("EUR")).dump(), "4.5");
  EXPECT_EQ(money_number(Money::minor(400), currency("EUR")).dump(), "4");
}

TEST(ScaledDecimal, TellsWhatIsWrong) {
  EXPECT_EQ(scaled("1.005", 2).fault, DecimalFault::scale);
  EXPECT_EQ(scaled("1.2.3", 2).fault, DecimalFault::format);
  EXPECT_EQ(scaled("-", 2).fault, DecimalFault::format);
  EXPECT_EQ(scaled("99999999999999999999", 2).fault, DecimalFault::range);
  EXPECT_EQ(scaled("92233720368547758.08", 2).fault, DecimalFault::range);
  EXPECT_EQ(scaled("92233720368547758.07", 2).value, INT64_MAX);
  EXPECT_EQ(scaled("-0.5", 2).value, -50);
}

TEST(ScaledDecimal, WritesTheSmallestNumber) {
  EXPECT_EQ(scaled_text(INT64_MIN, 2), "-92233720368547758.08");
  EXPECT_EQ(scaled_text(0, 2), "0");
  EXPECT_EQ(scaled_text(5, 0), "5");
}

TEST(DecimalText, NegativeZeroIsZero) { EXPECT_EQ(decimal_text(Json(-0.0)), "0"); }

}  // namespace
}  // namespace loyalty::wire
