#include "native/serve/clock.h"

#include <algorithm>
#include <chrono>

namespace loyalty::serve {
namespace {

std::int64_t machine_ms() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
}

}  // namespace

ServerClock::ServerClock(std::optional<Instant> start)
    : virtual_{start.has_value()}, last_ms_{start.value_or(Instant{}).ms()} {}

Instant ServerClock::now() {
  std::int64_t last = last_ms_.load(std::memory_order_relaxed);
  if (virtual_) {
    return Instant::from_ms(last);
  }
  const std::int64_t now = machine_ms();
  while (now > last && !last_ms_.compare_exchange_weak(last, now, std::memory_order_relaxed)) {
  }
  return Instant::from_ms(std::max(now, last));
}

bool ServerClock::move_to(Instant to) {
  if (!virtual_ || to.ms() < last_ms_.load() || to > Instant::max()) {
    return false;
  }
  last_ms_.store(to.ms());
  return true;
}

}  // namespace loyalty::serve
