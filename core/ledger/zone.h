#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/calendar_date.h"
#include "core/base/instant.h"

/// The calendar of a program: one zone, given as a table, by which every calendar rule runs (Z2,
/// Z3). The core never asks a browser or a machine for its zone, so the answer is the same
/// anywhere.
namespace loyalty {

/// From `at` on, local time is UTC plus `offset_seconds` (east positive).
struct Transition {
  Instant at;
  std::int32_t offset_seconds = 0;
  friend bool operator==(const Transition&, const Transition&) = default;
};

/// A wall-clock reading: a date and the milliseconds since its midnight, 0 to 86,399,999.
struct LocalTime {
  Date date;
  std::int64_t ms_of_day = 0;
  friend constexpr auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

class ZoneTable {
 public:
  /// UTC.
  ZoneTable() = default;

  /// The same offset at all times, within ±24 h.
  static ZoneTable fixed(std::int32_t offset_seconds);

  /// `first_offset` holds before the first transition. `rule` is what a zone file's last line says
  /// about the years after the table, in the notation of POSIX `TZ` ("CET-1CEST,M3.5.0,M10.5.0/3");
  /// empty: the last offset stays.
  ///
  /// Nothing where the transitions are not strictly ascending from 1970 on, an offset is beyond
  /// ±24 h, there are more than transitions_max, or the rule cannot be read.
  static std::optional<ZoneTable> of(std::int32_t first_offset, std::vector<Transition> transitions,
                                     std::string_view rule);

  static constexpr std::size_t transitions_max = 2'000;

  /// Seconds that local time is ahead of UTC at `at`.
  std::int32_t offset_at(Instant at) const;

  /// All transitions, those of the trailing rule up to 2200 written out.
  const std::vector<Transition>& transitions() const { return transitions_; }

  /// The offset before transition `i`.
  std::int32_t offset_before(std::size_t i) const {
    return i == 0 ? first_offset_ : transitions_[i - 1].offset_seconds;
  }

  /// Index of the first transition after `at`.
  std::size_t first_after(Instant at) const;

  friend bool operator==(const ZoneTable&, const ZoneTable&) = default;

 private:
  std::int32_t first_offset_ = 0;
  std::vector<Transition> transitions_;
};

/// What a clock on the wall shows.
LocalTime local_time(const ZoneTable& zone, Instant at);

/// The instant of a wall-clock reading. One that the clock skips counts from before the gap (02:30
/// in a gap from 2 to 3 is 03:30); of one that it shows twice the earlier is meant (Z9).
Instant instant_of(const ZoneTable& zone, LocalTime local);

/// The earliest instant whose local date is `date`: 01:00 where clocks skip midnight, the next
/// existing instant where the whole date is skipped (Z4).
Instant start_of_day(const ZoneTable& zone, Date date);

/// The day that `at` belongs to: the latest date that has started. Where clocks fall back across
/// midnight the new day stays begun, so days never run backwards (D1).
Date local_day(const ZoneTable& zone, Instant at);

/// The day `days` later (earlier when negative).
Date add_days(Date date, std::int64_t days);

/// The same day of the month `months` later (earlier when negative), clamped to the month's end:
/// 31 January + 1 is 28 or 29 February. Always from the anchor, never step by step (Z5).
Date add_months(Date date, std::int64_t months);

enum class ExpiryGrain : std::uint8_t {
  day,    ///< through the day N months later (Z6)
  month,  ///< through the month of that day: 6 July 2020 + 12 months is gone on 1 August 2021 (Z7)
};

/// The last day on which something granted on `granted` still holds.
Date last_valid_day(Date granted, std::int64_t months, ExpiryGrain grain);

/// The first instant after a day: what is valid through `last_day` is valid strictly before it
/// (Z6).
Instant end_of_day(const ZoneTable& zone, Date last_day);

/// The earliest end of a local day that is not before `at`; an end of day stays as it is (Z16).
Instant next_end_of_day(const ZoneTable& zone, Instant at);

/// Start of the rolling window of `months` calendar months that ends at `now`: the same wall-clock
/// reading that many months back (Z9). An entry at t counts while window_start(now) <= t <= now.
///
/// Clamping (29 to 31 March all look back at 28 February) and clocks that fall back would move the
/// start backwards; it stays where it was instead, so it never decreases as `now` grows (D1).
Instant window_start(const ZoneTable& zone, Instant now, std::int64_t months);

/// The first instant at which an entry made at `entry` no longer counts: the least t with
/// window_start(t) > entry (Z10).
Instant window_exit(const ZoneTable& zone, Instant entry, std::int64_t months);

/// Whether `at` lies in daily hours [from, to) of the wall clock, in minutes since midnight, 0 to
/// 1440; from > to runs over midnight. Skipped hours do not exist, doubled ones count twice (Z12).
bool in_daily_hours(const ZoneTable& zone, Instant at, std::int32_t from_minute,
                    std::int32_t to_minute);

/// When a birthday is granted in `year`: at the start of that local day; 29 February becomes 28 in
/// common years (Z13).
Instant birthday_grant(const ZoneTable& zone, std::int32_t month, std::int32_t day,
                       std::int32_t year);

/// When the message of a month is due: on its first day, when the wall clock shows `hour` (Z14).
Instant monthly_message_due(const ZoneTable& zone, std::int32_t year, std::int32_t month,
                            std::int32_t hour);

}  // namespace loyalty
