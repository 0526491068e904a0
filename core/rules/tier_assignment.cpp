#include "core/rules/tier_assignment.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace loyalty {
namespace {

/// The sum in the window moves by `points` at `at`.
struct Step {
  Instant at;
  Points points;
};

/// What will change after `now`, in time order.
std::vector<Step> steps_after(std::span<const ledger::TierEvent> events, const ZoneTable& zone,
                              std::int64_t months, Instant now) {
  const Instant start = window_start(zone, now, months);
  std::vector<Step> steps;
  for (const ledger::TierEvent& event : events) {
    if (event.at > now) {
      steps.push_back({event.at, event.points});
    }
    if (event.at >= start) {
      steps.push_back({window_exit(zone, event.at, months), -event.points});
    }
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.at < b.at; });
  return steps;
}

/// The sum in the window as it is, before it is kept from going below zero.
Points sum_in_window(std::span<const ledger::TierEvent> events, const ZoneTable& zone,
                     std::int64_t months, Instant now) {
  const Instant start = window_start(zone, now, months);
  Points sum;
  for (const ledger::TierEvent& event : events) {
    if (start <= event.at && event.at <= now) {
      sum += event.points;
    }
  }
  return sum;
}

}  // namespace

const Tier* tier_for(std::span<const Tier> tiers, bool tiers_active, Points tier_points) {
  const Tier* highest = nullptr;
  for (const Tier& tier : tiers) {
    const bool reached = tiers_active && tier.required_points <= tier_points;
    if (reached && (highest == nullptr || highest->required_points < tier.required_points)) {
      highest = &tier;
    }
  }
  return highest;
}

Points tier_points(std::span<const ledger::TierEvent> events, const ZoneTable& zone,
                   std::int64_t months, Instant now) {
  return max(no_points, sum_in_window(events, zone, months, now));
}

TierForecast tier_forecast(std::span<const Tier> tiers, bool tiers_active,
                           std::span<const ledger::TierEvent> events, const ZoneTable& zone,
                           std::int64_t months, Instant now) {
  Points sum = sum_in_window(events, zone, months, now);
  TierForecast forecast{
      .points = max(no_points, sum), .tier = {}, .changes_at = {}, .next_tier = {}};
  forecast.tier = tier_for(tiers, tiers_active, forecast.points);
  if (!tiers_active || tiers.empty()) {
    return forecast;
  }
  const std::vector<Step> steps = steps_after(events, zone, months, now);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    sum += steps[i].points;
    if (i + 1 < steps.size() && steps[i + 1].at == steps[i].at) {
      continue;  // what happens at one instant is one change
    }
    const Tier* tier = tier_for(tiers, tiers_active, sum);
    if (tier != forecast.tier) {
      forecast.changes_at = steps[i].at;
      forecast.next_tier = tier;
      break;
    }
  }
  return forecast;
}

}  // namespace loyalty
