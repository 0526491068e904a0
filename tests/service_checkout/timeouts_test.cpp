#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class Timeouts : public CheckoutTest {
 protected:
  std::string status_of(const Json& discount) {
    Json found =
        ask("checkoutDiscounts.query", {{"query", {{"filter", {{"id", discount["id"]}}}}}});
    return found["loyaltyCheckoutDiscounts"][0]["status"];
  }
};

TEST_F(Timeouts, AnAbandonedCheckoutGivesItsPointsBack) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = apply(checkout, {reward_choice(reward, 40)})["discounts"][0];
  EXPECT_EQ(discount["holdExpiresAt"], "2026-01-15T13:00:00.000Z");
  EXPECT_EQ(time_out(), 0u);
  now = now + Duration::minutes(60);
  EXPECT_EQ(time_out(), 1u);
  EXPECT_EQ(status_of(discount), "REFUNDED_DUE_TO_TIMEOUT");
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(held(ann), 0);
  EXPECT_EQ(time_out(), 0u);
  settle();
  EXPECT_EQ(transactions(ann), "EARN REDEEM REFUND");
}

TEST_F(Timeouts, ItMakesNoDifferenceWhoComesFirst) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = apply(checkout, {reward_choice(reward, 40)})["discounts"][0];
  now = now + Duration::minutes(61);
  settle();  // the ledger's own sweep
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(time_out(), 1u);
  EXPECT_EQ(status_of(discount), "REFUNDED_DUE_TO_TIMEOUT");
  EXPECT_EQ(balance(ann), 100);
}

TEST_F(Timeouts, ACouponWithoutPointsIsUnusedAndCanBeUsedAgain) {
  const Member ann = new_member(100);
  const Json coupon = ask("coupons.redeem", {{"rewardId", new_coupon_reward()["id"]},
                                             {"loyaltyAccountId", ann.account}})["coupon"];
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = apply(checkout, {coupon_choice(coupon)})["discounts"][0];
  now = now + Duration::minutes(60);
  time_out();
  EXPECT_EQ(status_of(discount), "UNUSED");
  EXPECT_EQ(apply(checkout, {coupon_choice(coupon)})["quote"]["total"], 15'00);
}

TEST_F(Timeouts, ActivityOnTheCheckoutGivesMoreTime) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = apply(checkout, {reward_choice(reward, 40)})["discounts"][0];
  now = now + Duration::minutes(50);
  EXPECT_EQ(update_cart(checkout, cart(30'00))["discounts"][0]["holdExpiresAt"],
            "2026-01-15T13:50:00.000Z");
  now = now + Duration::minutes(50);
  EXPECT_EQ(time_out(), 0u);
  settle();
  EXPECT_EQ(held(ann), 40);
  now = now + Duration::minutes(10);
  EXPECT_EQ(time_out(), 1u);
  EXPECT_EQ(status_of(discount), "REFUNDED_DUE_TO_TIMEOUT");
}

TEST_F(Timeouts, ComingBackTooLateFindsTheDiscountGone) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  apply(checkout, {reward_choice(reward, 40)});
  now = now + Duration::minutes(60);  // before anybody has swept
  EXPECT_EQ(refused("checkouts.complete", {{"id", checkout}, {"paymentStatus", "PAID"}}).code,
            "HOLD_EXPIRED");
  const Json after = update_cart(checkout, cart(20'00));
  EXPECT_EQ(after["discounts"].size(), 0u);
  EXPECT_EQ(after["checkout"]["notices"][0]["code"], "HOLD_EXPIRED");
  EXPECT_EQ(after["quote"]["total"], 20'00);
  EXPECT_EQ(balance(ann), 100);
  const Json again = apply(checkout, {reward_choice(reward, 40)});
  EXPECT_EQ(again["quote"]["total"], 16'00);
  EXPECT_EQ(held(ann), 40);
}

TEST_F(Timeouts, CompletingAfterASweepSaysThatThePriceChanged) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  apply(checkout, {reward_choice(reward, 40)});
  now = now + Duration::minutes(60);
  time_out();
  const No no = refused("checkouts.complete", {{"id", checkout}, {"paymentStatus", "PAID"}});
  EXPECT_EQ(no.code, "QUOTE_CHANGED");
  EXPECT_EQ(no.data["quote"]["total"], 20'00);
  update_cart(checkout, cart(20'00));
  EXPECT_EQ(complete(checkout)["amounts"]["total"], 20'00);
}

TEST_F(Timeouts, ARefundThatTheLedgerRefusesIsTriedAgain) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = apply(checkout, {reward_choice(reward, 40)})["discounts"][0];
  const Json order = complete(checkout);
  const auto set_balance = [&](std::int64_t to) {
    write([&](Call& call) {
      move(call,
           ledger::Adjust{
               .account = ann.account, .points = {}, .balance = Points::of(to), .revision = {}},
           {});
    });
  };
  set_balance(999'999'990);  // 40 points more are too many
  ask("orders.cancel", {{"id", order["id"]}});
  EXPECT_EQ(status_of(discount), "FAILED_TO_REFUND");
  EXPECT_EQ(balance(ann), 999'999'990);
  now = now + Duration::minutes(1);
  EXPECT_EQ(time_out(), 1u);
  EXPECT_EQ(status_of(discount), "FAILED_TO_REFUND");
  EXPECT_EQ(time_out(), 0u);  // not at once again
  set_balance(500);
  now = now + Duration::minutes(2);
  EXPECT_EQ(time_out(), 1u);
  EXPECT_EQ(status_of(discount), "REFUNDED");
  EXPECT_EQ(balance(ann), 540);
}

}  // namespace
}  // namespace loyalty::service
