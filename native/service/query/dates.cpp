#include "native/service/query/dates.h"

#include <algorithm>
#include <charconv>

namespace loyalty::service {
namespace {

std::string padded(std::int32_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

}  // namespace

std::string month_text(Date date) { return padded(date.year, 4) + "-" + padded(date.month, 2); }

std::string date_text(Date date) { return month_text(date) + "-" + padded(date.day, 2); }

Date date_in(std::string_view text) {
  Date date;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::int32_t* part : {&date.year, &date.month, &date.day}) {
    at = std::from_chars(at, end, *part).ptr;
    at += at != end && *at == '-' ? 1 : 0;
  }
  return date;
}

Period days_of(const ZoneTable& zone, const wire::Json& request) {
  constexpr Instant first = Instant::from_ms(0);  // nothing here is older
  Period period{Instant::min(), Instant::max()};
  if (const std::string from = wire::text_at(request, "from"); !from.empty()) {
    period.from = std::max(first, start_of_day(zone, date_in(from)));
  }
  if (const std::string to = wire::text_at(request, "to"); !to.empty()) {
    period.to = std::max(first, start_of_day(zone, add_days(date_in(to), 1)));
  }
  return period;
}

}  // namespace loyalty::service
