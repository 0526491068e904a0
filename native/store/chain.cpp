#include "native/store/chain.h"

#include "core/json/sha256.h"
#include "core/json/writer.h"

namespace loyalty::store {
namespace {

unsigned char value_of(char digit) {
  return static_cast<unsigned char>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

Hash finished(Sha256& sha) {
  const std::array<char, 64> digits = sha.finish();
  Hash hash;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    hash[i] =
        static_cast<unsigned char>(value_of(digits[2 * i]) << 4 | value_of(digits[2 * i + 1]));
  }
  return hash;
}

void write_lots(Writer& writer, const std::vector<ledger::LotPart>& lots) {
  writer.begin_array();
  for (const ledger::LotPart& part : lots) {
    writer.begin_array();
    writer.value(part.lot);
    writer.value(part.points);
    writer.end_array();
  }
  writer.end_array();
}

void write_postings(Writer& writer, const ledger::Postings& postings) {
  writer.begin_array();
  for (std::size_t place = 0; place < ledger::ledger_accounts; ++place) {
    writer.value(postings.on(static_cast<ledger::LedgerAccount>(place)));
  }
  writer.end_array();
}

void write(Writer& writer, const EntryRow& row) {
  const ledger::Entry& entry = row.entry;
  writer.begin_object();
  writer.key("account");
  writer.value(entry.account);
  writer.key("amount");
  writer.value(entry.amount);
  writer.key("at");
  writer.value(entry.at.ms());
  writer.key("availableAfter");
  writer.value(entry.available_after);
  writer.key("clamped");
  writer.value(entry.clamped);
  writer.key("debtAfter");
  writer.value(entry.debt_after);
  writer.key("description");
  writer.value(row.description);
  writer.key("excludedFromTiers");
  writer.value(entry.excluded_from_tiers);
  writer.key("expiresAt");
  if (entry.expires_at) {
    writer.value(entry.expires_at->ms());
  } else {
    writer.null();
  }
  writer.key("heldAfter");
  writer.value(entry.held_after);
  writer.key("id");
  writer.value(row.id);
  writer.key("idempotencyKey");
  writer.value(row.idempotency_key);
  writer.key("info");
  writer.value(row.info);
  writer.key("key");
  writer.value(entry.key);
  writer.key("kind");
  writer.value(ledger::name_of(entry.kind));
  writer.key("lots");
  write_lots(writer, entry.lots);
  writer.key("of");
  writer.value(entry.of);
  writer.key("origin");
  writer.value(entry.origin);
  writer.key("postings");
  write_postings(writer, entry.postings);
  writer.key("sequence");
  writer.value(entry.sequence);
  writer.key("shortfall");
  writer.value(entry.shortfall);
  writer.key("transactionType");
  writer.value(row.transaction_type);
  writer.end_object();
}

}  // namespace

Hash sha256(std::string_view bytes) {
  Sha256 sha;
  sha.update(bytes);
  return finished(sha);
}

std::string canonical(const EntryRow& row) {
  Writer writer;
  write(writer, row);
  return std::string{writer.text()};
}

Hash hash(const Hash& previous, const EntryRow& row) {
  Writer writer;
  write(writer, row);
  std::string start;
  for (const unsigned char byte : previous) {
    start.push_back(static_cast<char>(byte));
  }
  Sha256 sha;
  sha.update(start);
  sha.update(writer.text());
  return finished(sha);
}

std::optional<std::size_t> verify_chain(std::span<const EntryRow> rows, const Hash& previous) {
  Hash before = previous;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].hash != hash(before, rows[i])) {
      return i;
    }
    before = rows[i].hash;
  }
  return std::nullopt;
}

}  // namespace loyalty::store
