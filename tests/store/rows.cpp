#include "tests/store/rows.h"

#include <cstdio>

#include "core/ledger/balance.h"
#include "native/store/chain.h"

namespace loyalty::store {

using ledger::EntryKind;
using ledger::LedgerAccount;

std::string guid(std::int64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012lld",
                static_cast<long long>(number));
  return text;
}

Instant at(std::int64_t seconds) { return Instant::from_ms(1'760'000'000'000 + seconds * 1'000); }

Document document(std::int64_t number, std::string body,
                  std::vector<std::pair<std::string, std::string>> keys) {
  return {guid(number), 1, at(number), at(number), std::move(body), std::move(keys)};
}

AccountRow account(std::int64_t number) {
  AccountRow row;
  row.id = guid(number);
  row.contact_id = guid(number + 1'000'000);
  row.created = at(number);
  row.updated = at(number);
  row.state = "{}";
  return row;
}

void set_totals(AccountRow& row, const ledger::Postings& sums) {
  ledger::Balance balance;
  balance.post(sums);
  row.available = balance.available();
  row.held = balance.held();
  row.earned = balance.earned();
  row.adjusted = balance.adjusted();
  row.redeemed = balance.redeemed();
  row.expired = balance.expired();
}

Mover::Mover(Session& session, std::string account_id) : session_{session} {
  row_ = session_.account(account_id).value();
}

EntryRow Mover::earn(std::int64_t points, const std::string& key) {
  ledger::Entry entry{.kind = EntryKind::earn, .key = key, .amount = Points::of(points)};
  entry.postings.move(entry.amount, LedgerAccount::program_issued, LedgerAccount::member_available);
  return post(std::move(entry), "EARN");
}

EntryRow Mover::hold(std::int64_t points, const std::string& key) {
  ledger::Entry entry{.kind = EntryKind::hold, .key = key, .amount = Points::of(points)};
  entry.postings.move(entry.amount, LedgerAccount::member_available, LedgerAccount::member_held);
  entry.expires_at = at(100'000);
  return post(std::move(entry), "REDEEM");
}

EntryRow Mover::capture(std::int64_t points, const std::string& hold_key, const std::string& key) {
  ledger::Entry entry{
      .kind = EntryKind::capture, .key = key, .of = hold_key, .amount = Points::of(points)};
  entry.postings.move(entry.amount, LedgerAccount::member_held, LedgerAccount::program_redeemed);
  return post(std::move(entry), "");
}

EntryRow Mover::redeem(std::int64_t points, const std::string& key) {
  ledger::Entry entry{.kind = EntryKind::redeem, .key = key, .amount = Points::of(points)};
  entry.postings.move(entry.amount, LedgerAccount::member_available,
                      LedgerAccount::program_redeemed);
  return post(std::move(entry), "REDEEM");
}

EntryRow Mover::post(ledger::Entry entry, const std::string& type) {
  ledger::Postings sums;
  sums.move(row_.earned, LedgerAccount::program_issued, LedgerAccount::member_available);
  sums.move(row_.held, LedgerAccount::member_available, LedgerAccount::member_held);
  sums.move(row_.redeemed - row_.held, LedgerAccount::member_available,
            LedgerAccount::program_redeemed);
  sums += entry.postings;
  set_totals(row_, sums);
  entry.account = row_.id;
  entry.sequence = ++row_.sequence;
  entry.at = row_.updated = row_.updated + Duration::seconds(1);
  entry.lots = {{"lot of " + entry.key, entry.amount}};
  entry.origin = "test";
  entry.available_after = row_.available;
  entry.held_after = row_.held;
  EntryRow row{.entry = std::move(entry),
               .id = row_.id.substr(24) + ":" + std::to_string(row_.sequence),
               .transaction_type = type,
               .description = "for the test",
               .idempotency_key = {},
               .info = R"({"earnInfo":{"orderId":"order )" + std::to_string(row_.sequence) + "\"}}",
               .hash = {}};
  row.hash = hash(row_.chain, row);
  row_.chain = row.hash;
  session_.append(row);
  ++row_.revision;
  session_.update(row_, row_.revision - 1);
  return row;
}

}  // namespace loyalty::store
