#include <algorithm>

#include "native/service/accounts/desk.h"
#include "native/service/schedule.h"
#include "tests/service_program/shop.h"

/// What becomes of accounts when the program changes under them.
namespace loyalty::service {
namespace {

class ProgramChange : public ShopTest {
 protected:
  ProgramChange() { activate(); }

  /// A contact with an account and so many points.
  std::string member(std::int64_t points) {
    const std::string contact = new_contact();
    write([&](Call& call) {
      const store::AccountRow row = open_account(call, contact);
      move(call, ledger::Earn{.account = row.id, .points = Points::of(points)}, {});
    });
    return contact;
  }

  void points_expire_after(int months) {
    ask("program.update",
        {{"loyaltyProgram", {{"pointsExpiration", {{"monthsOfInactivity", months}}}}}});
    ask("program.enablePointsExpiration");
    recalculate();
  }

  void recalculate() {
    write([](Call& call) {
      while (recalculate_accounts(call, 100) > 0) {
      }
    });
  }

  /// As it is shown at this moment.
  store::AccountRow shown(const std::string& contact) {
    store::AccountRow row;
    read([&](Call& call) { row = require_account(call, account_of(contact).id); });
    return row;
  }

  void new_reward(std::int64_t cost) {
    const Json config{{"amount", "1.00"}, {"costInPoints", cost}};
    ask("rewards.create", {{"reward",
                            {{"name", "Money off"},
                             {"active", true},
                             {"discountAmount", {{"configsByTier", Json::array({config})}}}}}});
    recalculate();
  }

