#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/json/writer.h"
#include "native/store/sqlite/seal.h"
#include "native/store/sqlite/select.h"
#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {
namespace {

using ledger::LedgerAccount;

constexpr std::string_view columns =
    "account, seq, id, kind, at, command, of, origin, amount, shortfall, member_available,"
    " member_held, program_issued, program_redeemed, program_expired, program_adjusted,"
    " program_reversed, lots, expires_at, clamped, excluded_from_tiers, available_after,"
    " held_after, debt_after, transaction_type, description, idempotency_key, info, hash, seal";
constexpr int column_count = 30;

Collection transaction_collection() {
  return {columns, column_count, "entry WHERE tenant = ? AND transaction_type IS NOT NULL",
          transaction_column};
}

std::string text_of(const std::vector<ledger::LotPart>& lots) {
  if (lots.empty()) {
    return {};
  }
  Writer writer;
  writer.begin_array();
  for (const ledger::LotPart& part : lots) {
    writer.begin_array();
    writer.value(part.lot);
    writer.value(part.points);
    writer.end_array();
  }
  writer.end_array();
  return std::string{writer.text()};
}

std::vector<ledger::LotPart> read_lots(const std::string& text) {
  std::vector<ledger::LotPart> lots;
  if (text.empty()) {
    return lots;
  }
  try {
    for (const auto& part : nlohmann::json::parse(text)) {
      lots.push_back({part.at(0).get<std::string>(), Points::of(part.at(1).get<std::int64_t>())});
    }
  } catch (const nlohmann::json::exception&) {
    throw Corrupt{"the lots of an entry cannot be read"};
  }
  return lots;
}

/// Postings are made of moves and always sum to zero, so what does not is refused here.
ledger::Postings read_postings(Columns& next) {
  const Points available = next.points();
  const Points held = next.points();
  ledger::Postings postings;
  Points left = available;
  postings.move(held, LedgerAccount::member_available, LedgerAccount::member_held);
  left += held;
  for (const LedgerAccount place : {LedgerAccount::program_issued, LedgerAccount::program_redeemed,
                                    LedgerAccount::program_expired, LedgerAccount::program_adjusted,
                                    LedgerAccount::program_reversed}) {
    const Points points = next.points();
    postings.move(points, LedgerAccount::member_available, place);
    left += points;
  }
  if (left != no_points) {
    throw Corrupt{"the postings of an entry do not sum to zero"};
  }
  return postings;
}

ledger::EntryKind read_kind(std::int64_t number) {
  if (number < 0 || number >= ledger::entry_kinds) {
    throw Corrupt{"an entry is of no known kind"};
  }
  return static_cast<ledger::EntryKind>(number);
}

std::int64_t seal_of(const EntryRow& row) {
  const ledger::Entry& entry = row.entry;
  Seal seal;
  for (std::size_t place = 0; place < ledger::ledger_accounts; ++place) {
    seal.add(entry.postings.on(static_cast<LedgerAccount>(place)));
  }
  for (const ledger::LotPart& part : entry.lots) {
    seal.add(part.lot);
    seal.add(part.points);
  }
  return sqlite::seal_of(seal.value(), entry.account, entry.sequence, row.id,
                         static_cast<std::int64_t>(entry.kind), entry.at, entry.key, entry.of,
                         entry.origin, entry.amount, entry.shortfall, entry.expires_at,
                         entry.clamped, entry.excluded_from_tiers, entry.available_after,
                         entry.held_after, entry.debt_after, row.transaction_type, row.description,
                         row.idempotency_key, row.info, row.hash);
}

EntryRow read_entry(const Cursor& cursor) {
  Columns next{cursor};
  EntryRow row;
  ledger::Entry& entry = row.entry;
  entry.account = next.text();
  entry.sequence = next.integer();
  row.id = next.text();
  entry.kind = read_kind(next.integer());
  entry.at = next.instant();
  entry.key = next.text();
  entry.of = next.text();
  entry.origin = next.text();
  entry.amount = next.points();
  entry.shortfall = next.points();
  entry.postings = read_postings(next);
  entry.lots = read_lots(next.text());
  entry.expires_at = next.instant_or_none();
  entry.clamped = next.truth();
  entry.excluded_from_tiers = next.truth();
  entry.available_after = next.points();
  entry.held_after = next.points();
  entry.debt_after = next.points();
  row.transaction_type = next.text();
  row.description = next.text();
  row.idempotency_key = next.text();
  row.info = next.text();
  row.hash = next.bytes32();
  require_seal(next.integer(), seal_of(row));
  return row;
}

std::int64_t seal_of(const ItemRow& row) {
  return sqlite::seal_of(row.key, row.account_id, row.state);
}

ItemRow read_item(const Cursor& cursor) {
  ItemRow row{cursor.text(0), cursor.text(1), cursor.text(2)};
  require_seal(cursor.integer(3), seal_of(row));
  return row;
}

}  // namespace

