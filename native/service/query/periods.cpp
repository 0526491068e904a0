#include "native/service/query/periods.h"

#include <algorithm>

#include "core/base/calendar_date.h"

namespace loyalty::service {
namespace {

struct Name {
  std::string_view name;
  Interval interval;
};
constexpr Name names[] = {
    {"YEAR", Interval::year},     {"MONTH", Interval::month}, {"WEEK", Interval::week},
    {"DAY", Interval::day},       {"HOUR", Interval::hour},   {"MINUTE", Interval::minute},
    {"SECOND", Interval::second},
};

/// Days since the Monday before or at the date: 1970-01-01 was a Thursday.
std::int64_t days_since_monday(Date date) { return ((days_from_date(date) + 3) % 7 + 7) % 7; }

Period of_days(const ZoneTable& zone, Date first, Date next) {
  return {start_of_day(zone, first), start_of_day(zone, next)};
}

Period of_length(const ZoneTable& zone, Instant at, Duration length) {
  const Instant day = start_of_day(zone, local_day(zone, at));
  const std::int64_t ms = length.in_milliseconds();
  const Instant from = Instant::from_ms(at.ms() - (at - day).in_milliseconds() % ms);
  return {from, from + length};
}

}  // namespace

std::optional<Interval> interval_of(std::string_view name) {
  const Name* found = std::find_if(std::begin(names), std::end(names),
                                   [name](const Name& one) { return one.name == name; });
  return found == std::end(names) ? std::nullopt : std::optional{found->interval};
}

Period period_of(const ZoneTable& zone, Interval interval, Instant at) {
  const Date day = local_day(zone, at);
  const Date month{day.year, day.month, 1};
  const Date year{day.year, 1, 1};
  const Date monday = add_days(day, -days_since_monday(day));
  switch (interval) {
    case Interval::year:
      return of_days(zone, year, add_months(year, 12));
    case Interval::month:
      return of_days(zone, month, add_months(month, 1));
    case Interval::week:
      return of_days(zone, monday, add_days(monday, 7));
    case Interval::day:
      return of_days(zone, day, add_days(day, 1));
    case Interval::hour:
      return of_length(zone, at, Duration::minutes(60));
    case Interval::minute:
      return of_length(zone, at, Duration::minutes(1));
    case Interval::second:
      return of_length(zone, at, Duration::seconds(1));
  }
  return {at, at};
}

}  // namespace loyalty::service
