#include "core/ledger/audit.h"

#include <functional>

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

/// A book with everything in it, one account tampered with.
std::vector<Finding> audit_after(const std::function<void(Account&)>& tamper) {
  Desk desk = desk_with(100);
  desk.done(PlaceHold{"ann", pts(10), {}}, "h1");
  desk.done(Redeem{"ann", pts(5)}, "r1");
  const Request request{.key = "x", .origin = {}, .now = desk.now, .command = Expire{"ann"}};
  Change change = decide(desk.book, request).value();
  tamper(change.accounts.at("ann"));
  desk.book.commit(request, std::move(change));
  return audit(desk.book);
}

TEST(Audit, FindsNothingInASoundBook) {
  EXPECT_EQ(audit_after([](Account&) {}), std::vector<Finding>{});
}

TEST(Audit, FindsPointsFromNowhere) {
  EXPECT_EQ(audit_after([](Account& account) {
              account.balance.post(Postings{}.move(pts(1), LedgerAccount::program_issued,
                                                   LedgerAccount::member_available));
              account.lots[0].points += pts(1);
            }),
            (std::vector<Finding>{{Invariant::balance_is_sum, "ann"}}));
}

TEST(Audit, FindsLotsThatAreNotWorthTheBalance) {
  EXPECT_EQ(audit_after([](Account& account) { account.lots[0].points += pts(1); }),
            (std::vector<Finding>{{Invariant::lots_are_available, "ann"}}));
}

TEST(Audit, FindsHoldsThatDoNotAddUp) {
  const std::vector<Finding> expected = {{Invariant::held_is_open_holds, "ann"}};
  EXPECT_EQ(audit_after([](Account& a) { a.holds[0].state = HoldState::released; }), expected);
  EXPECT_EQ(audit_after([](Account& a) { a.holds[0].lots[0].points += pts(1); }), expected);
  EXPECT_EQ(audit_after([](Account& a) { a.holds[1].refunded = pts(1); }), expected);
  EXPECT_EQ(audit_after([](Account& a) { a.holds.erase(a.holds.begin()); }), expected);
}

TEST(Audit, FindsAGapInTheSequence) {
  EXPECT_EQ(audit_after([](Account& account) { account.sequence += 1; }),
            (std::vector<Finding>{{Invariant::gapless_sequence, "ann"}}));
}

TEST(Audit, FindsAHoldThatSpentMoreThanItHad) {
  const std::vector<Finding> expected = {{Invariant::held_is_open_holds, "ann"}};
  EXPECT_EQ(audit_after([](Account& a) { a.holds[1].points = pts(4); }), expected);
  EXPECT_EQ(audit_after([](Account& a) { a.holds[0].captured = pts(1); }), expected);
  EXPECT_EQ(audit_after([](Account& a) {
              a.holds[1].refunded = pts(6);
              a.holds[1].lots.clear();
            }),
            expected);
}

TEST(Audit, FindsABalanceBelowZeroOrBeyondTheLimit) {
  const auto with_more = [](std::int64_t points) {
    return audit_after([points](Account& account) {
      account.balance.post(Postings{}.move(pts(points), LedgerAccount::program_issued,
                                           LedgerAccount::member_available));
      account.lots[0].points = max(pts(0), pts(85 + points));
      if (account.lots[0].points == pts(0)) {
        account.lots.clear();
      }
    });
  };
  const std::vector<Finding> expected = {{Invariant::balance_is_sum, "ann"},
                                         {Invariant::never_negative, "ann"}};
  EXPECT_EQ(with_more(-86), expected);
  EXPECT_EQ(with_more(999'999'999), expected);
}

TEST(Audit, FindsADebtOfNothing) {
  EXPECT_EQ(audit_after([](Account& account) {
              account.debts.push_back({"e1", pts(0)});
            }),
            (std::vector<Finding>{{Invariant::reversals_in_range, "ann"}}));
  EXPECT_EQ(audit_after([](Account& account) { account.grants[0].reversed = pts(-1); }),
            (std::vector<Finding>{{Invariant::reversals_in_range, "ann"}}));
}

TEST(Audit, FindsEntriesThatNobodyAskedForAndSweepsDoneTwice) {
  for (const EntryKind kind : {EntryKind::earn, EntryKind::expire_hold}) {
    Desk desk = desk_with(100);
    const Request request{"x", {}, desk.now, Expire{"ann"}};
    Change change = decide(desk.book, request).value();
    Account& account = change.accounts.at("ann");
    for (int i = 0; i < 2; ++i) {
      Entry entry;
      entry.account = "ann";
      entry.sequence = ++account.sequence;
      entry.kind = kind;
      entry.key = "expire:h1";
      entry.at = account.last_at = account.last_at + Duration::milliseconds(1);
      change.answer.outcome.entries.push_back(entry);
    }
    desk.book.commit(request, std::move(change));
    EXPECT_EQ(audit(desk.book), (std::vector<Finding>{{Invariant::one_effect_per_key, ""}}));
  }
}

TEST(Audit, FindsReversalsBeyondTheEarn) {
  EXPECT_EQ(audit_after([](Account& account) { account.grants[0].reversed = pts(101); }),
            (std::vector<Finding>{{Invariant::reversals_in_range, "ann"}}));
  EXPECT_EQ(audit_after([](Account& account) {
              account.debts.push_back({"e1", pts(1)});
            }),
            (std::vector<Finding>{{Invariant::reversals_in_range, ""}}));
}

}  // namespace
}  // namespace loyalty::ledger
