#include "core/rules/buy_x_get_y.h"

#include <algorithm>

#include "core/base/sort.h"

namespace loyalty {
namespace {

/// Lines with free units, dearest first, earlier line first among equals. Its rows stand in the
/// selection's scratch.
struct Layout {
  std::size_t count;
  const std::uint32_t* line;
  std::int64_t* units;

  std::int64_t total() const {
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < count; ++at) {
      sum += units[at];
    }
    return sum;
  }
};

/// Units by line of the cart.
using Counts = Buffer<std::int64_t>;

constexpr unsigned line_bits = 10;
static_assert(limits::cart_lines_max < 1 << line_bits);

Layout lay_out(const CompiledEffect& effect, const CompiledScope& scope, const PreparedCart& cart,
               const RunState& state, Selection& selection, Buffer<std::uint32_t>& lines,
               Buffer<std::int64_t>& units) {
  select_lines(effect, scope, cart, state, selection);
  limit_units(*effect.source, false, selection);
  Counts& free_of_line = selection.gifts.rest;
  Buffer<std::uint64_t>& keys = selection.gifts.keys;
  keys.clear();
  for (std::size_t at = 0; at < selection.count; ++at) {
    const std::uint32_t line = selection.line[at];
    const std::int64_t free =
        std::min(selection.units[at], cart.items.quantity[line] - state.used_units(line));
    if (free > 0) {
      const Money below_the_dearest =
          Money::minor(limits::money_minor_max) - cart.items.price[line];
      keys.push_back(static_cast<std::uint64_t>(below_the_dearest.minor_units()) << line_bits |
                     line);
      free_of_line[line] = free;
    }
  }
  sort_keys({keys.data(), keys.size()});
  for (std::size_t at = 0; at < keys.size(); ++at) {
    lines[at] = static_cast<std::uint32_t>(keys[at] & ((1U << line_bits) - 1));
    units[at] = free_of_line[lines[at]];
  }
  return {keys.size(), lines.data(), units.data()};
}

/// Adds to `counts` the units of the layout whose positions lie in [begin, end).
void count_positions(const Layout& layout, std::int64_t begin, std::int64_t end, Counts& counts) {
  std::int64_t position = 0;
  for (std::size_t at = 0; at < layout.count && position < end; ++at) {
    const std::int64_t next = position + layout.units[at];
    const std::int64_t taken = std::min(next, end) - std::max(position, begin);
    if (taken > 0) {
      counts[layout.line[at]] += taken;
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
    given[layout.line[at]] += gives;
    used[layout.line[at]] += next - position - to_give + gives;
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
Layout without(const Layout& layout, const Counts& bought, Buffer<std::int64_t>& rest) {
  for (std::size_t at = 0; at < layout.count; ++at) {
    rest[at] = std::max<std::int64_t>(layout.units[at] - bought[layout.line[at]], 0);
  }
  return {layout.count, layout.line, rest.data()};
}

/// What is left to get when these groups have bought what they need.
std::int64_t left_to_get(const Layout& buy, const Layout& get, const Effect& effect,
                         std::int64_t groups, Selection& selection) {
  Counts& bought = selection.gifts.bought;
  bought.assign(bought.size(), 0);
  count_positions(buy, 0, groups * effect.buy, bought);
  return without(get, bought, selection.gifts.rest).total();
}

void give_from_two_scopes(const Layout& buy, const Layout& get, const Effect& effect,
                          Selection& selection) {
  // More groups need more of both scopes, so the most that fit are found by halving.
  std::int64_t fits = 0;
  std::int64_t beyond = std::min(buy.total() / effect.buy, get.total() / effect.get) + 1;
  while (beyond - fits > 1) {
    const std::int64_t middle = fits + (beyond - fits) / 2;
    const bool fit = left_to_get(buy, get, effect, middle, selection) >= middle * effect.get;
    (fit ? fits : beyond) = middle;
  }
  const std::int64_t groups = wanted_groups(effect, fits);
  Counts& given = selection.gifts.given;
  Counts& used = selection.gifts.used;
  count_positions(buy, 0, groups * effect.buy, used);
  const Layout rest = without(get, used, selection.gifts.rest);
  const std::int64_t units = rest.total();
  const std::int64_t limit = given_limit(effect, groups);
  const std::int64_t first = effect.pick == Pick::dearest ? 0 : units - limit;
  count_positions(rest, first, first + limit, given);
  count_positions(rest, first, first + limit, used);
}

}  // namespace

void select_given_units(const CompiledEffect& effect, const PreparedCart& cart, RunState& state,
                        Selection& selection) {
  GiftScratch& gifts = selection.gifts;
  Counts& given = gifts.given;
  Counts& used = gifts.used;
  given.assign(given.size(), 0);
  used.assign(used.size(), 0);
  const Layout buy =
      lay_out(effect, effect.scope, cart, state, selection, gifts.buy_line, gifts.buy_units);
  if (effect.two_scopes) {
    const Layout get =
        lay_out(effect, effect.get_scope, cart, state, selection, gifts.get_line, gifts.get_units);
    give_from_two_scopes(buy, get, *effect.source, selection);
  } else {
    give_from_one_scope(buy, *effect.source, given, used);
  }
  selection.pool = &cart.items;
  selection.shipping = false;
  selection.whole_lines = false;
  selection.count = 0;
  for (std::size_t line = 0; line < cart.items.count; ++line) {
    if (used[line] > 0) {
      state.use_units(line, used[line], cart.items.count);
    }
    if (given[line] > 0) {
      selection.line[selection.count] = static_cast<std::uint32_t>(line);
      selection.units[selection.count++] = given[line];
    }
  }
}

UnitsNeeded units_needed(const CompiledEffect& effect, const PreparedCart& cart,
                         const RunState& untouched, Selection& selection) {
  const Effect& source = *effect.source;
  GiftScratch& gifts = selection.gifts;
  const Layout buy =
      lay_out(effect, effect.scope, cart, untouched, selection, gifts.buy_line, gifts.buy_units);
  UnitsNeeded needed{.required = effect.two_scopes ? source.buy : source.buy + source.get,
                     .actual = buy.total(),
                     .scope = effect.scope.source,
                     .compiled = &effect.scope};
  if (!effect.two_scopes || needed.actual < needed.required) {
    return needed;
  }
  const Layout get = lay_out(effect, effect.get_scope, cart, untouched, selection, gifts.get_line,
                             gifts.get_units);
  return {.required = source.get,
          .actual = left_to_get(buy, get, source, 1, selection),
          .scope = effect.get_scope.source,
          .compiled = &effect.get_scope};
}

}  // namespace loyalty
