#include "native/service/checkout/wallet.h"
#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

class Referrals : public PeopleTest {
 protected:
  std::string anna = contact({{"email", "anna@example.com"}});

  Json create(Json fields) {
    fields["contactId"] = anna;
    return ask("referrals.createReward", {{"referralReward", std::move(fields)}})["referralReward"];
  }
};

TEST_F(Referrals, CanGivePoints) {
  const Json reward = create({{"points", 150}, {"name", "Thanks for bringing Bert"}});
  EXPECT_EQ(reward["rewardType"], "LOYALTY_POINTS");
  EXPECT_EQ(reward["status"], "GRANTED");
  EXPECT_EQ(balance_of(anna), 150);
  const Json transaction =
      ask("transactions.get",
          {{"loyaltyTransactionId", reward["transactionId"]}})["loyaltyTransaction"];
  EXPECT_EQ(transaction["description"], "Thanks for bringing Bert");
  EXPECT_EQ(transaction["earnInfo"]["activityType"], "referral");
}

TEST_F(Referrals, CanGiveADiscountThatACheckoutKnows) {
  const Json reward = create(
      {{"specification", {{"moneyOffAmount", 5}, {"minimumSubtotal", 20}}}, {"role", "FRIEND"}});
  EXPECT_EQ(reward["rewardType"], "COUPON");
  EXPECT_EQ(reward["status"], "ACTIVE");
  EXPECT_EQ(reward["revision"], "1");
  const std::string account = account_of(anna)["id"];
  Json wallet;
  read([&](Call& call) { wallet = Json::parse(wallet_text(call.store, account)); });
  ASSERT_EQ(wallet["referralRewards"].size(), 1u);
  EXPECT_EQ(wallet["referralRewards"][0]["id"], reward["id"]);
  EXPECT_EQ(wallet["referralRewards"][0]["status"], "ACTIVE");
  EXPECT_FALSE(wallet["referralRewards"][0]["effects"].empty());
  EXPECT_EQ(balance_of(anna), 0);
}

TEST_F(Referrals, AreFoundByTheirContact) {
  const Json first = create({{"points", 1}});
  now = now + Duration::seconds(1);
  const Json second = create({{"points", 2}});
  const Json list = ask("referrals.listRewards", {{"contactId", anna}})["referralRewards"];
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0], second);
  EXPECT_EQ(list[1], first);
  EXPECT_EQ(ask("referrals.listRewards", {{"contactId", site_id}})["referralRewards"].size(), 0u);
  EXPECT_EQ(ask("referrals.getReward", {{"id", first["id"]}})["referralReward"], first);
  EXPECT_EQ(refused("referrals.getReward", {{"id", site_id}}), "REWARD_NOT_FOUND");
}

TEST_F(Referrals, AreEitherPointsOrADiscountOfAnActiveProgram) {
  const auto with = [&](Json fields) {
    fields["contactId"] = anna;
    return refused("referrals.createReward", {{"referralReward", std::move(fields)}});
  };
  EXPECT_EQ(with({{"name", "x"}}), "referralReward.points ONE_OF");
  EXPECT_EQ(with({{"points", 1}, {"specification", Json::object()}}),
            "referralReward.specification ONE_OF");
  EXPECT_EQ(with({{"points", 0}}), "referralReward.points MIN");
  ask("program.pause");
  EXPECT_EQ(with({{"points", 1}}), "PROGRAM_NOT_ACTIVE");
  EXPECT_EQ(ask("referrals.listRewards")["referralRewards"].size(), 0u);
}

TEST_F(Referrals, AreForContactsThatExist) {
  anna = site_id;
  EXPECT_EQ(refused("referrals.createReward",
                    {{"referralReward", {{"contactId", site_id}, {"points", 1}}}}),
            "CONTACT_NOT_FOUND");
}

}  // namespace
}  // namespace loyalty::service
