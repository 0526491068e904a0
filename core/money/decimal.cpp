#include "core/money/decimal.h"

#include "core/base/limits.h"

namespace loyalty {

std::optional<Money> parse_major(std::string_view text, Currency currency) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view integral = text.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  const auto exponent = static_cast<std::size_t>(currency.exponent());
  if (integral.empty() || (integral.size() > 1 && integral.front() == '0') ||
      decimals.size() > exponent || (point != std::string_view::npos && decimals.empty())) {
    return std::nullopt;
  }
  std::int64_t units = 0;
  const auto append = [&units](char digit) {
    units = units * 10 + (digit - '0');
    return digit >= '0' && digit <= '9' && units <= limits::cart_minor_max;
  };
  for (const char digit : integral) {
    if (!append(digit)) {
      return std::nullopt;
    }
  }
  for (std::size_t i = 0; i < exponent; ++i) {
    if (!append(i < decimals.size() ? decimals[i] : '0')) {
      return std::nullopt;
    }
  }
  if (negative && units == 0) {
    return std::nullopt;
  }
  return Money::minor(negative ? -units : units);
}

std::string format_major(Money amount, Currency currency) {
  const bool negative = amount < no_money;
  std::string text = std::to_string(negative ? -amount.minor_units() : amount.minor_units());
  const auto exponent = static_cast<std::size_t>(currency.exponent());
  if (exponent > 0) {
    if (text.size() <= exponent) {
      text.insert(0, exponent + 1 - text.size(), '0');
    }
    text.insert(text.size() - exponent, 1, '.');
  }
  return negative ? "-" + text : text;
}

}  // namespace loyalty
