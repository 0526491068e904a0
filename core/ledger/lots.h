#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/calendar_date.h"
#include "core/base/instant.h"
#include "core/ledger/deadline.h"
#include "core/money/points.h"

/// Each grant is a lot, so that what is spent, expires, or is refunded is known by its origin
/// (U37). Slices of lots travel: from the account into a hold, back from it, out by expiry.
namespace loyalty::ledger {

struct Lot {
  std::string key;            ///< of the grant
  std::int64_t sequence = 0;  ///< of the grant's entry
  Instant granted_at;
  Date granted_day;                  ///< local; the calendar rules start here (Z17)
  std::optional<Deadline> refunded;  ///< not gone before this, after a refund (U18)
  Points points;

  /// Of the same grant and with the same dates: slices that can be one again.
  bool same_origin(const Lot& other) const {
    return key == other.key && refunded == other.refunded;
  }
  friend bool operator==(const Lot&, const Lot&) = default;
};

/// In spending order; no empty slice, no two of the same origin.
using Lots = std::vector<Lot>;

Points total(const Lots& lots);

/// Takes `points` from the front, and from the last lot touched only what is needed.
/// Requires: 0 <= points <= total(lots).
Lots take_front(Lots& lots, Points points);

/// Takes `points` from the back: what was taken last comes back first.
/// Requires: 0 <= points <= total(lots).
Lots take_back(Lots& lots, Points points);

/// Takes up to `points` from the slices of one grant, front first.
Lots take_of(Lots& lots, const std::string& key, Points points);

/// Unites `slices` with `lots`, at the end where there is none of the same origin. The caller puts
/// the whole in spending order again.
void give_back(Lots& lots, const Lots& slices);

}  // namespace loyalty::ledger
