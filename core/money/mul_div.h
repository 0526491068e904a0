#pragma once

#include <bit>
#include <cstdint>

#include "core/base/check.h"
#include "core/money/rounding.h"

namespace loyalty {

// NOLINTNEXTLINE(modernize-use-using): a using cannot carry __extension__
__extension__ typedef unsigned __int128 Wide;

/// A quotient and what is left over, 0 <= remainder < divisor.
struct Division {
  std::uint64_t quotient;
  std::uint64_t remainder;
};

/// a × b ÷ divisor, exactly.
///
/// Requires: divisor > 0 and a quotient that fits in 64 bits. The product may need 128 bits; the
/// guard takes the cheap road where 64 are enough (a 128-bit division is a library call in Wasm).
constexpr Division mul_div(std::uint64_t a, std::uint64_t b, std::uint64_t divisor) {
  if (std::countl_zero(a) + std::countl_zero(b) >= 64) {
    const std::uint64_t product = a * b;
    return {product / divisor, product % divisor};
  }
  const Wide product = static_cast<Wide>(a) * b;
  const Wide quotient = product / divisor;
  LOYALTY_CHECK(quotient <= UINT64_MAX);
  return {static_cast<std::uint64_t>(quotient), static_cast<std::uint64_t>(product % divisor)};
}

/// a × b ÷ divisor, rounded once.
constexpr std::uint64_t mul_div_round(std::uint64_t a, std::uint64_t b, std::uint64_t divisor,
                                      Rounding rounding) {
  const Division division = mul_div(a, b, divisor);
  return round_quotient(division.quotient, division.remainder, divisor, rounding);
}

/// a × b ÷ divisor, rounded down, or `most` where that is less. For any quotient.
constexpr std::uint64_t mul_div_at_most(std::uint64_t a, std::uint64_t b, std::uint64_t divisor,
                                        std::uint64_t most) {
  const Wide quotient = static_cast<Wide>(a) * b / divisor;
  return quotient < most ? static_cast<std::uint64_t>(quotient) : most;
}

/// a × b ÷ divisor, rounded up.
constexpr std::uint64_t mul_div_ceil(std::uint64_t a, std::uint64_t b, std::uint64_t divisor) {
  const Division division = mul_div(a, b, divisor);
  return division.quotient + (division.remainder > 0 ? 1U : 0U);
}

}  // namespace loyalty
