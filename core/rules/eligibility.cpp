#include "core/rules/eligibility.h"

#include <algorithm>

#include "core/rules/buy_x_get_y.h"

namespace loyalty {
namespace {

Obstacle too_little(Money required, Money actual, const Scope* scope) {
  return {.code = RejectionCode::minimum_subtotal_not_met,
          .required = Fact::money(required),
          .actual = Fact::money(actual),
          .missing = Fact::money(required - actual),
          .fix = Fix::add(required - actual, scope)};
}

Obstacle too_few(std::int64_t required, std::int64_t actual, const Scope* scope) {
  return {.code = RejectionCode::minimum_quantity_not_met,
          .required = Fact::quantity(required),
          .actual = Fact::quantity(actual),
          .missing = Fact::quantity(required - actual),
          .fix = Fix::add(required - actual, scope)};
}

Obstacle not_in_cart(const Scope* scope, Fix fix) {
  return {.code = RejectionCode::scope_not_in_cart, .required = Fact::in(scope), .fix = fix};
}

bool has(Texts texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// Whether goods that are added because of `scope` are surely in `other` too.
bool falls_into(const Scope* scope, const Scope* other) {
  if (other == nullptr || (other->include.empty() && other->exclude.empty() &&
                           !other->min_unit_price && !other->max_unit_price)) {
    return true;
  }
  if (scope == other) {
    return true;
  }
  if (other->min_unit_price || other->max_unit_price || scope == nullptr ||
      sample_tag(*scope).empty()) {
    return false;
  }
  return std::all_of(scope->include.begin(), scope->include.end(), [&](std::string_view tag) {
    return has(scope->exclude, tag) ||
           ((other->include.empty() || has(other->include, tag)) && !has(other->exclude, tag));
  });
}

/// Whether goods that are added because of `scope` are surely not in `other`.
bool stays_out_of(const Scope* scope, const Scope* other) {
  return scope != nullptr && other != nullptr && !scope->include.empty() &&
         !other->include.empty() &&
         std::none_of(scope->include.begin(), scope->include.end(),
                      [other](std::string_view tag) { return has(other->include, tag); });
}

/// Whether doing what the first obstacle asks for removes the other one as well.
bool cures(const Obstacle& first, const Obstacle& other) {
  const Fix& fix = first.fix;
  if ((other.of_one_line && !first.of_one_line) || (first.of_one_line && other.of_eligible)) {
    return false;
  }
  const bool adds = fix.kind == Fix::Kind::add_amount || fix.kind == Fix::Kind::add_quantity;
  if (!adds || !falls_into(fix.scope, other.fix.scope)) {
    return false;
  }
  if (other.fix.kind == Fix::Kind::add_amount) {
    return fix.kind == Fix::Kind::add_amount && fix.amount >= other.fix.amount;
  }
  const std::int64_t units = fix.kind == Fix::Kind::add_quantity ? fix.quantity : 1;
  return other.fix.kind == Fix::Kind::add_quantity && units >= other.fix.quantity;
}

}  // namespace

std::string_view sample_tag(const Scope& scope) {
  for (const std::string_view tag : scope.include) {
    if (!has(scope.exclude, tag)) {
      return tag;
    }
  }
  return {};
}

template <class Report>
bool Eligibility::check(const CompiledConditions& conditions, const UseLimits* limits,
                        std::span<const CompiledEffect> effects, Report report) {
  if (conditions.any && !(check_customer(conditions, report) && check_amounts(conditions, report) &&
                          check_quantities(conditions, report))) {
    return false;
  }
  if (limits != nullptr && !check_limits(*limits, report)) {
    return false;
  }
  for (const CompiledEffect& effect : effects) {
    if (surely_has_its_scope(effect)) {
      return true;
    }
  }
  const std::optional<Obstacle> obstacle = obstacle_of_effects(effects);
  return !obstacle || report(*obstacle);
}

template <class Report>
bool Eligibility::check_customer(const CompiledConditions& conditions, Report report) {
  const Conditions& source = *conditions.source;
  const Account* account = situation_.account;
  if (source.starts_at && situation_.now < *source.starts_at) {
    const bool starts = !source.ends_at || *source.starts_at < *source.ends_at;
    if (!report(Obstacle{.code = RejectionCode::not_started,
                         .required = Fact::at(*source.starts_at),
                         .actual = Fact::at(situation_.now),
                         .fix = starts ? Fix::wait(*source.starts_at) : Fix{}})) {
      return false;
    }
  }
  if (source.ends_at && situation_.now >= *source.ends_at &&
      !report(Obstacle{.code = RejectionCode::expired,
                       .required = Fact::at(*source.ends_at),
                       .actual = Fact::at(situation_.now)})) {
    return false;
  }
  if (source.members_only && account == nullptr &&
      !report(Obstacle{.code = RejectionCode::sign_in_required, .fix = Fix::sign_in()})) {
    return false;
  }
  if (!source.tier_ids.empty() && std::find(source.tier_ids.begin(), source.tier_ids.end(),
                                            situation_.tier) == source.tier_ids.end()) {
    const Fix fix = reach_one_of(source.tier_ids);
    if (!report(Obstacle{
            .code = RejectionCode::tier_required,
            .required = Fact::any_of(source.tier_ids),
            .actual = situation_.tier.empty() ? Fact::none() : Fact::of(situation_.tier.text()),
            .missing = fix.points ? Fact::points(*fix.points) : Fact::none(),
            .fix = fix})) {
      return false;
    }
  }
  if (!source.customer_tags.empty() &&
      !situation_.cart->customer_tagged(conditions.customer_tags) &&
      !report(Obstacle{
          .code = RejectionCode::customer_not_eligible,
          .required = Fact::any_of(source.customer_tags),
          .actual = account != nullptr ? Fact::any_of(account->customer_tags) : Fact::none()})) {
    return false;
  }
  const std::int64_t order_number = account != nullptr ? account->order_number : 0;
  if (source.order_number && order_number != *source.order_number &&
      !report(Obstacle{.code = RejectionCode::order_number_mismatch,
                       .required = Fact::quantity(*source.order_number),
                       .actual = order_number > 0 ? Fact::quantity(order_number) : Fact::none()})) {
    return false;
  }
  if (!source.shipping_methods.empty() &&
      !situation_.cart->shipping_named_or_tagged(conditions.shipping_methods) &&
      !report(Obstacle{.code = RejectionCode::shipping_method_mismatch,
                       .required = Fact::any_of(source.shipping_methods),
                       .actual = Fact::any_of(shipping_ids()),
                       .fix = Fix::choose()})) {
    return false;
  }
  return true;
}

template <class Report>
bool Eligibility::check_amounts(const CompiledConditions& conditions, Report report) const {
  const Conditions& source = *conditions.source;
  if (!source.contains_tags.empty() &&
      !situation_.cart->any_line_tagged(conditions.contains_tags)) {
    Scope* scope = arena_.array<Scope>(1).data();
    scope->include = source.contains_tags;
    if (!report(not_in_cart(scope, Fix::add(1, scope)))) {
      return false;
    }
  }
  if (source.min_subtotal && situation_.subtotal < *source.min_subtotal &&
      !report(honest(too_little(*source.min_subtotal, situation_.subtotal, nullptr)))) {
    return false;
  }
  if (source.min_subtotal_of) {
    const Money actual = subtotal_of(conditions.subtotal_of, situation_.cart->items.subtotal);
    if (actual < source.min_subtotal_of->amount &&
        !report(honest(
            too_little(source.min_subtotal_of->amount, actual, &source.min_subtotal_of->scope)))) {
      return false;
    }
  }
  return true;
}

template <class Report>
bool Eligibility::check_quantities(const CompiledConditions& conditions, Report report) const {
  const Conditions& source = *conditions.source;
  if (source.min_quantity && situation_.units < *source.min_quantity &&
      !report(too_few(*source.min_quantity, situation_.units, nullptr))) {
    return false;
  }
  if (source.min_quantity_of) {
    const std::int64_t actual = units_of(conditions.quantity_of);
    if (actual < source.min_quantity_of->quantity &&
        !report(
            too_few(source.min_quantity_of->quantity, actual, &source.min_quantity_of->scope))) {
      return false;
    }
  }
  if (source.min_line_quantity) {
    const PreparedCart& cart = *situation_.cart;
    const auto first = cart.items.quantity.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(cart.items.count);
    const std::int64_t most = first == last ? 0 : *std::max_element(first, last);
    if (most < *source.min_line_quantity) {
      Obstacle obstacle = too_few(*source.min_line_quantity, most, nullptr);
      obstacle.of_one_line = true;
      return report(obstacle);
    }
  }
  return true;
}

template <class Report>
bool Eligibility::check_limits(const UseLimits& limits, Report report) {
  if (limits.uses_left && *limits.uses_left <= 0 &&
      !report(Obstacle{.code = RejectionCode::usage_limit_reached, .actual = Fact::quantity(0)})) {
    return false;
  }
  if (limits.uses_left_for_customer && *limits.uses_left_for_customer <= 0 &&
      !report(
          Obstacle{.code = RejectionCode::customer_limit_reached, .actual = Fact::quantity(0)})) {
    return false;
  }
  return !(limits.budget_left && *limits.budget_left <= no_money) ||
         report(Obstacle{.code = RejectionCode::budget_exhausted, .actual = Fact::money(no_money)});
}

bool Eligibility::is_clear(const CompiledConditions& conditions, const UseLimits* limits,
                           std::span<const CompiledEffect> effects) {
  if constexpr (preview_only) {
    return !obstacle_of(conditions, limits, effects);
  }
  return check(conditions, limits, effects, [](const Obstacle&) { return false; });
}

std::optional<Obstacle> Eligibility::obstacle_of(const CompiledConditions& conditions,
                                                 const UseLimits* limits,
                                                 std::span<const CompiledEffect> effects) {
  if constexpr (preview_only) {
    std::optional<Obstacle> first_only;
    check(conditions, limits, effects, [&first_only](const Obstacle& obstacle) {
      first_only = obstacle;
      return false;
    });
    return first_only;
  }
  if (is_clear(conditions, limits, effects)) {
    return std::nullopt;
  }
  Found found;
  check(conditions, limits, effects, [&found](const Obstacle& obstacle) {
    found.obstacles[found.count++] = obstacle;
    return true;
  });
  Obstacle& first = found.obstacles[0];
  for (std::size_t i = 1; i < found.count; ++i) {
    if (!cures(first, found.obstacles[i])) {
      first.fix = {};
    }
  }
  return first;
}

bool Eligibility::in_reach(const CompiledPromotion& promotion) const {
  const CompiledConditions& conditions = promotion.conditions;
  const Conditions& source = *conditions.source;
  const PreparedCart& cart = *situation_.cart;
  if (conditions.any) {
    if ((source.starts_at && situation_.now < *source.starts_at) ||
        (source.ends_at && situation_.now >= *source.ends_at) ||
        (!source.customer_tags.empty() && !cart.customer_tagged(conditions.customer_tags)) ||
        (!source.contains_tags.empty() && !cart.any_line_tagged(conditions.contains_tags)) ||
        (!conditions.subtotal_of.include.empty() &&
         !cart.any_line_tagged(conditions.subtotal_of.include)) ||
        (!conditions.quantity_of.include.empty() &&
         !cart.any_line_tagged(conditions.quantity_of.include))) {
      return false;
    }
  }
  for (const CompiledEffect& effect : promotion.effects) {
    if (scope_in_cart(effect)) {
      return true;
    }
  }
  return false;
}

std::optional<Obstacle> Eligibility::running_obstacle_of(const CompiledConditions& conditions,
                                                         const RunState& state) const {
  const Conditions& source = *conditions.source;
  if (source.min_subtotal) {
    const Money actual = subtotal_of({}, state.items_left);
    if (actual < *source.min_subtotal) {
      return honest(too_little(*source.min_subtotal, actual, nullptr));
    }
  }
  if (source.min_subtotal_of) {
    const Money actual = subtotal_of(conditions.subtotal_of, state.items_left);
    if (actual < source.min_subtotal_of->amount) {
      return honest(
          too_little(source.min_subtotal_of->amount, actual, &source.min_subtotal_of->scope));
    }
  }
  return std::nullopt;
}

/// Where conditions look at what is left, what is added may be discounted by those that run before:
/// no amount is surely enough.
Obstacle Eligibility::honest(Obstacle obstacle) const {
  if (situation_.catalog->catalog->policy.condition_basis == ConditionBasis::running) {
    obstacle.fix = {};
  }
  return obstacle;
}

Fix Eligibility::reach_one_of(std::span<const TierId> tiers) const {
  if (preview_only || situation_.account == nullptr || !situation_.catalog->catalog->tiers_active) {
    return {};
  }
  const Tier* nearest = nullptr;
  for (const Tier& tier : situation_.catalog->catalog->tiers) {
    if (std::find(tiers.begin(), tiers.end(), tier.id) != tiers.end() &&
        tier.required_points > situation_.account->tier_points &&
        (nearest == nullptr || tier.required_points < nearest->required_points)) {
      nearest = &tier;
    }
  }
  if (nearest == nullptr) {
    return {};
  }
  return Fix::reach(nearest->id, nearest->required_points - situation_.account->tier_points);
}

/// Only if every effect lacks what it is about does the candidate; then the first one tells.
std::optional<Obstacle> Eligibility::obstacle_of_effects(std::span<const CompiledEffect> effects) {
  std::optional<Obstacle> first;
  for (const CompiledEffect& effect : effects) {
    std::optional<Obstacle> obstacle = obstacle_of_effect(effect);
    if (!obstacle) {
      return std::nullopt;
    }
    if (!first) {
      first = obstacle;
    }
  }
  return first;
}

/// The quick answer for the usual effects.
bool Eligibility::surely_has_its_scope(const CompiledEffect& effect) const {
  const Effect& source = *effect.source;
  switch (source.kind) {
    case EffectKind::free_item:
    case EffectKind::buy_x_get_y:
    case EffectKind::tiered_percent:
      return false;
    default:
      return !source.group_size && scope_in_cart(effect);
  }
}

std::optional<Obstacle> Eligibility::obstacle_of_effect(const CompiledEffect& effect) {
  const Effect& source = *effect.source;
  const Scope* scope = effect.scope.source;
  if (source.kind == EffectKind::free_item) {
    return obstacle_of_free_item(effect);
  }
  if (source.kind == EffectKind::buy_x_get_y) {
    return obstacle_of_buying(effect);
  }
  if (source.target == Target::shipping) {
    if (scope != nullptr && situation_.cart->select_shipping(effect.scope) == 0) {
      return not_in_cart(scope, Fix::choose());
    }
    return std::nullopt;
  }
  if (source.kind != EffectKind::tiered_percent && scope != nullptr &&
      !situation_.cart->any_line_in(effect.scope)) {
    return not_in_cart(scope, Fix::add(source.group_size.value_or(1), scope));
  }
  std::optional<Obstacle> group = obstacle_of_group_size(effect);
  if (source.kind != EffectKind::tiered_percent) {
    return group;
  }
  const std::optional<Obstacle> steps = obstacle_of_steps(effect);
  if (!group || !steps) {
    return group ? group : steps;
  }
  if (source.by == StepBasis::quantity) {
    return cures(*steps, *group) ? steps : group;  // the larger number of units serves both
  }
  if (!cures(*group, *steps)) {
    group->fix = cures(*steps, *group) ? steps->fix : Fix{};
  }
  return group;
}

std::optional<Obstacle> Eligibility::obstacle_of_free_item(const CompiledEffect& effect) const {
  if (!effect.source->per_units) {
    return std::nullopt;
  }
  const Scope* scope = effect.scope.source;
  const std::int64_t every = effect.source->per_units->every;
  const std::int64_t units = units_of(effect.scope);
  if (units == 0) {
    return not_in_cart(scope, Fix::add(every, scope));
  }
  return units < every ? std::optional{too_few(every, units, scope)} : std::nullopt;
}

std::optional<Obstacle> Eligibility::obstacle_of_group_size(const CompiledEffect& effect) {
  const Effect& source = *effect.source;
  const Scope* scope = effect.scope.source;
  if (!source.group_size || (scope != nullptr && !situation_.cart->any_line_in(effect.scope))) {
    return std::nullopt;
  }
  select_lines(effect, effect.scope, *situation_.cart, untouched_, selection_);
  std::int64_t units = 0;
  for (std::size_t at = 0; at < selection_.count; ++at) {
    units += selection_.units_at(at);
  }
  if (units >= *source.group_size) {
    return std::nullopt;
  }
  Obstacle obstacle = too_few(*source.group_size, units, scope);
  obstacle.of_eligible = true;
  return obstacle;
}

std::optional<Obstacle> Eligibility::obstacle_of_buying(const CompiledEffect& effect) {
  const Effect& source = *effect.source;
  const UnitsNeeded needed = units_needed(effect, *situation_.cart, untouched_, selection_);
  if (needed.required <= needed.actual) {
    return std::nullopt;
  }
  const Scope* scope = needed.scope;
  Obstacle obstacle = too_few(needed.required, needed.actual, scope);
  if (scope != nullptr && units_of(*needed.compiled) == 0) {
    obstacle = not_in_cart(scope, Fix::add(needed.required, scope));
  }
  obstacle.of_eligible = true;
  // With two scopes the units that are added must not upset the other side.
  if (effect.two_scopes && needed.compiled == &effect.scope &&
      units_only_to_give(effect) < source.get) {
    obstacle.fix = {};
  }
  if (effect.two_scopes && needed.compiled == &effect.get_scope &&
      !stays_out_of(effect.get_scope.source, effect.scope.source)) {
    obstacle.fix = {};
  }
  return obstacle;
}

/// Eligible units of the scope to get from that can never be bought.
std::int64_t Eligibility::units_only_to_give(const CompiledEffect& effect) {
  std::uint64_t to_buy[limits::cart_lines_max / 64 + 1];
  situation_.cart->select_lines(effect.scope, to_buy);
  select_lines(effect, effect.get_scope, *situation_.cart, untouched_, selection_);
  limit_units(*effect.source, false, selection_);
  std::int64_t units = 0;
  for (std::size_t at = 0; at < selection_.count; ++at) {
    const std::uint32_t line = selection_.line[at];
    if ((to_buy[line / 64] >> line % 64 & 1) == 0) {
      units += selection_.units_at(at);
    }
  }
  return units;
}

std::optional<Obstacle> Eligibility::obstacle_of_steps(const CompiledEffect& effect) {
  const Effect& source = *effect.source;
  const Scope* scope = effect.scope.source;
  select_lines(effect, effect.scope, *situation_.cart, untouched_, selection_);
  const bool by_subtotal = source.by == StepBasis::subtotal;
  const std::int64_t first = source.steps.front().from;
  std::int64_t basis = 0;
  for (std::size_t at = 0; at < selection_.count; ++at) {
    basis += by_subtotal ? situation_.cart->items.subtotal[selection_.line[at]].minor_units()
                         : selection_.units_at(at);
  }
  if (basis >= first && (scope == nullptr || situation_.cart->any_line_in(effect.scope))) {
    return std::nullopt;
  }
  Obstacle obstacle = by_subtotal ? too_little(Money::minor(first), Money::minor(basis), scope)
                                  : too_few(first, basis, scope);
  if (scope != nullptr && !situation_.cart->any_line_in(effect.scope)) {
    Fix fix = first > basis ? obstacle.fix : Fix::add(1, scope);
    if (fix.kind == Fix::Kind::add_quantity) {
      fix = Fix::add(std::max(fix.quantity, source.group_size.value_or(1)), scope);
    } else if (source.group_size.value_or(1) > 1) {
      fix = {};  // the amount may be that of a single unit
    }
    obstacle = not_in_cart(scope, fix);
  }
  obstacle.of_eligible = true;
  return obstacle;
}

bool Eligibility::scope_in_cart(const CompiledEffect& effect) const {
  const PreparedCart& cart = *situation_.cart;
  if (effect.scope.source == nullptr) {
    return true;
  }
  if (effect.source->target == Target::shipping) {
    return cart.select_shipping(effect.scope) != 0;
  }
  return cart.any_line_in(effect.scope);
}

Money Eligibility::subtotal_of(const CompiledScope& scope, const Buffer<Money>& amounts) const {
  const PreparedCart& cart = *situation_.cart;
  std::uint64_t mask[limits::cart_lines_max / 64 + 1];
  cart.select_lines(scope, mask);
  for (std::size_t word = 0; word < cart.words; ++word) {
    mask[word] &= ~cart.gift_cards[word];
  }
  Money sum = no_money;
  each_line(mask, cart.words, [&](std::size_t line) { sum += amounts[line]; });
  return sum;
}

std::int64_t Eligibility::units_of(const CompiledScope& scope) const {
  const PreparedCart& cart = *situation_.cart;
  std::uint64_t mask[limits::cart_lines_max / 64 + 1];
  cart.select_lines(scope, mask);
  std::int64_t units = 0;
  each_line(mask, cart.words, [&](std::size_t line) { units += cart.items.quantity[line]; });
  return units;
}

Texts Eligibility::shipping_ids() {
  const std::span<const ShippingMethod> methods = situation_.cart->cart->shipping;
  const std::span<std::string_view> ids = arena_.array<std::string_view>(methods.size());
  for (std::size_t i = 0; i < methods.size(); ++i) {
    ids[i] = methods[i].id;
  }
  return ids;
}

}  // namespace loyalty
