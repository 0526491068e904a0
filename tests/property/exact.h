#pragma once

#include <cstdint>
#include <vector>

#include "core/money/allocate.h"
#include "core/money/money.h"
#include "core/money/rounding.h"

/// Division and splitting by exact fractions, written to be read.
namespace loyalty::oracle {

using Amount = std::int64_t;
using Amounts = std::vector<Amount>;

inline Amount minor(Money money) { return money.minor_units(); }
Amount sum(const Amounts& amounts);

/// a × b ÷ divisor, rounded, by comparing twice the rest with the divisor.
Amount divide(Amount a, Amount b, Amount divisor, Rounding rounding);

/// Q8: every share rounded down, then all fractions sorted.
Amounts allocate(Amount total, const Amounts& weights, Split split);

/// Q8 with rooms: lines whose share exceeds their room are taken out, and the rest is split anew.
Amounts allocate_within(Amount total, const Amounts& weights, const Amounts& rooms, Split split);

}  // namespace loyalty::oracle
