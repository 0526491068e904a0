#include "core/base/instant.h"

#include "core/base/calendar_date.h"

namespace loyalty {
namespace {

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
  constexpr std::string_view pattern = "0000-00-00T00:00:00";
  std::int32_t parts[6] = {};  // year, month, day, hour, minute, second
  std::size_t part = 0;
  std::size_t at = 0;
  for (; at < pattern.size(); ++at) {
    if (at == text.size()) {
      return std::nullopt;
    }
    const char c = text[at];
    if (pattern[at] != '0') {
      if (c != pattern[at]) {
        return std::nullopt;
      }
      ++part;
    } else if (c < '0' || c > '9') {
      return std::nullopt;
    } else {
      parts[part] = parts[part] * 10 + (c - '0');
    }
  }
  const Date date{parts[0], parts[1], parts[2]};
  if (date.year < 1970 || date.year > 2199 || date.month < 1 || date.month > 12 || date.day < 1 ||
      date.day > days_in_month(date.year, date.month) || parts[3] > 23 || parts[4] > 59 ||
      parts[5] > 59) {
    return std::nullopt;
  }
  std::int64_t milliseconds = 0;
  if (at < text.size() && text[at] == '.') {
    const std::size_t first = ++at;
    std::int64_t worth = 100;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, worth /= 10) {
      milliseconds += worth * (text[at] - '0');
    }
    if (at == first || at > first + 3) {
      return std::nullopt;
    }
  }
  const std::string_view offset = text.substr(at);
  if (offset != "Z" && offset != "+00:00") {
    return std::nullopt;
  }
  const std::int32_t seconds = (parts[3] * 60 + parts[4]) * 60 + parts[5];
  return Instant::from_ms(days_from_date(date) * day_ms + std::int64_t{seconds} * 1'000 +
                          milliseconds);
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
