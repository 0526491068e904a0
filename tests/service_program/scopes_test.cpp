#include "native/service/program/scopes.h"

#include <gtest/gtest.h>

#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

Currency eur() { return Currency::of("EUR").value(); }

Json scope(const char* name_space, const char* group = "", const char* entity = "") {
  Json scope{{"namespace", name_space}};
  if (*group != '\0') {
    scope["group"]["name"] = group;
  }
  if (*entity != '\0') {
    scope["group"]["entityId"] = entity;
  }
  return scope;
}

bool is_refused(const Json& scope) {
  try {
    check_scope(scope, "scope");
  } catch (const wire::Refused&) {
    return true;
  }
  return false;
}

TEST(Scopes, EveryScopeOfTheApiIsATag) {
  EXPECT_EQ(tag_of_scope(scope("stores")), "stores");
  EXPECT_EQ(tag_of_scope(scope("stores", "product", "p1")), "stores/product:p1");
  EXPECT_EQ(tag_of_scope(scope("stores", "collection", "shoes")), "stores/collection:shoes");
  EXPECT_EQ(tag_of_scope(scope("bookings", "service", "s9")), "bookings/service:s9");
  EXPECT_EQ(tag_of_scope(scope("events", "event", "e")), "events/event:e");
  EXPECT_EQ(tag_of_scope(scope("events", "ticket")), "events/ticket");
  EXPECT_EQ(tag_of_scope(scope("pricingPlans", "plan", "gold")), "pricingPlans/plan:gold");
  const Json flat{{"namespace", "stores"}, {"name", "product"}, {"entityId", "p1"}};
  EXPECT_EQ(tag_of_scope(flat), "stores/product:p1");
}

TEST(Scopes, WhatTheApiDoesNotHaveIsRefused) {
  EXPECT_FALSE(is_refused(scope("stores")));
  EXPECT_FALSE(is_refused(scope("events", "event")));
  EXPECT_TRUE(is_refused(scope("stores", "product")));  // which one?
  EXPECT_TRUE(is_refused(scope("stores", "", "p1")));
  EXPECT_TRUE(is_refused(scope("stores", "service", "s")));
  EXPECT_TRUE(is_refused(scope("shops")));
  EXPECT_TRUE(is_refused(scope("events")));
  EXPECT_TRUE(is_refused(scope("stores", "product", std::string(120, 'x').c_str())));
}

TEST(Scopes, CouponsOfEveryKindAreEffects) {
  const auto effect = [](const Json& specification) {
    return coupon_rules(specification, eur())["effects"][0];
  };
  EXPECT_EQ(effect({{"moneyOffAmount", 5.5}}),
            (Json{{"kind", "fixedAmount"}, {"amount", 550}, {"target", "order"}}));
  EXPECT_EQ(effect({{"percentOffRate", "12.5"}, {"scope", scope("stores", "product", "p1")}}),
            (Json{{"kind", "percent"},
                  {"ratePpm", 125'000},
                  {"target", "lines"},
                  {"apply", "across"},
                  {"scope", {{"include", {"stores/product:p1"}}}}}));
  EXPECT_EQ(effect({{"freeShipping", true}}), (Json{{"kind", "freeShipping"}}));
  EXPECT_EQ(effect({{"fixedPriceAmount", 3}, {"scope", scope("stores", "product", "p1")}}),
            (Json{{"kind", "fixedPrice"},
                  {"amount", 300},
                  {"target", "lines"},
                  {"apply", "eachUnit"},
                  {"scope", {{"include", {"stores/product:p1"}}}}}));
  EXPECT_EQ(
      effect({{"buyXGetY", {{"x", 2}, {"y", 1}}}, {"scope", scope("stores")}}),
      (Json{{"kind", "buyXGetY"}, {"buy", 2}, {"get", 1}, {"scope", {{"include", {"stores"}}}}}));
}

TEST(Scopes, OneItemMeansTheCheapestUnitAndBookingsAlwaysMeanOne) {
  const Json limited = coupon_rules({{"percentOffRate", 10}, {"limitedToOneItem", true}}, eur());
  EXPECT_EQ(limited["effects"][0]["apply"], "cheapestUnit");
  EXPECT_EQ(limited["effects"][0]["target"], "lines");
  const Json booking =
      coupon_rules({{"moneyOffAmount", 10}, {"scope", scope("bookings", "service", "s")}}, eur());
  EXPECT_EQ(booking["effects"][0]["apply"], "cheapestUnit");
}

TEST(Scopes, MinimumSubscriptionsAndCyclesAreTold) {
  const Json rules = coupon_rules({{"moneyOffAmount", 1},
                                   {"minimumSubtotal", 49.99},
                                   {"appliesToSubscriptions", true},
                                   {"discountedCycleCount", 3}},
                                  eur());
  EXPECT_EQ(rules["conditions"], (Json{{"minSubtotal", 4999}}));
  EXPECT_EQ(rules["effects"][0]["appliesToSubscriptions"], true);
  EXPECT_EQ(rules["effects"][0]["discountedCycles"], 3);
}

TEST(Scopes, AmountsFinerThanTheCurrencyAreRefused) {
  const Currency jpy = Currency::of("JPY").value();
  EXPECT_THROW(coupon_rules({{"moneyOffAmount", 1.5}}, jpy), wire::Refused);
  EXPECT_THROW(coupon_rules({{"moneyOffAmount", "0.001"}}, eur()), wire::Refused);
  EXPECT_THROW(coupon_rules({{"percentOffRate", 101}}, eur()), wire::Refused);
  EXPECT_THROW(coupon_rules(Json::object(), eur()), wire::Refused);
}

TEST(Scopes, LinesBelongToTheirApplicationAndGroupToo) {
  Json cart{{"lines",
             {{{"id", "1"}, {"tags", {"stores/product:p1", "stores/collection:c", "red"}}},
              {{"id", "2"}}}}};
  complete_tags(cart);
  EXPECT_EQ(cart["lines"][0]["tags"], Json({"stores/product:p1", "stores/collection:c", "red",
                                            "stores", "stores/product", "stores/collection"}));
  EXPECT_FALSE(cart["lines"][1].contains("tags"));
  const Json once = cart;
  complete_tags(cart);
  EXPECT_EQ(cart, once);
}

TEST(Scopes, ALineKeepsToTheMostTagsThatItMayHave) {
  Json tags = Json::array();
  for (int i = 0; i < 63; ++i) {
    tags.push_back("stores/product:" + std::to_string(i));
  }
  Json cart{{"lines", {{{"id", "1"}, {"tags", tags}}}}};
  complete_tags(cart);
  EXPECT_EQ(cart["lines"][0]["tags"].size(), 64U);
}

}  // namespace
}  // namespace loyalty::service
