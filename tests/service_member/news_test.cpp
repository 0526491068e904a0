#include "native/service/member/news.h"

#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class NewsTest : public CheckoutTest {
 protected:
  /// Everything that was told of since the last time, in order.
  std::vector<MemberNews> news() {
    std::vector<MemberNews> all;
    read([&](Call& call) {
      for (const store::EventRow& event : call.store.events(last_, 1'000)) {
        last_ = event.sequence;
        if (auto one = news_of(call.store, event)) {
          all.push_back(*std::move(one));
        }
      }
    });
    return all;
  }
  std::vector<std::string> reasons() {
    std::vector<std::string> all;
    for (const MemberNews& one : news()) {
      all.push_back(one.reason);
    }
    return all;
  }
  std::vector<std::string> changes() {
    std::vector<std::string> all;
    for (const MemberNews& one : news()) {
      if (one.checkout) {
        all.push_back(one.checkout->change);
      }
    }
    return all;
  }

 private:
  std::int64_t last_ = 0;
};

using Texts = std::vector<std::string>;

TEST_F(NewsTest, AnAccountIsMetWithItsOpening) {
  news();
  const Member ann = new_member(10);
  const std::vector<MemberNews> told = news();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told[0].reason, "created");
  EXPECT_EQ(told[0].account_id, ann.account);
  EXPECT_EQ(told[0].contact_id, ann.contact);
  for (const MemberNews& one : told) {
    EXPECT_EQ(one.account_id, ann.account) << one.reason;
  }
  EXPECT_EQ(told.back().reason, "points_updated");
}

TEST_F(NewsTest, RulesAreNobodysInParticular) {
  news();
  new_flexible_reward();
  new_earning_rule(2);
  EXPECT_EQ(reasons(), Texts{});
}

TEST_F(NewsTest, ADiscountIsItsMembers) {
  const Member ann = new_member(100);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  news();
  apply(checkout, {reward_choice(reward, 40)});
  const std::vector<MemberNews> told = news();
  ASSERT_FALSE(told.empty());
  ASSERT_TRUE(told.back().checkout);
  EXPECT_EQ(told.back().account_id, ann.account);
  EXPECT_EQ(told.back().checkout->checkout_id, checkout);
  EXPECT_EQ(told.back().checkout->change, "applied");
  apply(checkout, {reward_choice(reward, 50)});
  EXPECT_EQ(changes(), Texts{"recalculated"});
  apply(checkout, Json::array());
  EXPECT_EQ(changes(), Texts{"removed"});
}

TEST_F(NewsTest, TimeEndsADiscount) {
  const Member ann = new_member(100);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 40)});
  news();
  now = now + Duration::minutes(61);
  as_app();
  settle();
  time_out();
  EXPECT_EQ(changes(), Texts{"expired"});
}

TEST_F(NewsTest, AnotherCartIsToldToItsShopper) {
  const Member ann = new_member();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  const std::string guests = id_of(new_guest_checkout(cart(20'00)));
  news();
  update_cart(checkout, cart(30'00));
  const std::vector<MemberNews> told = news();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].contact_id, ann.contact);
  EXPECT_EQ(told[0].checkout, (CheckoutNews{.checkout_id = checkout, .change = "recalculated"}));
  update_cart(checkout, cart(30'00));
  EXPECT_EQ(reasons(), Texts{}) << "the same cart again is no news";
  update_cart(guests, cart(30'00));
  EXPECT_EQ(reasons(), Texts{}) << "a guest cannot listen";
}

TEST_F(NewsTest, AnOrderIsItsMembersThoughNoPointsMove) {
  const Member ann = new_member();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  news();
  const Json order = complete(checkout, "NOT_PAID");
  const std::vector<MemberNews> told = news();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().reason, "order_created");
  EXPECT_EQ(told.back().contact_id, ann.contact);
  EXPECT_EQ(told.back().checkout, (CheckoutNews{.checkout_id = checkout, .change = "completed"}));
  ask("orders.paid", {{"id", order["id"]}});
  EXPECT_EQ(reasons().back(), "order_updated");
}

TEST_F(NewsTest, ACouponIsItsMembersFromItsBeginningToItsEnd) {
  const Member ann = new_member(200);
  const Json reward = new_coupon_reward();
  news();
  const Json coupon = ask(
      "coupons.redeem", {{"rewardId", reward["id"]}, {"loyaltyAccountId", ann.account}})["coupon"];
  EXPECT_EQ(reasons().back(), "coupon_created");
  ask("coupons.delete", {{"id", coupon["id"]}, {"revision", coupon["revision"]}});
  const std::vector<MemberNews> told = news();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].reason, "coupon_deleted");
  EXPECT_EQ(told[0].account_id, ann.account);
}

}  // namespace
}  // namespace loyalty::service
