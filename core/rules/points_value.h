#pragma once

#include "core/base/limits.h"
#include "core/model/effect.h"
#include "core/money/mul_div.h"

namespace loyalty {

/// What points are worth under a points-as-money effect, rounded down (Q9); no more than a whole
/// cart.
inline Money value_of(Points points, const Effect& effect) {
  return Money::minor(static_cast<std::int64_t>(
      mul_div_at_most(static_cast<std::uint64_t>(points.count()),
                      static_cast<std::uint64_t>(effect.amount.minor_units()),
                      static_cast<std::uint64_t>(effect.cost.count()),
                      static_cast<std::uint64_t>(limits::cart_minor_max))));
}

/// Those of the available points that one use may take.
inline Points usable_points(Points available, const Effect& effect) {
  return effect.max_points ? min(available, *effect.max_points) : available;
}

/// The fewest points whose value covers a discount (Q9).
inline Points fewest_points(Money discount, const Effect& effect) {
  return Points::of(static_cast<std::int64_t>(
      mul_div_ceil(static_cast<std::uint64_t>(discount.minor_units()),
                   static_cast<std::uint64_t>(effect.cost.count()),
                   static_cast<std::uint64_t>(effect.amount.minor_units()))));
}

}  // namespace loyalty
