#pragma once

#include <cstdint>

#include "core/base/check.h"
#include "core/money/mul_div.h"

namespace loyalty {

/// Divides many numbers by one divisor, exactly. Splitting a discount divides once per line by the
/// same sum; a multiplication by the reciprocal costs a fifth of a hardware division.
class Divider {
 public:
  explicit constexpr Divider(std::uint64_t divisor) : divisor_{divisor} {
    LOYALTY_CHECK(divisor > 0);
#ifndef __wasm__
    reciprocal_ = UINT64_MAX / divisor;
#endif
  }

  constexpr Division divide(std::uint64_t n) const {
#ifdef __wasm__
    // The high half of a product is a library call there; the plain division is cheaper.
    return {n / divisor_, n % divisor_};
#else
    // The estimate is at most one short; the remainder tells whether it is.
    auto quotient = static_cast<std::uint64_t>(static_cast<Wide>(n) * reciprocal_ >> 64);
    std::uint64_t remainder = n - quotient * divisor_;
    while (remainder >= divisor_) {
      remainder -= divisor_;
      ++quotient;
    }
    return {quotient, remainder};
#endif
  }

 private:
  std::uint64_t divisor_;
#ifndef __wasm__
  std::uint64_t reciprocal_ = 0;
#endif
};

}  // namespace loyalty
