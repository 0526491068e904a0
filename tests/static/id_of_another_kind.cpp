#include "core/base/id.h"

namespace loyalty {

bool is_chosen(CouponId chosen, CouponId owned, [[maybe_unused]] RewardId reward) {
#ifdef MUST_FAIL
  return chosen == reward;
#else
  return chosen == owned;
#endif
}

}  // namespace loyalty
