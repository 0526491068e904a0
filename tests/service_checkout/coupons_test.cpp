#include "native/service/checkout/coupons.h"

#include <set>

#include "native/service/checkout/wallet.h"
#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class Coupons : public CheckoutTest {
 protected:
  Json redeem(const Member& member, const Json& reward) {
    return ask("coupons.redeem",
               {{"rewardId", reward["id"]}, {"loyaltyAccountId", member.account}})["coupon"];
  }
  Json get(const Json& coupon) {
    return ask("coupons.get", {{"loyaltyCouponId", coupon["id"]}})["loyaltyCoupon"];
  }
};

TEST_F(Coupons, RedeemingTakesTheCostAndGivesAnActiveCouponWithACode) {
  const Member ann = new_member(120);
  const Json reward = new_coupon_reward();
  new_events("");
  const Json coupon = redeem(ann, reward);

  EXPECT_EQ(coupon["status"], "ACTIVE");
  EXPECT_EQ(coupon["accountId"], ann.account);
  EXPECT_EQ(coupon["memberId"], ann.member);
  EXPECT_EQ(coupon["rewardName"], "Five off");
  EXPECT_EQ(coupon["revision"], "1");
  const Json& reference = coupon["couponReference"];
  EXPECT_EQ(reference["specification"]["moneyOffAmount"], 5);
  EXPECT_EQ(reference["specification"]["type"], "MONEY_OFF_AMOUNT");
  const std::string code = reference["code"];
  EXPECT_EQ(code.size(), 12u);
  EXPECT_EQ(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos);
  EXPECT_EQ(balance(ann), 70);
  EXPECT_EQ(transactions(ann), "EARN REDEEM");

  Json transaction;
  read([&](Call& call) {
    transaction =
        transaction_json(call.store.entry(coupon["transactionId"].get<std::string>()).value());
  });
  EXPECT_EQ(transaction["redeemInfo"]["rewardId"], reward["id"]);
  EXPECT_EQ(transaction["redeemInfo"]["rewardType"], "COUPON_REWARD");
  EXPECT_EQ(transaction["redeemInfo"]["referenceEntityId"], coupon["id"]);
  EXPECT_EQ(get(coupon), coupon);
}

