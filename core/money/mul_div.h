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

struct WideDivision {
  Wide quotient;
  std::uint64_t remainder;
};

/// n ÷ divisor, for any quotient. Requires: divisor > 0.
constexpr WideDivision divide_wide(Wide n, std::uint64_t divisor) {
#ifdef __wasm__
  // Bit by bit: rare there, and smaller than the library's division by 128 bits.
  const auto high = static_cast<std::uint64_t>(n >> 64);
  std::uint64_t rest = high % divisor;
  std::uint64_t low = static_cast<std::uint64_t>(n);
  for (int bit = 0; bit < 64; ++bit) {
    const bool carries = rest >> 63 != 0;
    rest = rest << 1 | low >> 63;
    low <<= 1;
    if (carries || rest >= divisor) {
      rest -= divisor;
      low |= 1;
    }
  }
  return {static_cast<Wide>(high / divisor) << 64 | low, rest};
#else
  return {n / divisor, static_cast<std::uint64_t>(n % divisor)};
#endif
}

/// a × b ÷ divisor, exactly.
///
/// Requires: divisor > 0 and a quotient that fits in 64 bits. The product may need 128 bits; the
/// guard takes the cheap road where 64 are enough (a 128-bit division is a library call in Wasm).
constexpr Division mul_div(std::uint64_t a, std::uint64_t b, std::uint64_t divisor) {
  if (std::countl_zero(a) + std::countl_zero(b) >= 64) {
    const std::uint64_t product = a * b;
    return {product / divisor, product % divisor};
  }
  const WideDivision division = divide_wide(static_cast<Wide>(a) * b, divisor);
  LOYALTY_CHECK(division.quotient <= UINT64_MAX);
  return {static_cast<std::uint64_t>(division.quotient), division.remainder};
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
  if (std::countl_zero(a) + std::countl_zero(b) >= 64) {
    const std::uint64_t quotient = a * b / divisor;
    return quotient < most ? quotient : most;
  }
  const Wide quotient = divide_wide(static_cast<Wide>(a) * b, divisor).quotient;
  return quotient < most ? static_cast<std::uint64_t>(quotient) : most;
}

/// a × b ÷ divisor, rounded up.
constexpr std::uint64_t mul_div_ceil(std::uint64_t a, std::uint64_t b, std::uint64_t divisor) {
  const Division division = mul_div(a, b, divisor);
  return division.quotient + (division.remainder > 0 ? 1U : 0U);
}

}  // namespace loyalty
