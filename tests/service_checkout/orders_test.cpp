#include "native/service/checkout/orders.h"

#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class Orders : public CheckoutTest {
 protected:
  /// A checkout of `cents` on which points are spent.
  std::string checkout_with(const Member& member, const Json& reward, const Json& cart,
                            std::int64_t points) {
    const std::string checkout = id_of(new_checkout(member, cart));
    apply(checkout, {reward_choice(reward, points)});
    return checkout;
  }
  Json redeemed(const Member& member) {
    return ask("coupons.redeem", {{"rewardId", new_coupon_reward()["id"]},
                                  {"loyaltyAccountId", member.account}})["coupon"];
  }
  std::string coupon_status(const Json& coupon) {
    return ask("coupons.get", {{"loyaltyCouponId", coupon["id"]}})["loyaltyCoupon"]["status"];
  }
  std::string discount_status(const std::string& checkout) {
    return ask(
        "checkoutDiscounts.query",
        {{"query",
          {{"filter", {{"checkoutId", checkout}}}}}})["loyaltyCheckoutDiscounts"][0]["status"];
  }
  Json refund(const Json& order, std::int64_t quantity) {
    return ask("orders.refund",
               {{"id", order["id"]}, {"lines", {{{"id", "shoes"}, {"quantity", quantity}}}}});
  }
  Json pay(const Json& order) { return ask("orders.paid", {{"id", order["id"]}})["order"]; }
  Json cancel(const Json& order) { return ask("orders.cancel", {{"id", order["id"]}})["order"]; }
  std::int64_t earned(const Member& member) { return account(member)["points"]["earned"]; }
};

