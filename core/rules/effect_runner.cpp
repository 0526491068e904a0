#include "core/rules/effect_runner.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/rules/buy_x_get_y.h"
#include "core/rules/points_value.h"

namespace loyalty {
namespace {

Money sum_of(std::span<const Money> amounts) {
  Money sum = no_money;
  for (const Money amount : amounts) {
    sum += amount;
  }
  return sum;
}

Money gross_of(Money net, RatePpm tax) { return net + portion(net, tax, Rounding::half_up); }

}  // namespace

EffectOutcome EffectRunner::run(const CompiledEffect& effect, const PointsBudget& points,
                                RunState& state, const ShareSink& sink) {
  const Effect& source = *effect.source;
  selection_.count = 0;
  if (source.kind == EffectKind::free_item) {
    std::int64_t times = 1;
    if (source.per_units) {
      times = 0;
      std::uint64_t mask[limits::cart_lines_max / 64 + 1];
      cart_.select_lines(effect.scope, mask);
      each_line(mask, cart_.words, [&](std::size_t line) { times += cart_.items.quantity[line]; });
      times /= source.per_units->every;
    }
    EffectOutcome outcome;
    outcome.added = source.quantity * times;
    return outcome;
  }
  RatePpm rate = source.rate;
  if (source.target == Target::shipping) {
    select_shipping(effect, cart_, state, selection_);
  } else if (source.kind == EffectKind::buy_x_get_y) {
    select_given_units(effect, cart_, state, selection_);
  } else {
    select_lines(effect, effect.scope, cart_, state, selection_);
  }
  if (source.kind == EffectKind::tiered_percent) {
    const std::optional<RatePpm> step = step_rate(effect);
    if (!step) {
      return {};
    }
    rate = *step;
  }
  if (effect.limits_units && source.kind != EffectKind::buy_x_get_y) {
    limit_units(source, true, selection_);
  }
  if (selection_.count == 0) {
    return {};
  }
  selection_.original = works_on_original(source, policy_);
  measure(state, selection_);
  if (source.kind == EffectKind::points_as_money) {
    EffectOutcome outcome = run_points(source, points, state);
    if (!outcome.off_step) {
      outcome.base = selection_.base_sum;
      outcome.amount = apply(state, sink);
    }
    return outcome;
  }
  const Money base = selection_.base_sum;
  if (source.apply == Apply::cheapest_unit && source.target != Target::order &&
      source.kind != EffectKind::buy_x_get_y) {
    share_to_cheapest(source, rate, state);
  } else {
    switch (fineness_of(source)) {
      case Fineness::target:
        takes_gross(source) ? share_gross_by_target(source) : share_by_target(source, rate);
        break;
      case Fineness::line:
        share_by_line(source, rate);
        break;
      case Fineness::unit:
        share_by_unit(source, rate, state);
        break;
    }
  }
  if (source.max_discount) {
    cap(*source.max_discount);
  }
  EffectOutcome outcome;
  outcome.amount = apply(state, sink);
  outcome.base = base;
  outcome.rate = rate;
  return outcome;
}

/// How finely an effect computes; the policy's basis can only make percentages finer (Q6).
EffectRunner::Fineness EffectRunner::fineness_of(const Effect& effect) const {
  if (effect.amount_off) {
    return Fineness::unit;
  }
  Fineness fineness = Fineness::target;
  if (effect.target != Target::order) {
    switch (effect.apply) {
      case Apply::across:
        break;
      case Apply::each:
        fineness = Fineness::line;
        break;
      case Apply::each_unit:
      case Apply::cheapest_unit:
        fineness = Fineness::unit;
        break;
    }
  }
  const bool percentage = effect.kind == EffectKind::percent ||
                          effect.kind == EffectKind::tiered_percent ||
                          effect.kind == EffectKind::buy_x_get_y;
  if (percentage) {
    const Fineness basis = policy_.basis == RoundingBasis::unit   ? Fineness::unit
                           : policy_.basis == RoundingBasis::line ? Fineness::line
                                                                  : Fineness::target;
    fineness = std::max(fineness, basis);
  }
  return fineness;
}

/// What comes off an amount: of everything, of a line, or of a unit.
Money EffectRunner::off(Money value, const Effect& effect, RatePpm rate) const {
  switch (effect.kind) {
    case EffectKind::percent:
    case EffectKind::tiered_percent:
      return portion(value, rate, policy_.rounding);
    case EffectKind::buy_x_get_y:
      return effect.amount_off ? min(value, *effect.amount_off)
                               : portion(value, rate, policy_.rounding);
    case EffectKind::fixed_amount:
      return min(value, effect.amount);
    case EffectKind::fixed_price:
      return max(value - effect.amount, no_money);
    case EffectKind::free_shipping:
      return value;
    case EffectKind::free_item:
    case EffectKind::points_as_money:
      break;
  }
  LOYALTY_CHECK(false);
  return no_money;
}

bool EffectRunner::takes_gross(const Effect& effect) const {
  return effect.amount_includes_tax && !cart_.cart->prices_include_tax;
}

/// As off(), where a gross amount is compared with the gross value and taken net (Q7).
Money EffectRunner::off_of_line(Money value, std::size_t at, const Effect& effect,
                                RatePpm rate) const {
  if (!takes_gross(effect)) {
    return off(value, effect, rate);
  }
  const RatePpm tax = selection_.pool->tax_rate[selection_.line[at]];
  return min(without_tax(off(gross_of(value, tax), effect, rate), tax), value);
}

void EffectRunner::share_by_target(const Effect& effect, RatePpm rate) {
  Money total = min(off(selection_.base_sum, effect, rate), selection_.room_sum);
  if (effect.max_discount) {
    total = min(total, *effect.max_discount);
  }
  split(total);
}

/// Splits an amount over the selection (Q8). Where rooms are what is left, only a remainder that
/// goes to the last line as a whole can exceed one.
void EffectRunner::split(Money total) {
  if (selection_.count == 1) {
    selection_.share[0] = total;
  } else if (selection_.roomy && policy_.split != Split::remainder_to_last) {
    allocate(total, selection_.bases(), selection_.shares(), policy_.split, scratch_);
  } else {
    allocate_within(total, selection_.bases(), selection_.rooms(), selection_.shares(),
                    policy_.split, scratch_);
  }
}

void EffectRunner::share_gross_by_target(const Effect& effect) {
  for (std::size_t at = 0; at < selection_.count; ++at) {
    const RatePpm tax = selection_.pool->tax_rate[selection_.line[at]];
    selection_.room[at] = gross_of(selection_.rooms()[at], tax);
    selection_.base[at] = gross_of(selection_.base[at], tax);
  }
  selection_.roomy = false;
  const Money total = min(off(sum_of(selection_.bases()), effect, {}), sum_of(selection_.rooms()));
  split(total);
  for (std::size_t at = 0; at < selection_.count; ++at) {
    const RatePpm tax = selection_.pool->tax_rate[selection_.line[at]];
    selection_.share[at] = without_tax(selection_.share[at], tax);
  }
}

void EffectRunner::share_by_line(const Effect& effect, RatePpm rate) {
  const std::span<Money> rooms = selection_.rooms();
  for (std::size_t at = 0; at < selection_.count; ++at) {
    selection_.share[at] = min(off_of_line(selection_.base[at], at, effect, rate), rooms[at]);
  }
}

void EffectRunner::share_by_unit(const Effect& effect, RatePpm rate, const RunState& state) {
  const std::span<Money> rooms = selection_.rooms();
  const Pool& pool = *selection_.pool;
  const Money* left = selection_.shipping ? state.shipping_left.data() : state.items_left.data();
  for (std::size_t at = 0; at < selection_.count; ++at) {
    const std::uint32_t line = selection_.line[at];
    const std::int64_t units = selection_.units_at(at);
    const std::int64_t quantity = pool.quantity[line];
    const Money smaller_unit = Money::minor(left[line].minor_units() / quantity);
    const Money larger_unit = smaller_unit + Money::minor(1);
    const std::int64_t larger = std::min(units, left[line].minor_units() % quantity);
    Money total;
    if (selection_.original) {
      const Money each = off_of_line(pool.price[line], at, effect, rate);
      total = min(each, larger_unit) * larger + min(each, smaller_unit) * (units - larger);
    } else {
      total = off_of_line(larger_unit, at, effect, rate) * larger +
              off_of_line(smaller_unit, at, effect, rate) * (units - larger);
    }
    selection_.share[at] = min(total, rooms[at]);
  }
}

void EffectRunner::share_to_cheapest(const Effect& effect, RatePpm rate, const RunState& state) {
  const std::span<Money> rooms = selection_.rooms();
  const Pool& pool = *selection_.pool;
  std::size_t cheapest = selection_.count;
  for (std::size_t at = 0; at < selection_.count; ++at) {
    selection_.share[at] = no_money;
    if (rooms[at] > no_money &&
        (cheapest == selection_.count ||
         pool.price[selection_.line[at]] < pool.price[selection_.line[cheapest]])) {
      cheapest = at;
    }
  }
  if (cheapest == selection_.count) {
    return;
  }
  const std::uint32_t line = selection_.line[cheapest];
  const Money left = selection_.shipping ? state.shipping_left[line] : state.items_left[line];
  const Money remainder = first_units(left, pool.quantity[line], 1);
  const Money value = selection_.original ? pool.price[line] : remainder;
  selection_.share[cheapest] =
      min(min(off_of_line(value, cheapest, effect, rate), remainder), rooms[cheapest]);
}

/// Splits maxDiscount in proportion to the shares where they exceed it together (Q8).
void EffectRunner::cap(Money most) {
  if (sum_of(selection_.shares()) <= most) {
    return;
  }
  std::copy_n(selection_.share.begin(), selection_.count, selection_.base.begin());
  allocate_within(most, selection_.bases(), selection_.bases(), selection_.shares(), policy_.split,
                  scratch_);
}

std::optional<RatePpm> EffectRunner::step_rate(const CompiledEffect& effect) const {
  std::int64_t basis = 0;
  for (std::size_t at = 0; at < selection_.count; ++at) {
    const std::uint32_t line = selection_.line[at];
    basis += effect.source->by == StepBasis::subtotal
                 ? selection_.pool->subtotal[line].minor_units()
                 : selection_.pool->quantity[line];
  }
  std::optional<RatePpm> rate;
  for (const RateStep& step : effect.source->steps) {
    if (step.from <= basis) {
      rate = step.rate;
    }
  }
  return rate;
}

EffectOutcome EffectRunner::run_points(const Effect& effect, const PointsBudget& points,
                                       const RunState& state) {
  const Money items_net = state.items_net;
  Money most = min(selection_.room_sum, items_net - policy_.min_payable);
  if (effect.max_share_of_order) {
    most = min(most, portion(items_net, *effect.max_share_of_order, Rounding::down));
  }
  if (effect.max_discount) {
    most = min(most, *effect.max_discount);
  }
  most = max(most, no_money);
  const Money best_amount = min(most, value_of(usable_points(points.available, effect), effect));
  const Points best = fewest_points(best_amount, effect);
  EffectOutcome outcome;
  steps_ = PointSteps{.min = effect.min_points,
                      .step = effect.step_points,
                      .max = best,
                      .best = best,
                      .best_amount = best_amount};
  Points wanted = points.chosen ? min(*points.chosen, best) : best;
  if (points.chosen && *points.chosen < best) {
    const std::int64_t beyond = (wanted - effect.min_points).count() % effect.step_points.count();
    if (beyond != 0) {
      outcome.off_step = true;
      outcome.nearest = wanted - Points::of(beyond);
      return outcome;
    }
  }
  const Money discount = min(most, value_of(wanted, effect));
  outcome.points = fewest_points(discount, effect);
  split(discount);
  return outcome;
}

/// Takes the shares off what is left, and writes them down.
Money EffectRunner::apply(RunState& state, const ShareSink& sink) {
  Money* const left = selection_.shipping ? state.shipping_left.data() : state.items_left.data();
  ShareList* const list = selection_.shipping ? sink.shipping : sink.items;
  const std::uint32_t* const lines = selection_.line.data();
  const Money* const shares = selection_.share.data();
  const std::size_t count = selection_.count;
  Money amount;
  std::int64_t signs = 0;  // negative if any share, or anything left, is
  for (std::size_t at = 0; at < count; ++at) {
    const Money line_left = left[lines[at]] - shares[at];
    left[lines[at]] = line_left;
    amount += shares[at];
    signs |= shares[at].minor_units() | line_left.minor_units();
  }
  LOYALTY_CHECK(signs >= 0);
  (selection_.shipping ? state.shipping_net : state.items_net) -= amount;
  if (list != nullptr) {
    list->append(sink.discount, {lines, count}, shares);
  }
  if (state.tracks_shared && selection_.shipping) {
    for (std::size_t at = 0; at < count; ++at) {
      state.shipping_shared |= std::uint32_t{shares[at] > no_money ? 1U : 0U} << lines[at];
    }
  } else if (state.tracks_shared) {
    for (std::size_t at = 0; at < selection_.count; ++at) {
      state.shared[lines[at] / 64] |= std::uint64_t{shares[at] > no_money ? 1U : 0U}
                                      << lines[at] % 64;
    }
  }
  return amount;
}

}  // namespace loyalty