  /// Of the flips of reward availability since the last time: `true REWARD_UPDATED`.
  std::vector<std::string> flips() {
    std::vector<std::string> told;
    read([&](Call& call) {
      for (const store::EventRow& event : call.store.events(last_, 10'000)) {
        last_ = event.sequence;
        if (event.slug == "reward_availability_updated") {
          const Json envelope = Json::parse(event.body);
          const Json body =
              Json::parse(envelope["actionEvent"]["body"].get_ref<const std::string&>());
          told.push_back(body["rewardAvailable"].dump() + " " +
                         body["updateTrigger"].get<std::string>());
        }
      }
    });
    return told;
  }

 private:
  std::int64_t last_ = 0;
};

TEST_F(ProgramChange, AllThatIsDueFallsDueByTheRulesBefore) {
  points_expire_after(1);
  constexpr int members = 1'100;  // more than one slice of the work
  std::vector<std::string> accounts;
  for (int i = 0; i < members; ++i) {
    accounts.push_back(new_contact());
  }
  write([&](Call& call) {
    for (std::string& one : accounts) {
      one = open_account(call, one).id;
      move(call, ledger::Earn{.account = one, .points = Points::of(10)}, {});
    }
  });
  now = *parse_instant("2026-04-01T12:00:00Z");
  ask("program.update", {{"loyaltyProgram", {{"pointsExpiration", {{"monthsOfInactivity", 12}}}}}});
  read([&](Call& call) {
    const store::ProgramTotals totals = call.store.totals();
    EXPECT_EQ(totals.expired, Points::of(10 * members));
    EXPECT_EQ(totals.balance, no_points);
    EXPECT_TRUE(call.store.due_accounts(call.now, 1).empty());
  });
}

TEST_F(ProgramChange, ADayThatIsOverInTheOldZoneStaysOver) {
  settings({{"timeZone", "Pacific/Kiritimati"}});
  points_expire_after(1);
  const std::string anna = member(10);
  const std::optional<Instant> expiry = shown(anna).expires_at;
  ASSERT_TRUE(expiry);
  now = *expiry;
  settings({{"timeZone", "Pacific/Pago_Pago"}});
  EXPECT_EQ(account_of(anna).expired, Points::of(10));
}

TEST_F(ProgramChange, AnotherZoneMovesTheEndOfTheLastDay) {
  points_expire_after(1);
  const std::string anna = member(10);
  EXPECT_EQ(account_of(anna).expires_at, parse_instant("2026-02-16T00:00:00Z"));
  settings({{"timeZone", "America/New_York"}});
  EXPECT_EQ(shown(anna).expires_at, parse_instant("2026-02-16T05:00:00Z"));
  recalculate();
  EXPECT_EQ(account_of(anna).expires_at, parse_instant("2026-02-16T05:00:00Z"));
}

TEST_F(ProgramChange, AccountsGetTheirExpiryWhenPointsBeginToExpire) {
  const std::string anna = member(10);
  EXPECT_FALSE(account_of(anna).expires_at);
  ask("program.update", {{"loyaltyProgram", {{"pointsExpiration", {{"monthsOfInactivity", 1}}}}}});
  ask("program.enablePointsExpiration");
  EXPECT_EQ(shown(anna).expires_at, parse_instant("2026-02-16T00:00:00Z")) << "at once";
  recalculate();
  EXPECT_EQ(account_of(anna).expires_at, parse_instant("2026-02-16T00:00:00Z"));
  EXPECT_EQ(account_of(anna).due, parse_instant("2026-02-02T00:00:00Z")) << "the reminder";
  ask("program.disablePointsExpiration");
  recalculate();
  EXPECT_FALSE(account_of(anna).expires_at);
  EXPECT_FALSE(account_of(anna).due);
}

TEST_F(ProgramChange, APauseMovesTheExpiryByItsLength) {
  points_expire_after(1);
  const std::string anna = member(10);
  ask("program.pause");
  recalculate();
  now = now + Duration::days(3);
  activate();
  recalculate();
  EXPECT_EQ(account_of(anna).expires_at, parse_instant("2026-02-19T00:00:00Z"));
  EXPECT_EQ(account_of(anna).due, parse_instant("2026-02-05T00:00:00Z"));
}

TEST_F(ProgramChange, NoRewardIsAvailableWhileTheProgramIsNotActive) {
  new_reward(50);
  const std::string anna = member(100);
  const std::string bert = member(10);
  EXPECT_TRUE(account_of(anna).reward_available);
  EXPECT_EQ(flips(), std::vector<std::string>{"true BALANCE_UPDATED"});
  ask("program.pause");
  EXPECT_FALSE(shown(anna).reward_available) << "at once";
  recalculate();
  EXPECT_FALSE(account_of(anna).reward_available);
  EXPECT_EQ(flips(), std::vector<std::string>{"false REWARD_UPDATED"}) << "of Anna only";
  activate();
  EXPECT_TRUE(shown(anna).reward_available);
  recalculate();
  EXPECT_TRUE(account_of(anna).reward_available);
  EXPECT_FALSE(account_of(bert).reward_available);
  EXPECT_EQ(flips(), std::vector<std::string>{"true REWARD_UPDATED"});
}

TEST_F(ProgramChange, AnAccountIsShownAnewUntilTheWorkHasComeToIt) {
  new_reward(50);
  const std::string contacts[] = {member(100), member(100)};
  ask("program.pause");
  write([](Call& call) { EXPECT_EQ(recalculate_accounts(call, 1), 1U); });
  int awaited = 0;
  read([&](Call& call) {
    for (const std::string& contact : contacts) {
      awaited += awaits_recalculation(call, account_of(contact).id) ? 1 : 0;
    }
  });
  EXPECT_EQ(awaited, 1);
  for (const std::string& contact : contacts) {
    EXPECT_FALSE(shown(contact).reward_available);
  }
  recalculate();
  read([&](Call& call) {
    EXPECT_FALSE(awaits_recalculation(call, account_of(contacts[0]).id));
    EXPECT_FALSE(awaits_recalculation(call, account_of(contacts[1]).id));
  });
}

}  // namespace
}  // namespace loyalty::service
