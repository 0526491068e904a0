#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/catalog.h"
#include "core/money/money.h"
#include "core/money/points.h"

/// What points are worth in money: the most that they buy, however many orders that takes.
namespace loyalty::service {

/// One way to turn points into money.
struct Exchange {
  const Reward* reward = nullptr;
  Points cost;   ///< so many points
  Money amount;  ///< give so much
  /// Points as money from here on, by steps of this, any number of them; null: a coupon at a time.
  const Effect* effect = nullptr;

  /// What the points buy, rounded down to what can be spent: whole steps, whole coupons.
  Money value_of(Points points) const;
};

/// By the active rewards of a catalog, which outlives this. A tier exchanges by its flexible
/// rewards; where it has none by its coupons of a fixed amount; else its points have no price.
class PointsWorth {
 public:
  explicit PointsWorth(const Catalog& catalog);

  /// The exchange that gives most for one point; null where the tier has none.
  const Exchange* best_rate(std::string_view tier_id) const;
  /// The exchange by which these points buy most; null where they buy nothing.
  const Exchange* best_for(std::string_view tier_id, Points points) const;
  /// The most that they buy by one of the exchanges.
  Money value_of(std::string_view tier_id, Points points) const;

 private:
  const std::vector<Exchange>& exchanges(std::string_view tier_id) const;

  const Catalog& catalog_;
  mutable std::map<std::string, std::vector<Exchange>, std::less<>> by_tier_;
};

}  // namespace loyalty::service
