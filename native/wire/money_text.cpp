#include "native/wire/money_text.h"

#include <charconv>

#include "core/base/limits.h"
#include "core/money/decimal.h"

namespace loyalty::wire {
namespace {

constexpr std::size_t digits_max = 40;

bool digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Appends decimal digits to a number; false where it no longer fits.
bool append(std::int64_t& number, std::string_view text) {
  for (const char c : text) {
    if (__builtin_mul_overflow(number, 10, &number) ||
        __builtin_add_overflow(number, c - '0', &number)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<std::string> decimal_text(const Json& value) {
  if (value.is_string()) {
    return value.get<std::string>();
  }
  if (value.is_number_integer()) {
    return std::to_string(value.get<std::int64_t>());
  }
  if (!value.is_number_float()) {
    return std::nullopt;
  }
  // The shortest digits that name this double are those that were sent, up to 15 of them.
  char text[digits_max];
  const auto end =
      std::to_chars(text, text + digits_max, value.get<double>(), std::chars_format::fixed);
  if (end.ec != std::errc{}) {
    return std::nullopt;
  }
  const std::string written{text, end.ptr};
  return written == "-0" ? "0" : written;
}

ScaledDecimal scaled(std::string_view text, int scale) {
  const auto fault = [](DecimalFault kind) { return ScaledDecimal{0, kind}; };
  const bool negative = text.starts_with('-');
  if (negative) {
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view part =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (!digits(whole) || (whole.size() > 1 && whole.front() == '0') ||
      (point != std::string_view::npos && !digits(part))) {
    return fault(DecimalFault::format);
  }
  const auto places = static_cast<std::size_t>(scale);
  while (part.ends_with('0')) {
    part.remove_suffix(1);
  }
  if (part.size() > places) {
    return fault(DecimalFault::scale);
  }
  std::int64_t value = 0;
  if (!append(value, whole) || !append(value, part) ||
      !append(value, std::string(places - part.size(), '0'))) {
    return fault(DecimalFault::range);
  }
  return {negative ? -value : value, std::nullopt};
}

std::string scaled_text(std::int64_t value, int scale) {
  const bool negative = value < 0;
  // Through unsigned, for the smallest of all numbers.
  const auto magnitude =
      negative ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  std::string text = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(scale);
  if (places > 0) {
    if (text.size() <= places) {
      text.insert(0, places + 1 - text.size(), '0');
    }
    text.insert(text.size() - places, 1, '.');
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
      text.pop_back();
    }
  }
  return negative ? "-" + text : text;
}

std::optional<Money> money_of(const Json& value, Currency currency) {
  const auto text = decimal_text(value);
  if (!text) {
    return std::nullopt;
  }
  const ScaledDecimal read = scaled(*text, currency.exponent());
  if (read.fault || read.value > limits::cart_minor_max || read.value < -limits::cart_minor_max) {
    return std::nullopt;
  }
  return Money::minor(read.value);
}

std::string money_text(Money amount, Currency currency) {
  return scaled_text(amount.minor_units(), currency.exponent());
}

std::string price_text(Money amount, Currency currency) {
  std::string text = money_text(amount, currency);
  const auto decimals = static_cast<std::size_t>(currency.exponent());
  if (decimals > 0) {
    std::size_t point = text.find('.');
    if (point == std::string::npos) {
      point = text.size();
      text += '.';
    }
    text.append(decimals + 1 - (text.size() - point), '0');
  }
  return text + " " + std::string{currency.code()};
}

Json money_number(Money amount, Currency currency) {
  return number_of(money_text(amount, currency));
}

Json number_of(std::string_view decimal) {
  Json number = Json::parse(decimal, nullptr, false);
  return number.is_number() ? number : Json(decimal);
}

}  // namespace loyalty::wire
