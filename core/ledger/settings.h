#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/instant.h"
#include "core/ledger/deadline.h"
#include "core/ledger/zone.h"

namespace loyalty::ledger {

enum class Status : std::uint8_t { draft, active, paused };

enum class ExpiryModel : std::uint8_t {
  none,
  inactivity,  ///< one pool per account: without activity for N months, a percentage is lost
  lots,        ///< each grant is gone N months after it was made
};

/// What becomes of points that an order gave and the member has spent, when the order is undone
/// (U15).
enum class ReversalPolicy : std::uint8_t {
  clamp,           ///< take what is there; the rest is a debt, taken from the next earns
  allow_negative,  ///< the balance goes below zero
  forgive,         ///< take what is there
};

struct ExpiryRules {
  ExpiryModel model = ExpiryModel::none;
  std::int64_t months = 12;       ///< 1 to months_max
  std::int64_t percentage = 100;  ///< inactivity: what is lost at a time, 1 to 100 (U32)
  ExpiryGrain grain = ExpiryGrain::day;
  static constexpr std::int64_t months_max = 120;
  friend bool operator==(const ExpiryRules&, const ExpiryRules&) = default;
};

/// Which entries postpone the expiry by inactivity: the member's own doing (U31).
struct ActivityRules {
  bool earn = true;
  bool redeem = true;  ///< a hold is a redemption from the moment that it is made (U95)
  bool adjust = false;
  bool refund = false;
  friend bool operator==(const ActivityRules&, const ActivityRules&) = default;
};

/// How a program runs its ledger.
struct Settings {
  ZoneTable zone;
  Status status = Status::active;
  ExpiryRules expiry;
  ActivityRules activity;
  ReversalPolicy reversal = ReversalPolicy::clamp;
  Duration hold_lifetime = Duration::minutes(60);  ///< U70
  bool create_accounts = true;  ///< a rule's grant creates a missing account (U28)
  friend bool operator==(const Settings&, const Settings&) = default;
};

/// Points last at least so long after a refund, and after the expiry rules change (U18, U35).
inline constexpr std::int64_t grace_days = 14;

/// The settings, and what happened to them.
struct Program {
  Settings settings;
  std::vector<Pause> pauses;               ///< in time order (U36)
  std::optional<Deadline> expiry_changed;  ///< nothing expires before this (U35)
  friend bool operator==(const Program&, const Program&) = default;
};

}  // namespace loyalty::ledger
