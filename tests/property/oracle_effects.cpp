#include "tests/property/oracle_effects.h"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>

namespace loyalty::oracle {

Amount unit_left(const Piece& piece, std::int64_t unit) {
  return piece.left / piece.quantity + (unit < piece.left % piece.quantity ? 1 : 0);
}

bool has_any(Texts tags, Texts wanted) {
  for (const std::string_view tag : tags) {
    for (const std::string_view want : wanted) {
      if (tag == want) {
        return true;
      }
    }
  }
  return false;
}

bool in_scope(const Piece& piece, const Scope& scope) {
  return (scope.include.empty() || has_any(piece.tags, scope.include)) &&
         !has_any(piece.tags, scope.exclude) &&
         (!scope.min_unit_price || piece.price >= minor(*scope.min_unit_price)) &&
         (!scope.max_unit_price || piece.price <= minor(*scope.max_unit_price));
}

bool in_scope(const Piece& piece, const std::optional<Scope>& scope) {
  return !scope || in_scope(piece, *scope);
}

bool is_gift_card(const Piece& piece) {
  return piece.line != nullptr && piece.line->kind == ItemKind::gift_card;
}

std::int64_t quantity_in(const Pieces& pieces, const std::optional<Scope>& scope) {
  std::int64_t units = 0;
  for (const Piece& piece : pieces) {
    units += in_scope(piece, scope) ? piece.quantity : 0;
  }
  return units;
}

namespace {

__extension__ typedef __int128
    Exact;  // NOLINT(modernize-use-using): using cannot carry __extension__

constexpr Amount million = 1'000'000;

// ---------------------------------------------------------------- Q5: eligible lines and units

bool is_eligible(const Piece& piece, const Effect& effect, const std::optional<Scope>& scope) {
  if (!in_scope(piece, scope)) {
    return false;
  }
  if (effect.exclude_discounted && !piece.shares.empty()) {
    return false;
  }
  if (piece.line == nullptr) {
    return true;
  }
  const CartLine& line = *piece.line;
  return line.discountable && line.kind != ItemKind::gift_card &&
         (line.kind != ItemKind::subscription || effect.applies_to_subscriptions) &&
         !(effect.exclude_discounted && line.list_unit_price &&
           *line.list_unit_price > line.unit_price);
}

void keep_first(std::vector<std::int64_t>& units, std::int64_t rest) {
  for (std::int64_t& n : units) {
    n = std::min(n, rest);
    rest -= n;
  }
}

/// How many units of each piece an effect works on.
std::vector<std::int64_t> eligible_units(const Effect& effect, const Pieces& pieces) {
  std::vector<std::int64_t> units;
  for (const Piece& piece : pieces) {
    units.push_back(is_eligible(piece, effect, effect.scope) ? piece.quantity : 0);
  }
  if (effect.group_size) {
    std::int64_t rest = std::accumulate(units.begin(), units.end(), std::int64_t{0}) /
                        *effect.group_size * *effect.group_size;
    keep_first(units, rest);
  }
  if (effect.max_units_per_line) {
    for (std::int64_t& n : units) {
      n = std::min(n, *effect.max_units_per_line);
    }
  }
  if (effect.max_units) {
    keep_first(units, *effect.max_units);
  }
  return units;
}

std::int64_t eligible_quantity(const Pieces& pieces, const Effect& effect,
                               const std::optional<Scope>& scope) {
  std::int64_t units = 0;
  for (const Piece& piece : pieces) {
    units += is_eligible(piece, effect, scope) ? piece.quantity : 0;
  }
  return units;
}

const RateStep* step_reached(const Pieces& pieces, const Effect& effect) {
  Amount reached = 0;
  for (const Piece& piece : pieces) {
    if (is_eligible(piece, effect, effect.scope)) {
      reached += effect.by == StepBasis::subtotal ? piece.subtotal() : piece.quantity;
    }
  }
  const RateStep* best = nullptr;
  for (const RateStep& step : effect.steps) {
    if (step.from <= reached) {
      best = &step;
    }
  }
  return best;
}

void keep_cheapest(std::vector<std::int64_t>& units, const Pieces& pieces) {
  std::size_t cheapest = pieces.size();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool has_something = units[i] > 0 && pieces[i].room() > 0;
    if (has_something && (cheapest == pieces.size() || pieces[i].price < pieces[cheapest].price)) {
      cheapest = i;
    }
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    units[i] = i == cheapest ? 1 : 0;
  }
}

// ---------------------------------------------------------------- Q8a: one unit at a time

struct Unit {
  std::size_t line;
  Amount price;
};

/// Unused eligible units, dearest first, earlier line first among equals.
std::vector<Unit> layout(const Effect& effect, const std::optional<Scope>& scope,
                         const Pieces& lines) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Piece& line = lines[i];
    if (is_eligible(line, effect, scope)) {
      for (std::int64_t n = line.used; n < line.quantity; ++n) {
        units.push_back({i, line.price});
      }
    }
  }
  std::stable_sort(units.begin(), units.end(),
                   [](const Unit& a, const Unit& b) { return a.price > b.price; });
  return units;
}

