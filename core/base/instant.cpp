#include "core/base/instant.h"

#include "core/base/calendar_date.h"

namespace loyalty {
namespace {

/// Exactly `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) {
    return -1;
  }
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return -1;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

char* put(char* out, std::int64_t value, int width) {
  for (int i = width - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  return out + width;
}

constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return std::nullopt;
  }
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (year < 1970 || year > 2199 || month < 1 || month > 12 || day < 1 ||
      day > days_in_month(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0 || second > 59) {
    return std::nullopt;
  }
  std::size_t at = 19;
  std::int64_t milliseconds = 0;
  if (text[at] == '.') {
    std::size_t count = 0;
    while (at + 1 + count < text.size() && text[at + 1 + count] >= '0' &&
           text[at + 1 + count] <= '9') {
      ++count;
    }
    if (count < 1 || count > 3) {
      return std::nullopt;
    }
    milliseconds = digits(text, at + 1, count);
    milliseconds *= count == 1 ? 100 : count == 2 ? 10 : 1;
    at += 1 + count;
  }
  const std::string_view offset = text.substr(at);
  if (offset != "Z" && offset != "+00:00") {
    return std::nullopt;
  }
  const std::int64_t days = days_from_date({year, month, day});
  const std::int64_t seconds = (std::int64_t{hour} * 60 + minute) * 60 + second;
  return Instant::from_ms(days * day_ms + seconds * 1'000 + milliseconds);
}

int format_instant(Instant instant, char* out) {
  const std::int64_t days = instant.ms() / day_ms;
  const std::int64_t rest = instant.ms() % day_ms;
  const Date date = date_from_days(days);
  char* p = put(out, date.year, 4);
  *p++ = '-';
  p = put(p, date.month, 2);
  *p++ = '-';
  p = put(p, date.day, 2);
  *p++ = 'T';
  p = put(p, rest / 3'600'000, 2);
  *p++ = ':';
  p = put(p, rest / 60'000 % 60, 2);
  *p++ = ':';
  p = put(p, rest / 1'000 % 60, 2);
  if (rest % 1'000 != 0) {
    *p++ = '.';
    p = put(p, rest % 1'000, 3);
  }
  *p++ = 'Z';
  return static_cast<int>(p - out);
}

}  // namespace loyalty
