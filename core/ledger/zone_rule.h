#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ledger/zone.h"

/// The trailing rule of a zone table: what happens every year after the table ends.
namespace loyalty {

/// A day of every year and a time on it.
struct YearlyMoment {
  enum class Kind : std::uint8_t {
    weekday_of_month,  ///< Mm.w.d: weekday `day` (0 is Sunday) of week `week` (5 is the last)
    day_without_leap,  ///< Jn: 1 to 365, 29 February never counted
    day_from_zero,     ///< n: 0 to 365, 29 February counted
  };
  Kind kind = Kind::weekday_of_month;
  std::int32_t month = 1;
  std::int32_t week = 1;
  std::int32_t day = 0;
  std::int32_t seconds = 7'200;  ///< of local time before the change; may be negative or past 24 h
};

struct YearlyRule {
  std::int32_t standard_offset = 0;
  struct Daylight {
    std::int32_t offset = 0;
    YearlyMoment begins;
    YearlyMoment ends;
  };
  std::optional<Daylight> daylight;
};

/// Reads the POSIX notation "std offset [dst [offset] , begins , ends]"; names are letters or
/// <anything>. The rule without begin and end, whose meaning POSIX leaves open, is refused.
std::optional<YearlyRule> parse_yearly_rule(std::string_view text);

/// The two changes of one year in time order; none for a rule without daylight saving.
std::vector<Transition> transitions_of(const YearlyRule& rule, std::int32_t year);

}  // namespace loyalty
