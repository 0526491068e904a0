#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/money/currency.h"
#include "core/money/money.h"
#include "native/wire/json.h"

/// Amounts as they travel: decimal texts and JSON numbers, read and written exactly.
namespace loyalty::wire {

/// The number as decimal text: `4.5` for the double nearest to 4.5, which is what was sent. Texts
/// are given back as they are; nothing for anything else, or a number of more than 40 digits.
std::optional<std::string> decimal_text(const Json& value);

/// Why a decimal text has no scaled integer.
enum class DecimalFault : std::uint8_t { format, scale, range };

struct ScaledDecimal {
  std::int64_t value = 0;  ///< times 10^scale
  std::optional<DecimalFault> fault;
};

/// Reads `-?digits(.digits)?` without superfluous leading zeros. More than `scale` decimals are a
/// fault unless they are zeros.
ScaledDecimal scaled(std::string_view text, int scale);

/// The shortest text of value / 10^scale: "3.5", "3", "-0.01".
std::string scaled_text(std::int64_t value, int scale);

/// Decimal text or number in major units as minor units of the currency. Nothing where it is no
/// decimal, has more decimals than the currency, or is beyond the amounts that the core computes
/// with.
std::optional<Money> money_of(const Json& value, Currency currency);

/// Major units as the shortest decimal text: 1250 EUR is "12.5".
std::string money_text(Money amount, Currency currency);

/// With all decimals of the currency, for a sentence: `12.50 USD`.
std::string price_text(Money amount, Currency currency);

/// Major units as a JSON number, for the fields that travel as numbers: 1250 EUR is 12.5, 1200 is
/// 12.
Json money_number(Money amount, Currency currency);

/// A decimal text as a JSON number; the text itself where it is none.
Json number_of(std::string_view decimal);

}  // namespace loyalty::wire
