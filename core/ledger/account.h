#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/ledger/balance.h"
#include "core/ledger/deadline.h"
#include "core/ledger/entry.h"
#include "core/ledger/holds.h"
#include "core/ledger/lots.h"

namespace loyalty::ledger {

/// One earn and how much of it has been claimed back, taken or not (U13, U14).
struct Grant {
  std::string key;
  Points points;
  Points reversed;
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// What a reversal could not take: owed by the next earns (U15).
struct Debt {
  std::string grant;
  Points points;
  friend bool operator==(const Debt&, const Debt&) = default;
};

/// From when inactivity counts: the member's last activity, or the last expiry (U33).
struct InactiveSince {
  Date day;  ///< local
  Instant at;
  friend bool operator==(const InactiveSince&, const InactiveSince&) = default;
};

/// A member's account as its entries have made it.
struct Account {
  std::string id;
  std::int64_t revision = 1;  ///< one more with every visible change (U23)
  std::int64_t sequence = 0;  ///< of the last entry
  Instant last_at;            ///< ledger time of the last entry, or of the creation
  Balance balance;
  Lots lots;                             ///< of what is available, in spending order
  std::vector<Hold> holds;               ///< every redemption, in the order they were made
  std::vector<Grant> grants;             ///< every earn, likewise
  std::vector<Debt> debts;               ///< oldest first, none of zero
  std::vector<TierEvent> tier_events;    ///< in time order
  std::optional<Instant> last_activity;  ///< by the rules of what activity is (U31)
  InactiveSince inactive_since;
  std::optional<Deadline> refunded;  ///< inactivity: not gone before this (U18)
  std::string merged_into;           ///< not empty: no longer an account of its own (U30)

  Points debt() const {
    Points sum;
    for (const Debt& debt : debts) {
      sum += debt.points;
    }
    return sum;
  }

  friend bool operator==(const Account&, const Account&) = default;
};

}  // namespace loyalty::ledger
