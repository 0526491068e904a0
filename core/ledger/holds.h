#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/instant.h"
#include "core/ledger/lots.h"
#include "core/ledger/refusal.h"
#include "core/money/points.h"

namespace loyalty::ledger {

enum class HoldState : std::uint8_t { held, captured, released, expired };

/// `HELD`
std::string_view name_of(HoldState state);

/// Points set aside for one checkout. Ends exactly once: captured, released or expired. A
/// redemption without a hold is one that was captured at once.
struct Hold {
  std::string key = {};  ///< of the command that made it
  HoldState state = HoldState::held;
  Points points = {};       ///< set aside
  Points captured = {};     ///< spent of them
  Points refunded = {};     ///< of the captured
  Instant expires_at = {};  ///< first instant at which it can no longer be captured
  Lots lots = {};           ///< held: what is set aside; captured: what is spent and not refunded

  friend bool operator==(const Hold&, const Hold&) = default;
};

/// Why `points` of the hold cannot be captured at `at`; nothing where they can.
/// Captured and released ones say so; HOLD_EXPIRED from expires_at on; more than is held is
/// EXCEEDS_HOLD.
std::optional<RefusalCode> refuse_capture(const Hold& hold, Points points, Instant at);

/// Why the hold cannot be released at `at`.
std::optional<RefusalCode> refuse_release(const Hold& hold, Instant at);

/// Why the hold cannot be given more time at `at`.
std::optional<RefusalCode> refuse_extend(const Hold& hold, Instant at);

/// Why `points` of the redemption cannot be refunded: of an open, released or expired hold nothing
/// was spent (TRANSACTION_NOT_REFUNDABLE); refunds never exceed what was captured
/// (TRANSACTION_ALREADY_REFUNDED).
std::optional<RefusalCode> refuse_refund(const Hold& hold, Points points);

}  // namespace loyalty::ledger