struct Groups {
  std::vector<Unit> bought;
  std::vector<Unit> given;  ///< in the order of the layout
};

/// As many groups as fit, but no more than `repeat` and `maxUnits` ask for.
std::size_t groups_needed(const Effect& effect) {
  if (!effect.repeat) {
    return 1;
  }
  return effect.max_units
             ? static_cast<std::size_t>((*effect.max_units + effect.get - 1) / effect.get)
             : SIZE_MAX;
}

std::size_t units_given(const Effect& effect, std::size_t groups) {
  const auto all = static_cast<std::int64_t>(groups) * effect.get;
  return static_cast<std::size_t>(effect.max_units ? std::min(all, *effect.max_units) : all);
}

Groups groups_of_one_scope(const Effect& effect, const Pieces& lines) {
  const std::vector<Unit> units =
      layout(effect, effect.buy_scope ? effect.buy_scope : effect.scope, lines);
  const auto size = static_cast<std::size_t>(effect.buy + effect.get);
  const auto get = static_cast<std::size_t>(effect.get);
  const std::size_t groups = std::min(units.size() / size, groups_needed(effect));
  const std::size_t given = units_given(effect, groups);
  Groups found;
  for (std::size_t k = 0; k < units.size(); ++k) {
    bool is_given = false;
    switch (effect.pick) {
      case Pick::cheapest_in_group:
        is_given = k < groups * size && k % size >= size - get && found.given.size() < given;
        break;
      case Pick::cheapest:
        is_given = k >= units.size() - given;
        break;
      case Pick::dearest:
        is_given = k < given;
        break;
    }
    const bool is_bought =
        effect.pick == Pick::cheapest_in_group
            ? k < groups * size && k % size < size - get
            : found.bought.size() < groups * static_cast<std::size_t>(effect.buy);
    if (is_given) {
      found.given.push_back(units[k]);
    } else if (is_bought) {
      found.bought.push_back(units[k]);
    }
  }
  return found;
}

Groups groups_of_two_scopes(const Effect& effect, const Pieces& lines) {
  const std::vector<Unit> to_buy =
      layout(effect, effect.buy_scope ? effect.buy_scope : effect.scope, lines);
  const std::vector<Unit> to_give = layout(effect, effect.get_scope, lines);
  const auto buy = static_cast<std::size_t>(effect.buy);
  const auto get = static_cast<std::size_t>(effect.get);
  Groups found;
  const std::size_t most = groups_needed(effect);
  for (std::size_t groups = 1; groups <= most && groups * buy <= to_buy.size(); ++groups) {
    Groups tried;
    tried.bought.assign(to_buy.begin(), to_buy.begin() + static_cast<std::ptrdiff_t>(groups * buy));
    std::vector<Unit> rest = to_give;
    for (const Unit& unit : tried.bought) {
      const auto same = std::find_if(rest.begin(), rest.end(),
                                     [&](const Unit& u) { return u.line == unit.line; });
      if (same != rest.end()) {
        rest.erase(same);
      }
    }
    if (rest.size() < groups * get) {
      break;
    }
    const auto count = static_cast<std::ptrdiff_t>(units_given(effect, groups));
    if (effect.pick == Pick::dearest) {
      tried.given.assign(rest.begin(), rest.begin() + count);
    } else {
      tried.given.assign(rest.end() - count, rest.end());
    }
    found = tried;
  }
  return found;
}

Groups groups_of(const Effect& effect, const Pieces& lines) {
  return effect.get_scope ? groups_of_two_scopes(effect, lines)
                          : groups_of_one_scope(effect, lines);
}

