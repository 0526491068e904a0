#include <string>

#include <gtest/gtest.h>

#include "tests/service_accounts/fixture.h"

namespace loyalty::service {
namespace {

class AccountListing : public AccountsTest {
 protected:
  AccountListing() {
    for (int i = 0; i < 5; ++i) {
      accounts.push_back(new_account("member" + std::to_string(i) + "@example.com"));
      now = now + Duration::minutes(1);
      earn(accounts.back(), 10 * (i + 1));
    }
  }
  std::vector<std::string> accounts;

  Json job(const std::string& id) { return ask("jobs.get", {{"id", id}})["job"]; }
  std::size_t work(std::size_t limit) {
    std::size_t done = 0;
    write([&](Call& call) { done = run_jobs(call, limit); });
    return done;
  }
};

TEST_F(AccountListing, QueriesByFilterAndPages) {
  Json query{{"filter", {{"points.balance", {{"$gte", 20}}}}},
             {"sort", {{{"fieldName", "points.balance"}, {"order", "DESC"}}}},
             {"cursorPaging", {{"limit", 3}}}};
  const Json first = ask("accounts.query", {{"query", query}});
  ASSERT_EQ(first["loyaltyAccounts"].size(), 3U);
  EXPECT_EQ(first["loyaltyAccounts"][0]["id"], accounts[4]);
  EXPECT_TRUE(first["pagingMetadata"]["hasNext"]);
  const Json rest = ask(
      "accounts.query",
      {{"query", {{"cursorPaging", {{"cursor", first["pagingMetadata"]["cursors"]["next"]}}}}}});
  ASSERT_EQ(rest["loyaltyAccounts"].size(), 1U);
  EXPECT_EQ(rest["loyaltyAccounts"][0]["id"], accounts[1]);
  EXPECT_EQ(refused("accounts.query", {{"query", {{"filter", {{"points.color", 1}}}}}}),
            "VALIDATION");
  EXPECT_EQ(ask("accounts.query", Json::object())["loyaltyAccounts"].size(), 5U);
}

TEST_F(AccountListing, SearchesByWordsAndCounts) {
  const Json found = ask("accounts.search", {{"search",
                                              {{"search", {{"expression", "member3"}}},
                                               {"aggregations",
                                                {{{"name", "highest"},
                                                  {"type", "SCALAR"},
                                                  {"fieldPath", "points.balance"},
                                                  {"scalar", {{"type", "MAX"}}}}}}}}});
  ASSERT_EQ(found["accounts"].size(), 1U);
  EXPECT_EQ(found["accounts"][0]["id"], accounts[3]);
  EXPECT_EQ(found["aggregationData"]["results"].size(), 1U);
  EXPECT_EQ(ask("accounts.count", {{"filter", {{"points.balance", {{"$lt", 30}}}}}})["count"], 2);
  EXPECT_EQ(ask("accounts.count", Json::object())["count"], 5);
}

TEST_F(AccountListing, ListsAccountsOfContacts) {
  const Json contact = account(accounts[2])["contactId"];
  const Json listed = ask("accounts.list", {{"contactIds", {contact}}});
  ASSERT_EQ(listed["accounts"].size(), 1U);
  EXPECT_EQ(listed["accounts"][0]["id"], accounts[2]);
  EXPECT_EQ(listed["pagingMetadata"]["total"], 1);
  EXPECT_EQ(ask("accounts.list", Json::object())["accounts"].size(), 5U);
}

TEST_F(AccountListing, ShowsAccountsAsTheyAreAtTheTimeOfTheCall) {
  program_state().ledger.settings.expiry = {
      .model = ledger::ExpiryModel::lots, .months = 1, .percentage = 100, .grain = {}};
  write([&](Call& call) { recalculate(call, accounts[0], "REWARD_UPDATED"); });
  now = *parse_instant("2026-02-16T00:00:00Z");
  const Json found = ask("accounts.query", {{"query", {{"filter", {{"id", accounts[0]}}}}}});
  EXPECT_EQ(found["loyaltyAccounts"][0]["points"]["balance"], 0);
  EXPECT_EQ(found["loyaltyAccounts"][0]["points"]["expired"], 10);
  EXPECT_EQ(entries(accounts[0]).size(), 1U);  // shown, not posted
}

TEST_F(AccountListing, QueriesTransactions) {
  const Json query{{"filter", {{"accountId", accounts[1]}, {"transactionType", "EARN"}}}};
  const Json found = ask("transactions.query", {{"query", query}});
  ASSERT_EQ(found["loyaltyTransactions"].size(), 1U);
  EXPECT_EQ(found["loyaltyTransactions"][0]["amount"], 20);
  do_move(ledger::Redeem{accounts[1], pts(5)});
  const Json all =
      ask("transactions.query", {{"query", {{"filter", {{"accountId", accounts[1]}}}}}});
  ASSERT_EQ(all["loyaltyTransactions"].size(), 2U);
  EXPECT_EQ(all["loyaltyTransactions"][0]["transactionType"], "REDEEM");  // the newest first
}

TEST_F(AccountListing, FindsTransactionsByTheAmountThatTheyShow) {
  const std::string hold =
      do_move(ledger::PlaceHold{.account = accounts[4], .points = pts(30), .lifetime = {}})
          .transaction_id;
  do_move(ledger::Capture{.hold = hold, .points = pts(23)});
  do_move(ledger::Reverse{.of = entries(accounts[4])[0].id, .points = pts(13)});
  for (const int amount : {7, -13, 30}) {
    const Json query{{"filter", {{"amount", amount}, {"accountId", accounts[4]}}}};
    const Json found = ask("transactions.query", {{"query", query}})["loyaltyTransactions"];
    ASSERT_EQ(found.size(), 1U) << amount;
    EXPECT_EQ(found[0]["amount"], amount);
  }
}

TEST_F(AccountListing, AdjustsManyAccountsAsAJobWithErrorsOfTheirOwn) {
  const Json started =
      ask("accounts.bulkAdjust",
          {{"amount", -25}, {"search", {{"filter", {{"points.balance", {{"$gte", 20}}}}}}}});
  const std::string id = started["asyncJobId"];
  EXPECT_EQ(job(id)["status"], "QUEUED");
  EXPECT_EQ(work(2), 2U);
  EXPECT_EQ(job(id)["status"], "RUNNING");
  while (work(2) == 2) {
  }
  const Json done = job(id);
  EXPECT_EQ(done["status"], "FINISHED");
  EXPECT_EQ(done["succeeded"], 3);
  EXPECT_EQ(done["failed"], 1);
  ASSERT_EQ(done["errors"].size(), 1U);
  EXPECT_EQ(done["errors"][0]["accountId"], accounts[1]);
  EXPECT_EQ(done["errors"][0]["code"], "NEGATIVE_BALANCE");
  EXPECT_EQ(account(accounts[0])["points"]["balance"], 10);
  EXPECT_EQ(account(accounts[4])["points"]["balance"], 25);
  EXPECT_EQ(account(accounts[4])["latestTransaction"]["appId"], "till");
  EXPECT_EQ(work(10), 0U);
}

TEST_F(AccountListing, RefusesABadBulkAdjustmentAtOnce) {
  EXPECT_EQ(refused("accounts.bulkAdjust", Json::object()), "VALIDATION");
  EXPECT_EQ(refused("accounts.bulkAdjust", {{"amount", 0}}), "VALIDATION");
  EXPECT_EQ(refused("accounts.bulkAdjust", {{"amount", 1}, {"balance", 1}}), "VALIDATION");
  EXPECT_EQ(
      refused("accounts.bulkAdjust", {{"amount", 1}, {"search", {{"filter", {{"color", 1}}}}}}),
      "VALIDATION");
  EXPECT_EQ(refused("jobs.get", {{"id", accounts[0]}}), "JOB_NOT_FOUND");
}

}  // namespace
}  // namespace loyalty::service
