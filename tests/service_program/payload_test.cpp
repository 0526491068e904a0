#include "native/service/program/payload.h"

#include <gtest/gtest.h>

namespace loyalty::service {
namespace {

std::int64_t amount(const char* payload, std::string_view path, std::string_view currency = "EUR") {
  return amount_in(wire::Json::parse(payload), path, Currency::of(currency).value()).minor_units();
}

TEST(Payload, AnAmountIsFoundByItsPath) {
  EXPECT_EQ(amount(R"({"priceSummary":{"totalAmount":"12.34"}})", "priceSummary.totalAmount"),
            1234);
  EXPECT_EQ(amount(R"({"priceSummary":{"totalAmount":12.34}})", "priceSummary.totalAmount"), 1234);
  EXPECT_EQ(amount(R"({"total":{"amount":"5"}})", "total"), 500);
  EXPECT_EQ(amount(R"({"total":{"value":5.1,"currency":"EUR"}})", "total"), 510);
  EXPECT_EQ(amount(R"({"items":[{"price":"1"},{"price":"2.5"}]})", "items[1].price"), 250);
  EXPECT_EQ(amount(R"({"total":1000})", "total", "JPY"), 1000);
  EXPECT_EQ(amount(R"({"total":"1.234"})", "total", "KWD"), 1234);
}

TEST(Payload, WhatIsFinerThanTheCurrencyIsCutOff) {
  EXPECT_EQ(amount(R"({"total":"4.999"})", "total"), 499);
  EXPECT_EQ(amount(R"({"total":4.999})", "total"), 499);
  EXPECT_EQ(amount(R"({"total":"99.9"})", "total", "JPY"), 99);
  EXPECT_EQ(amount(R"({"total":0.29})", "total"), 29);  // though 0.29 × 100 is 28.999… in binary
}

TEST(Payload, WhatIsNoAmountIsNone) {
  for (const char* payload :
       {"{}", "null", "[]", R"({"total":null})", R"({"total":"-5"})", R"({"total":"five"})",
        R"({"total":"1e3"})", R"({"total":[1]})", R"({"total":{"net":5}})", R"({"total":""})",
        R"({"total":"999999999999999999999"})", R"({"total":1e300})", R"({"total":true})"}) {
    EXPECT_EQ(amount(payload, "total"), 0) << payload;
  }
  EXPECT_EQ(amount(R"({"items":[]})", "items[0]"), 0);
  EXPECT_EQ(amount(R"({"items":[1]})", "items[0"), 0);
  EXPECT_EQ(amount(R"({"items":[1]})", "items[x]"), 0);
  EXPECT_EQ(amount(R"({"items":[1]})", "items[99999999999999999999]"), 0);
}

}  // namespace
}  // namespace loyalty::service
