#include "native/service/checkout/applying.h"

#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class Applying : public CheckoutTest {
 protected:
  Json exchange(const std::string& checkout, const char* kind, Json what) {
    return ask("checkoutDiscounts.apply",
               {{"checkoutId", checkout}, {kind, std::move(what)}})["discount"];
  }
  No exchange_refused(const std::string& checkout, const char* kind, Json what) {
    return refused("checkoutDiscounts.apply", {{"checkoutId", checkout}, {kind, std::move(what)}});
  }
  Json discount_of(const std::string& checkout) {
    return ask("checkoutDiscounts.query",
               {{"query", {{"filter", {{"checkoutId", checkout}}}}}})["loyaltyCheckoutDiscounts"];
  }
  Json checkout_of(const std::string& checkout) { return ask("checkouts.get", {{"id", checkout}}); }
  std::string statuses_of(const std::string& checkout) {
    std::string all;
    Json found =
        ask("checkoutDiscounts.query",
            {{"query",
              {{"filter", {{"checkoutId", checkout}}},
               {"sort",
                {{{"fieldName", "createdDate"}, {"order", "ASC"}}}}}}})["loyaltyCheckoutDiscounts"];
    for (const Json& one : found) {
      all += (all.empty() ? "" : " ") + one["status"].get<std::string>();
    }
    return all;
  }
  Json redeemed(const Member& member, const Json& reward) {
    const Caller before = caller;
    as_app();
    Json coupon = ask("coupons.redeem",
                      {{"rewardId", reward["id"]}, {"loyaltyAccountId", member.account}})["coupon"];
    caller = before;
    return coupon;
  }
  static Json part(const Json& reward, std::int64_t points) {
    return {{"id", reward["id"]}, {"revision", reward["revision"]}, {"pointsToSpend", points}};
  }
  static Json whole(const Json& reward) {
    return {{"id", reward["id"]}, {"revision", reward["revision"]}};
  }
};

TEST_F(Applying, ThirtyFivePointsAtTenAreThreeFifty) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00)));
  as(ann);
  const Json discount = exchange(checkout, "reward", part(reward, 35));
  EXPECT_EQ(discount["status"], "APPLIED");
  EXPECT_EQ(discount["discountType"], "DISCOUNT_AMOUNT");
  EXPECT_EQ(discount["rewardId"], reward["id"]);
  EXPECT_EQ(balance(ann), 65);
  EXPECT_EQ(held(ann), 35);
  EXPECT_EQ(transactions(ann), "EARN REDEEM");
  as_app();
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 6'50);
}

TEST_F(Applying, TheSameAgainChangesNothing) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00)));
  const Json first = exchange(checkout, "reward", part(reward, 35));
  EXPECT_EQ(exchange(checkout, "reward", part(reward, 35)), first);
  EXPECT_EQ(transactions(ann), "EARN REDEEM");
}

TEST_F(Applying, AnotherNumberOfPointsReplacesTheHold) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00)));
  exchange(checkout, "reward", part(reward, 90));
  exchange(checkout, "reward", part(reward, 95));  // what is held is there to be spent
  EXPECT_EQ(balance(ann), 5);
  EXPECT_EQ(held(ann), 95);
  EXPECT_EQ(statuses_of(checkout), "APPLIED");
}

TEST_F(Applying, ACouponRewardIsTakenInTheCheckoutAndItsCouponStaysHidden) {
  const Json reward = new_coupon_reward();
  const Member ann = new_member(60);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = exchange(checkout, "reward", whole(reward));
  EXPECT_EQ(discount["discountType"], "COUPON_REWARD");
  EXPECT_EQ(balance(ann), 10);
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 15'00);
  const Json all = ask("coupons.query", Json::object())["loyaltyCoupons"];
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0]["refundable"], true);
  as(ann);
  EXPECT_EQ(ask("coupons.mine", Json::object())["loyaltyCoupons"].size(), 0u);
  EXPECT_EQ(ask("storefront.me", Json::object())["account"].value("coupons", Json::array()).size(),
            0u);
}

