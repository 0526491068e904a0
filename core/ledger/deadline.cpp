#include "core/ledger/deadline.h"

#include <algorithm>

namespace loyalty::ledger {

Instant expiry_of(const Deadline& deadline, const ZoneTable& zone, std::span<const Pause> pauses,
                  Instant now) {
  const Instant promised = end_of_day(zone, deadline.last_day);
  Instant expiry = promised;
  Duration paused;
  for (const Pause& pause : pauses) {
    const Instant from = std::max(pause.from, deadline.since);
    const Instant to = std::min(pause.to.value_or(now), std::max(now, pause.from));
    if (to <= from || expiry <= from) {
      continue;
    }
    paused = paused + (to - from);
    // Lengths are summed before the day is rounded up, so many short pauses cost no more than one;
    // but what was valid when a pause began stays valid through the day on which it ends.
    const Instant resumed = to + Duration::milliseconds(1);
    expiry = next_end_of_day(zone, std::max(promised + paused, resumed));
  }
  return expiry;
}

}  // namespace loyalty::ledger