// ---------------------------------------------------------------- Q2: what an effect lacks

std::optional<RejectionCode> lack_of_free_item(const PerUnits& per_units, const Pieces& lines) {
  const std::int64_t units = quantity_in(lines, per_units.scope);
  return units == 0                ? std::optional(RejectionCode::scope_not_in_cart)
         : units < per_units.every ? std::optional(RejectionCode::minimum_quantity_not_met)
                                   : std::nullopt;
}

std::optional<RejectionCode> lack_of_groups(const Effect& effect, const Pieces& lines) {
  const std::optional<Scope>& buy = effect.buy_scope ? effect.buy_scope : effect.scope;
  const auto lack_in = [&](const std::optional<Scope>& scope,
                           std::int64_t needed) -> std::optional<RejectionCode> {
    if (scope && quantity_in(lines, scope) == 0) {
      return RejectionCode::scope_not_in_cart;
    }
    if (eligible_quantity(lines, effect, scope) < needed) {
      return RejectionCode::minimum_quantity_not_met;
    }
    return std::nullopt;
  };
  if (const auto lack = lack_in(buy, effect.buy + (effect.get_scope ? 0 : effect.get))) {
    return lack;
  }
  if (effect.get_scope) {
    if (const auto lack = lack_in(effect.get_scope, effect.get)) {
      return lack;
    }
  }
  return groups_of(effect, lines).given.empty()
             ? std::optional(RejectionCode::minimum_quantity_not_met)
             : std::nullopt;
}

// ---------------------------------------------------------------- Q5 to Q9: what an effect takes

enum class Grain { whole, line, unit };

Grain grain_of(const Effect& effect) {
  if (effect.target == Target::order || effect.apply == Apply::across) {
    return Grain::whole;
  }
  return effect.apply == Apply::each ? Grain::line : Grain::unit;
}

/// What an effect computes from, unit by unit, and what each line may give.
struct Basis {
  std::vector<Amounts> units;  ///< what is left of each eligible unit, or its price
  std::vector<Amounts> left;   ///< what is left of each eligible unit
  Amounts weights;             ///< the sums of `units`
  Amounts rooms;               ///< the room of the line, and no more than its eligible units hold
};

Amount taken_off(const Effect& effect, Amount base) {
  const Amount amount = minor(effect.amount);
  return effect.kind == EffectKind::fixed_price ? std::max<Amount>(0, base - amount)
                                                : std::min(base, amount);
}

Amount gross_of(Amount net, Amount rate) {
  return net + divide(net, rate, million, Rounding::half_up);
}

Amount net_of(Amount gross, Amount rate) {
  return divide(gross, million, million + rate, Rounding::half_up);
}

/// One effect under the rules of one shop.
class Runner {
 public:
  explicit Runner(const Rules& rules) : rules_{rules} {}

