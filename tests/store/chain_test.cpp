#include "native/store/chain.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace loyalty::store {
namespace {

EntryRow entry(std::int64_t sequence) {
  EntryRow row;
  row.entry.account = "a \"quoted\" account";
  row.entry.sequence = sequence;
  row.entry.at = Instant::from_ms(1'760'000'000'123);
  row.entry.key = "k";
  row.entry.amount = Points::of(5);
  row.entry.postings.move(Points::of(5), ledger::LedgerAccount::program_issued,
                          ledger::LedgerAccount::member_available);
  row.entry.lots = {{"lot", Points::of(5)}};
  row.id = "id";
  row.info = R"({"a":1})";
  return row;
}

std::vector<EntryRow> chain_of(std::int64_t count) {
  std::vector<EntryRow> rows;
  Hash previous = {};
  for (std::int64_t i = 1; i <= count; ++i) {
    rows.push_back(entry(i));
    previous = rows.back().hash = hash(previous, rows.back());
  }
  return rows;
}

TEST(Chain, CanonicalBytesAreJsonWithSortedKeys) {
  const std::string text = canonical(entry(3));
  EXPECT_EQ(nlohmann::json::parse(text).dump(), text);
  EXPECT_EQ(nlohmann::json::parse(text)["postings"], nlohmann::json({5, 0, -5, 0, 0, 0, 0}));
}

TEST(Chain, HashesAreSha256) {
  // FIPS 180-4, one block.
  EXPECT_EQ(sha256("abc")[0], 0xba);
  EXPECT_EQ(sha256("abc")[31], 0xad);
  std::string bytes(32, '\0');
  EXPECT_EQ(hash({}, entry(1)), sha256(bytes + canonical(entry(1))));
}

TEST(Chain, EveryFieldCounts) {
  const std::function<void(EntryRow&)> changes[] = {
      [](EntryRow& r) { r.entry.account += "x"; },
      [](EntryRow& r) { ++r.entry.sequence; },
      [](EntryRow& r) { r.entry.kind = ledger::EntryKind::adjust; },
      [](EntryRow& r) { r.entry.at = Instant::from_ms(1); },
      [](EntryRow& r) { r.entry.key += "x"; },
      [](EntryRow& r) { r.entry.of += "x"; },
      [](EntryRow& r) { r.entry.origin += "x"; },
      [](EntryRow& r) { r.entry.amount += Points::of(1); },
      [](EntryRow& r) { r.entry.shortfall += Points::of(1); },
      [](EntryRow& r) {
        r.entry.postings.move(Points::of(1), ledger::LedgerAccount::program_expired,
                              ledger::LedgerAccount::program_reversed);
      },
      [](EntryRow& r) { r.entry.lots.clear(); },
      [](EntryRow& r) { r.entry.lots[0].lot += "x"; },
      [](EntryRow& r) { r.entry.lots[0].points += Points::of(1); },
      [](EntryRow& r) { r.entry.expires_at = Instant::min(); },
      [](EntryRow& r) { r.entry.clamped = true; },
      [](EntryRow& r) { r.entry.excluded_from_tiers = true; },
      [](EntryRow& r) { r.entry.available_after += Points::of(1); },
      [](EntryRow& r) { r.entry.held_after += Points::of(1); },
      [](EntryRow& r) { r.entry.debt_after += Points::of(1); },
      [](EntryRow& r) { r.id += "x"; },
      [](EntryRow& r) { r.transaction_type += "x"; },
      [](EntryRow& r) { r.description += "x"; },
      [](EntryRow& r) { r.idempotency_key += "x"; },
      [](EntryRow& r) { r.info += " "; },
  };
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    EntryRow changed = entry(1);
    changes[i](changed);
    EXPECT_NE(hash({}, changed), hash({}, entry(1))) << i;
  }
  Hash other = {};
  other[31] = 1;
  EXPECT_NE(hash(other, entry(1)), hash({}, entry(1)));
}

TEST(Chain, TheFirstBrokenRowIsFound) {
  std::vector<EntryRow> rows = chain_of(5);
  EXPECT_FALSE(verify_chain(rows));
  EXPECT_FALSE(verify_chain({}));
  EXPECT_FALSE(verify_chain(std::span{rows}.subspan(2), rows[1].hash));
  EXPECT_EQ(verify_chain(std::span{rows}.subspan(2)), 0u);
  rows[3].entry.amount += Points::of(1);
  EXPECT_EQ(verify_chain(rows), 3u);
  rows[3].hash = hash(rows[2].hash, rows[3]);
  EXPECT_EQ(verify_chain(rows), 4u);
  rows.erase(rows.begin() + 1);
  EXPECT_EQ(verify_chain(rows), 1u);
}

}  // namespace
}  // namespace loyalty::store
