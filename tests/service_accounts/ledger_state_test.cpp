#include "native/service/accounts/ledger_state.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "core/ledger/book.h"
#include "core/rules/tier_assignment.h"
#include "native/store/session.h"
#include "tests/service_accounts/random.h"

namespace loyalty::service {
namespace {

using ledger::Account;
using ledger::Hold;

/// As an account's row keeps it.
Account slim(Account account) {
  std::erase_if(account.holds,
                [](const Hold& hold) { return hold.state != ledger::HoldState::held; });
  account.grants.clear();
  return account;
}

store::AccountRow row_for(const Account& account) {
  store::AccountRow row;
  row.id = account.id;
  return row;
}

TEST(LedgerState, RoundTripsEveryAccountOfRandomHistories) {
  const std::vector<std::string> accounts = {"a", "b"};
  std::int64_t compared = 0;
  std::int64_t accepted = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    ledger::Book book(random_settings(random));
    std::int64_t now = 1'736'942'400'000;
    std::vector<std::string> keys;
    for (const std::string& id : accounts) {
      ASSERT_TRUE(
          book.apply({"create " + id, {}, Instant::from_ms(now), ledger::CreateAccount{id}}).ok());
    }
    for (int i = 0; i < 40; ++i) {
      now = pass_time(random, now);
      keys.push_back("k \"" + std::to_string(i) + "\\");
      const ledger::Request request{.key = keys.back(),
                                    .origin = {},
                                    .now = Instant::from_ms(now),
                                    .command = random_command(random, accounts, keys)};
      accepted += book.apply(request).ok() ? 1 : 0;
      for (const auto& [id, account] : book.accounts()) {
        const StoredAccount stored{
            slim(account), random.one_in(2) ? std::optional(Instant::from_ms(now)) : std::nullopt};
        store::AccountRow row = row_for(account);
        write_account(stored, {}, Instant::from_ms(now), row);
        const StoredAccount read = read_account(row);
        ASSERT_TRUE(read.account == stored.account) << row.state;
        ASSERT_EQ(read.reminded, stored.reminded);
        ASSERT_EQ(qualifying_activity(row), account.last_activity);
        for (const Hold& hold : account.holds) {
          ASSERT_EQ(std::get<Hold>(read_item(row_of(id, hold))), hold);
        }
        for (const ledger::Grant& grant : account.grants) {
          ASSERT_EQ(std::get<ledger::Grant>(read_item(row_of(id, grant))), grant);
        }
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 20'000);
  EXPECT_GT(accepted, 5'000);
}

TEST(LedgerState, ForgetsTierEventsOnlyWhenNoWindowReachesThem) {
  Account account;
  account.id = "a";
  const Instant now = *parse_instant("2030-06-15T12:00:00Z");
  for (std::int64_t days = 0; days < 60 * 30; days += 7) {
    account.tier_events.push_back({now - Duration::days(60 * 30 - days), Points::of(days + 1)});
  }
  store::AccountRow row = row_for(account);
  write_account({account, {}}, {}, now, row);
  const Account read = read_account(row).account;
  EXPECT_LT(read.tier_events.size(), account.tier_events.size());
  for (std::int64_t months = 1; months <= 36; ++months) {
    EXPECT_EQ(tier_points(read.tier_events, {}, months, now),
              tier_points(account.tier_events, {}, months, now));
  }
}

TEST(LedgerState, RefusesWhatItDidNotWrite) {
  Account account;
  account.id = "a";
  store::AccountRow row = row_for(account);
  write_account({account, {}}, {}, Instant{}, row);
  const std::string good = row.state;
  for (const std::string& bad :
       {std::string{}, std::string{"[]"}, good.substr(0, good.size() - 1),
        std::string{R"({"inactive":[0,0],"last":0,"lots":[["k",1,2,3]]})"},
        std::string{R"({"inactive":[0,0],"last":"0"})"}, std::string{R"({"unknown":0})"}}) {
    row.state = bad;
    EXPECT_THROW(read_account(row), store::Corrupt) << bad;
  }
  row.state = good;
  row.available = Points::of(1);  // not what the totals say
  EXPECT_THROW(read_account(row), store::Corrupt);
}

}  // namespace
}  // namespace loyalty::service
