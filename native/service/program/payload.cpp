#include "native/service/program/payload.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/base/limits.h"
#include "native/wire/money_text.h"

namespace loyalty::service {
namespace {

using wire::Json;

/// `name`, or `name[2]`.
const Json* step(const Json* at, std::string_view part) {
  const std::string_view name = part.substr(0, part.find('['));
  at = name.empty() ? at : &wire::member(*at, name);
  part.remove_prefix(name.size());
  while (part.starts_with('[')) {
    std::size_t index = 0;
    const auto read = std::from_chars(part.data() + 1, part.data() + part.size(), index);
    const auto used = static_cast<std::size_t>(read.ptr - part.data());
    if (read.ec != std::errc{} || used >= part.size() || part[used] != ']' || !at->is_array() ||
        index >= at->size()) {
      return nullptr;
    }
    at = &(*at)[index];
    part.remove_prefix(used + 1);
  }
  return part.empty() ? at : nullptr;
}

const Json* at_path(const Json& payload, std::string_view path) {
  const Json* at = &payload;
  while (at != nullptr && !path.empty()) {
    const std::string_view part = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    at = step(at, part);
  }
  return at;
}

}  // namespace

Money amount_in(const Json& payload, std::string_view path, Currency currency) {
  const Json* at = at_path(payload, path);
  for (const std::string_view name : {"amount", "value"}) {
    if (at != nullptr && at->is_object() && at->contains(std::string{name})) {
      at = &wire::member(*at, name);
    }
  }
  std::string text = at == nullptr ? std::string{} : wire::decimal_text(*at).value_or("");
  const std::size_t point = text.find('.');
  if (point != std::string::npos) {
    const auto decimals = static_cast<std::size_t>(currency.exponent());
    text.resize(std::min(text.size(), decimals == 0 ? point : point + 1 + decimals));
  }
  const wire::ScaledDecimal minor = wire::scaled(text, currency.exponent());
  if (minor.fault || minor.value <= 0 || minor.value > limits::cart_minor_max) {
    return no_money;
  }
  return Money::minor(minor.value);
}

}  // namespace loyalty::service
