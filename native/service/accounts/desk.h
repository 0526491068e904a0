#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/book.h"
#include "native/service/call.h"
#include "native/store/session.h"

/// The one place where points move: loads what a command touches, lets the core decide, and writes
/// accounts, entries, hash chain and events in the call's transaction.
namespace loyalty::service {

/// What the API says about a movement beside what the ledger knows. Kept in EntryRow.
struct Movement {
  std::string description = {};
  std::string idempotency_key = {};  ///< EarnPoints only
  Json info = {};  ///< members of the transaction: earnInfo, redeemInfo, adjustInfo, refundInfo,
                   ///< expireInfo, originatedFrom, orderId
};

struct Moved {
  store::AccountRow account;           ///< as it is now
  std::string transaction_id;          ///< of the command's own entry; empty where nothing moved
  std::vector<ledger::Entry> entries;  ///< what fell due first, then the command's own
};

/// Carries out a command under a new transaction id, which becomes its key. Settles what has fallen
/// due on the account first. Emits account_updated, account_points_updated, reward availability and
/// tier changes as they happen. Throws Refused by the ledger's own code; INSUFFICIENT_POINTS and
/// NEGATIVE_BALANCE with {"required","available","missing"}.
///
/// Every command that names an account, a hold or a transaction; not SetStatus and SetExpiry, which
/// belong to the program.
Moved move(Call& call, const ledger::Command& command, const Movement& movement);

/// The account as it is at call.now, what has fallen due included; it is shown, and posted by the
/// next movement or by settle_due(). The revision is the stored one. Of an account that was merged
/// away the one that remains; nothing where there is none.
std::optional<store::AccountRow> account_now(Call& call, std::string_view account_id);

/// A row as it was read, likewise as it is at call.now.
store::AccountRow row_now(Call& call, store::AccountRow row);

/// The same with all that the ledger knows of the account: its holds and lots, and what counts for
/// its tier.
struct AccountDetail {
  store::AccountRow row;
  ledger::Account account;
};
AccountDetail detail_now(Call& call, store::AccountRow row);

/// Throws ACCOUNT_NOT_FOUND.
store::AccountRow require_account(Call& call, std::string_view account_id);

/// The caller's own account. Throws MEMBER_REQUIRED, ACCOUNT_NOT_FOUND.
store::AccountRow own_account(Call& call);

/// Opens an account for a contact. Throws PROGRAM_NOT_ACTIVE, CONTACT_NOT_FOUND,
/// ACCOUNT_ALREADY_EXISTS. `by_rule`: without the check of the status.
store::AccountRow open_account(Call& call, std::string_view contact_id, bool by_rule = false);

/// The account of a contact, opened where the program lets rules do that (U28).
std::optional<store::AccountRow> account_for_award(Call& call, std::string_view contact_id);

/// After tiers, rewards or the program changed: tier, reward availability and expiry of one account
/// anew, with events where something visible changed. `trigger` as in UpdateTrigger.
void recalculate(Call& call, std::string_view account_id, std::string_view trigger);

/// After the contact changed: its copied fields.
void contact_changed(Call& call, std::string_view contact_id);

/// LoyaltyAccount as the public API shows it.
Json account_json(const store::AccountRow& row);
/// LoyaltyTransaction.
Json transaction_json(const store::EntryRow& row);

/// An open or ended hold. Throws HOLD_NOT_FOUND.
struct HoldNow {
  ledger::Hold hold;
  std::string account_id;
};
HoldNow require_hold(Call& call, std::string_view hold_id);

/// Posts everything that has fallen due by call.now on up to `limit` accounts; how many were
/// touched.
std::size_t settle_due(Call& call, std::size_t limit);

/// The same on all accounts at once: for whoever is about to change the rules by which it fell due.
void settle_all_due(Call& call);

}  // namespace loyalty::service