TEST_F(Coupons, EveryCodeIsAnother) {
  const Member ann = new_member(1'000);
  const Json reward = new_coupon_reward();
  std::set<std::string> codes;
  for (int i = 0; i < 20; ++i) {
    codes.insert(redeem(ann, reward)["couponReference"]["code"]);
  }
  EXPECT_EQ(codes.size(), 20u);
}

TEST_F(Coupons, EventsTellOfTheirLife) {
  const Member ann = new_member(200);
  const Json reward = new_coupon_reward();
  new_events("");
  const Json first = redeem(ann, reward);
  const Json second = redeem(ann, reward);
  ask("coupons.cancel", {{"id", first["id"]}, {"revision", "1"}});
  ask("coupons.delete", {{"id", second["id"]}, {"revision", "1"}});
  EXPECT_EQ(new_events("wix.loyalty.v1.coupon"),
            (std::vector<std::string>{"created", "created", "updated", "deleted"}));
}

TEST_F(Coupons, MembersRedeemForThemselves) {
  const Member ann = new_member(60);
  const Json reward = new_coupon_reward();
  as(ann);
  const Json coupon = ask("coupons.redeemMine", {{"rewardId", reward["id"]}})["coupon"];
  EXPECT_EQ(coupon["accountId"], ann.account);
  EXPECT_EQ(ask("coupons.mine", Json::object())["loyaltyCoupons"], Json::array({coupon}));
}

TEST_F(Coupons, WhatCannotBeRedeemedChangesNothing) {
  const Member ann = new_member(49);
  const Json reward = new_coupon_reward();
  const Json flexible = new_flexible_reward();
  const Json inactive = new_reward(
      {{"name", "Later"},
       {"type", "COUPON_REWARD"},
       {"couponReward", {{"freeShipping", {{"configsByTier", {{{"costInPoints", 1}}}}}}}}});
  const auto code = [&](const Json& of) {
    return refused("coupons.redeem", {{"rewardId", of["id"]}, {"loyaltyAccountId", ann.account}})
        .code;
  };
  EXPECT_EQ(code(reward), "INSUFFICIENT_POINTS");
  EXPECT_EQ(code(flexible), "REWARD_NOT_COUPON");
  EXPECT_EQ(code(inactive), "REWARD_NOT_ACTIVE");
  EXPECT_EQ(code({{"id", new_id()}}), "REWARD_NOT_FOUND");
  EXPECT_EQ(
      refused("coupons.redeem", {{"rewardId", reward["id"]}, {"loyaltyAccountId", new_id()}}).code,
      "ACCOUNT_NOT_FOUND");
  ask("program.pause", Json::object());
  EXPECT_EQ(code(reward), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(transactions(ann), "EARN");
  EXPECT_EQ(ask("coupons.query", Json::object())["metadata"]["total"], 0);
}

TEST_F(Coupons, ATierWithoutAConfigCannotRedeem) {
  const Json tier =
      ask("tiers.create",
          {{"tier", {{"tierDefinition", {{"name", "Gold"}}}, {"requiredPoints", 100}}}})["tier"];
  ask("tiers.createSettings",
      {{"programSettings", {{"status", "ACTIVE"}, {"rollingWindow", {{"durationInMonths", 12}}}}}});
  const Member gold = new_member(200);
  const Json reward = new_coupon_reward();  // for the base tier alone
  EXPECT_EQ(
      refused("coupons.redeem", {{"rewardId", reward["id"]}, {"loyaltyAccountId", gold.account}})
          .code,
      "REWARD_NOT_AVAILABLE_FOR_TIER");
  const Json for_gold =
      new_reward({{"name", "Ten percent"},
                  {"active", true},
                  {"type", "COUPON_REWARD"},
                  {"couponReward",
                   {{"percentage",
                     {{"configsByTier",
                       {{{"tierId", tier["id"]}, {"percentage", 10}, {"costInPoints", 30}}}}}}}}});
  const Json coupon = redeem(gold, for_gold);
  EXPECT_EQ(coupon["couponReference"]["specification"]["percentOffRate"], 10);
  EXPECT_EQ(balance(gold), 170);
}

TEST_F(Coupons, AreQueriedByFieldsAndPagedByOffsetAndCursor) {
  const Member ann = new_member(1'000);
  const Member ben = new_member(1'000);
  const Json reward = new_coupon_reward();
  for (int i = 0; i < 3; ++i) {
    redeem(ann, reward);
    now = now + Duration::seconds(1);
  }
  const Json bens = redeem(ben, reward);
  const auto query = [&](Json asked) {
    return ask("coupons.query", {{"query", std::move(asked)}});
  };

  EXPECT_EQ(query({{"filter", {{"accountId", ben.account}}}})["loyaltyCoupons"],
            Json::array({bens}));
  EXPECT_EQ(query({{"filter",
                    {{"couponReference.code", bens["couponReference"]["code"]}}}})["loyaltyCoupons"]
                .size(),
            1u);
  const Json page = query({{"paging", {{"limit", 2}, {"offset", 2}}}});
  EXPECT_EQ(page["loyaltyCoupons"].size(), 2u);
  EXPECT_EQ(page["metadata"]["total"], 4);
  const Json first = query({{"cursorPaging", {{"limit", 3}}}});
  const Json next = query({{"cursorPaging", {{"cursor", first["metadata"]["cursors"]["next"]}}}});
  EXPECT_EQ(next["loyaltyCoupons"].size(), 1u);
}

TEST_F(Coupons, DeletingTheRecordLeavesTheCodeWorking) {
  const Member ann = new_member(100);
  const Json coupon = redeem(ann, new_coupon_reward());
  EXPECT_EQ(refused("coupons.delete", {{"id", coupon["id"]}, {"revision", 7}}).code,
            "REVISION_MISMATCH");
  ask("coupons.delete", {{"id", coupon["id"]}, {"revision", "1"}});

  EXPECT_EQ(refused("coupons.get", {{"loyaltyCouponId", coupon["id"]}}).code, "COUPON_NOT_FOUND");
  EXPECT_EQ(ask("coupons.query", Json::object())["loyaltyCoupons"].size(), 0u);
  EXPECT_EQ(balance(ann), 50);
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  EXPECT_EQ(ask("coupons.mine", Json::object())["loyaltyCoupons"].size(), 0u);
  const Json applied =
      apply(checkout, {code_choice(coupon["couponReference"]["code"].get<std::string>())});
  EXPECT_EQ(applied["quote"]["total"], 15'00);
}

TEST_F(Coupons, CancellingArchivesAndGivesThePointsBackOnce) {
  const Member ann = new_member(100);
  const Json coupon = redeem(ann, new_coupon_reward());
  EXPECT_EQ(refused("coupons.cancel", {{"id", coupon["id"]}, {"revision", 9}}).code,
            "REVISION_MISMATCH");
  const Json cancelled = ask("coupons.cancel", {{"id", coupon["id"]}, {"revision", 1}})["coupon"];
  EXPECT_EQ(cancelled["status"], "ARCHIVED");
  EXPECT_EQ(cancelled["couponReference"]["deleted"], true);
  EXPECT_EQ(balance(ann), 100);
  EXPECT_EQ(transactions(ann), "EARN REDEEM REFUND");
  EXPECT_EQ(refused("coupons.cancel", {{"id", coupon["id"]}, {"revision", 2}}).code,
            "COUPON_NOT_ACTIVE");
  EXPECT_EQ(balance(ann), 100);
}

TEST_F(Coupons, AreReadAcrossSitesByUsers) {
  const Member ann = new_member(100);
  const Json coupon = redeem(ann, new_coupon_reward());
  as_user();
  const Json sites = ask("coupons.bulkGet", Json::object())["couponsInSite"];
  ASSERT_EQ(sites.size(), 1u);
  EXPECT_EQ(sites[0]["metaSiteId"], site_id);
  EXPECT_EQ(sites[0]["loyaltyCoupons"], Json::array({coupon}));
}

TEST_F(Coupons, ARewardThatIsGoneLeavesThemValid) {
  const Member ann = new_member(100);
  const Json reward = new_coupon_reward();
  const Json coupon = redeem(ann, reward);
  ask("rewards.delete", {{"id", reward["id"]}, {"revision", reward["revision"]}});
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  EXPECT_EQ(apply(checkout, {coupon_choice(coupon)})["quote"]["total"], 15'00);
}

TEST_F(Coupons, BeyondTwoHundredTheNewestAreOfferedAndTheOthersStillWork) {
  const Member ann = new_member(20'000);
  const Json reward = new_coupon_reward();
  const Json oldest = redeem(ann, reward);
  for (int i = 0; i < 200; ++i) {
    redeem(ann, reward);
  }
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  const Json coupons = ask("storefront.me", Json::object())["account"]["coupons"];
  EXPECT_EQ(coupons.size(), 200u);
  EXPECT_EQ(apply(checkout, {coupon_choice(oldest)})["quote"]["total"], 15'00);
}

TEST_F(Coupons, FollowAnAccountThatIsMerged) {
  const Member ann = new_member(100);
  const Member ben = new_member();
  const Json coupon = redeem(ann, new_coupon_reward());
  write([&](Call& call) { wallets_merged(call, ann.account, ben.account); });
  EXPECT_EQ(get(coupon)["accountId"], ben.account);
  as(ben);
  EXPECT_EQ(ask("storefront.me", Json::object())["account"]["coupons"][0]["id"], coupon["id"]);
}

}  // namespace
}  // namespace loyalty::service
