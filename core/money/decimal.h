#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/money/currency.h"
#include "core/money/money.h"

namespace loyalty {

/// Reads decimal text in major units exactly: "12.5" in EUR is 1250 minor units. No sign but a
/// leading minus, no exponent, no separators, no more decimals than the currency has (K8).
std::optional<Money> parse_major(std::string_view text, Currency currency);

/// Writes an amount in major units with all decimals of the currency: 1250 EUR is "12.50".
std::string format_major(Money amount, Currency currency);

}  // namespace loyalty
