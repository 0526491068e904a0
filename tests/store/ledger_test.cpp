#include <string>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

using ledger::EntryKind;
using ledger::LedgerAccount;

class LedgerTest : public StoreTest {
 protected:
  LedgerTest() {
    write([](Session& s) {
      s.insert(account(1));
      s.insert(account(2));
    });
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, LedgerTest, testing::ValuesIn(all_stores()), name_of_store);

/// Every field with a value of its own.
EntryRow full_entry(std::int64_t sequence) {
  EntryRow row;
  row.entry = {.account = guid(1),
               .sequence = sequence,
               .kind = EntryKind::reverse,
               .at = at(100 + sequence),
               .key = "key " + std::to_string(sequence),
               .of = "another",
               .origin = "till 5",
               .amount = Points::of(17),
               .shortfall = Points::of(4)};
  for (int place = 1; place < static_cast<int>(ledger::ledger_accounts); ++place) {
    row.entry.postings.move(Points::of(place * 100 + sequence), LedgerAccount::member_available,
                            static_cast<LedgerAccount>(place));
  }
  row.entry.lots = {{"lot \"one\"", Points::of(3)}, {"ä", Points::of(-2)}};
  row.entry.expires_at = at(900);
  row.entry.clamped = true;
  row.entry.excluded_from_tiers = true;
  row.entry.available_after = Points::of(-8);
  row.entry.held_after = Points::of(9);
  row.entry.debt_after = Points::of(10);
  row.id = guid(1'000 + sequence);
  row.transaction_type = "ADJUST";
  row.description = "by hand";
  row.idempotency_key = "their key";
  row.info = R"({"adjustInfo":{"amountBefore":1}})";
  row.hash.fill(0x5c);
  return row;
}

void expect_equal(const EntryRow& a, const EntryRow& b) {
  EXPECT_EQ(a.entry, b.entry);
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.transaction_type, b.transaction_type);
  EXPECT_EQ(a.description, b.description);
  EXPECT_EQ(a.idempotency_key, b.idempotency_key);
  EXPECT_EQ(a.info, b.info);
  EXPECT_EQ(a.hash, b.hash);
}

TEST_P(LedgerTest, AnEntryComesBackAsItWas) {
  const EntryRow full = full_entry(1);
  EntryRow bare;
  bare.entry.account = guid(2);
  bare.entry.sequence = 1;
  bare.id = guid(5);
  write([&](Session& s) {
    s.append(full);
    s.append(bare);
  });
  read([&](Session& s) {
    expect_equal(s.entry(full.id).value(), full);
    expect_equal(s.entry(bare.id).value(), bare);
    EXPECT_FALSE(s.entry(guid(6)));
    EXPECT_EQ(s.count_entries(), 2);
    return 0;
  });
}

TEST_P(LedgerTest, EveryKindOfEntryIsKept) {
  write([](Session& s) {
    for (int kind = 0; kind < ledger::entry_kinds; ++kind) {
      EntryRow row = full_entry(kind + 1);
      row.entry.kind = static_cast<EntryKind>(kind);
      s.append(row);
    }
  });
  const auto rows = read([](Session& s) { return s.entries(guid(1), 0, 100); });
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(ledger::entry_kinds));
  for (int kind = 0; kind < ledger::entry_kinds; ++kind) {
    EXPECT_EQ(rows[static_cast<std::size_t>(kind)].entry.kind, static_cast<EntryKind>(kind));
  }
}

TEST_P(LedgerTest, EntriesComeInTheirOrderSliceBySlice) {
  write([](Session& s) {
    for (int i = 1; i <= 7; ++i) {
      s.append(full_entry(i));
    }
  });
  read([](Session& s) {
    EXPECT_EQ(s.entries(guid(1), 0, 3).size(), 3u);
    const auto rest = s.entries(guid(1), 5, 10);
    EXPECT_EQ(rest.size(), 2u);
    EXPECT_EQ(rest.front().entry.sequence, 6);
    EXPECT_TRUE(s.entries(guid(2), 0, 10).empty());
    return 0;
  });
  EXPECT_TRUE(store::read(store(), other_site, [](Session& s) {
                return s.entries(guid(1), 0, 9);
              }).empty());
}

TEST_P(LedgerTest, ANumberIsGivenOnceAndNoneIsLeftOut) {
  write([](Session& s) { s.append(full_entry(1)); });
  write([](Session& s) {
    EntryRow again = full_entry(1);
    again.id = guid(9);
    try {
      s.append(again);
      ADD_FAILURE();
    } catch (const Duplicate& taken) {
      EXPECT_EQ(taken.name(), "sequence");
    }
    EXPECT_THROW(s.append(full_entry(3)), Corrupt);
    EntryRow zero = full_entry(0);
    EXPECT_ANY_THROW(s.append(zero));
    s.append(full_entry(2));
    EntryRow same_id = full_entry(3);
    same_id.id = full_entry(2).id;
    try {
      s.append(same_id);
      ADD_FAILURE();
    } catch (const Duplicate& taken) {
      EXPECT_EQ(taken.name(), "id");
    }
  });
  EXPECT_EQ(read([](Session& s) { return s.count_entries(); }), 2);
}

TEST_P(LedgerTest, ItemsAreKeptByKeyAndListedByAccount) {
  write([](Session& s) {
    s.put({"a", guid(1), R"({"n":1})"});
    s.put({"b", guid(1), R"({"n":2})"});
    s.put({"c", guid(2), R"({"n":3})"});
    s.put({"a", guid(1), R"({"n":4})"});
  });
  read([](Session& s) {
    EXPECT_EQ(s.item("a")->state, R"({"n":4})");
    EXPECT_EQ(s.item("c")->account_id, guid(2));
    EXPECT_FALSE(s.item("d"));
    const auto items = s.items(guid(1));
    EXPECT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].key, "a");
    EXPECT_EQ(items[1].key, "b");
    return 0;
  });
  EXPECT_FALSE(store::read(store(), other_site, [](Session& s) { return s.item("a"); }));
}

TEST_P(LedgerTest, OnlyWhatTheApiShowsIsATransaction) {
  write([](Session& s) {
    Mover mover{s, guid(1)};
    mover.earn(100, "e");
    mover.hold(40, "h");
    mover.capture(40, "h", "c");
    mover.redeem(10, "r");
  });
  read([](Session& s) {
    const Page<EntryRow> all =
        s.transactions({.filter = {}, .sort = {{{"createdDate", ValueType::instant}, true}}});
    EXPECT_EQ(all.rows.size(), 3u);
    EXPECT_EQ(all.rows[0].entry.key, "r");
    EXPECT_EQ(all.rows[2].entry.key, "e");
    const auto of_order = [&](const char* order) {
      return s.transactions(
          {.filter = {Filter::Op::eq, {"orderId", ValueType::text}, {order}, {}}, .sort = {}});
    };
    EXPECT_EQ(of_order("order 2").rows.size(), 1u);
    EXPECT_EQ(of_order("order 3").rows.size(), 0u);
    return 0;
  });
}

}  // namespace
}  // namespace loyalty::store
