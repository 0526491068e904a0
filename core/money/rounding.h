#pragma once

#include <cstdint>

namespace loyalty {

/// How a fraction becomes a whole number of units. All modes work on magnitudes: amounts are never
/// negative where they are rounded.
enum class Rounding : std::uint8_t {
  half_up,    ///< 2.5 becomes 3
  half_even,  ///< 2.5 becomes 2, 3.5 becomes 4
  half_down,  ///< 2.5 becomes 2
  down,       ///< 2.9 becomes 2
};

/// Rounds quotient + remainder / divisor, where 0 <= remainder < divisor.
constexpr std::uint64_t round_quotient(std::uint64_t quotient, std::uint64_t remainder,
                                       std::uint64_t divisor, Rounding rounding) {
  const std::uint64_t rest = divisor - remainder;  // compares 2r with d without doubling
  switch (rounding) {
    case Rounding::half_up:
      return quotient + (remainder >= rest ? 1U : 0U);
    case Rounding::half_even:
      return quotient + (remainder > rest || (remainder == rest && quotient % 2 == 1) ? 1U : 0U);
    case Rounding::half_down:
      return quotient + (remainder > rest ? 1U : 0U);
    case Rounding::down:
      return quotient;
  }
  return quotient;
}

}  // namespace loyalty
