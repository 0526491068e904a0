#include "core/rules/tax.h"

#include <algorithm>
#include <numeric>

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
    const auto part = static_cast<std::uint64_t>(common % fraction.divisor);
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
      sum += common / fraction.divisor * fraction.remainder;
    }
    return static_cast<std::uint64_t>((sum * 2 + common) / (common * 2));
  }
  for (const Fraction& fraction : fractions) {
    sum += (static_cast<Wide>(fraction.remainder) << 96) / fraction.divisor;
  }
  // Each term was cut by less than one unit; a tie must not be lost to that.
  return static_cast<std::uint64_t>((sum + fractions.size() + (static_cast<Wide>(1) << 95)) >> 96);
}

bool larger_fraction(const Fraction& a, const Fraction& b) {
  const std::uint64_t left = a.remainder * b.divisor;
  const std::uint64_t right = b.remainder * a.divisor;
  return left > right || (left == right && a.line < b.line);
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
  std::sort(scratch.fractions.begin(), scratch.fractions.end(), larger_fraction);
  for (std::size_t i = 0; i < static_cast<std::size_t>(leftover); ++i) {
    taxes[scratch.fractions[i].line] += Money::minor(1);
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
