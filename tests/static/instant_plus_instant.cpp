#include "core/base/instant.h"

namespace loyalty {

Instant end_of(Instant start, [[maybe_unused]] Instant other, [[maybe_unused]] Duration length) {
#ifdef MUST_FAIL
  return start + other;
#else
  return start + length;
#endif
}

}  // namespace loyalty
