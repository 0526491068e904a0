#pragma once

#include <optional>
#include <string_view>

#include "core/ledger/zone.h"

namespace loyalty::service {

enum class Interval : std::uint8_t { year, month, week, day, hour, minute, second };

/// `YEAR` … `SECOND`.
std::optional<Interval> interval_of(std::string_view name);

/// Half open.
struct Period {
  Instant from;
  Instant to;
};

/// The period of the zone's clocks in which an instant lies. Hours and shorter ones are cut from
/// the day's beginning in elapsed time, so that an hour that a clock shows twice is two.
Period period_of(const ZoneTable& zone, Interval interval, Instant at);

}  // namespace loyalty::service
