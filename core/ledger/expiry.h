#pragma once

#include <optional>

#include "core/base/instant.h"
#include "core/ledger/account.h"
#include "core/ledger/settings.h"
#include "core/money/points.h"

/// When points expire, by either model (U31 to U37). All instants are as far as is known at `now`:
/// a program that is paused postpones them from moment to moment.
namespace loyalty::ledger {

/// The first instant at which the lot is gone, under the model of lots.
Instant lot_expiry(const Program& program, const Lot& lot, Instant now);

/// The instant at which the account loses its percentage for inactivity.
Instant inactivity_expiry(const Program& program, const Account& account, Instant now);

/// When and what an account loses next.
struct NextExpiry {
  Instant at;
  Points points;
  friend bool operator==(const NextExpiry&, const NextExpiry&) = default;
};

/// Nothing where no points expire. Inactivity: floor(available × percentage / 100), which may be
/// zero, and then the clock merely starts again (U32, U33). Lots: all that are gone at that
/// instant.
std::optional<NextExpiry> next_expiry(const Program& program, const Account& account, Instant now);

/// Puts the lots in spending order: earliest expiry (under the model of lots), then earliest grant,
/// then sequence, then key (Z8).
void put_in_spending_order(const Program& program, Account& account, Instant now);

/// The day before which nothing refunded or changed at `at` expires (U18, U35).
Deadline grace_from(const ZoneTable& zone, Instant at);

}  // namespace loyalty::ledger
