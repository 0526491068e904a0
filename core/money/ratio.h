#pragma once

#include <compare>
#include <cstdint>

#include "core/base/limits.h"
#include "core/money/money.h"
#include "core/money/mul_div.h"

namespace loyalty {

/// A ratio in parts per million: 12.5 % is 125,000.
class RatePpm {
 public:
  constexpr RatePpm() = default;
  static constexpr RatePpm parts(std::int64_t per_million) { return RatePpm{per_million}; }

  constexpr std::int64_t per_million() const { return per_million_; }
  friend constexpr auto operator<=>(RatePpm, RatePpm) = default;
  static_assert(limits::tax_rate_ppm_max < 1 << 24);

 private:
  explicit constexpr RatePpm(std::int64_t per_million) : per_million_{per_million} {}
  std::int64_t per_million_ = 0;
};

inline constexpr RatePpm whole = RatePpm::parts(limits::rate_ppm_one);

/// base × rate, rounded once. 0 <= result <= base for rates up to one (K2).
///
/// Requires: base >= 0, 0 <= rate <= the highest tax rate. Splitting a large base at a million
/// keeps every product in 64 bits.
constexpr Money portion(Money base, RatePpm rate, Rounding rounding) {
  constexpr auto million = static_cast<std::uint64_t>(limits::rate_ppm_one);
  const auto units = static_cast<std::uint64_t>(base.minor_units());
  const auto ppm = static_cast<std::uint64_t>(rate.per_million());
  if (units < std::uint64_t{1} << 40) {
    const std::uint64_t product = units * ppm;  // at most 1.1 × 10^19, below 2^64
    if (rounding == Rounding::half_up) {
      return Money::minor(static_cast<std::int64_t>((product + million / 2) / million));
    }
    return Money::minor(static_cast<std::int64_t>(
        round_quotient(product / million, product % million, million, rounding)));
  }
  const std::uint64_t millions = units / million;
  const std::uint64_t product = units % million * ppm;
  const std::uint64_t quotient = millions * ppm + product / million;
  return Money::minor(
      static_cast<std::int64_t>(round_quotient(quotient, product % million, million, rounding)));
}

/// The tax inside a gross amount: gross × rate ÷ (1 + rate), rounded half up.
constexpr Money included_tax(Money gross, RatePpm rate) {
  const auto ppm = static_cast<std::uint64_t>(rate.per_million());
  return Money::minor(static_cast<std::int64_t>(
      mul_div_round(static_cast<std::uint64_t>(gross.minor_units()), ppm,
                    static_cast<std::uint64_t>(limits::rate_ppm_one) + ppm, Rounding::half_up)));
}

/// What is left of a gross amount without its tax: gross ÷ (1 + rate), rounded half up.
constexpr Money without_tax(Money gross, RatePpm rate) {
  const auto ppm = static_cast<std::uint64_t>(rate.per_million());
  constexpr auto million = static_cast<std::uint64_t>(limits::rate_ppm_one);
  return Money::minor(static_cast<std::int64_t>(mul_div_round(
      static_cast<std::uint64_t>(gross.minor_units()), million, million + ppm, Rounding::half_up)));
}

}  // namespace loyalty
