#include "native/service/program/uses.h"
#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

/// Limits of promotions, counted with the orders that use them.
class Promotions : public CheckoutTest {
 protected:
  Json coded(const char* code, Json limits) {
    Json promotion{{"name", "Code"},
                   {"trigger", "code"},
                   {"codes", {code}},
                   {"effects", {{{"kind", "fixedAmount"}, {"target", "order"}, {"amount", 2'00}}}}};
    if (!limits.is_null()) {
      promotion["limits"] = std::move(limits);
    }
    return new_promotion(std::move(promotion));
  }
  Json automatic(Json limits) {
    return new_promotion(
        {{"name", "Two off"},
         {"trigger", "automatic"},
         {"limits", std::move(limits)},
         {"effects", {{{"kind", "fixedAmount"}, {"target", "order"}, {"amount", 2'00}}}}});
  }
  std::int64_t total_with(const Member& member, const char* code) {
    const std::string checkout = id_of(new_checkout(member, cart(10'00)));
    return apply(checkout, {code_choice(code)})["quote"]["total"];
  }
  Json order_with(const Member& member, const char* code) {
    const std::string checkout = id_of(new_checkout(member, cart(10'00)));
    apply(checkout, {code_choice(code)});
    return complete(checkout);
  }
  std::string code_refused(const Member& member, const char* code) {
    const std::string checkout = id_of(new_checkout(member, cart(10'00)));
    return refused("storefront.apply",
                   {{"id", checkout}, {"intent", {{"chosen", Json::array({code_choice(code)})}}}})
        .code;
  }
};

TEST_F(Promotions, ACodeWorksInAnyCaseAndAnUnknownOneDoesNot) {
  coded("SAVE2", nullptr);
  const Member ann = new_member();
  EXPECT_EQ(total_with(ann, " save2 "), 8'00);
  EXPECT_EQ(code_refused(ann, "SAVE3"), "ERROR_COUPON_DOES_NOT_EXIST");
}

TEST_F(Promotions, AUsageLimitIsCountedByOrdersAndGivenBackByCancelling) {
  coded("ONCE", {{"usesLeft", 1}});
  const Member ann = new_member();
  const Member ben = new_member();
  const std::string late = id_of(new_checkout(ben, cart(10'00)));
  apply(late, {code_choice("ONCE")});
  const Json order = order_with(ann, "ONCE");
  EXPECT_EQ(code_refused(ann, "ONCE"), "ERROR_COUPON_USAGE_EXCEEDED");
  // Who applied it before, but was slower, is told before it is charged.
  EXPECT_EQ(refused("checkouts.complete", {{"id", late}, {"paymentStatus", "PAID"}}).code,
            "QUOTE_CHANGED");
  ask("orders.cancel", {{"id", order["id"]}});
  EXPECT_EQ(complete(late)["amounts"]["total"], 8'00);
}

TEST_F(Promotions, ALimitPerCustomerHoldsForEachOfThem) {
  coded("MINE", {{"usesLeftForCustomer", 1}});
  const Member ann = new_member();
  order_with(ann, "MINE");
  EXPECT_EQ(code_refused(ann, "MINE"), "ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED");
  EXPECT_EQ(total_with(new_member(), "MINE"), 8'00);
}

TEST_F(Promotions, ABudgetIsSpentByAmounts) {
  coded("BUDGET", {{"budgetLeft", 5'00}});
  const Member ann = new_member();
  order_with(ann, "BUDGET");
  order_with(ann, "BUDGET");
  EXPECT_EQ(code_refused(ann, "BUDGET"), "ERROR_COUPON_USAGE_EXCEEDED");  // 1.00 is not enough
}

TEST_F(Promotions, AutomaticOnesHaveLimitsToo) {
  automatic({{"usesLeft", 2}});
  const Member ann = new_member();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(complete(id_of(new_checkout(ann, cart(10'00))))["amounts"]["total"], 8'00);
  }
  const Json quote = new_checkout(ann, cart(10'00))["quote"];
  EXPECT_EQ(quote["total"], 10'00);
  EXPECT_EQ(quote["rejected"][0]["code"], "USAGE_LIMIT_REACHED");
}

TEST_F(Promotions, AutomaticOnesHoldForEachCustomerAndBudget) {
  automatic({{"usesLeftForCustomer", 1}, {"budgetLeft", 5'00}});
  const Member ann = new_member();
  complete(id_of(new_checkout(ann, cart(10'00))));
  EXPECT_EQ(new_checkout(ann, cart(10'00))["quote"]["rejected"][0]["code"],
            "CUSTOMER_LIMIT_REACHED");
  complete(id_of(new_checkout(new_member(), cart(10'00))));
  EXPECT_EQ(new_checkout(new_member(), cart(10'00))["quote"]["rejected"][0]["code"],
            "BUDGET_EXHAUSTED");
}

TEST_F(Promotions, WhatABrowserLearnsOfACodeIsThatCodeAlone) {
  Json promotion = coded("SAVE2", {{"usesLeft", 5}, {"budgetLeft", 90'00}});
  as(new_member());
  const Json told = ask("storefront.resolveCode", {{"code", "save2"}})["promotion"];
  EXPECT_EQ(told["id"], promotion["id"]);
  EXPECT_EQ(told["codes"], Json::array({"SAVE2"}));
  EXPECT_FALSE(told.contains("limits"));
  EXPECT_TRUE(ask("storefront.resolveCode", {{"code", "SAVE3"}})["promotion"].is_null());
}

TEST_F(Promotions, UsesNeverGoBelowNone) {
  write([&](Call& call) {
    change_uses(call, "p", "c", {.times = -3, .amount = Money::minor(-5)});
    EXPECT_EQ(uses_of(call.store, "p").times, 0);
    EXPECT_EQ(uses_of(call.store, "p").amount, no_money);
    change_uses(call, "p", "c", {.times = 1, .amount = Money::minor(5)});
    EXPECT_EQ(uses_by(call.store, "p", "c"), 1);
    EXPECT_EQ(uses_by(call.store, "p", "d"), 0);
    EXPECT_EQ(uses_of(call.store, "p").amount, Money::minor(5));
  });
}

}  // namespace
}  // namespace loyalty::service
