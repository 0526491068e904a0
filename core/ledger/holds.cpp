#include "core/ledger/holds.h"

#include <cstddef>

namespace loyalty::ledger {
namespace {

std::optional<RefusalCode> refuse_ended(const Hold& hold, Instant at) {
  switch (hold.state) {
    case HoldState::captured:
      return RefusalCode::already_captured;
    case HoldState::released:
      return RefusalCode::already_released;
    case HoldState::expired:
      return RefusalCode::hold_expired;
    case HoldState::held:
      break;
  }
  if (at >= hold.expires_at) {
    return RefusalCode::hold_expired;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(HoldState state) {
  constexpr std::string_view names[] = {"HELD", "CAPTURED", "RELEASED", "EXPIRED"};
  return names[static_cast<std::size_t>(state)];
}

std::optional<RefusalCode> refuse_capture(const Hold& hold, Points points, Instant at) {
  if (const std::optional<RefusalCode> ended = refuse_ended(hold, at)) {
    return ended;
  }
  if (points > hold.points) {
    return RefusalCode::exceeds_hold;
  }
  return std::nullopt;
}

std::optional<RefusalCode> refuse_release(const Hold& hold, Instant at) {
  return refuse_ended(hold, at);
}

std::optional<RefusalCode> refuse_extend(const Hold& hold, Instant at) {
  return refuse_ended(hold, at);
}

std::optional<RefusalCode> refuse_refund(const Hold& hold, Points points) {
  if (hold.state != HoldState::captured) {
    return RefusalCode::transaction_not_refundable;
  }
  if (hold.refunded + points > hold.captured || hold.refunded == hold.captured) {
    return RefusalCode::transaction_already_refunded;
  }
  return std::nullopt;
}

}  // namespace loyalty::ledger
