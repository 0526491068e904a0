#include "core/money/money.h"
#include "core/money/points.h"

namespace loyalty {

Money paid_with(Money cash, [[maybe_unused]] Points points) {
#ifdef MUST_FAIL
  return cash + points;
#else
  return cash + no_money;
#endif
}

}  // namespace loyalty