std::optional<ItemRow> SqliteSession::item(std::string_view key) {
  Cursor row = connection_.query(
      "SELECT command, account, state, seal FROM item WHERE tenant = ? AND command = ?", tenant_,
      key);
  return row.next() ? std::optional{read_item(row)} : std::nullopt;
}

std::vector<ItemRow> SqliteSession::items(std::string_view account_id) {
  Cursor rows = connection_.query(
      "SELECT command, account, state, seal FROM item WHERE tenant = ? AND account = ? ORDER BY "
      "row",
      tenant_, account_id);
  std::vector<ItemRow> found;
  while (rows.next()) {
    found.push_back(read_item(rows));
  }
  return found;
}

void SqliteSession::put(const ItemRow& row) {
  connection_.execute(
      "INSERT INTO item (tenant, command, account, state, seal) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (tenant, command) DO UPDATE SET account = excluded.account,"
      " state = excluded.state, seal = excluded.seal",
      tenant_, row.key, row.account_id, row.state, seal_of(row));
}

void SqliteSession::append(const EntryRow& row) {
  const ledger::Entry& entry = row.entry;
  const ledger::Postings& postings = entry.postings;
  connection_.execute(
      "INSERT INTO entry (tenant, account, seq, id, kind, at, command, of, origin, amount,"
      " shortfall, member_available, member_held, program_issued, program_redeemed,"
      " program_expired, program_adjusted, program_reversed, lots, expires_at, clamped,"
      " excluded_from_tiers, available_after, held_after, debt_after, transaction_type,"
      " description, idempotency_key, info, hash, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?,"
      " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      tenant_, entry.account, entry.sequence, row.id, static_cast<int>(entry.kind), entry.at,
      OrNull{entry.key}, OrNull{entry.of}, OrNull{entry.origin}, entry.amount, entry.shortfall,
      postings.on(LedgerAccount::member_available), postings.on(LedgerAccount::member_held),
      postings.on(LedgerAccount::program_issued), postings.on(LedgerAccount::program_redeemed),
      postings.on(LedgerAccount::program_expired), postings.on(LedgerAccount::program_adjusted),
      postings.on(LedgerAccount::program_reversed), OrNull{text_of(entry.lots)}, entry.expires_at,
      entry.clamped, entry.excluded_from_tiers, entry.available_after, entry.held_after,
      entry.debt_after, OrNull{row.transaction_type}, OrNull{row.description},
      OrNull{row.idempotency_key}, OrNull{row.info}, row.hash, seal_of(row));
}

std::optional<EntryRow> SqliteSession::entry(std::string_view id) {
  Cursor row = connection_.query(
      "SELECT account, seq, id, kind, at, command, of, origin, amount, shortfall,"
      " member_available, member_held, program_issued, program_redeemed, program_expired,"
      " program_adjusted, program_reversed, lots, expires_at, clamped, excluded_from_tiers,"
      " available_after, held_after, debt_after, transaction_type, description,"
      " idempotency_key, info, hash, seal FROM entry WHERE tenant = ? AND id = ?",
      tenant_, id);
  return row.next() ? std::optional{read_entry(row)} : std::nullopt;
}

std::vector<EntryRow> SqliteSession::entries(std::string_view account_id,
                                             std::int64_t after_sequence, std::size_t limit) {
  Cursor rows = connection_.query(
      "SELECT account, seq, id, kind, at, command, of, origin, amount, shortfall,"
      " member_available, member_held, program_issued, program_redeemed, program_expired,"
      " program_adjusted, program_reversed, lots, expires_at, clamped, excluded_from_tiers,"
      " available_after, held_after, debt_after, transaction_type, description,"
      " idempotency_key, info, hash, seal FROM entry WHERE tenant = ? AND account = ? AND seq > ?"
      " ORDER BY seq LIMIT ?",
      tenant_, account_id, after_sequence, static_cast<std::int64_t>(limit));
  std::vector<EntryRow> found;
  while (rows.next()) {
    found.push_back(read_entry(rows));
  }
  return found;
}

std::int64_t SqliteSession::count_entries() {
  Cursor row = connection_.query("SELECT count(*) FROM entry WHERE tenant = ?", tenant_);
  return row.next() ? row.integer(0) : 0;
}

Page<EntryRow> SqliteSession::transactions(const Query& query) {
  return read_page(connection_, transaction_collection(), tenant_, query, read_entry);
}

std::int64_t SqliteSession::count_transactions(const Filter& filter) {
  return read_count(connection_, select_count(transaction_collection(), tenant_, filter));
}

}  // namespace loyalty::store::sqlite
