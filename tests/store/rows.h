#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "native/store/session.h"

/// Rows for tests, made as the server makes them.
namespace loyalty::store {

/// A GUID that ends in the number.
std::string guid(std::int64_t number);

Instant at(std::int64_t seconds);

Document document(std::int64_t number, std::string body = "{}",
                  std::vector<std::pair<std::string, std::string>> keys = {});

/// An account without points.
AccountRow account(std::int64_t number);

/// Moves points as the ledger does: entries with their chain, the account with its totals. Each
/// function writes one entry and the account, and returns the entry.
class Mover {
 public:
  Mover(Session& session, std::string account_id);

  EntryRow earn(std::int64_t points, const std::string& key);
  EntryRow hold(std::int64_t points, const std::string& key);
  EntryRow capture(std::int64_t points, const std::string& hold_key, const std::string& key);
  EntryRow redeem(std::int64_t points, const std::string& key);

  AccountRow row() const { return row_; }

 private:
  EntryRow post(ledger::Entry entry, const std::string& type);

  Session& session_;
  AccountRow row_;
};

/// Sets what the sums of an account's entries say.
void set_totals(AccountRow& row, const ledger::Postings& sums);

}  // namespace loyalty::store
