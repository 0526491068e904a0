#include "core/rules/buy_x_get_y.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"

namespace loyalty {
namespace {

constexpr std::size_t lines_max = limits::cart_lines_max + 1;

/// Lines with free units, dearest first, earlier line first among equals.
struct Layout {
  std::size_t count = 0;
  std::array<std::uint32_t, lines_max> line;
  std::array<std::int64_t, lines_max> units;

  std::int64_t total() const {
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < count; ++at) {
      sum += units[at];
    }
    return sum;
  }
};

struct Counts {
  std::array<std::int64_t, lines_max> of_line{};
};

void lay_out(const CompiledEffect& effect, const CompiledScope& scope, const PreparedCart& cart,
             const RunState& state, Selection& selection, Layout& layout) {
  select_lines(effect, scope, cart, state, selection);
  limit_units(*effect.source, false, selection);
  layout.count = 0;
  for (std::size_t at = 0; at < selection.count; ++at) {
    const std::uint32_t line = selection.line[at];
    const std::int64_t free =
        std::min(selection.units[at], cart.items.quantity[line] - state.used_units(line));
    if (free > 0) {
      layout.line[layout.count++] = line;
      layout.units[line] = free;  // by line until sorted
    }
  }
  const auto first = layout.line.begin();
  std::sort(first, first + static_cast<std::ptrdiff_t>(layout.count),
            [&cart](std::uint32_t a, std::uint32_t b) {
              const Money price_a = cart.items.price[a];
              const Money price_b = cart.items.price[b];
              return price_a > price_b || (price_a == price_b && a < b);
            });
  std::array<std::int64_t, lines_max>& by_line = layout.units;
  std::array<std::int64_t, lines_max> sorted;
  for (std::size_t at = 0; at < layout.count; ++at) {
    sorted[at] = by_line[layout.line[at]];
  }
  std::copy_n(sorted.begin(), layout.count, by_line.begin());
}

/// Adds to `counts` the units of the layout whose positions lie in [begin, end).
void count_positions(const Layout& layout, std::int64_t begin, std::int64_t end, Counts& counts) {
  std::int64_t position = 0;
  for (std::size_t at = 0; at < layout.count && position < end; ++at) {
    const std::int64_t next = position + layout.units[at];
    const std::int64_t taken = std::min(next, end) - std::max(position, begin);
    if (taken > 0) {
      counts.of_line[layout.line[at]] += taken;
    }
    position = next;
  }
}

/// How many of the first `position` units are given when each group gives its last `get` units.
std::int64_t given_before(std::int64_t position, const Effect& effect) {
  const std::int64_t size = effect.buy + effect.get;
  return position / size * effect.get + std::max<std::int64_t>(position % size - effect.buy, 0);
}

/// Groups from the front: the first `limit` of the units to give are given, and the others of each
/// group bought.
void give_in_groups(const Layout& layout, std::int64_t groups, std::int64_t limit,
                    const Effect& effect, Counts& given, Counts& used) {
  const std::int64_t end = groups * (effect.buy + effect.get);
  std::int64_t position = 0;
  for (std::size_t at = 0; at < layout.count && position < end; ++at) {
    const std::int64_t next = std::min(position + layout.units[at], end);
    const std::int64_t to_give = given_before(next, effect) - given_before(position, effect);
    const std::int64_t gives = std::min(given_before(next, effect), limit) -
                               std::min(given_before(position, effect), limit);
    given.of_line[layout.line[at]] += gives;
    used.of_line[layout.line[at]] += next - position - to_give + gives;
    position = next;
  }
}

/// As many groups as `possible`, but no more than `repeat` and `maxUnits` ask for.
std::int64_t wanted_groups(const Effect& effect, std::int64_t possible) {
  if (!effect.repeat) {
    possible = std::min<std::int64_t>(possible, 1);
  }
  if (effect.max_units) {
    possible = std::min(possible, (*effect.max_units + effect.get - 1) / effect.get);
  }
  return possible;
}

std::int64_t given_limit(const Effect& effect, std::int64_t groups) {
  const std::int64_t all = groups * effect.get;
  return effect.max_units ? std::min(all, *effect.max_units) : all;
}

void give_from_one_scope(const Layout& layout, const Effect& effect, Counts& given, Counts& used) {
  const std::int64_t units = layout.total();
  const std::int64_t groups = wanted_groups(effect, units / (effect.buy + effect.get));
  const std::int64_t limit = given_limit(effect, groups);
  const std::int64_t bought = groups * effect.buy;
  switch (effect.pick) {
    case Pick::cheapest_in_group:
      give_in_groups(layout, groups, limit, effect, given, used);
      break;
    case Pick::cheapest:
      count_positions(layout, units - limit, units, given);
      count_positions(layout, units - limit, units, used);
      count_positions(layout, 0, bought, used);
      break;
    case Pick::dearest:
      count_positions(layout, 0, limit, given);
      count_positions(layout, 0, limit + bought, used);
      break;
  }
}

/// What is left of a layout once the bought units are taken.
Layout without(const Layout& layout, const Counts& bought) {
  Layout rest = layout;
  for (std::size_t at = 0; at < rest.count; ++at) {
    rest.units[at] = std::max<std::int64_t>(rest.units[at] - bought.of_line[rest.line[at]], 0);
  }
  return rest;
}

bool groups_fit(const Layout& buy, const Layout& get, const Effect& effect, std::int64_t groups) {
  Counts bought;
  count_positions(buy, 0, groups * effect.buy, bought);
  return without(get, bought).total() >= groups * effect.get;
}

void give_from_two_scopes(const Layout& buy, const Layout& get, const Effect& effect, Counts& given,
                          Counts& used) {
  // More groups need more of both scopes, so the most that fit are found by halving.
  std::int64_t fits = 0;
  std::int64_t beyond = std::min(buy.total() / effect.buy, get.total() / effect.get) + 1;
  while (beyond - fits > 1) {
    const std::int64_t middle = fits + (beyond - fits) / 2;
    (groups_fit(buy, get, effect, middle) ? fits : beyond) = middle;
  }
  const std::int64_t groups = wanted_groups(effect, fits);
  count_positions(buy, 0, groups * effect.buy, used);
  const Layout rest = without(get, used);
  const std::int64_t units = rest.total();
  const std::int64_t limit = given_limit(effect, groups);
  const std::int64_t first = effect.pick == Pick::dearest ? 0 : units - limit;
  count_positions(rest, first, first + limit, given);
  count_positions(rest, first, first + limit, used);
}

}  // namespace

