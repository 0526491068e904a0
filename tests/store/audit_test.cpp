#include "native/store/audit.h"

#include <set>
#include <string>

#include "native/store/chain.h"
#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

class AuditTest : public StoreTest {
 protected:
  AuditTest() {
    write([](Session& s) {
      for (int number = 0; number < 20; ++number) {
        s.insert(account(number));
        Mover mover{s, guid(number)};
        mover.earn(100, "earn");
        mover.hold(30, "hold");
        if (number % 2 == 0) {
          mover.capture(30, "hold", "capture");
          mover.redeem(5, "redeem");
        }
        s.emit({});
        s.insert(Kind::coupon, document(number));
      }
    });
  }
  Audit audited() {
    return read([](Session& s) { return audit(s); });
  }
  std::set<std::string> found() {
    std::set<std::string> names;
    for (const Finding& finding : audited().findings) {
      names.emplace(name_of(finding.invariant));
    }
    return names;
  }
  /// Changes the account as nobody should.
  void change(const std::function<void(AccountRow&)>& how) {
    write([&](Session& s) {
      AccountRow row = s.account(guid(1)).value();
      how(row);
      ++row.revision;
      s.update(row, row.revision - 1);
    });
  }
  /// Appends an entry that continues the chain, and the account follows.
  void append(ledger::Entry entry, unsigned char flipped = 0) {
    write([&](Session& s) {
      AccountRow row = s.account(guid(1)).value();
      entry.account = row.id;
      entry.sequence = ++row.sequence;
      EntryRow made;
      made.entry = entry;
      made.id = "appended " + std::to_string(entry.sequence);
      made.hash = hash(row.chain, made);
      made.hash[7] ^= flipped;
      s.append(made);
      row.chain = made.hash;
      ++row.revision;
      s.update(row, row.revision - 1);
    });
  }
  static ledger::Entry next(ledger::EntryKind kind, const std::string& key) {
    ledger::Entry entry{.kind = kind, .at = at(5'000), .key = key};
    entry.available_after = Points::of(70);
    entry.held_after = Points::of(30);
    return entry;
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, AuditTest, testing::ValuesIn(all_stores()), name_of_store);

using Names = std::set<std::string>;

TEST_P(AuditTest, ASoundLedgerHasNoFindings) {
  const Audit result = audited();
  EXPECT_TRUE(result.findings.empty());
  EXPECT_EQ(result.found, 0);
  EXPECT_EQ(result.accounts, 20);
  EXPECT_EQ(result.entries, 60);
  EXPECT_EQ(result.events, 20);
  EXPECT_EQ(result.documents, 20);
  EXPECT_EQ(result.available, Points::of(20 * 70 - 10 * 5));
  EXPECT_EQ(result.held, Points::of(10 * 30));
}

TEST_P(AuditTest, AnEmptySiteHasNoFindings) {
  const Audit result = store::read(store(), other_site, [](Session& s) { return audit(s); });
  EXPECT_EQ(result.found, 0);
  EXPECT_EQ(result.accounts, 0);
}

TEST_P(AuditTest, ABalanceThatTheEntriesDoNotGiveIsFound) {
  change([](AccountRow& row) {
    row.adjusted += Points::of(1);
    row.available += Points::of(1);
  });
  EXPECT_EQ(found(), (Names{"BALANCE_IS_SUM"}));
  EXPECT_EQ(audited().findings.front().account, guid(1));
}

TEST_P(AuditTest, HeldPointsWithoutAHoldAreFound) {
  change([](AccountRow& row) { row.held += Points::of(1); });
  EXPECT_EQ(found(), (Names{"BALANCE_IS_SUM"}));
}

TEST_P(AuditTest, ALostLastEntryIsFound) {
  change([](AccountRow& row) { ++row.sequence; });
  EXPECT_EQ(found(), (Names{"GAPLESS_SEQUENCE"}));
}

TEST_P(AuditTest, AnotherHeadOfTheChainIsFound) {
  change([](AccountRow& row) { row.chain[0] ^= 1; });
  EXPECT_EQ(found(), (Names{"CHAIN_VERIFIES"}));
}

TEST_P(AuditTest, AnEntryThatItsHashDoesNotCoverIsFound) {
  append(next(ledger::EntryKind::earn, "one"), 0x10);
  const Audit result = audited();
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0], (Finding{Invariant::chain_verifies, guid(1), 3}));
}

TEST_P(AuditTest, AHoldThatEndsTwiceIsFound) {
  ledger::Entry first = next(ledger::EntryKind::release, "r1");
  first.of = "hold";
  first.postings.move(Points::of(30), ledger::LedgerAccount::member_held,
                      ledger::LedgerAccount::member_available);
  first.available_after = Points::of(100);
  first.held_after = no_points;
  append(first);
  change([](AccountRow& row) {
    row.held = no_points;
    row.redeemed -= Points::of(30);
    row.available += Points::of(30);
  });
  EXPECT_EQ(found(), Names{});
  ledger::Entry second = first;
  second.at = at(6'000);
  second.key = "r2";
  second.postings = {};
  append(second);
  EXPECT_EQ(found(), (Names{"HELD_IS_OPEN_HOLDS"}));
}

TEST_P(AuditTest, OneKeyWithTwoEffectsIsFound) {
  ledger::Entry again = next(ledger::EntryKind::earn, "earn");
  append(again);
  EXPECT_EQ(found(), (Names{"ONE_EFFECT_PER_KEY"}));
}

TEST_P(AuditTest, TimeThatStandsStillIsFound) {
  append(next(ledger::EntryKind::earn, "one"));
  append(next(ledger::EntryKind::earn, "two"));
  EXPECT_EQ(found(), (Names{"GAPLESS_SEQUENCE"}));
}

TEST_P(AuditTest, AnEntryThatSaysAnotherBalanceIsFound) {
  ledger::Entry wrong = next(ledger::EntryKind::earn, "one");
  wrong.available_after = Points::of(71);
  append(wrong);
  EXPECT_EQ(found(), (Names{"BALANCE_IS_SUM"}));
}

TEST_P(AuditTest, AnEntryBesideTheAccountsIsFound) {
  write([](Session& s) {
    EntryRow row;
    row.entry.account = guid(500);
    row.entry.sequence = 1;
    row.id = "x";
    s.append(row);
  });
  EXPECT_EQ(found(), (Names{"ENTRY_HAS_ACCOUNT"}));
}

TEST_P(AuditTest, PointsAndHoldsThatAreMergedAreFollowed) {
  write([](Session& s) {
    AccountRow from = s.account(guid(1)).value();
    AccountRow into = s.account(guid(2)).value();
    ledger::Postings moved;
    moved.move(Points::of(100), ledger::LedgerAccount::program_issued,
               ledger::LedgerAccount::member_available);
    moved.move(Points::of(30), ledger::LedgerAccount::member_available,
               ledger::LedgerAccount::member_held);
    const auto post = [&](AccountRow& row, ledger::EntryKind kind, const ledger::Postings& postings,
                          std::int64_t available, std::int64_t held, const std::string& key,
                          const std::string& of, int second) {
      EntryRow made;
      made.entry = {.account = row.id,
                    .sequence = ++row.sequence,
                    .kind = kind,
                    .at = at(second),
                    .key = key,
                    .of = of};
      made.entry.postings = postings;
      made.entry.available_after = Points::of(available);
      made.entry.held_after = Points::of(held);
      made.id = row.id + key;
      made.hash = hash(row.chain, made);
      s.append(made);
      row.chain = made.hash;
      ++row.revision;
    };
    post(from, ledger::EntryKind::merge_out, -moved, 0, 0, "m", into.id, 7'000);
    from.available = from.held = from.earned = from.redeemed = no_points;
    from.merged_into = into.id;
    s.update(from, from.revision - 1);
    post(into, ledger::EntryKind::merge_in, moved, 135, 30, "m", from.id, 7'000);
    ledger::Postings captured;
    captured.move(Points::of(30), ledger::LedgerAccount::member_held,
                  ledger::LedgerAccount::program_redeemed);
    post(into, ledger::EntryKind::capture, captured, 135, 0, "c", "hold", 7'001);
    into.available = Points::of(135);
    into.earned = Points::of(200);
    into.redeemed = Points::of(65);
    s.update(into, into.revision - 2);
  });
  EXPECT_EQ(found(), Names{});
}

}  // namespace
}  // namespace loyalty::store