  Basis basis_of(const Effect& effect, const Pieces& pieces,
                 const std::vector<std::int64_t>& units) const {
    const bool original =
        effect.base == EffectBase::original ||
        (effect.base == EffectBase::policy && rules_.policy.compounding == Compounding::original);
    Basis basis;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Amounts of_units;
      Amounts left;
      for (std::int64_t unit = 0; unit < units[i]; ++unit) {
        left.push_back(unit_left(pieces[i], unit));
        of_units.push_back(original ? pieces[i].price : left.back());
      }
      basis.units.push_back(of_units);
      basis.left.push_back(left);
      basis.weights.push_back(sum(of_units));
      basis.rooms.push_back(std::min(pieces[i].room(), sum(left)));
    }
    return basis;
  }

  Grain percent_grain_of(const Effect& effect) const {
    const Grain least = rules_.policy.basis == RoundingBasis::target ? Grain::whole
                        : rules_.policy.basis == RoundingBasis::line ? Grain::line
                                                                     : Grain::unit;
    return std::max(grain_of(effect), least);
  }

  Amounts amounts_of(const Effect& effect, Pieces& pieces) const {
    if (effect.kind == EffectKind::buy_x_get_y) {
      return amounts_given(effect, pieces);
    }
    std::vector<std::int64_t> units = eligible_units(effect, pieces);
    if (effect.target != Target::order && effect.apply == Apply::cheapest_unit) {
      keep_cheapest(units, pieces);
    }
    const Basis basis = basis_of(effect, pieces, units);
    switch (effect.kind) {
      case EffectKind::percent:
        return percent(effect.rate, percent_grain_of(effect), effect, basis);
      case EffectKind::tiered_percent: {
        const RateStep* const step = step_reached(pieces, effect);
        return percent(step != nullptr ? step->rate : RatePpm{}, percent_grain_of(effect), effect,
                       basis);
      }
      case EffectKind::free_shipping:
        return percent(whole, Grain::line, effect, basis);
      default:
        return fixed(effect, basis, pieces);
    }
  }

  /// An amount over all, split by the weights (Q8).
  Amounts spread(Amount total, const Effect& effect, const Basis& basis) const {
    total = std::min(total, sum(basis.rooms));
    if (effect.max_discount) {
      total = std::min(total, minor(*effect.max_discount));
    }
    return allocate_within(total, basis.weights, basis.rooms, rules_.policy.split);
  }

  /// Amounts per line, capped by their rooms and together by maxDiscount.
  Amounts capped(Amounts amounts, const Effect& effect, const Basis& basis) const {
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      amounts[i] = std::min(amounts[i], basis.rooms[i]);
    }
    if (effect.max_discount && sum(amounts) > minor(*effect.max_discount)) {
      return allocate_within(minor(*effect.max_discount), amounts, amounts, rules_.policy.split);
    }
    return amounts;
  }

  /// `off` of the whole, of each line or of each unit, never more than is left of it.
  template <class Off>
  Amounts taken(Off off, Grain grain, const Effect& effect, const Basis& basis) const {
    if (grain == Grain::whole) {
      return spread(off(sum(basis.weights)), effect, basis);
    }
    Amounts amounts;
    for (std::size_t i = 0; i < basis.units.size(); ++i) {
      if (grain == Grain::line) {
        amounts.push_back(off(basis.weights[i]));
        continue;
      }
      Amount amount = 0;
      for (std::size_t unit = 0; unit < basis.units[i].size(); ++unit) {
        amount += std::min(off(basis.units[i][unit]), basis.left[i][unit]);
      }
      amounts.push_back(amount);
    }
    return capped(amounts, effect, basis);
  }

  Amounts percent(RatePpm rate, Grain grain, const Effect& effect, const Basis& basis) const {
    const auto part = [&](Amount base) {
      return divide(base, rate.per_million(), million, rules_.policy.rounding);
    };
    return taken(part, grain, effect, basis);
  }

  Amounts fixed(const Effect& effect, const Basis& basis, const Pieces& pieces) const {
    if (effect.amount_includes_tax && !rules_.prices_include_tax) {
      return fixed_gross(effect, basis, pieces);
    }
    return taken([&](Amount base) { return taken_off(effect, base); }, grain_of(effect), effect,
                 basis);
  }

  /// A gross amount on a tax-exclusive cart: split on gross capacities, then net of each line's
  /// tax.
  Amounts fixed_gross(const Effect& effect, const Basis& basis, const Pieces& pieces) const {
    const Grain grain = grain_of(effect);
    Amounts gross;
    Amounts gross_rooms;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      gross.push_back(gross_of(basis.weights[i], pieces[i].tax_rate));
      gross_rooms.push_back(gross_of(basis.rooms[i], pieces[i].tax_rate));
    }
    Amounts amounts;
    if (grain == Grain::whole) {
      const Amount total = std::min(taken_off(effect, sum(gross)), sum(gross_rooms));
      amounts = allocate_within(total, gross, gross_rooms, rules_.policy.split);
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        amounts[i] = net_of(amounts[i], pieces[i].tax_rate);
      }
      return capped(amounts, effect, basis);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Amount rate = pieces[i].tax_rate;
      if (grain == Grain::line) {
        amounts.push_back(net_of(taken_off(effect, gross[i]), rate));
        continue;
      }
      Amount amount = 0;
      for (std::size_t unit = 0; unit < basis.units[i].size(); ++unit) {
        const Amount off = net_of(taken_off(effect, gross_of(basis.units[i][unit], rate)), rate);
        amount += std::min(off, basis.left[i][unit]);
      }
      amounts.push_back(amount);
    }
    return capped(amounts, effect, basis);
  }

  Amounts amounts_given(const Effect& effect, Pieces& pieces) const {
    const Groups groups = groups_of(effect, pieces);
    std::vector<std::int64_t> units(pieces.size(), 0);
    for (const Unit& unit : groups.given) {
      ++units[unit.line];
    }
    const Basis basis = basis_of(effect, pieces, units);
    for (const auto& part : {groups.bought, groups.given}) {
      for (const Unit& unit : part) {
        ++pieces[unit.line].used;
      }
    }
    if (!effect.amount_off) {
      return percent(effect.rate, percent_grain_of(effect), effect, basis);
    }
    const auto off = [&](Amount base) { return std::min(base, minor(*effect.amount_off)); };
    return taken(off, Grain::unit, effect, basis);
  }

  Payment pay_with_points(const Effect& effect, const Pieces& lines, std::int64_t available,
                          std::optional<std::int64_t> chosen) const {
    const Basis basis = basis_of(effect, lines, eligible_units(effect, lines));
    const std::int64_t amount = minor(effect.amount);
    const std::int64_t cost = effect.cost.count();
    Amount net = 0;
    for (const Piece& line : lines) {
      net += line.left;
    }
    Amount cap = std::max<Amount>(0, net - minor(rules_.policy.min_payable));
    if (effect.max_share_of_order) {
      cap = std::min(
          cap, divide(net, effect.max_share_of_order->per_million(), million, Rounding::down));
    }
    const Amount largest = sum(spread(std::min(cap, sum(basis.weights)), effect, basis));
    const auto needed = [&](Amount discount) {
      return static_cast<std::int64_t>((static_cast<Exact>(discount) * cost + amount - 1) / amount);
    };
    const auto value = [&](std::int64_t points) {
      return std::min(largest, divide(points, amount, cost, Rounding::down));
    };
    const std::int64_t most =
        effect.max_points ? std::min(available, effect.max_points->count()) : available;
    const std::int64_t last = needed(value(most));
    std::int64_t points = chosen.value_or(last);
    if (points >= last) {
      points = last;
    } else if ((points - effect.min_points.count()) % effect.step_points.count() != 0) {
      return {Amounts(lines.size(), 0), 0, RejectionCode::points_off_step};
    }
    const Amount discount = value(points);
    return {spread(discount, effect, basis), needed(discount), std::nullopt};
  }

 private:
  const Rules& rules_;
};

}  // namespace

