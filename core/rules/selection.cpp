#include "core/rules/selection.h"

#include <algorithm>

namespace loyalty {
namespace {

/// Drops the positions whose units were limited away.
void drop_empty(Selection& selection) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < selection.count; ++at) {
    if (selection.units[at] > 0) {
      selection.line[kept] = selection.line[at];
      selection.units[kept] = selection.units[at];
      ++kept;
    }
  }
  selection.count = kept;
}

/// Keeps the first `limit` units in cart order.
void keep_first(std::int64_t limit, Selection& selection) {
  for (std::size_t at = 0; at < selection.count; ++at) {
    selection.units[at] = std::min(selection.units[at], limit);
    limit -= selection.units[at];
  }
}

std::int64_t count_units(const Selection& selection) {
  std::int64_t units = 0;
  for (std::size_t at = 0; at < selection.count; ++at) {
    units += selection.units_at(at);
  }
  return units;
}

}  // namespace

void Selection::resize(std::size_t size) {
  if (line.size() < size) {
    line.resize(size);
    units.resize(size);
    base.resize(size);
    room.resize(size);
    share.resize(size);
    gifts.buy_line.resize(size);
    gifts.get_line.resize(size);
    gifts.keys.reserve(size);
    for (auto* units_of : {&gifts.buy_units, &gifts.get_units, &gifts.rest, &gifts.bought,
                           &gifts.given, &gifts.used}) {
      units_of->resize(size);
    }
  }
}

bool works_on_original(const Effect& effect, const Policy& policy) {
  if (effect.kind == EffectKind::free_shipping) {
    return false;  // it is all that is left
  }
  switch (effect.base) {
    case EffectBase::policy:
      return policy.compounding == Compounding::original;
    case EffectBase::remaining:
      return false;
    case EffectBase::original:
      return true;
  }
  return false;
}

void select_lines(const CompiledEffect& effect, const CompiledScope& scope,
                  const PreparedCart& cart, const RunState& state, Selection& selection) {
  std::uint64_t mask[limits::cart_lines_max / 64 + 1];
  cart.select_lines(scope, mask);
  const Effect& source = *effect.source;
  for (std::size_t word = 0; word < cart.words; ++word) {
    std::uint64_t eligible = cart.discountable[word];
    if (source.applies_to_subscriptions) {
      eligible |= cart.subscriptions[word];
    }
    if (source.exclude_discounted) {
      eligible &= ~(cart.marked_down[word] | state.shared[word]);
    }
    mask[word] &= eligible;
  }
  selection.pool = &cart.items;
  selection.shipping = false;
  selection.whole_lines = true;
  std::uint32_t* const lines = selection.line.data();
  std::size_t count = 0;
  each_line(mask, cart.words,
            [&](std::size_t line) { lines[count++] = static_cast<std::uint32_t>(line); });
  selection.count = count;
}

void select_shipping(const CompiledEffect& effect, const PreparedCart& cart, const RunState& state,
                     Selection& selection) {
  std::uint32_t eligible = cart.select_shipping(effect.scope);
  if (effect.source->exclude_discounted) {
    eligible &= ~state.shipping_shared;
  }
  selection.pool = &cart.shipping;
  selection.shipping = true;
  selection.whole_lines = true;
  std::size_t count = 0;
  for (std::uint32_t bits = eligible; bits != 0; bits &= bits - 1) {
    selection.line[count++] = static_cast<std::uint32_t>(__builtin_ctz(bits));
  }
  selection.count = count;
}

void limit_units(const Effect& effect, bool max_units, Selection& selection) {
  for (std::size_t at = 0; at < selection.count; ++at) {
    selection.units[at] = selection.pool->quantity[selection.line[at]];
  }
  selection.whole_lines = false;
  if (effect.group_size) {
    const std::int64_t units = count_units(selection);
    keep_first(units - units % *effect.group_size, selection);
  }
  if (effect.max_units_per_line) {
    for (std::size_t at = 0; at < selection.count; ++at) {
      selection.units[at] = std::min(selection.units[at], *effect.max_units_per_line);
    }
  }
  if (max_units && effect.max_units) {
    keep_first(*effect.max_units, selection);
  }
  drop_empty(selection);
}

void measure(const RunState& state, Selection& selection) {
  const Pool& pool = *selection.pool;
  const Money* left = selection.shipping ? state.shipping_left.data() : state.items_left.data();
  const std::uint32_t* lines = selection.line.data();
  Money* base = selection.base.data();
  Money* room = selection.room.data();
  // Where rooms equal bases they are not written twice.
  Money base_sum;
  Money room_sum;
  selection.roomy = !selection.original && !pool.has_floors;
  if (selection.roomy && selection.whole_lines) {
    for (std::size_t at = 0; at < selection.count; ++at) {
      base[at] = left[lines[at]];
      base_sum += base[at];
    }
    room_sum = base_sum;
  } else {
    for (std::size_t at = 0; at < selection.count; ++at) {
      const std::uint32_t line = lines[at];
      const std::int64_t units = selection.units_at(at);
      const Money units_left = first_units(left[line], pool.quantity[line], units);
      base[at] = selection.original ? pool.price[line] * units : units_left;
      room[at] = min(units_left, max(left[line] - pool.floor[line], no_money));
      base_sum += base[at];
      room_sum += selection.roomy ? base[at] : room[at];
    }
  }
  selection.base_sum = base_sum;
  selection.room_sum = room_sum;
}

}  // namespace loyalty
