#include "native/service/accounts/entries.h"

#include <array>
#include <string>
#include <utility>

namespace loyalty::service {
namespace {

std::string hex(const std::array<unsigned char, 32>& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

}  // namespace

wire::Json entry_json(const store::EntryRow& row) {
  const ledger::Entry& entry = row.entry;
  wire::Json postings = wire::Json::object();
  for (std::size_t i = 0; i < ledger::ledger_accounts; ++i) {
    const auto place = static_cast<ledger::LedgerAccount>(i);
    if (entry.postings.on(place) != no_points) {
      postings[std::string{ledger::name_of(place)}] = entry.postings.on(place).count();
    }
  }
  wire::Json lots = wire::Json::array();
  for (const ledger::LotPart& part : entry.lots) {
    lots.push_back({{"lot", part.lot}, {"points", part.points.count()}});
  }
  wire::Json json{{"id", row.id},
                  {"accountId", entry.account},
                  {"sequence", entry.sequence},
                  {"kind", ledger::name_of(entry.kind)},
                  {"at", wire::time_text(entry.at)},
                  {"key", entry.key},
                  {"amount", entry.amount.count()},
                  {"postings", std::move(postings)},
                  {"lots", std::move(lots)},
                  {"availableAfter", entry.available_after.count()},
                  {"heldAfter", entry.held_after.count()},
                  {"debtAfter", entry.debt_after.count()},
                  {"hash", hex(row.hash)}};
  if (!entry.of.empty()) {
    json["of"] = entry.of;
  }
  if (!entry.origin.empty()) {
    json["origin"] = entry.origin;
  }
  if (entry.shortfall != no_points) {
    json["shortfall"] = entry.shortfall.count();
  }
  if (entry.expires_at) {
    json["expiresAt"] = wire::time_text(*entry.expires_at);
  }
  if (entry.clamped) {
    json["clamped"] = true;
  }
  if (entry.excluded_from_tiers) {
    json["excludedFromTiers"] = true;
  }
  return json;
}

wire::Schema entry_schema() {
  using namespace wire;
  const Schema whole = integer(INT64_MIN, INT64_MAX);
  return object({required("id", guid()), required("accountId", guid()), required("sequence", whole),
                 required("kind", text(1, 0)), required("at", timestamp()),
                 required("key", text(1, 0)), required("amount", whole),
                 required("postings", any()), required("lots", array(any(), 0, 1'000'000)),
                 required("availableAfter", whole), required("heldAfter", whole),
                 required("debtAfter", whole), required("hash", text(64, 64)),
                 optional("of", text(0, 0)), optional("origin", text(0, 0)),
                 optional("shortfall", whole), optional("expiresAt", timestamp()),
                 optional("clamped", boolean()), optional("excludedFromTiers", boolean())});
}

}  // namespace loyalty::service
