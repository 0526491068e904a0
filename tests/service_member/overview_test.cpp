#include "native/service/member/overview.h"

#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class Overview : public CheckoutTest {
 protected:
  Overview() { add_routes(add_member_routes); }

  Json seen_by(const Member& member) {
    as(member);
    Json seen = ask("storefront.myOverview", Json::object());
    as_app();
    return seen;
  }
};

TEST_F(Overview, HeldPointsAreStillTheMembers) {
  const Member ann = new_member(100);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 40)});
  const Json account = seen_by(ann)["account"];
  EXPECT_EQ(account["balance"], 100);
  EXPECT_EQ(account["available"], 60);
  EXPECT_EQ(account["held"], 40);
  EXPECT_EQ(account["redeemed"], 0);
}

TEST_F(Overview, ShowsTheAccountAsItIsNow) {
  const Member ann = new_member(100);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 40)});
  now = now + Duration::minutes(61);  // and nobody has posted that
  const Json seen = seen_by(ann);
  EXPECT_EQ(seen["account"]["available"], 100);
  EXPECT_TRUE(seen["holds"].empty());
}

TEST_F(Overview, RewardsWithConditionsSayThatTheyAreNotMet) {
  const Member ann = new_member(100);
  new_reward({{"name", "Regulars"},
              {"type", "COUPON_REWARD"},
              {"active", true},
              {"customConditions", {{"minOrders", 1}}},
              {"couponReward",
               {{"fixedAmount", {{"configsByTier", {{{"costInPoints", 10}, {"amount", 1}}}}}},
                {"minimumSubtotal", 1}}}});
  const auto regulars = [&] {
    const Json seen = seen_by(ann);
    for (const Json& one : seen["rewards"]) {
      if (one["name"] == "Regulars") {
        return one;
      }
    }
    return Json();
  };
  EXPECT_EQ(regulars()["reason"], "CONDITIONS");
  EXPECT_EQ(regulars()["affordable"], true);
  EXPECT_EQ(regulars()["redeemable"], false);
  complete(id_of(new_checkout(ann, cart(20'00))));
  EXPECT_EQ(regulars()["redeemable"], true);
}

TEST_F(Overview, CouponsBehindCheckoutsAreHidden) {
  const Member ann = new_member(100);
  const Json reward = new_coupon_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward)});
  EXPECT_TRUE(seen_by(ann)["coupons"].empty());
}

TEST_F(Overview, AnOrderIsPendingUntilItIsPaidOrCanceled) {
  new_earning_rule(2);
  const Member ann = new_member(1);
  const Json first = complete(id_of(new_checkout(ann, cart(20'00))), "NOT_PAID");
  const Json second = complete(id_of(new_checkout(ann, cart(30'00))), "NOT_PAID");
  EXPECT_EQ(seen_by(ann)["account"]["pending"], 100);
  ask("orders.cancel", {{"id", second["id"]}});
  const Json pending = seen_by(ann)["pendingOrders"];
  ASSERT_EQ(pending.size(), 1u);
  EXPECT_EQ(pending[0]["orderId"], first["id"]);
  EXPECT_EQ(pending[0]["points"], 40);
  ask("orders.paid", {{"id", first["id"]}});
  EXPECT_TRUE(seen_by(ann)["pendingOrders"].empty());
  EXPECT_EQ(balance(ann), 41);
}

}  // namespace
}  // namespace loyalty::service
