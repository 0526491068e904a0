#include "native/text/words.h"

#include <cstddef>

#include "core/base/calendar_date.h"
#include "core/money/decimal.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

/// Commas between the thousands of decimal text; what follows a point stays.
std::string with_commas(std::string_view decimal) {
  const std::size_t sign = decimal.starts_with('-') ? 1 : 0;
  const std::size_t point = decimal.find('.');
  const std::size_t end = point == std::string_view::npos ? decimal.size() : point;
  std::string out{decimal.substr(0, sign)};
  for (std::size_t i = sign; i < end; ++i) {
    if (i > sign && (end - i) % 3 == 0) {
      out += ',';
    }
    out += decimal[i];
  }
  out += decimal.substr(end);
  return out;
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string any_of(Texts tags) {
  std::string out;
  for (std::size_t i = 0; i < tags.size() && i < 4; ++i) {
    out += i == 0 ? "" : i + 1 == tags.size() ? " or " : ", ";
    out += tag_word(tags[i]);
  }
  return tags.size() > 4 ? out + " and " + std::to_string(tags.size() - 4) + " more" : out;
}

}  // namespace

std::string amount(Money money, Currency currency) {
  return with_commas(format_major(money, currency));
}

std::string amount_with_code(Money money, Currency currency) {
  return amount(money, currency) + " " + std::string{currency.code()};
}

std::string count(std::int64_t number) { return with_commas(std::to_string(number)); }

std::string percent(RatePpm rate) {
  const std::int64_t ppm = rate.per_million();
  std::string text = with_commas(std::to_string(ppm / 10'000));
  std::string decimals = std::to_string(10'000 + ppm % 10'000).substr(1);
  while (!decimals.empty() && decimals.back() == '0') {
    decimals.pop_back();
  }
  text += decimals.empty() ? "" : "." + decimals;
  return text + " %";
}

std::string date(Instant instant) {
  constexpr std::string_view months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
  constexpr std::int64_t day_ms = 86'400'000;
  const Date day = date_from_days(instant.ms() / day_ms);
  const std::int64_t minutes = instant.ms() % day_ms / 60'000;
  std::string text = std::to_string(day.day) + " " +
                     std::string{months[static_cast<std::size_t>(day.month - 1)]} + " " +
                     std::to_string(day.year);
  if (instant.ms() % day_ms != 0) {
    text += ", " + two_digits(minutes / 60) + ":" + two_digits(minutes % 60) + " UTC";
  }
  return text;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return count(number) + " " + std::string{number == 1 ? one : many};
}

PointName::PointName(const Program& program) {
  for (const PointNameForm& form : program.point_name) {
    if (!form.locale.starts_with("en") || form.text.empty()) {
      continue;
    }
    if (form.form == "one" || form.form.empty()) {
      one_ = printable(form.text);
    }
    if (form.form == "other" || form.form.empty()) {
      many_ = printable(form.text);
    }
  }
}

std::string PointName::operator()(Points points) const {
  return counted(points.count(), one_, many_);
}

std::string PointName::title() const {
  std::string text = many_;
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string tag_word(std::string_view tag) {
  const std::size_t colon = tag.rfind(':');
  const bool has_word = colon != std::string_view::npos && colon + 1 < tag.size();
  return printable(has_word ? tag.substr(colon + 1) : tag);
}

std::string scope_words(const Scope& scope, Currency currency) {
  std::string out = any_of(scope.include);
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : " ") + text; };
  if (!scope.exclude.empty()) {
    add(std::string{out.empty() ? "anything " : ""} + "but not " + any_of(scope.exclude));
  }
  if (scope.min_unit_price) {
    add("from " + amount(*scope.min_unit_price, currency) + " each");
  }
  if (scope.max_unit_price) {
    add("up to " + amount(*scope.max_unit_price, currency) + " each");
  }
  return out;
}

}  // namespace loyalty::cli
