#include "core/ledger/zone.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/ledger/zone_rule.h"

namespace loyalty {
namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int32_t offset_max = 86'400;
constexpr std::int32_t rule_last_year = 2'200;
/// No local time is further from UTC, so what lies further away cannot matter.
constexpr Duration reach = Duration::milliseconds(2 * day_ms);

std::int64_t naive_ms(LocalTime local) {
  return days_from_date(local.date) * day_ms + local.ms_of_day;
}

std::int64_t offset_ms(const ZoneTable& zone, Instant at) {
  return std::int64_t{zone.offset_at(at)} * 1'000;
}

LocalTime local_from_naive(std::int64_t ms) {
  const std::int64_t days = ms >= 0 ? ms / day_ms : -((day_ms - 1 - ms) / day_ms);
  return {date_from_days(days), ms - days * day_ms};
}

bool is_offset(std::int32_t seconds) { return seconds >= -offset_max && seconds <= offset_max; }

/// The wall clock `months` before; the day clamped (Z5).
LocalTime months_before(LocalTime local, std::int64_t months) {
  return {add_months(local.date, -months), local.ms_of_day};
}

/// window_start() before it is kept from going backwards.
Instant raw_window_start(const ZoneTable& zone, Instant now, std::int64_t months) {
  return instant_of(zone, months_before(local_time(zone, now), months));
}

/// Every instant whose wall clock shows `local`: none, one or two.
void add_instants_of(const ZoneTable& zone, LocalTime local, std::vector<Instant>& out) {
  const std::int64_t naive = naive_ms(local);
  const Instant from = Instant::from_ms(naive) - reach;
  std::int32_t offset = zone.offset_at(from);
  std::size_t i = zone.first_after(from);
  while (true) {
    const Instant at = Instant::from_ms(naive - std::int64_t{offset} * 1'000);
    if (zone.offset_at(at) == offset) {
      out.push_back(at);
    }
    if (i == zone.transitions().size() ||
        zone.transitions()[i].at > Instant::from_ms(naive) + reach) {
      return;
    }
    offset = zone.transitions()[i].offset_seconds;
    ++i;
  }
}

/// Instants between which raw_window_start() runs at the speed of time, over the local days
/// `first` to `last`: starts of day, changes of the clock, and where the reading `months` back
/// passes a change of the clock.
std::vector<Instant> window_seams(const ZoneTable& zone, Date first, Date last,
                                  std::int64_t months) {
  std::vector<Instant> seams;
  const Instant begin = start_of_day(zone, first) - reach;
  const Instant end = start_of_day(zone, last) + reach;
  for (std::size_t i = zone.first_after(begin);
       i < zone.transitions().size() && zone.transitions()[i].at <= end; ++i) {
    seams.push_back(zone.transitions()[i].at);
  }
  for (Date date = first; date <= last; date = add_days(date, 1)) {
    add_instants_of(zone, {date, 0}, seams);
    const Date back = add_months(date, -months);
    const Instant back_end = start_of_day(zone, back) + reach;
    for (std::size_t i = zone.first_after(start_of_day(zone, back) - reach);
         i < zone.transitions().size() && zone.transitions()[i].at <= back_end; ++i) {
      const std::int64_t at = zone.transitions()[i].at.ms();
      for (const std::int32_t offset :
           {zone.offset_before(i), zone.transitions()[i].offset_seconds}) {
        const LocalTime edge = local_from_naive(at + std::int64_t{offset} * 1'000);
        if (edge.date == back) {
          add_instants_of(zone, {date, edge.ms_of_day}, seams);
        }
      }
    }
  }
  std::sort(seams.begin(), seams.end());
  seams.erase(std::unique(seams.begin(), seams.end()), seams.end());
  return seams;
}

}  // namespace

ZoneTable ZoneTable::fixed(std::int32_t offset_seconds) {
  LOYALTY_CHECK(is_offset(offset_seconds));
  ZoneTable zone;
  zone.first_offset_ = offset_seconds;
  return zone;
}

std::optional<ZoneTable> ZoneTable::of(std::int32_t first_offset,
                                       std::vector<Transition> transitions, std::string_view rule) {
  if (!is_offset(first_offset) || transitions.size() > transitions_max) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < transitions.size(); ++i) {
    const Transition& transition = transitions[i];
    const bool ascending = i == 0 || transitions[i - 1].at < transition.at;
    if (!is_offset(transition.offset_seconds) || !ascending || transition.at < Instant::min() ||
        transition.at > Instant::max()) {
      return std::nullopt;
    }
  }
  ZoneTable zone;
  zone.first_offset_ = first_offset;
  zone.transitions_ = std::move(transitions);
  if (rule.empty()) {
    return zone;
  }
  const std::optional<YearlyRule> yearly = parse_yearly_rule(rule);
  if (!yearly) {
    return std::nullopt;
  }
  const Instant table_end =
      zone.transitions_.empty() ? Instant::min() : zone.transitions_.back().at;
  const std::int32_t from_year = date_from_days(table_end.ms() / day_ms).year;
  for (std::int32_t year = from_year; year <= rule_last_year; ++year) {
    for (const Transition& transition : transitions_of(*yearly, year)) {
      if (transition.at > table_end) {
        zone.transitions_.push_back(transition);
      }
    }
  }
  return zone;
}

std::size_t ZoneTable::first_after(Instant at) const {
  const auto after =
      std::upper_bound(transitions_.begin(), transitions_.end(), at,
                       [](Instant wanted, const Transition& t) { return wanted < t.at; });
  return static_cast<std::size_t>(after - transitions_.begin());
}

std::int32_t ZoneTable::offset_at(Instant at) const { return offset_before(first_after(at)); }

LocalTime local_time(const ZoneTable& zone, Instant at) {
  return local_from_naive(at.ms() + offset_ms(zone, at));
}

Instant instant_of(const ZoneTable& zone, LocalTime local) {
  const std::int64_t naive = naive_ms(local);
  const Instant from = Instant::from_ms(naive) - reach;
  const Instant to = Instant::from_ms(naive) + reach;
  // One stretch of equal offset after another; the first that contains the reading has the earlier
  // instant, and a stretch that ends before the next one's reading begins has skipped it.
  std::size_t i = zone.first_after(from);
  while (true) {
    const std::int64_t offset = std::int64_t{zone.offset_before(i)} * 1'000;
    const Instant at = Instant::from_ms(naive - offset);
    if (i == zone.transitions().size() || zone.transitions()[i].at > to) {
      return at;
    }
    const Transition& next = zone.transitions()[i];
    const std::int64_t next_reading = next.at.ms() + std::int64_t{next.offset_seconds} * 1'000;
    if (at < next.at || naive < next_reading) {
      return at;
    }
    ++i;
  }
}

Instant start_of_day(const ZoneTable& zone, Date date) {
  const std::int64_t midnight = naive_ms({date, 0});
  const Instant from = Instant::from_ms(midnight) - reach;
  for (std::size_t i = zone.first_after(from);; ++i) {
    const Instant stretch_begin = i == 0 ? from : std::max(from, zone.transitions()[i - 1].at);
    const Instant reached =
        Instant::from_ms(midnight - std::int64_t{zone.offset_before(i)} * 1'000);
    const Instant at = std::max(stretch_begin, reached);
    if (i == zone.transitions().size() || at < zone.transitions()[i].at) {
      return at;
    }
  }
}

Date local_day(const ZoneTable& zone, Instant at) {
  const Date shown = local_time(zone, at).date;
  const Date next = add_days(shown, 1);
  return start_of_day(zone, next) <= at ? next : shown;
}

Date add_days(Date date, std::int64_t days) { return date_from_days(days_from_date(date) + days); }

Date add_months(Date date, std::int64_t months) {
  const std::int64_t index = std::int64_t{date.year} * 12 + date.month - 1 + months;
  LOYALTY_CHECK(index >= 0);
  const auto year = static_cast<std::int32_t>(index / 12);
  const auto month = static_cast<std::int32_t>(index % 12 + 1);
  return {year, month, std::min(date.day, days_in_month(year, month))};
}

Date last_valid_day(Date granted, std::int64_t months, ExpiryGrain grain) {
  const Date day = add_months(granted, months);
  return grain == ExpiryGrain::day ? day
                                   : Date{day.year, day.month, days_in_month(day.year, day.month)};
}

Instant end_of_day(const ZoneTable& zone, Date last_day) {
  return start_of_day(zone, add_days(last_day, 1));
}

Instant next_end_of_day(const ZoneTable& zone, Instant at) {
  return end_of_day(zone, local_day(zone, at - Duration::milliseconds(1)));
}

Instant window_start(const ZoneTable& zone, Instant now, std::int64_t months) {
  // The start has only ever fallen back at a seam, by less than the three days that clamping can
  // repeat plus a change of the clock; so the last days hold the furthest that it has been.
  constexpr std::int64_t look_back_days = 6;
  const Date today = local_time(zone, now).date;
  Instant furthest = raw_window_start(zone, now, months);
  for (const Instant seam :
       window_seams(zone, add_days(today, -look_back_days), add_days(today, 1), months)) {
    if (seam <= now) {
      furthest =
          std::max(furthest, raw_window_start(zone, seam - Duration::milliseconds(1), months));
    }
  }
  return furthest;
}

Instant window_exit(const ZoneTable& zone, Instant entry, std::int64_t months) {
  const Date target = add_months(local_time(zone, entry).date, months);
  const std::vector<Instant> seams =
      window_seams(zone, add_days(target, -3), add_days(target, 7), months);
  for (std::size_t i = 0; i + 1 < seams.size(); ++i) {
    const Instant start = raw_window_start(zone, seams[i], months);
    const Instant beyond =
        start > entry ? seams[i] : seams[i] + (entry - start) + Duration::milliseconds(1);
    if (beyond < seams[i + 1]) {
      return beyond;
    }
  }
  LOYALTY_CHECK(false);
  return entry;
}

bool in_daily_hours(const ZoneTable& zone, Instant at, std::int32_t from_minute,
                    std::int32_t to_minute) {
  const std::int64_t minute = local_time(zone, at).ms_of_day / 60'000;
  return from_minute <= to_minute ? from_minute <= minute && minute < to_minute
                                  : from_minute <= minute || minute < to_minute;
}

Instant birthday_grant(const ZoneTable& zone, std::int32_t month, std::int32_t day,
                       std::int32_t year) {
  return start_of_day(zone, {year, month, std::min(day, days_in_month(year, month))});
}

Instant monthly_message_due(const ZoneTable& zone, std::int32_t year, std::int32_t month,
                            std::int32_t hour) {
  return instant_of(zone, {{year, month, 1}, std::int64_t{hour} * 3'600'000});
}

}  // namespace loyalty
