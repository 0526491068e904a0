#include "core/rules/potential.h"

#include <algorithm>

#include "core/rules/points_value.h"

namespace loyalty {
namespace {

struct Reach {
  Money amount;  ///< of the eligible lines or methods
  std::int64_t lines = 0;
  std::int64_t units = 0;
};

Reach reach_of(const CompiledEffect& effect, const CompiledScope& scope, const PreparedCart& cart,
               const RunState& untouched, Selection& selection) {
  if (effect.source->target == Target::shipping) {
    select_shipping(effect, cart, untouched, selection);
  } else {
    select_lines(effect, scope, cart, untouched, selection);
  }
  Reach reach;
  for (std::size_t at = 0; at < selection.count; ++at) {
    const std::uint32_t line = selection.line[at];
    reach.amount += selection.pool->subtotal[line];
    reach.units += selection.units_at(at);
  }
  reach.lines = static_cast<std::int64_t>(selection.count);
  return reach;
}

/// A fixed amount as often as the effect can apply it.
Money often(Money amount, const Effect& effect, const Reach& reach) {
  if (effect.target == Target::order || effect.apply == Apply::across ||
      effect.apply == Apply::cheapest_unit) {
    return amount;
  }
  const std::int64_t times = effect.apply == Apply::each ? reach.lines : reach.units;
  const bool beyond = times > 0 && amount.minor_units() > reach.amount.minor_units() / times;
  return beyond ? reach.amount : amount * times;
}

RatePpm highest_rate(const Effect& effect) {
  RatePpm rate = effect.rate;
  for (const RateStep& step : effect.steps) {
    rate = std::max(rate, step.rate);
  }
  return rate;
}

Money potential_of(const CompiledEffect& effect, const Policy& policy, const PreparedCart& cart,
                   const RunState& untouched, Points available, Selection& selection) {
  const Effect& source = *effect.source;
  const CompiledScope& scope = effect.two_scopes ? effect.get_scope : effect.scope;
  if (source.kind == EffectKind::free_item) {
    return no_money;
  }
  const Reach reach = reach_of(effect, scope, cart, untouched, selection);
  Money most = reach.amount;
  switch (source.kind) {
    case EffectKind::tiered_percent:
    case EffectKind::percent: {
      // A unit may be rounded up by less than one, whatever the fineness.
      const Money exact = portion(reach.amount, highest_rate(source), Rounding::half_up);
      const bool fine = source.apply != Apply::across || policy.basis != RoundingBasis::target;
      most = min(most, exact + Money::minor(fine ? reach.units : 1));
      break;
    }
    case EffectKind::fixed_amount:
      most = min(most, often(source.amount, source, reach));
      break;
    case EffectKind::points_as_money: {
      const Points usable = source.max_points ? min(*source.max_points, available) : available;
      most = min(most, value_of(usable, source));
      break;
    }
    default:
      break;
  }
  return source.max_discount ? min(most, *source.max_discount) : most;
}

}  // namespace

Money potential_of(const Candidate& candidate, const Policy& policy, const PreparedCart& cart,
                   const RunState& untouched, Points available, Selection& selection) {
  Money most;
  for (const CompiledEffect& effect : candidate.effects) {
    most += potential_of(effect, policy, cart, untouched, available, selection);
  }
  return most;
}

}  // namespace loyalty
