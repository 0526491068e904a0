#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "core/base/instant.h"

namespace loyalty::serve {

/// What time it is for the server. Never runs backwards, whatever the machine's clock does. A
/// virtual one stands still until it is moved. Safe to use from any thread.
class ServerClock {
 public:
  /// Stands at `start`, or shows the machine's time.
  explicit ServerClock(std::optional<Instant> start = {});

  Instant now();
  bool is_virtual() const { return virtual_; }

  /// Moves a virtual clock on. False where that would be backwards.
  bool move_to(Instant to);

 private:
  const bool virtual_;
  std::atomic<std::int64_t> last_ms_;
};

}  // namespace loyalty::serve
