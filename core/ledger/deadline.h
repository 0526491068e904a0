#pragma once

#include <optional>
#include <span>

#include "core/base/calendar_date.h"
#include "core/base/instant.h"
#include "core/ledger/zone.h"

namespace loyalty::ledger {

/// A stretch of time in which the program was paused; without an end while it still is.
struct Pause {
  Instant from;
  std::optional<Instant> to;
  friend bool operator==(const Pause&, const Pause&) = default;
};

/// When points stop being valid, as the day that was promised. The instant follows from it and the
/// zone, so that a new zone table moves future expiries and leaves past ones alone (Z17).
struct Deadline {
  Date last_day;  ///< valid through this local day (Z6)
  Instant since;  ///< when the promise was made; pauses after it postpone the day (U36)
  friend bool operator==(const Deadline&, const Deadline&) = default;
};

/// The first instant at which the deadline is over, as far as is known at `now`.
///
/// Each pause between the promise and the expiry postpones it by the pause's length; the sum is
/// then carried to the end of its local day (Z16), and never to a day before the one on which the
/// last of these pauses ends. A pause that still runs at `now` counts up to `now`, so nothing that
/// was valid when it began expires while it lasts.
///
/// Requires: pauses in time order, not overlapping. Ensures: over at `now` iff the result <= now.
Instant expiry_of(const Deadline& deadline, const ZoneTable& zone, std::span<const Pause> pauses,
                  Instant now);

}  // namespace loyalty::ledger
