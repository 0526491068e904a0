#include "core/json/encode_parts.h"

namespace loyalty {
namespace {

void encode_scoped(const ScopedAmount& of, Writer& to) {
  to.begin_object();
  member(to, "amount", of.amount);
  to.key("scope");
  encode(of.scope, to);
  to.end_object();
}

void encode_scoped(const ScopedQuantity& of, Writer& to) {
  to.begin_object();
  member(to, "quantity", of.quantity);
  to.key("scope");
  encode(of.scope, to);
  to.end_object();
}

void encode_steps(std::span<const RateStep> steps, Writer& to) {
  members(to, "steps", steps, [&to](const RateStep& step) {
    to.begin_object();
    member(to, "from", step.from);
    member(to, "ratePpm", step.rate);
    to.end_object();
  });
}

/// The fields that all kinds share but the free item, which has no lines to work on. They are
/// spread over the alphabet, so one function writes the fields of all kinds in order and asks `is`.
struct Kinds {
  EffectKind kind;
  template <class... Kind>
  bool is(Kind... any) const {
    return ((kind == any) || ...);
  }
};

}  // namespace

void encode(const Scope& scope, Writer& to) {
  to.begin_object();
  rule_texts(to, "exclude", scope.exclude);
  rule_texts(to, "include", scope.include);
  member(to, "maxUnitPrice", scope.max_unit_price);
  member(to, "minUnitPrice", scope.min_unit_price);
  to.end_object();
}

void encode(const Conditions& conditions, Writer& to) {
  to.begin_object();
  rule_texts(to, "containsTags", conditions.contains_tags);
  rule_texts(to, "customerTags", conditions.customer_tags);
  member(to, "endsAt", conditions.ends_at);
  member(to, "membersOnly", conditions.members_only);
  member(to, "minLineQuantity", conditions.min_line_quantity);
  member(to, "minQuantity", conditions.min_quantity);
  if (conditions.min_quantity_of) {
    to.key("minQuantityOf");
    encode_scoped(*conditions.min_quantity_of, to);
  }
  member(to, "minSubtotal", conditions.min_subtotal);
  if (conditions.min_subtotal_of) {
    to.key("minSubtotalOf");
    encode_scoped(*conditions.min_subtotal_of, to);
  }
  member(to, "orderNumber", conditions.order_number);
  rule_texts(to, "shippingMethods", conditions.shipping_methods);
  member(to, "startsAt", conditions.starts_at);
  if (!conditions.tier_ids.empty()) {
    members(to, "tierIds", conditions.tier_ids, [&to](TierId id) { to.value(id.text()); });
  }
  to.end_object();
}

void encode(const Effect& effect, Writer& to) {
  using enum EffectKind;
  const Kinds kind{effect.kind};
  const bool has_lines = !kind.is(free_item);
  to.begin_object();
  if (kind.is(fixed_amount, fixed_price, points_as_money)) {
    member(to, "amount", effect.amount);
  }
  if (kind.is(fixed_amount, fixed_price)) {
    member(to, "amountIncludesTax", effect.amount_includes_tax);
  }
  member(to, "amountOff", effect.amount_off);
  if (has_lines) {
    member(to, "appliesToSubscriptions", effect.applies_to_subscriptions);
    member(to, "apply", names::of(names::apply, effect.apply));
  }
  if (effect.base != EffectBase::policy) {
    const auto index = static_cast<std::size_t>(effect.base) - 1;
    member(to, "base", names::effect_base[index]);
  }
  if (kind.is(buy_x_get_y)) {
    member(to, "buy", effect.buy);
    optional_scope(to, "buyScope", effect.buy_scope);
  }
  if (kind.is(tiered_percent)) {
    member(to, "by", names::of(names::step_basis, effect.by));
  }
  if (kind.is(points_as_money)) {
    member(to, "costInPoints", effect.cost);
  }
  member(to, "discountedCycles", effect.discounted_cycles);
  if (has_lines) {
    member(to, "excludeDiscounted", effect.exclude_discounted);
  }
  if (kind.is(buy_x_get_y)) {
    member(to, "get", effect.get);
    optional_scope(to, "getScope", effect.get_scope);
  }
  member(to, "groupSize", effect.group_size);
  member(to, "kind", names::of(names::effect_kind, effect.kind));
  member(to, "maxDiscount", effect.max_discount);
  member(to, "maxPoints", effect.max_points);
  member(to, "maxShareOfOrderPpm", effect.max_share_of_order);
  member(to, "maxUnits", effect.max_units);
  member(to, "maxUnitsPerLine", effect.max_units_per_line);
  if (kind.is(points_as_money)) {
    member(to, "minPoints", effect.min_points);
  }
  if (effect.per_units) {
    to.key("perUnits");
    to.begin_object();
    member(to, "every", effect.per_units->every);
    to.key("scope");
    encode(effect.per_units->scope, to);
    to.end_object();
  }
  if (kind.is(buy_x_get_y)) {
    member(to, "pick", names::of(names::pick, effect.pick));
  }
  if (kind.is(free_item)) {
    member(to, "productId", effect.product);
    member(to, "quantity", effect.quantity);
  }
  if (kind.is(percent) || (kind.is(buy_x_get_y) && !effect.amount_off)) {
    member(to, "ratePpm", effect.rate);
  }
  if (kind.is(buy_x_get_y)) {
    member(to, "repeat", effect.repeat);
  }
  optional_scope(to, "scope", effect.scope);
  if (kind.is(points_as_money)) {
    member(to, "stepPoints", effect.step_points);
  }
  if (kind.is(tiered_percent)) {
    encode_steps(effect.steps, to);
  }
  member(to, "target", names::of(names::target, effect.target));
  if (kind.is(free_item)) {
    member(to, "unitPrice", effect.unit_price);
  }
  to.end_object();
}

}  // namespace loyalty
