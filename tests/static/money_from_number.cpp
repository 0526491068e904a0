#include <cstdint>

#include "core/money/money.h"

namespace loyalty {

Money price_of(std::int64_t number) {
#ifdef MUST_FAIL
  const Money price = number;
#else
  const Money price = Money::minor(number);
#endif
  return price;
}

}  // namespace loyalty
