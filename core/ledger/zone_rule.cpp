#include "core/ledger/zone_rule.h"

#include <utility>

namespace loyalty {
namespace {

/// Walks over a rule; every step either consumes what it names or leaves `ok` false.
struct RuleReader {
  std::string_view text;
  bool ok = true;

  bool take(char wanted) {
    if (text.empty() || text.front() != wanted) {
      return false;
    }
    text.remove_prefix(1);
    return true;
  }

  void need(char wanted) { ok = take(wanted) && ok; }

  std::int32_t number(std::int32_t from, std::int32_t to) {
    std::int32_t value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 4 && text[digits] >= '0' && text[digits] <= '9') {
      value = value * 10 + (text[digits] - '0');
      ++digits;
    }
    ok = ok && digits > 0 && value >= from && value <= to;
    text.remove_prefix(digits);
    return value;
  }

  /// At least three letters, or <...>; only its extent matters.
  void name() {
    std::size_t length = 0;
    if (take('<')) {
      while (length < text.size() && text[length] != '>') {
        ++length;
      }
      text.remove_prefix(length);
      need('>');
    } else {
      while (length < text.size() &&
             ((text[length] | 0x20) >= 'a' && (text[length] | 0x20) <= 'z')) {
        ++length;
      }
      text.remove_prefix(length);
    }
    ok = ok && length >= 3;
  }

  /// [+-]h[h[h]][:mm[:ss]] in seconds.
  std::int32_t time(std::int32_t hours_max) {
    const bool negative = take('-');
    if (!negative) {
      take('+');
    }
    std::int32_t seconds = number(0, hours_max) * 3'600;
    if (take(':')) {
      seconds += number(0, 59) * 60;
      if (take(':')) {
        seconds += number(0, 59);
      }
    }
    return negative ? -seconds : seconds;
  }

  YearlyMoment moment() {
    YearlyMoment moment;
    if (take('M')) {
      moment.month = number(1, 12);
      need('.');
      moment.week = number(1, 5);
      need('.');
      moment.day = number(0, 6);
    } else if (take('J')) {
      moment.kind = YearlyMoment::Kind::day_without_leap;
      moment.day = number(1, 365);
    } else {
      moment.kind = YearlyMoment::Kind::day_from_zero;
      moment.day = number(0, 365);
    }
    if (take('/')) {
      moment.seconds = time(167);
    }
    return moment;
  }
};

std::int64_t day_of(const YearlyMoment& moment, std::int32_t year) {
  const std::int64_t new_year = days_from_date({year, 1, 1});
  switch (moment.kind) {
    case YearlyMoment::Kind::day_without_leap:
      return new_year + moment.day - 1 + (is_leap_year(year) && moment.day >= 60 ? 1 : 0);
    case YearlyMoment::Kind::day_from_zero:
      return new_year + moment.day;
    case YearlyMoment::Kind::weekday_of_month:
      break;
  }
  const std::int64_t first = days_from_date({year, moment.month, 1});
  const std::int64_t weekday_of_first = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  std::int64_t day = (moment.day - weekday_of_first + 7) % 7 + (moment.week - 1) * 7;
  while (day >= days_in_month(year, moment.month)) {
    day -= 7;
  }
  return first + day;
}

Instant instant_in(const YearlyMoment& moment, std::int32_t year, std::int32_t offset_before) {
  const std::int64_t seconds = day_of(moment, year) * 86'400 + moment.seconds - offset_before;
  return Instant::from_ms(seconds * 1'000);
}

}  // namespace

std::optional<YearlyRule> parse_yearly_rule(std::string_view text) {
  RuleReader reader{.text = text};
  YearlyRule rule;
  reader.name();
  rule.standard_offset = -reader.time(24);  // POSIX counts west of Greenwich
  if (reader.ok && !reader.text.empty()) {
    YearlyRule::Daylight daylight{.offset = rule.standard_offset + 3'600, .begins = {}, .ends = {}};
    reader.name();
    if (!reader.text.empty() && reader.text.front() != ',') {
      daylight.offset = -reader.time(24);
    }
    reader.need(',');
    daylight.begins = reader.moment();
    reader.need(',');
    daylight.ends = reader.moment();
    rule.daylight = daylight;
  }
  if (!reader.ok || !reader.text.empty()) {
    return std::nullopt;
  }
  return rule;
}

std::vector<Transition> transitions_of(const YearlyRule& rule, std::int32_t year) {
  if (!rule.daylight) {
    return {};
  }
  const YearlyRule::Daylight& daylight = *rule.daylight;
  Transition begins{instant_in(daylight.begins, year, rule.standard_offset), daylight.offset};
  Transition ends{instant_in(daylight.ends, year, daylight.offset), rule.standard_offset};
  if (ends.at < begins.at) {
    std::swap(begins, ends);
  }
  return {begins, ends};
}

}  // namespace loyalty
