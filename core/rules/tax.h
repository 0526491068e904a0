#pragma once

#include <cstdint>
#include <span>

#include "core/base/buffer.h"
#include "core/model/policy.h"
#include "core/money/mul_div.h"
#include "core/rules/prepared_cart.h"

namespace loyalty {

/// Room to think for order-level tax.
struct TaxScratch {
  struct Fraction {
    std::uint64_t remainder = 0;
    std::uint64_t divisor = 1;
    std::uint32_t line = 0;
  };
  Buffer<Fraction> fractions;
  Buffer<std::uint64_t> keys;  ///< the fractions in order of size
};

/// Computes the tax of every line of a pool on what is left of it (Q11), half up.
///
/// `taxes` gets one amount per line; the sum is returned. Excluded prices: the tax to add;
/// included: the tax inside. `order` rounds one exact sum and splits it by largest remainder.
Money tax_pool(const Pool& pool, std::span<const Money> left, TaxRounding rounding, bool included,
               std::span<Money> taxes, TaxScratch& scratch);

}  // namespace loyalty
