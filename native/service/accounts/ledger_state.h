#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/ledger/account.h"
#include "native/store/records.h"

/// Accounts of the ledger as rows of the store, and back.
namespace loyalty::service {

/// An account as the ledger knows it, as far as its row tells: with its open holds, without ended
/// ones and without grants. Those are items, loaded where a command names them.
struct StoredAccount {
  ledger::Account account;
  std::optional<Instant> reminded;  ///< the expiry of which the member has been told
};

/// Throws store::Corrupt where the row is not what write_account() writes.
StoredAccount read_account(const store::AccountRow& row);

/// What the text of a state alone tells: lots, holds, tier events, activity; not the totals.
ledger::Account read_state(std::string_view state);

/// Sets everything in the row that the ledger decides. Requires: no ended holds, no grants.
/// Tier events that no window can reach any more are left out; `now` is the time to tell by.
void write_account(const StoredAccount& stored, const ZoneTable& zone, Instant now,
                   store::AccountRow& row);

/// The member's own last doing (U31), without reading the whole state.
std::optional<Instant> qualifying_activity(const store::AccountRow& row);

/// What is kept beside an account under the key of the command that made it.
using Item = std::variant<ledger::Hold, ledger::Grant>;
store::ItemRow row_of(const std::string& account_id, const ledger::Hold& hold);
store::ItemRow row_of(const std::string& account_id, const ledger::Grant& grant);
/// Throws store::Corrupt.
Item read_item(const store::ItemRow& row);

}  // namespace loyalty::service