void select_given_units(const CompiledEffect& effect, const PreparedCart& cart, RunState& state,
                        Selection& selection) {
  Counts given;
  Counts used;
  Layout buy;
  lay_out(effect, effect.scope, cart, state, selection, buy);
  if (effect.two_scopes) {
    Layout get;
    lay_out(effect, effect.get_scope, cart, state, selection, get);
    give_from_two_scopes(buy, get, *effect.source, given, used);
  } else {
    give_from_one_scope(buy, *effect.source, given, used);
  }
  selection.pool = &cart.items;
  selection.shipping = false;
  selection.whole_lines = false;
  selection.count = 0;
  for (std::size_t line = 0; line < cart.items.count; ++line) {
    if (used.of_line[line] > 0) {
      state.use_units(line, used.of_line[line], cart.items.count);
    }
    if (given.of_line[line] > 0) {
      selection.line[selection.count] = static_cast<std::uint32_t>(line);
      selection.units[selection.count++] = given.of_line[line];
    }
  }
}

UnitsNeeded units_needed(const CompiledEffect& effect, const PreparedCart& cart,
                         const RunState& untouched, Selection& selection) {
  const Effect& source = *effect.source;
  Layout buy;
  lay_out(effect, effect.scope, cart, untouched, selection, buy);
  UnitsNeeded needed{.required = effect.two_scopes ? source.buy : source.buy + source.get,
                     .actual = buy.total(),
                     .scope = effect.scope.source,
                     .compiled = &effect.scope};
  if (!effect.two_scopes || needed.actual < needed.required) {
    return needed;
  }
  Layout get;
  lay_out(effect, effect.get_scope, cart, untouched, selection, get);
  Counts taken;
  count_positions(buy, 0, source.buy, taken);
  return {.required = source.get,
          .actual = without(get, taken).total(),
          .scope = effect.get_scope.source,
          .compiled = &effect.get_scope};
}

}  // namespace loyalty
