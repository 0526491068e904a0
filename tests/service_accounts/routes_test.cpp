#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/service_accounts/fixture.h"

namespace loyalty::service {
namespace {

class AccountRoutes : public AccountsTest {
 protected:
  Json earn_request(const std::string& account, int amount, const std::string& key) {
    return {{"accountId", account},  {"amount", amount},     {"appId", "till"},
            {"idempotencyKey", key}, {"description", "tea"}, {"orderId", "order-7"}};
  }
};

TEST_F(AccountRoutes, EarnsOnceForAKeyForEver) {
  const std::string ann = new_account();
  const Json first = ask("accounts.earnPoints", earn_request(ann, 40, "k1"));
  EXPECT_EQ(first["account"]["points"]["balance"], 40);
  now = now + Duration::days(500);
  const Json again = ask("accounts.earnPoints", earn_request(ann, 40, "k1"));
  EXPECT_EQ(again, first);
  EXPECT_EQ(entries(ann).size(), 1U);
  EXPECT_EQ(refused("accounts.earnPoints", earn_request(ann, 41, "k1")), "IDEMPOTENCY_KEY_REUSED");
  const std::string bob = new_account();
  EXPECT_NE(ask("accounts.earnPoints", earn_request(bob, 41, "k1"))["transactionId"],
            first["transactionId"]);
  const Json shown = ask("transactions.get",
                         {{"loyaltyTransactionId", first["transactionId"]}})["loyaltyTransaction"];
  EXPECT_EQ(shown["earnInfo"], (Json{{"appId", "till"}, {"orderId", "order-7"}}));
  EXPECT_EQ(shown["description"], "tea");
  EXPECT_EQ(shown["idempotencyKey"], "k1");
  EXPECT_EQ(shown["transactionType"], "EARN");
}

TEST_F(AccountRoutes, EarnsWithinItsLimits) {
  const std::string ann = new_account();
  for (const int amount : {0, -1, 10'000'000}) {
    EXPECT_EQ(refused("accounts.earnPoints", earn_request(ann, amount, "k")), "VALIDATION");
  }
  Json request = earn_request(ann, 9'999'999, "k");
  request.erase("appId");
  EXPECT_EQ(refused("accounts.earnPoints", request), "VALIDATION");
  request["appId"] = "till";
  request.erase("idempotencyKey");
  EXPECT_EQ(refused("accounts.earnPoints", request), "VALIDATION");
}

TEST_F(AccountRoutes, AdjustsByAnAmountOrToABalanceWhichWins) {
  const std::string ann = new_account();
  const Json up = ask("accounts.adjustPoints", {{"accountId", ann}, {"amount", 50}});
  EXPECT_EQ(up["account"]["points"]["adjusted"], 50);
  const Json both =
      ask("accounts.adjustPoints", {{"accountId", ann}, {"amount", 7}, {"balance", 20}});
  EXPECT_EQ(both["account"]["points"]["balance"], 20);
  const Json shown = ask("transactions.get",
                         {{"loyaltyTransactionId", both["transactionId"]}})["loyaltyTransaction"];
  EXPECT_EQ(shown["amount"], -30);
  EXPECT_EQ(shown["adjustInfo"],
            (Json{{"appId", "till"}, {"amountBefore", 50}, {"amountAfter", 20}}));
  EXPECT_EQ(refused("accounts.adjustPoints", {{"accountId", ann}, {"amount", -21}}),
            "NEGATIVE_BALANCE");
  EXPECT_EQ(refused("accounts.adjustPoints", {{"accountId", ann}, {"amount", 0}}), "VALIDATION");
  EXPECT_EQ(refused("accounts.adjustPoints", {{"accountId", ann}}), "VALIDATION");
}

TEST_F(AccountRoutes, SettingThePresentBalanceIsNothing) {
  const std::string ann = new_account();
  earn(ann, 20);
  new_events();
  const Json same = ask("accounts.adjustPoints", {{"accountId", ann}, {"balance", 20}});
  EXPECT_FALSE(same.contains("transactionId"));
  EXPECT_EQ(same["account"]["revision"], "2");
  EXPECT_TRUE(new_events().empty());
}

TEST_F(AccountRoutes, AStaleRevisionIsAConflict) {
  const std::string ann = new_account();
  earn(ann, 20);
  const auto adjust = [&](const char* revision) {
    return refused("accounts.adjustPoints",
                   {{"accountId", ann}, {"amount", 1}, {"revision", revision}});
  };
  EXPECT_EQ(adjust("1"), "REVISION_MISMATCH");
  EXPECT_EQ(adjust("2"), "");
  EXPECT_EQ(adjust("2"), "REVISION_MISMATCH");
}

TEST_F(AccountRoutes, FindsAccountsByContactAndMember) {
  const std::string contact = new_contact("ann@example.com");
  const std::string ann = ask("accounts.create", {{"contactId", contact}})["account"]["id"];
  EXPECT_EQ(ask("accounts.fetchBy", {{"contactId", contact}})["account"]["id"], ann);
  EXPECT_EQ(refused("accounts.fetchBy", {{"contactId", ann}}), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(refused("accounts.fetchBy", {{"memberId", ann}}), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(refused("accounts.fetchBy", Json::object()), "VALIDATION");
  EXPECT_EQ(refused("accounts.get", {{"id", contact}}), "ACCOUNT_NOT_FOUND");
}

TEST_F(AccountRoutes, SumsUpTheProgram) {
  add_tier("0190a0a0-0000-7000-8000-00000000000a", 50);
  const std::string ann = new_account();
  const std::string bob = new_account();
  earn(ann, 60);
  earn(bob, 10);
  do_move(ledger::Redeem{ann, pts(5)});
  const Json totals = ask("accounts.programTotals", Json::object());
  EXPECT_EQ(totals["points"]["balance"], 65);
  EXPECT_EQ(totals["points"]["earned"], 70);
  EXPECT_EQ(totals["points"]["redeemed"], 5);
  ASSERT_EQ(totals["tierTotals"].size(), 2U);
  for (const Json& tier : totals["tierTotals"]) {
    EXPECT_EQ(tier["numberOfAccounts"], 1);
  }
}

TEST_F(AccountRoutes, HoldsAreCapturedReleasedAndExtended) {
  const std::string ann = new_account();
  earn(ann, 100);
  const Json hold =
      ask("holds.place", {{"accountId", ann}, {"points", 30}, {"lifetimeSeconds", 600}})["hold"];
  EXPECT_EQ(hold["state"], "HELD");
  EXPECT_EQ(hold["points"], 30);
  EXPECT_EQ(hold["expiresAt"], "2026-01-15T12:10:00.001Z");
  now = now + Duration::minutes(5);
  const Json longer = ask("holds.extend", {{"id", hold["id"]}, {"lifetimeSeconds", 600}})["hold"];
  EXPECT_EQ(longer["expiresAt"], "2026-01-15T12:15:00.000Z");
  const Json captured = ask("holds.capture", {{"id", hold["id"]}, {"points", 20}})["hold"];
  EXPECT_EQ(captured["state"], "CAPTURED");
  EXPECT_EQ(captured["captured"], 20);
  EXPECT_EQ(refused("holds.release", {{"id", hold["id"]}}), "ALREADY_CAPTURED");
  const Json other = ask("holds.place", {{"accountId", ann}, {"points", 30}})["hold"];
  EXPECT_EQ(refused("holds.capture", {{"id", other["id"]}, {"points", 31}}), "EXCEEDS_HOLD");
  EXPECT_EQ(ask("holds.release", {{"id", other["id"]}})["hold"]["state"], "RELEASED");
  EXPECT_EQ(refused("holds.capture", {{"id", other["id"]}}), "ALREADY_RELEASED");
  EXPECT_EQ(refused("holds.get", {{"id", ann}}), "HOLD_NOT_FOUND");
  EXPECT_EQ(refused("holds.release", {{"id", ann}}), "HOLD_NOT_FOUND");
  EXPECT_EQ(refused("holds.place", {{"accountId", ann}, {"points", 81}}), "INSUFFICIENT_POINTS");
  EXPECT_EQ(account(ann)["points"]["balance"], 80);
}

TEST_F(AccountRoutes, RedeemsPointsAtATill) {
  const std::string tea = "0190a0a0-0000-7000-8000-00000000000b";
  const std::string money = "0190a0a0-0000-7000-8000-00000000000c";
  const std::string old = "0190a0a0-0000-7000-8000-00000000000d";
  const std::string gold = "0190a0a0-0000-7000-8000-00000000000e";
  add_tier("gold", 1'000);
  publish_rewards(
      {{tea, 15}, {money, 20, true}, {old, 1, false, false}, {gold, 1, false, true, {"gold"}}});
  const std::string ann = new_account();
  earn(ann, 100);
  const auto redeem = [&](Json request) {
    request["accountId"] = ann;
    return request;
  };
  const Json plain = ask("accounts.redeemPoints", redeem({{"points", 10}, {"description", "tea"}}));
  EXPECT_EQ(plain["account"]["points"]["balance"], 90);
  const Json reward = ask("accounts.redeemPoints", redeem({{"rewardId", tea}, {"count", 2}}));
  EXPECT_EQ(reward["account"]["points"]["balance"], 60);
  const Json shown = ask("transactions.get",
                         {{"loyaltyTransactionId", reward["transactionId"]}})["loyaltyTransaction"];
  EXPECT_EQ(shown["redeemInfo"], (Json{{"rewardId", tea}, {"rewardType", "COUPON_REWARD"}}));
  const Json spent = ask("accounts.redeemPoints", redeem({{"rewardId", money}, {"points", 25}}));
  EXPECT_EQ(spent["account"]["points"]["balance"], 35);
  EXPECT_EQ(refused("accounts.redeemPoints", redeem({{"rewardId", money}, {"points", 19}})),
            "POINTS_BELOW_MINIMUM");
  EXPECT_EQ(refused("accounts.redeemPoints", redeem({{"rewardId", tea}, {"count", 3}})),
            "INSUFFICIENT_POINTS");
  EXPECT_EQ(refused("accounts.redeemPoints", redeem({{"rewardId", old}})), "REWARD_NOT_ACTIVE");
  EXPECT_EQ(refused("accounts.redeemPoints", redeem({{"rewardId", ann}})), "REWARD_NOT_FOUND");
  EXPECT_EQ(refused("accounts.redeemPoints", redeem({{"rewardId", gold}})),
            "REWARD_NOT_AVAILABLE_FOR_TIER");
  EXPECT_EQ(refused("accounts.redeemPoints", redeem(Json::object())), "VALIDATION");
}

TEST_F(AccountRoutes, UndoesRedemptionsAndEarns) {
  const std::string ann = new_account();
  const std::string earned = earn(ann, 100);
  const std::string spent =
      ask("accounts.redeemPoints", {{"accountId", ann}, {"points", 60}})["transactionId"];
  const Json part = ask("transactions.refund", {{"id", spent}, {"points", 20}});
  EXPECT_EQ(part["account"]["points"]["balance"], 60);
  EXPECT_EQ(refused("transactions.refund", {{"id", spent}, {"points", 41}}),
            "TRANSACTION_ALREADY_REFUNDED");
  EXPECT_EQ(ask("transactions.refund", {{"id", spent}})["account"]["points"]["redeemed"], 0);
  EXPECT_EQ(refused("transactions.refund", {{"id", earned}}), "TRANSACTION_NOT_REFUNDABLE");
  EXPECT_EQ(refused("transactions.revert", {{"id", spent}}), "TRANSACTION_NOT_REFUNDABLE");
  EXPECT_EQ(
      ask("transactions.revert", {{"id", earned}, {"points", 30}})["account"]["points"]["earned"],
      70);
  EXPECT_EQ(ask("transactions.revert", {{"id", earned}})["account"]["points"]["balance"], 0);
  EXPECT_EQ(refused("transactions.revert", {{"id", earned}}), "TRANSACTION_ALREADY_REFUNDED");
}

TEST_F(AccountRoutes, ShowsTheBooksAndAuditsThem) {
  const std::string ann = new_account();
  for (int i = 1; i <= 5; ++i) {
    earn(ann, i);
  }
  const Json page = ask("ledger.entries", {{"accountId", ann}, {"limit", 2}, {"after", 3}});
  ASSERT_EQ(page["entries"].size(), 2U);
  EXPECT_EQ(page["entries"][0]["sequence"], 4);
  EXPECT_EQ(page["entries"][0]["postings"],
            (Json{{"member:available", 4}, {"program:issued", -4}}));
  const Json audit = ask("ledger.audit", Json::object());
  EXPECT_EQ(audit["findings"], Json::array());
  EXPECT_EQ(audit["accounts"], 1);
  EXPECT_EQ(audit["entries"], 5);
  EXPECT_EQ(audit["available"], 15);
}

TEST_F(AccountRoutes, ReplaysEventsInTheirOrder) {
  const std::string ann = new_account();
  earn(ann, 1);
  const Json first = ask("events.list", {{"limit", 3}});
  ASSERT_EQ(first["events"].size(), 3U);
  EXPECT_EQ(first["events"][0]["slug"], "created");
  for (const Json& event : first["events"]) {
    EXPECT_TRUE(event["sequence"].is_number_integer());
    EXPECT_EQ(event["entityEventSequence"], event["sequence"].dump());
  }
  EXPECT_EQ(first["events"][2]["sequence"].dump(), first["next"]);
  EXPECT_EQ(first["events"][0]["entityFqdn"], "wix.loyalty.v1.account");
  EXPECT_EQ(first["events"][0]["entityId"], ann);
  EXPECT_FALSE(first["events"][0]["triggeredByAnonymizeRequest"]);
  const Json entity = Json::parse(first["events"][0]["createdEvent"]["entity"].get<std::string>());
  EXPECT_EQ(entity["id"], ann);
  const Json rest = ask("events.list", {{"after", first["next"]}});
  ASSERT_EQ(rest["events"].size(), 1U);
  EXPECT_EQ(rest["events"][0]["slug"], "points_updated");
  const Json replayed =
      ask("events.replay",
          {{"after", "0"}, {"entityFqdn", "wix.loyalty.transaction.v1.loyalty_transaction"}});
  ASSERT_EQ(replayed["events"].size(), 1U);
  EXPECT_EQ(replayed["next"], rest["next"]);
}

TEST_F(AccountRoutes, HaveNamesAndPathsOfTheirOwn) {
  Routes routes;
  add_account_routes(routes);
  add_transaction_routes(routes);
  add_ledger_routes(routes);
  add_event_routes(routes);
  std::set<std::string> names;
  std::set<std::string> paths;
  for (const Route& route : routes) {
    EXPECT_TRUE(names.insert(std::string{route.name}).second) << route.name;
    EXPECT_TRUE(
        paths.insert(std::to_string(static_cast<int>(route.verb)) + std::string{route.path}).second)
        << route.path;
  }
}

}  // namespace
}  // namespace loyalty::service
