// Random histories: what the desk writes to the store against the plain book in memory.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "core/ledger/audit.h"
#include "core/ledger/book.h"
#include "core/rules/tier_assignment.h"
#include "native/service/accounts/ledger_state.h"
#include "native/store/chain.h"
#include "tests/service_accounts/fixture.h"
#include "tests/service_accounts/random.h"

namespace loyalty::service {
namespace {

class DeskHistory : public AccountsTest {
 protected:
  void run_history(std::uint64_t seed);

 private:
  void open(int count);
  void step(Random& random);
  void change_program(const ledger::Command& command);
  void sweep();
  void tell(const ledger::Command& command);
  /// The book alone, under a key that nothing names.
  bool told(const ledger::Command& command) {
    return book_.apply({"book " + std::to_string(++silent_), {}, now, command}).ok();
  }
  void expect_same();
  void expect_same_account(const std::string& id, const ledger::Account& twin);
  void expect_same_holds();

  ledger::Book book_{ledger::Settings{}};
  std::vector<std::string> accounts_;
  std::vector<std::string> keys_;
  std::map<std::string, std::size_t> seen_;  ///< entries compared so far
  int silent_ = 0;
};

void DeskHistory::open(int count) {
  for (int i = 0; i < count; ++i) {
    accounts_.push_back(new_account());
    ASSERT_TRUE(
        book_
            .apply({"create " + accounts_.back(), {}, now, ledger::CreateAccount{accounts_.back()}})
            .ok());
  }
}

void DeskHistory::change_program(const ledger::Command& command) {
  const bool settles = !std::holds_alternative<ledger::SetStatus>(command);
  if (settles) {
    for (const std::string& account : accounts_) {
      write([&](Call& call) { recalculate(call, account, "REWARD_UPDATED"); });
    }
    told(ledger::Expire{""});
  }
  if (!told(command)) {
    return;
  }
  program_state().ledger = book_.program();
  publish_rewards({{"tea", 5}});
  for (const std::string& account : accounts_) {
    write([&](Call& call) { recalculate(call, account, "REWARD_UPDATED"); });
    // What a new calendar made due is posted with that; the book does so when it is asked.
    told(ledger::Expire{account});
  }
}

void DeskHistory::tell(const ledger::Command& command) {
  SCOPED_TRACE(ledger::name_of(command));
  std::string code;
  std::string key = "silent " + std::to_string(++silent_);
  try {
    const Moved moved = do_move(command);
    if (!moved.transaction_id.empty()) {
      key = moved.transaction_id;
      keys_.push_back(key);
    }
  } catch (const wire::Refused& refused) {
    code = wire::name_of(refused.code());
  }
  const auto twin = book_.apply({key, origin, now, command});
  ASSERT_EQ(code, twin.ok() ? "" : std::string{ledger::name_of(twin.error().code)});
}

void DeskHistory::step(Random& random) {
  now = Instant::from_ms(pass_time(random, now.ms()));
  origin = random.one_in(3) ? "sync" : "";
  if (random.one_in(15)) {
    change_program(random_program_command(random));
  } else if (random.one_in(12)) {
    sweep();
  } else {
    tell(random_command(random, accounts_, keys_));
  }
}

/// Only what is due: a clock of inactivity that starts anew with nothing to lose is seen later.
void DeskHistory::sweep() {
  std::vector<std::string> due;
  read([&](Call& call) { due = call.store.due_accounts(now, 1'000); });
  while (settle() != 0) {
  }
  for (const std::string& account : accounts_) {
    if (std::find(due.begin(), due.end(), account) != due.end()) {
      told(ledger::Expire{account});
    }
  }
}

void DeskHistory::expect_same_account(const std::string& id, const ledger::Account& twin) {
  const store::AccountRow stored = row(id);
  ASSERT_EQ(stored.available, twin.balance.available());
  ASSERT_EQ(stored.held, twin.balance.held());
  ASSERT_EQ(stored.earned, twin.balance.earned());
  ASSERT_EQ(stored.adjusted, twin.balance.adjusted());
  ASSERT_EQ(stored.redeemed, twin.balance.redeemed());
  ASSERT_EQ(stored.expired, twin.balance.expired());
  ASSERT_EQ(stored.sequence, twin.sequence);
  ASSERT_EQ(stored.merged_into, twin.merged_into);
  const ledger::Account read = read_account(stored).account;
  ASSERT_EQ(read.debts, twin.debts);
  ASSERT_EQ(read.refunded, twin.refunded);
  ASSERT_EQ(read.last_activity, twin.last_activity);
  ASSERT_EQ(total(read.lots), total(twin.lots));
  ASSERT_EQ(read.last_at, twin.last_at);
  std::vector<ledger::Hold> open;
  std::copy_if(twin.holds.begin(), twin.holds.end(), std::back_inserter(open),
               [](const ledger::Hold& hold) { return hold.state == ledger::HoldState::held; });
  ASSERT_EQ(read.holds, open);
  ASSERT_TRUE(!stored.merged_into.empty() || !stored.due || *stored.due > Instant{});
}

void DeskHistory::expect_same() {
  ASSERT_EQ(audit(book_), std::vector<ledger::Finding>{});
  std::map<std::string, std::vector<ledger::Entry>> log;
  for (const ledger::Entry& entry : book_.log()) {
    log[entry.account].push_back(entry);
  }
  for (const std::string& id : accounts_) {
    SCOPED_TRACE("account " + id);
    expect_same_account(id, book_.accounts().find(id)->second);
    const std::vector<store::EntryRow> rows = entries(id);
    ASSERT_EQ(rows.size(), log[id].size());
    for (std::size_t i = seen_[id]; i < rows.size(); ++i) {
      ASSERT_TRUE(rows[i].entry == log[id][i]) << "entry " << i + 1;
    }
    seen_[id] = rows.size();
    ASSERT_EQ(store::verify_chain(rows), std::nullopt);
    if (::testing::Test::HasFatalFailure()) {
      return;
    }
  }
}

void DeskHistory::expect_same_holds() {
  ledger::Book settled = book_;
  ASSERT_TRUE(settled.apply({"last sweep", {}, now, ledger::Expire{""}}).ok());
  const std::vector<Tier> tiers = {{TierId{"silver"}, "silver", pts(6)},
                                   {TierId{"gold"}, "gold", pts(12)}};
  for (const auto& [id, twin] : settled.accounts()) {
    if (!twin.merged_into.empty()) {
      continue;
    }
    read([&](Call& call) {
      const store::AccountRow shown = require_account(call, id);
      EXPECT_EQ(shown.available, twin.balance.available());
      const Instant at = twin.tier_events.empty() ? now : std::max(now, twin.tier_events.back().at);
      const TierForecast tier =
          tier_forecast(tiers, true, twin.tier_events, settled.program().settings.zone, 2, at);
      EXPECT_EQ(shown.tier_points, tier.points);
      EXPECT_EQ(shown.tier_id, tier.tier == nullptr ? "" : tier.tier->id.text());
      for (const ledger::Hold& hold : twin.holds) {
        const auto entry = call.store.entry(hold.key);
        if (entry && entry->entry.kind == ledger::EntryKind::hold) {
          const HoldNow found = require_hold(call, hold.key);
          EXPECT_EQ(found.hold, hold);
          EXPECT_EQ(found.account_id, id);
        }
      }
    });
  }
}

void DeskHistory::run_history(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed);
  reset_program();
  add_tier("silver", 6);
  add_tier("gold", 12);
  program_state().window_months = 2;
  program_state().ledger.settings = random_settings(random);
  publish_rewards({{"tea", 5}});
  now = Instant::from_ms(1'736'942'400'000);
  book_ = ledger::Book{program_state().ledger.settings};
  accounts_.clear();
  keys_.clear();
  seen_.clear();
  open(3);
  for (int i = 0; i < 40 && !HasFatalFailure(); ++i) {
    SCOPED_TRACE("step " + std::to_string(i));
    step(random);
    if (!HasFatalFailure()) {
      expect_same();
    }
  }
  if (!HasFatalFailure()) {
    expect_same_holds();
  }
  if (seed % 20 == 0) {
    EXPECT_EQ(ask("ledger.audit", Json::object())["findings"], Json::array());
  }
}

TEST_F(DeskHistory, AgreesWithTheBookInMemory) {
  const char* first = std::getenv("LOYALTY_SEED");
  const char* count = std::getenv("LOYALTY_HISTORIES");
  const std::uint64_t from = first == nullptr ? 1 : std::strtoull(first, nullptr, 10);
  const std::uint64_t histories = count == nullptr ? 60 : std::strtoull(count, nullptr, 10);
  for (std::uint64_t seed = from; seed < from + histories && !HasFailure(); ++seed) {
    run_history(seed);
  }
}

}  // namespace
}  // namespace loyalty::service