TEST_F(Applying, ACouponRedeemedEarlierCostsNoFurtherPoints) {
  const Member ann = new_member(60);
  const Json coupon = redeemed(ann, new_coupon_reward());
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json discount = exchange(checkout, "loyaltyCoupon", whole(coupon));
  EXPECT_EQ(discount["discountType"], "LOYALTY_COUPON");
  EXPECT_EQ(discount["loyaltyCouponId"], coupon["id"]);
  EXPECT_EQ(balance(ann), 10);
  EXPECT_EQ(held(ann), 0);
}

TEST_F(Applying, AStaleRevisionIsAConflict) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const Json coupon = redeemed(ann, new_coupon_reward());
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  EXPECT_EQ(exchange_refused(checkout, "reward", {{"id", reward["id"]}, {"revision", 2}}).code,
            "REVISION_MISMATCH");
  EXPECT_EQ(
      exchange_refused(checkout, "loyaltyCoupon", {{"id", coupon["id"]}, {"revision", "2"}}).code,
      "REVISION_MISMATCH");
  EXPECT_EQ(held(ann), 0);
}

TEST_F(Applying, MembersApplyToTheirOwnCheckoutsOnly) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const Member ben = new_member(100);
  const Json coupon = redeemed(ann, new_coupon_reward());
  const std::string anns = id_of(new_checkout(ann, cart(20'00)));
  const std::string bens = id_of(new_checkout(ben, cart(20'00)));
  as(ben);
  EXPECT_EQ(exchange_refused(anns, "reward", part(reward, 20)).code, "CHECKOUT_NOT_FOUND");
  EXPECT_EQ(exchange_refused(bens, "loyaltyCoupon", whole(coupon)).code,
            "COUPON_BELONGS_TO_ANOTHER_ACCOUNT");
  EXPECT_EQ(exchange_refused(new_id(), "reward", part(reward, 20)).code, "CHECKOUT_NOT_FOUND");
  as_app();
  EXPECT_EQ(exchange(anns, "reward", part(reward, 20))["status"], "APPLIED");
}

TEST_F(Applying, AMemberGoesOnWithACheckoutThatWasNobodys) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_guest_checkout(cart(20'00)));
  EXPECT_EQ(exchange_refused(checkout, "reward", part(reward, 20)).code, "MEMBER_REQUIRED");
  as(ann);
  exchange(checkout, "reward", part(reward, 20));
  as(new_member(100));
  EXPECT_EQ(exchange_refused(checkout, "reward", part(reward, 20)).code, "CHECKOUT_NOT_FOUND");
}

TEST_F(Applying, WhatTheQuoteRejectsIsARefusalThatSaysWhy) {
  const Json reward = new_flexible_reward();
  const Json coupon_reward = new_coupon_reward();
  const Member ann = new_member(30);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00)));
  const auto code = [&](const char* kind, Json what) {
    return exchange_refused(checkout, kind, std::move(what)).code;
  };
  EXPECT_EQ(code("reward", part(reward, 31)), "INSUFFICIENT_POINTS");
  EXPECT_EQ(code("reward", part(reward, 9)), "POINTS_BELOW_MINIMUM");
  EXPECT_EQ(code("reward", whole(coupon_reward)), "INSUFFICIENT_POINTS");
  EXPECT_EQ(code("reward", {{"id", new_id()}, {"revision", 1}}), "REWARD_NOT_FOUND");
  EXPECT_EQ(code("loyaltyCoupon", {{"id", new_id()}, {"revision", 1}}), "COUPON_NOT_FOUND");
  EXPECT_EQ(code("reward", part(coupon_reward, 50)), "VALIDATION");
  const No no = exchange_refused(checkout, "reward", part(reward, 31));
  EXPECT_EQ(no.data["reason"], "INSUFFICIENT_POINTS");
  EXPECT_EQ(no.data["quote"]["total"], 10'00);
  ask("program.pause", Json::object());
  EXPECT_EQ(code("reward", part(reward, 20)), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(transactions(ann), "EARN");
  EXPECT_EQ(discount_of(checkout).size(), 0u);
}

TEST_F(Applying, TheProgramsMinimumOfPointsHolds) {
  program_settings({{"minPointsToSpend", 50}});
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  EXPECT_EQ(exchange_refused(checkout, "reward", part(reward, 40)).code, "POINTS_BELOW_MINIMUM");
  exchange(checkout, "reward", part(reward, 60));
  EXPECT_EQ(held(ann), 60);
}

TEST_F(Applying, TheDiscountIsCappedAndNoPointIsTakenForNothing) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(1'000);
  const std::string checkout = id_of(new_checkout(ann, cart(7'95)));
  exchange(checkout, "reward", part(reward, 500));
  EXPECT_EQ(held(ann), 80);  // 79 points are worth 7.90, 80 cover 7.95
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 0);
}

TEST_F(Applying, ANewCouponReplacesTheOldAndReleasesIt) {
  const Member ann = new_member(200);
  const Json reward = new_coupon_reward();
  const Json coupon = redeemed(ann, reward);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  exchange(checkout, "reward", whole(reward));
  EXPECT_EQ(held(ann), 50);
  exchange(checkout, "loyaltyCoupon", whole(coupon));
  EXPECT_EQ(held(ann), 0);
  EXPECT_EQ(statuses_of(checkout), "REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL APPLIED");
  exchange(checkout, "reward", whole(reward));
  EXPECT_EQ(statuses_of(checkout), "REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL UNUSED APPLIED");
  EXPECT_EQ(ask("coupons.get", {{"loyaltyCouponId", coupon["id"]}})["loyaltyCoupon"]["status"],
            "ACTIVE");
  // One coupon behind the discount that stands, none left of the first.
  EXPECT_EQ(ask("coupons.query", Json::object())["metadata"]["total"], 2);
}

TEST_F(Applying, PointsStackWithACouponAndWithPromotions) {
  new_promotion({{"name", "Ten percent"},
                 {"trigger", "automatic"},
                 {"effects", {{{"kind", "percent"}, {"target", "order"}, {"ratePpm", 100'000}}}}});
  const Json reward = new_flexible_reward();
  const Member ann = new_member(200);
  const Json coupon = redeemed(ann, new_coupon_reward());
  const std::string checkout = id_of(new_checkout(ann, cart(100'00)));
  exchange(checkout, "loyaltyCoupon", whole(coupon));
  exchange(checkout, "reward", part(reward, 100));
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 75'00);  // 100 - 10 - 5 - 10
  EXPECT_EQ(discount_of(checkout).size(), 2u);
}

TEST_F(Applying, RemovingGivesThePointsBack) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const Json coupon = redeemed(ann, new_coupon_reward());
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const Json flexible = exchange(checkout, "reward", part(reward, 40));
  const Json with_coupon = exchange(checkout, "loyaltyCoupon", whole(coupon));
  EXPECT_EQ(ask("checkoutDiscounts.remove", {{"id", flexible["id"]}})["discount"]["status"],
            "REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL");
  EXPECT_EQ(ask("checkoutDiscounts.remove", {{"id", with_coupon["id"]}})["discount"]["status"],
            "UNUSED");
  EXPECT_EQ(balance(ann), 50);
  EXPECT_EQ(transactions(ann), "EARN REDEEM REDEEM REFUND");
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 20'00);
  // Again, it stays as it is.
  ask("checkoutDiscounts.remove", {{"id", flexible["id"]}});
  EXPECT_EQ(balance(ann), 50);
}

TEST_F(Applying, DiscountsAreQueriedByCheckoutAndStatusAndMembersSeeTheirOwn) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const Member ben = new_member(100);
  exchange(id_of(new_checkout(ann, cart(20'00))), "reward", part(reward, 40));
  const std::string bens = id_of(new_checkout(ben, cart(20'00)));
  exchange(bens, "reward", part(reward, 40));
  const Json applied = ask("checkoutDiscounts.query",
                           {{"query", {{"filter", {{"status", {{"$in", {"APPLIED"}}}}}}}}});
  EXPECT_EQ(applied["loyaltyCheckoutDiscounts"].size(), 2u);
  as(ben);
  const Json own = ask("checkoutDiscounts.query", Json::object())["loyaltyCheckoutDiscounts"];
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0]["checkoutId"], bens);
}

TEST_F(Applying, TwoTabsCannotSpendTheSamePoints) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string one = id_of(new_checkout(ann, cart(20'00)));
  const std::string other = id_of(new_checkout(ann, cart(20'00)));
  exchange(one, "reward", part(reward, 80));
  EXPECT_EQ(exchange_refused(other, "reward", part(reward, 80)).code, "INSUFFICIENT_POINTS");
  exchange(other, "reward", part(reward, 20));
  EXPECT_EQ(balance(ann), 0);
}

TEST_F(Applying, ASmallerCartShrinksTheHoldAndSaysSo) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(300);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00, 2)));
  exchange(checkout, "reward", part(reward, 200));
  const Json after = update_cart(checkout, cart(10'00, 1));
  EXPECT_EQ(held(ann), 100);
  EXPECT_EQ(after["releasedPoints"], 100);
  const Json& notice = after["checkout"]["notices"][0];
  EXPECT_EQ(notice["kind"], "REDUCED");
  EXPECT_EQ(notice["releasedPoints"], 100);
  // The shopper agreed to 200: a larger cart takes them again, and never more.
  update_cart(checkout, cart(10'00, 5));
  EXPECT_EQ(held(ann), 200);
}

TEST_F(Applying, ALargerCartTakesNoMorePointsThanWereAgreedTo) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(300);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00)));
  apply(checkout, {reward_choice(reward)});  // as many as give the most
  EXPECT_EQ(held(ann), 100);
  update_cart(checkout, cart(10'00, 3));
  EXPECT_EQ(held(ann), 100);
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 20'00);
}

TEST_F(Applying, ACartThatNoLongerFitsLosesItsDiscountWithANotice) {
  const Json reward = new_reward(
      {{"name", "From thirty on"},
       {"active", true},
       {"type", "COUPON_REWARD"},
       {"couponReward",
        {{"minimumSubtotal", 30},
         {"fixedAmount", {{"configsByTier", {{{"amount", 5}, {"costInPoints", 50}}}}}}}}});
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(10'00, 3)));
  exchange(checkout, "reward", whole(reward));
  const Json after = update_cart(checkout, cart(10'00, 2));
  EXPECT_EQ(after["discounts"].size(), 0u);
  EXPECT_EQ(after["checkout"]["notices"][0]["kind"], "REMOVED");
  EXPECT_EQ(after["checkout"]["notices"][0]["code"], "MINIMUM_SUBTOTAL_NOT_MET");
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(statuses_of(checkout), "REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL");
  EXPECT_EQ(after["quote"]["total"], 20'00);
}

TEST_F(Applying, AnotherContactDoesNotInheritWhatWasApplied) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const Member ben = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  exchange(checkout, "reward", part(reward, 40));
  ask("checkouts.update",
      {{"id", checkout}, {"checkout", {{"cart", cart(20'00)}, {"contactId", ben.contact}}}});
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(balance(ben), 100);
}

TEST_F(Applying, EventsTellOfDiscounts) {
  const Json reward = new_flexible_reward();
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  new_events("");
  const Json discount = exchange(checkout, "reward", part(reward, 40));
  ask("checkoutDiscounts.remove", {{"id", discount["id"]}});
  EXPECT_EQ(new_events("wix.loyalty.v1.checkout_discount"),
            (std::vector<std::string>{"created", "updated"}));
}

TEST_F(Applying, CartsThatTheCoreRefusesAreRefusedAtTheirPlace) {
  Json bad = cart(10'00);
  bad["lines"][0]["quantity"] = 0;
  try {
    write([&](Call& call) { require_cart(call, bad, "checkout."); });
    FAIL();
  } catch (const wire::Refused& refusal) {
    EXPECT_EQ(refusal.body()["details"]["validationError"]["fieldViolations"][0]["field"],
              "checkout.cart.lines[0].quantity");
  }
  EXPECT_EQ(refused("checkouts.create", {{"checkout", {{"cart", bad}}}}).code, "VALIDATION");
  EXPECT_EQ(refused("checkouts.create", {{"checkout", {{"cart", "shoes"}}}}).code, "VALIDATION");
  EXPECT_EQ(
      refused("checkouts.create", {{"checkout", {{"cart", cart(1)}, {"contactId", new_id()}}}})
          .code,
      "CONTACT_NOT_FOUND");
}

TEST_F(Applying, AReferralRewardIsUsedUpByItsOrderAndComesBackWithIt) {
  const Member ann = new_member();
  const Json reward = ask("referrals.createReward",
                          {{"referralReward",
                            {{"contactId", ann.contact},
                             {"specification", {{"moneyOffAmount", 3}}}}}})["referralReward"];
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  EXPECT_EQ(
      exchange_refused(checkout, "referralReward", {{"id", reward["id"]}, {"revision", 5}}).code,
      "REVISION_MISMATCH");
  const Json discount = exchange(checkout, "referralReward", whole(reward));
  EXPECT_EQ(discount["discountType"], "REFERRAL_REWARD");
  EXPECT_EQ(discount["referralRewardId"], reward["id"]);
  const Json order = complete(checkout);
  EXPECT_EQ(order["amounts"]["total"], 17'00);
  const auto reward_status = [&] {
    return ask("referrals.getReward", {{"id", reward["id"]}})["referralReward"]["status"];
  };
  EXPECT_EQ(reward_status(), "APPLIED");
  const std::string second = id_of(new_checkout(ann, cart(20'00)));
  EXPECT_EQ(refused("storefront.apply",
                    {{"id", second},
                     {"intent",
                      {{"chosen", Json::array({{{"referralReward", {{"id", reward["id"]}}}}})}}}})
                .code,
            "REWARD_NOT_FOUND");
  ask("orders.cancel", {{"id", order["id"]}});
  EXPECT_EQ(reward_status(), "ACTIVE");
  const Json again = ask("referrals.getReward", {{"id", reward["id"]}})["referralReward"];
  EXPECT_EQ(exchange(second, "referralReward", whole(again))["status"], "APPLIED");
}

TEST_F(Applying, AStaleCheckoutIsAConflict) {
  const Json made = new_guest_checkout(cart(10'00));
  EXPECT_EQ(refused("checkouts.update",
                    {{"id", id_of(made)}, {"checkout", {{"cart", cart(5'00)}, {"revision", 99}}}})
                .code,
            "REVISION_MISMATCH");
}

TEST_F(Applying, TagsThatFollowFromALinesOwnAreCompleted) {
  const Json rule = new_reward(
      {{"name", "Off everything of the shop"},
       {"active", true},
       {"type", "COUPON_REWARD"},
       {"couponReward",
        {{"scope", {{"namespace", "stores"}}},
         {"fixedAmount", {{"configsByTier", {{{"amount", 5}, {"costInPoints", 50}}}}}}}}});
  const Member ann = new_member(100);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  exchange(checkout, "reward", whole(rule));
  EXPECT_EQ(checkout_of(checkout)["quote"]["total"], 15'00);
}

}  // namespace
}  // namespace loyalty::service
