#pragma GCC diagnostic error "-Wunused-result"

#include "core/base/result.h"
#include "core/money/points.h"

namespace loyalty {

Result<Points> read_points();

bool points_are_there() {
#ifdef MUST_FAIL
  read_points();
  return true;
#else
  return read_points().ok();
#endif
}

}  // namespace loyalty
