#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/base/instant.h"
#include "core/ledger/entry.h"
#include "core/ledger/zone.h"
#include "core/model/catalog.h"
#include "core/money/points.h"

/// Which tier a member is in, and until when (U38 to U44, T1 to T4).
namespace loyalty {

/// The highest tier whose required points are reached, the exact number included; null: the base
/// tier. While tiers are not active everybody is in the base tier. Tiers may be in any order.
const Tier* tier_for(std::span<const Tier> tiers, bool tiers_active, Points tier_points);

/// Points that count at `now`: earned and adjusted points and their reversals of the last `months`
/// calendar months, start and now included; never below zero (U40, U41).
///
/// Requires: months >= 1. The events may be in any order (T1).
Points tier_points(std::span<const ledger::TierEvent> events, const ZoneTable& zone,
                   std::int64_t months, Instant now);

/// A member's tier now, and the first instant at which it is another if nothing else happens.
struct TierForecast {
  Points points;
  const Tier* tier = nullptr;
  std::optional<Instant> changes_at;  ///< no tier is different strictly before it (T3)
  const Tier* next_tier = nullptr;    ///< from changes_at on; meaningless without it
};

/// Follows the events out of the window one instant after another: a member falls when earned
/// points leave, and may rise when a removal does.
TierForecast tier_forecast(std::span<const Tier> tiers, bool tiers_active,
                           std::span<const ledger::TierEvent> events, const ZoneTable& zone,
                           std::int64_t months, Instant now);

}  // namespace loyalty
