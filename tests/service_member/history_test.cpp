#include "native/service/member/history.h"

#include "tests/service_checkout/fixture.h"

namespace loyalty::service {
namespace {

class History : public CheckoutTest {
 protected:
  History() { add_routes(add_member_routes); }

  Json asked(Json request = Json::object()) {
    return ask("storefront.myTransactions", std::move(request));
  }
  std::string exported(const Json& request) {
    Json answer;
    read([&](Call& call) { answer = exported_transactions(call, request); });
    return answer["content"];
  }
  /// Sets a point aside and gives it back, so many times: two movements each.
  void hold_and_release(const Member& member, std::size_t times) {
    write([&](Call& call) {
      for (std::size_t i = 0; i < times; ++i) {
        const Moved held = move(
            call,
            ledger::PlaceHold{.account = member.account, .points = Points::of(1), .lifetime = {}},
            {});
        move(call, ledger::Release{held.transaction_id}, {});
      }
    });
  }
};

TEST_F(History, IsTheMembersOwn) {
  const Member ann = new_member(100);
  new_member(50);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 40)});
  EXPECT_EQ(asked()["transactions"].size(), 2u);
  const Json earned = asked({{"type", "EARN"}})["transactions"];
  ASSERT_EQ(earned.size(), 1u);
  EXPECT_EQ(earned[0]["accountId"], ann.account);
  const Json first = asked({{"limit", 1}});
  EXPECT_EQ(first["total"], 2);
  const Json& cursor = first["next"];
  EXPECT_EQ(asked({{"cursor", cursor}})["transactions"].size(), 1u);
  const Member other = new_member(10);
  as(other);  // a cursor of somebody else's shows nothing of theirs
  for (const Json& one : asked({{"cursor", cursor}})["transactions"]) {
    EXPECT_EQ(one["accountId"], other.account);
  }
}

TEST_F(History, NamesTheOrderOfWhatWasSpentAndEarned) {
  new_earning_rule(1);
  const Member ann = new_member(100);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 40)});
  as_app();
  const Json order = complete(checkout);
  as(ann);
  const Json moved = asked()["transactions"];
  ASSERT_EQ(moved.size(), 3u);
  for (const std::size_t i : {0u, 1u}) {
    EXPECT_EQ(moved[i]["orderId"], order["id"]) << moved[i];
    EXPECT_EQ(moved[i]["number"], order["number"]) << moved[i];
  }
  EXPECT_EQ(moved[1]["points"], -40);
  EXPECT_EQ(moved[1]["rewardName"], reward["name"]);
  EXPECT_FALSE(moved[2].contains("orderId"));
}

TEST_F(History, SaysWhatCameBackOfWhat) {
  const Member ann = new_member(100);
  const Json reward = new_flexible_reward();
  const std::string checkout = id_of(new_checkout(ann, cart(20'00)));
  as(ann);
  apply(checkout, {reward_choice(reward, 40)});
  apply(checkout, Json::array());
  const Json back = asked({{"type", "REFUND"}})["transactions"];
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0]["points"], 40);
  EXPECT_EQ(back[0]["title"], "Points returned");
  EXPECT_EQ(back[0]["rewardName"], reward["name"]);
}

TEST_F(History, OfWhoHasNotJoinedIsEmpty) {
  as({.contact = new_contact(), .member = new_id(), .account = {}});
  const Json nothing = asked();
  EXPECT_TRUE(nothing["transactions"].empty());
  EXPECT_EQ(nothing["total"], 0);
  as_app();
  EXPECT_EQ(refused("storefront.myTransactions", Json::object()).code, "MEMBER_REQUIRED");
}

TEST_F(History, AFileHoldsTenThousandMovements) {
  const Member ann = new_member(1);
  hold_and_release(ann, exported_max / 2);
  as(ann);
  const std::string whole = exported({{"format", "csv"}, {"type", "REDEEM,REFUND"}});
  EXPECT_EQ(std::count(whole.begin(), whole.end(), '\n'), exported_max + 1);
  EXPECT_THROW(exported({{"format", "csv"}}), wire::Refused);
}

}  // namespace
}  // namespace loyalty::service