bool is_about_the_cart(const Effect& effect, const Pieces& lines, const Pieces& methods) {
  if (effect.kind == EffectKind::free_item) {
    return !effect.per_units || quantity_in(lines, effect.per_units->scope) > 0;
  }
  const std::optional<Scope>& scope = effect.buy_scope ? effect.buy_scope : effect.scope;
  return !scope || quantity_in(effect.target == Target::shipping ? methods : lines, scope) > 0;
}

std::optional<RejectionCode> lack_of(const Effect& effect, const Pieces& lines,
                                     const Pieces& methods) {
  const Pieces& pieces = effect.target == Target::shipping ? methods : lines;
  if (effect.kind == EffectKind::free_item) {
    return effect.per_units ? lack_of_free_item(*effect.per_units, lines) : std::nullopt;
  }
  if (effect.kind == EffectKind::buy_x_get_y) {
    return lack_of_groups(effect, lines);
  }
  if (effect.scope && quantity_in(pieces, effect.scope) == 0) {
    return RejectionCode::scope_not_in_cart;
  }
  if (effect.target == Target::shipping) {
    return std::nullopt;  // nobody adds a shipping method to reach a group or a step
  }
  if (effect.group_size && eligible_quantity(pieces, effect, effect.scope) < *effect.group_size) {
    return RejectionCode::minimum_quantity_not_met;
  }
  if (effect.kind == EffectKind::tiered_percent && step_reached(pieces, effect) == nullptr) {
    return effect.by == StepBasis::subtotal ? RejectionCode::minimum_subtotal_not_met
                                            : RejectionCode::minimum_quantity_not_met;
  }
  return std::nullopt;
}

Amounts amounts_of(const Rules& rules, const Effect& effect, Pieces& pieces) {
  return Runner(rules).amounts_of(effect, pieces);
}

Payment pay_with_points(const Rules& rules, const Effect& effect, const Pieces& lines,
                        std::int64_t available, std::optional<std::int64_t> chosen) {
  return Runner(rules).pay_with_points(effect, lines, available, chosen);
}

}  // namespace loyalty::oracle
