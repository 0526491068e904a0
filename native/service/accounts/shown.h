#pragma once

#include <string>
#include <string_view>

#include "core/money/points.h"
#include "native/store/records.h"

/// Accounts and movements as the public API shows them, as JSON text: events need nothing else.
namespace loyalty::service {

/// LoyaltyAccount.
std::string account_text(const store::AccountRow& row);

/// LoyaltyTransaction.
std::string transaction_text(const store::EntryRow& row);

/// What an account tells of its latest transaction (U87).
std::string latest_text(const store::EntryRow& row, std::string_view app_id);

/// `EARN`; empty: the movement is not shown (U95). A hold is spent when it is made, and comes back
/// when it is not used; a capture shows only what comes back.
std::string_view transaction_type(const ledger::Entry& entry);

/// A magnitude, signed for ADJUST (U20).
Points shown_amount(const ledger::Entry& entry);

/// What the balance changes by.
Points balance_delta(const ledger::Entry& entry);

}  // namespace loyalty::service
