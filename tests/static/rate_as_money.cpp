#include "core/money/ratio.h"

namespace loyalty {

Money tenth_of(Money price) {
  constexpr RatePpm tenth = RatePpm::parts(100'000);
#ifdef MUST_FAIL
  return portion(tenth, price, Rounding::half_up);
#else
  return portion(price, tenth, Rounding::half_up);
#endif
}

}  // namespace loyalty
