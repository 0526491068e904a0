#include "core/rules/tax.h"

#include <numeric>

#include "core/base/sort.h"

namespace loyalty {
namespace {

constexpr auto million = static_cast<std::uint64_t>(limits::rate_ppm_one);

using Fraction = TaxScratch::Fraction;

Money tax_on(Money net, RatePpm rate, bool included) {
  return included ? included_tax(net, rate) : portion(net, rate, Rounding::half_up);
}

Money tax_on_units(Money left, std::int64_t quantity, RatePpm rate, bool included) {
  const std::int64_t each = left.minor_units() / quantity;
  const std::int64_t larger = left.minor_units() % quantity;
  return tax_on(Money::minor(each + 1), rate, included) * larger +
         tax_on(Money::minor(each), rate, included) * (quantity - larger);
}

/// Sums fractions exactly over their least common denominator while that fits in 100 bits, beyond
/// that in 2^-96, and rounds half up.
std::uint64_t round_sum(std::span<const Fraction> fractions) {
  constexpr Wide widest = static_cast<Wide>(1) << 100;
  Wide common = 1;
  for (const Fraction& fraction : fractions) {
    const std::uint64_t part = divide_wide(common, fraction.divisor).remainder;
    const std::uint64_t shared = std::gcd(part, fraction.divisor);
    common *= fraction.divisor / shared;
    if (common >= widest) {
      common = 0;
      break;
    }
  }
  Wide sum = 0;
  if (common != 0) {
    for (const Fraction& fraction : fractions) {
      sum += divide_wide(common, fraction.divisor).quotient * fraction.remainder;
    }
    std::uint64_t rounded = 0;  // less than there are fractions
    for (sum += common / 2; sum >= common; sum -= common) {
      ++rounded;
    }
    return rounded;
  }
  for (const Fraction& fraction : fractions) {
    sum += divide_wide(static_cast<Wide>(fraction.remainder) << 96, fraction.divisor).quotient;
  }
  // Each term was cut by less than one unit; a tie must not be lost to that.
  return static_cast<std::uint64_t>((sum + fractions.size() + (static_cast<Wide>(1) << 95)) >> 96);
}

constexpr unsigned line_bits = 10;
static_assert(limits::cart_lines_max <= 1 << line_bits);
static_assert(limits::tax_rate_ppm_max + limits::rate_ppm_one < 1 << 24);

/// A fraction in a number that sorts by size, largest first, then by line. Of divisors below 2^24
/// two different fractions differ by more than 2^-48; 50 bits tell them apart.
std::uint64_t fraction_key(const Fraction& fraction) {
  const std::uint64_t high = fraction.remainder << 32;
  const std::uint64_t low = high % fraction.divisor << 18;
  const std::uint64_t scaled = high / fraction.divisor << 18 | low / fraction.divisor;
  return ((std::uint64_t{1} << 50) - scaled) << line_bits | fraction.line;
}

Money tax_order(const Pool& pool, std::span<const Money> left, bool included,
                std::span<Money> taxes, TaxScratch& scratch) {
  scratch.fractions.clear();
  std::uint64_t whole_units = 0;
  for (std::size_t i = 0; i < pool.count; ++i) {
    const auto rate = static_cast<std::uint64_t>(pool.tax_rate[i].per_million());
    const std::uint64_t divisor = included ? million + rate : million;
    const Division exact =
        mul_div(static_cast<std::uint64_t>(left[i].minor_units()), rate, divisor);
    taxes[i] = Money::minor(static_cast<std::int64_t>(exact.quotient));
    whole_units += exact.quotient;
    if (exact.remainder > 0) {
      scratch.fractions.push_back({exact.remainder, divisor, static_cast<std::uint32_t>(i)});
    }
  }
  const std::uint64_t leftover = round_sum(scratch.fractions);
  scratch.keys.clear();
  for (const Fraction& fraction : scratch.fractions) {
    scratch.keys.push_back(fraction_key(fraction));
  }
  sort_keys({scratch.keys.data(), scratch.keys.size()});
  for (std::size_t i = 0; i < static_cast<std::size_t>(leftover); ++i) {
    taxes[scratch.keys[i] & ((1U << line_bits) - 1)] += Money::minor(1);
  }
  return Money::minor(static_cast<std::int64_t>(whole_units + leftover));
}

}  // namespace

Money tax_pool(const Pool& pool, std::span<const Money> left, TaxRounding rounding, bool included,
               std::span<Money> taxes, TaxScratch& scratch) {
  if (rounding == TaxRounding::order) {
    return tax_order(pool, left, included, taxes, scratch);
  }
  Money sum = no_money;
  for (std::size_t i = 0; i < pool.count; ++i) {
    taxes[i] = rounding == TaxRounding::unit
                   ? tax_on_units(left[i], pool.quantity[i], pool.tax_rate[i], included)
                   : tax_on(left[i], pool.tax_rate[i], included);
    sum += taxes[i];
  }
  return sum;
}

}  // namespace loyalty