TEST_F(Orders, APaidOrderSpendsThePointsAndEarnsWhatThePreviewSaid) {
  new_earning_rule(2);
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json quote = apply(checkout, {reward_choice(reward, 50)})["quote"];
  EXPECT_EQ(quote["points"]["earned"], 30);  // 2 for each of 15.00
  const Json order = complete(checkout);
  EXPECT_EQ(order["paymentStatus"], "PAID");
  EXPECT_EQ(order["amounts"]["total"], 15'00);
  EXPECT_EQ(order["points"]["spent"], 50);
  EXPECT_EQ(order["points"]["earned"], 30);
  EXPECT_EQ(discount_status(checkout), "COMPLETED");
  EXPECT_EQ(balance(ann), 80);
  EXPECT_EQ(held(ann), 0);
  EXPECT_EQ(transactions(ann), "EARN REDEEM EARN");
}

TEST_F(Orders, AnOrderThatWaitsForItsMoneyKeepsThePointsHeld) {
  new_earning_rule(2);
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = checkout_with(ann, reward, cart(20'00), 50);
  const Json order = complete(checkout, "NOT_PAID");
  EXPECT_EQ(discount_status(checkout), "APPLIED");
  EXPECT_EQ(transactions(ann), "EARN REDEEM");
  now = now + Duration::days(30);
  EXPECT_EQ(time_out(), 0u);
  settle();
  EXPECT_EQ(held(ann), 50);
  const Json paid = pay(order);
  EXPECT_EQ(paid["points"]["earned"], 30);
  EXPECT_EQ(discount_status(checkout), "COMPLETED");
  EXPECT_EQ(balance(ann), 80);
  EXPECT_EQ(pay(order)["points"]["earned"], 30);  // once
  EXPECT_EQ(balance(ann), 80);
}

TEST_F(Orders, TheSameCompletionAgainIsTheSameOrder) {
  const Member ann = new_member();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json request{{"id", checkout}, {"orderId", "10042"}, {"paymentStatus", "PAID"}};
  const Json order = ask("checkouts.complete", request)["order"];
  EXPECT_EQ(order["id"], "10042");
  EXPECT_EQ(ask("checkouts.complete", request)["order"], order);
  Json other = request;
  other["orderId"] = "10043";
  EXPECT_EQ(refused("checkouts.complete", other).code, "CHECKOUT_COMPLETED");
  EXPECT_EQ(ask("orders.get", {{"id", "10042"}})["order"], order);
  EXPECT_EQ(refused("orders.get", {{"id", "1"}}).code, "ORDER_NOT_FOUND");
  const std::string second = id_of(new_checkout(ann, cart(20'00)));
  EXPECT_EQ(refused("checkouts.complete",
                    {{"id", second}, {"orderId", "10042"}, {"paymentStatus", "PAID"}})
                .code,
            "VALIDATION");
}

TEST_F(Orders, ACompletedCheckoutTakesNoMoreChanges) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = checkout_with(ann, reward, cart(20'00), 50);
  const Json discount = ask("checkouts.get", {{"id", checkout}})["discounts"][0];
  complete(checkout);
  EXPECT_EQ(
      refused("storefront.apply", {{"id", checkout}, {"intent", {{"chosen", Json::array()}}}}).code,
      "CHECKOUT_COMPLETED");
  EXPECT_EQ(refused("checkoutDiscounts.remove", {{"id", discount["id"]}}).code,
            "CHECKOUT_COMPLETED");
  EXPECT_EQ(refused("checkouts.update", {{"id", checkout}, {"checkout", {{"cart", cart(1)}}}}).code,
            "CHECKOUT_COMPLETED");
  EXPECT_EQ(ask("checkouts.get", {{"id", checkout}})["quote"]["total"], 15'00);
}

TEST_F(Orders, APriceThatChangedSinceItWasToldIsNotCharged) {
  const Json reward = new_coupon_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  apply(checkout, {reward_choice(reward)});
  ask("program.pause", Json::object());
  const No no = refused("checkouts.complete", {{"id", checkout}, {"paymentStatus", "PAID"}});
  EXPECT_EQ(no.code, "QUOTE_CHANGED");
  EXPECT_EQ(no.data["quote"]["total"], 20'00);
  EXPECT_EQ(update_cart(checkout, cart(20'00))["quote"]["total"], 20'00);
  EXPECT_EQ(complete(checkout)["amounts"]["total"], 20'00);
  EXPECT_EQ(balance(ann), 100);
}

TEST_F(Orders, ACouponIsUsedOnceAndComesBackWithTheWholeOrder) {
  const Member ann = new_member(100);
  const Json coupon = redeemed(ann);
  const std::string first = id_of(new_checkout(ann, cart(20'00)));
  const std::string second = id_of(new_checkout(ann, cart(20'00)));
  apply(first, {coupon_choice(coupon)});
  apply(second, {coupon_choice(coupon)});
  const Json order = complete(first);
  EXPECT_EQ(coupon_status(coupon), "APPLIED");
  EXPECT_EQ(refused("checkouts.complete", {{"id", second}, {"paymentStatus", "PAID"}}).code,
            "QUOTE_CHANGED");
  EXPECT_EQ(
      refused("checkoutDiscounts.apply",
              {{"checkoutId", second}, {"loyaltyCoupon", {{"id", coupon["id"]}, {"revision", 2}}}})
          .code,
      "COUPON_NOT_ACTIVE");
  cancel(order);
  EXPECT_EQ(coupon_status(coupon), "ACTIVE");
  update_cart(second, cart(20'00));
  EXPECT_EQ(apply(second, {coupon_choice(coupon)})["quote"]["total"], 15'00);
  EXPECT_EQ(complete(second)["amounts"]["total"], 15'00);
}

TEST_F(Orders, APartOfAnOrderLeavesItsCouponUsed) {
  const Member ann = new_member(100);
  const Json coupon = redeemed(ann);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00, 2)));
  apply(checkout, {coupon_choice(coupon)});
  const Json order = complete(checkout);
  refund(order, 1);
  EXPECT_EQ(coupon_status(coupon), "APPLIED");
  refund(order, 1);
  EXPECT_EQ(coupon_status(coupon), "ACTIVE");
}

TEST_F(Orders, CancellingUndoesPointsBothWays) {
  new_earning_rule(2);
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = checkout_with(ann, reward, cart(20'00), 50);
  const Json order = complete(checkout);
  const Json canceled = cancel(order);
  EXPECT_EQ(canceled["status"], "CANCELED");
  EXPECT_EQ(canceled["points"]["refunded"], 50);
  EXPECT_EQ(canceled["points"]["reversed"], 30);
  EXPECT_EQ(discount_status(checkout), "REFUNDED");
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(earned(ann), 100);
  EXPECT_EQ(cancel(order), canceled);
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(refused("orders.refund",
                    {{"id", order["id"]}, {"lines", {{{"id", "shoes"}, {"quantity", 1}}}}})
                .code,
            "ORDER_NOT_REFUNDABLE");
}

TEST_F(Orders, AnUnpaidOrderThatIsCancelledReleasesItsPoints) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = checkout_with(ann, reward, cart(20'00), 50);
  const Json canceled = cancel(complete(checkout, "PENDING"));
  EXPECT_EQ(canceled["paymentStatus"], "CANCELED");
  EXPECT_EQ(discount_status(checkout), "REFUNDED");
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(refused("orders.paid", {{"id", canceled["id"]}}).code, "ORDER_NOT_REFUNDABLE");
}

TEST_F(Orders, AnyWayOfReturningGivesTheSame) {
  new_earning_rule(3);
  const Json reward = new_flexible_reward();
  program_settings({{"pointsRefundPolicy", "PROPORTIONAL"}});
  for (const std::vector<std::int64_t>& steps :
       {std::vector<std::int64_t>{7}, {1, 6}, {3, 3, 1}, {1, 1, 1, 1, 1, 1, 1}}) {
    const Member ann = new_member(100);
    const Json order = complete(checkout_with(ann, reward, cart(3'33, 7), 50));
    std::int64_t amount = 0;
    Json last;
    for (const std::int64_t step : steps) {
      last = refund(order, step);
      amount += last["refund"]["amount"].get<std::int64_t>();
    }
    EXPECT_EQ(amount, order["amounts"]["total"]);
    EXPECT_EQ(last["order"]["paymentStatus"], "FULLY_REFUNDED");
    EXPECT_EQ(last["order"]["points"]["refunded"], 50);
    EXPECT_EQ(last["order"]["points"]["reversed"], order["points"]["earned"]);
    EXPECT_EQ(balance(ann), 100);
  }
}

TEST_F(Orders, APartGivesPointsBackOnlyWhereThePolicySaysSo) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const Json order = complete(checkout_with(ann, reward, cart(10'00, 4), 50));
  EXPECT_EQ(refund(order, 1)["refund"]["refundedPoints"], 0);
  EXPECT_EQ(balance(ann), 50);
  program_settings({{"pointsRefundPolicy", "PROPORTIONAL"}});
  const Member ben = new_member(100);
  const Json other = complete(checkout_with(ben, reward, cart(10'00, 4), 50));
  const Json part = refund(other, 1);
  EXPECT_EQ(part["refund"]["refundedPoints"], 12);  // a quarter of 50, rounded down
  EXPECT_EQ(part["refund"]["subtotal"], 10'00);
  EXPECT_EQ(part["refund"]["discount"], 1'25);
  EXPECT_EQ(part["refund"]["amount"], 8'75);
  EXPECT_EQ(part["order"]["paymentStatus"], "PARTIALLY_REFUNDED");
  EXPECT_EQ(balance(ben), 62);
}

TEST_F(Orders, EarnedPointsGoWithTheShareThatCameBack) {
  new_earning_rule(1);
  const Member ann = new_member();
  const Json order = complete(id_of(new_checkout(ann, cart(10'00, 3))));
  EXPECT_EQ(balance(ann), 30);
  EXPECT_EQ(refund(order, 1)["refund"]["reversedPoints"], 10);
  EXPECT_EQ(balance(ann), 20);
  EXPECT_EQ(earned(ann), 20);
}

TEST_F(Orders, MoreThanWasBoughtCannotComeBack) {
  const Member ann = new_member();
  const Json order = complete(id_of(new_checkout(ann, cart(10'00, 3))));
  const auto code = [&](const char* line, std::int64_t quantity) {
    return refused("orders.refund",
                   {{"id", order["id"]}, {"lines", {{{"id", line}, {"quantity", quantity}}}}})
        .code;
  };
  EXPECT_EQ(code("shoes", 4), "VALIDATION");
  EXPECT_EQ(code("boots", 1), "VALIDATION");
  refund(order, 2);
  EXPECT_EQ(code("shoes", 2), "VALIDATION");
  const Json unpaid = complete(id_of(new_checkout(ann, cart(10'00))), "NOT_PAID");
  EXPECT_EQ(refused("orders.refund",
                    {{"id", unpaid["id"]}, {"lines", {{{"id", "shoes"}, {"quantity", 1}}}}})
                .code,
            "ORDER_NOT_REFUNDABLE");
}

TEST_F(Orders, AScopedRuleEarnsOnItsOwnLines) {
  const Json rule{{"title", "Shop here"},
                  {"sourceAppId", "1380b703-ce81-ff05-f115-39571d94dfcd"},
                  {"triggerAppId", "1380b703-ce81-ff05-f115-39571d94dfcd"},
                  {"triggerActivityType", "stores/OrderPaid"},
                  {"status", "ACTIVE"},
                  {"conversionRate", {{"configs", {{{"moneyAmount", 1}, {"points", 1}}}}}}};
  ask("earningRules.create", {{"earningRule", rule}});
  const Member ann = new_member();
  Json mixed = cart(10'00);
  mixed["lines"].push_back({{"id", "visit"},
                            {"unitPrice", 50'00},
                            {"quantity", 1},
                            {"tags", {"bookings/service:visit"}}});
  mixed["lines"].push_back(
      {{"id", "card"}, {"unitPrice", 20'00}, {"quantity", 1}, {"kind", "giftCard"}});
  const Json order = complete(id_of(new_checkout(ann, mixed)));
  EXPECT_EQ(order["points"]["earned"], 10);  // the shop's line alone
  EXPECT_EQ(balance(ann), 10);
  const Json back =
      ask("orders.refund", {{"id", order["id"]}, {"lines", {{{"id", "visit"}, {"quantity", 1}}}}});
  EXPECT_EQ(back["refund"]["reversedPoints"], 0);
  EXPECT_EQ(balance(ann), 10);
}

TEST_F(Orders, GuestsBuyWithoutPoints) {
  new_earning_rule(1);
  const Json order = complete(id_of(new_guest_checkout(cart(10'00))));
  EXPECT_EQ(order["points"]["earned"], 0);
  EXPECT_EQ(cancel(order)["status"], "CANCELED");
}

TEST_F(Orders, TheNumberOfACustomersOrderIsCounted) {
  new_promotion({{"name", "First order"},
                 {"trigger", "automatic"},
                 {"conditions", {{"orderNumber", 1}}},
                 {"effects", {{{"kind", "percent"}, {"target", "order"}, {"ratePpm", 100'000}}}}});
  const Member ann = new_member();
  const Json first = complete(id_of(new_checkout(ann, cart(10'00))));
  EXPECT_EQ(first["amounts"]["total"], 9'00);
  EXPECT_EQ(new_checkout(ann, cart(10'00))["quote"]["total"], 10'00);
  cancel(first);
  EXPECT_EQ(new_checkout(ann, cart(10'00))["quote"]["total"], 9'00);
}

}  // namespace
}  // namespace loyalty::service
