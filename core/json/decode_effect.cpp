#include <iterator>

#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

constexpr FieldNames scope_fields{"include", "exclude", "minUnitPrice", "maxUnitPrice"};
constexpr FieldNames scoped_amount_fields{"scope", "amount"};
constexpr FieldNames scoped_quantity_fields{"scope", "quantity"};
constexpr FieldNames condition_fields{
    "startsAt",      "endsAt",          "minSubtotal",    "minSubtotalOf", "minQuantity",
    "minQuantityOf", "minLineQuantity", "containsTags",   "tierIds",       "membersOnly",
    "customerTags",  "orderNumber",     "shippingMethods"};
constexpr FieldNames step_fields{"from", "ratePpm"};
constexpr FieldNames per_units_fields{"scope", "every"};

constexpr unsigned bit(EffectKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned percent = bit(EffectKind::percent);
constexpr unsigned tiered = bit(EffectKind::tiered_percent);
constexpr unsigned amount = bit(EffectKind::fixed_amount);
constexpr unsigned price = bit(EffectKind::fixed_price);
constexpr unsigned gift = bit(EffectKind::buy_x_get_y);
constexpr unsigned item = bit(EffectKind::free_item);
constexpr unsigned points = bit(EffectKind::points_as_money);
constexpr unsigned every_kind = 0xFF;
/// All that work on what is in the cart: a free item comes beside it.
constexpr unsigned on_lines = every_kind & ~item;

/// The fields of effects in the order of the contract, and the kinds that each belongs to.
struct EffectField {
  std::string_view name;
  unsigned kinds;
};
constexpr EffectField effect_table[] = {
    {"kind", every_kind},
    {"ratePpm", percent | gift},
    {"by", tiered},
    {"steps", tiered},
    {"amount", amount | price | points},
    {"buy", gift},
    {"get", gift},
    {"buyScope", gift},
    {"getScope", gift},
    {"repeat", gift},
    {"amountOff", gift},
    {"maxUnits", on_lines},
    {"pick", gift},
    {"productId", item},
    {"quantity", item},
    {"unitPrice", item},
    {"perUnits", item},
    {"costInPoints", points},
    {"minPoints", points},
    {"stepPoints", points},
    {"maxPoints", points},
    {"maxShareOfOrderPpm", points},
    {"target", every_kind},
    {"apply", on_lines},
    {"scope", on_lines},
    {"base", on_lines},
    {"maxDiscount", on_lines},
    {"maxUnitsPerLine", on_lines},
    {"groupSize", on_lines},
    {"amountIncludesTax", amount | price},
    {"excludeDiscounted", on_lines},
    {"appliesToSubscriptions", on_lines},
    {"discountedCycles", every_kind},
};
constexpr auto effect_fields = FieldNames<std::size(effect_table)>::of(effect_table);

using EffectFields = Fields<effect_fields>;

void read_scope(Decoder& decoder, const Field& field, std::optional<Scope>& scope,
                Unknown unknown) {
  if (field) {
    decode_scope(decoder, field.value, scope.emplace(), unknown);
  }
}

void need_scope(Decoder& decoder, const Field& field, Scope& scope, Unknown unknown) {
  if (field) {
    decode_scope(decoder, field.value, scope, unknown);
  } else {
    decoder.fail(ErrorCode::missing_field, field.object, field.name);
  }
}

void read_steps(Decoder& decoder, const Field& field, std::span<const RateStep>& steps,
                Unknown unknown) {
  std::int64_t previous = -1;
  decoder.read_list(field, steps, {limits::steps_max, false},
                    [&](Tape::Position at, RateStep& step) {
                      const Fields<step_fields> in{decoder, at, unknown};
                      if (!in.is_object()) {
                        return;
                      }
                      const Field from = in.at<"from">();
                      decoder.need(from, step.from, ranges::amount);
                      decoder.need(in.at<"ratePpm">(), step.rate, ranges::discount_rate);
                      if (from && step.from <= previous) {
                        decoder.fail_range(from.value, {previous + 1, ranges::amount.max});
                      }
                      previous = step.from;
                    });
}

void read_per_units(Decoder& decoder, const Field& field, std::optional<PerUnits>& per_units,
                    Unknown unknown) {
  if (!field) {
    return;
  }
  PerUnits& to = per_units.emplace();
  const Fields<per_units_fields> in{decoder, field.value, unknown};
  if (in.is_object()) {
    need_scope(decoder, in.at<"scope">(), to.scope, unknown);
    decoder.need(in.at<"every">(), to.every, ranges::units);
  }
}

/// What of its own kind an effect cannot do without.
void need_fields_of_kind(Decoder& decoder, const EffectFields& in, EffectKind kind) {
  const auto need = [&decoder](const Field& field) {
    if (!field) {
      decoder.fail(ErrorCode::missing_field, field.object, field.name);
    }
  };
  switch (kind) {
    case EffectKind::percent:
      need(in.at<"ratePpm">());
      return;
    case EffectKind::tiered_percent:
      need(in.at<"by">());
      need(in.at<"steps">());
      return;
    case EffectKind::fixed_amount:
    case EffectKind::fixed_price:
    case EffectKind::points_as_money:
      need(in.at<"amount">());
      return;
    case EffectKind::buy_x_get_y:
      need(in.at<"buy">());
      need(in.at<"get">());
      return;
    case EffectKind::free_item:
      need(in.at<"productId">());
      need(in.at<"quantity">());
      need(in.at<"unitPrice">());
      return;
    case EffectKind::free_shipping:
      return;
  }
}

Target default_target(EffectKind kind) {
  switch (kind) {
    case EffectKind::buy_x_get_y:
    case EffectKind::free_item:
      return Target::lines;
    case EffectKind::free_shipping:
      return Target::shipping;
    default:
      return Target::order;
  }
}

bool may_target(EffectKind kind, Target target) {
  switch (kind) {
    case EffectKind::buy_x_get_y:
    case EffectKind::free_item:
    case EffectKind::free_shipping:
      return target == default_target(kind);
    case EffectKind::points_as_money:
      return target != Target::shipping;
    default:
      return true;
  }
}

/// A field of another kind would be read and do nothing. It is refused: whoever wrote it expected
/// something.
void check_fields_belong(Decoder& decoder, const EffectFields& in, const Effect& effect) {
  const unsigned kind = bit(effect.kind);
  for (std::size_t i = 0; i < std::size(effect_table); ++i) {
    const Field field = in.at_index(i);
    if (field && (effect_table[i].kinds & kind) == 0) {
      decoder.fail(ErrorCode::unknown_field, field);
    }
  }
  if (in.has<"amountOff">() && in.has<"ratePpm">()) {
    decoder.fail(ErrorCode::unknown_field, in.at<"ratePpm">());
  }
  if (in.has<"scope">() && effect.target == Target::order) {
    decoder.fail(ErrorCode::unknown_field, in.at<"scope">());
  }
  const bool acts_as_a_whole = effect.target == Target::order ||
                               effect.kind == EffectKind::points_as_money ||
                               effect.kind == EffectKind::free_shipping;
  if (acts_as_a_whole && effect.apply != Apply::across) {
    decoder.fail(ErrorCode::unknown_value, in.at<"apply">());
  }
}

void read_points(Decoder& decoder, const EffectFields& in, Effect& effect,
                 const EffectPlace& place) {
  effect.cost = place.config_cost.value_or(no_points);
  decoder.read(in.at<"costInPoints">(), effect.cost, ranges::cost);
  effect.min_points = effect.cost;
  const Range at_least_one{1, limits::points_max};
  decoder.read(in.at<"minPoints">(), effect.min_points, at_least_one);
  decoder.read(in.at<"stepPoints">(), effect.step_points, at_least_one);
  const Field max_points = in.at<"maxPoints">();
  decoder.read(max_points, effect.max_points, at_least_one);
  if (effect.max_points && *effect.max_points < effect.min_points) {
    decoder.fail_range(max_points.value, {effect.min_points.count(), limits::points_max});
  }
  decoder.read(in.at<"maxShareOfOrderPpm">(), effect.max_share_of_order, ranges::discount_rate);
}

void read_fields(Decoder& decoder, const EffectFields& in, Effect& effect,
                 const EffectPlace& place) {
  effect.rate = whole;
  decoder.read(in.at<"ratePpm">(), effect.rate, ranges::discount_rate);
  decoder.read_name(in.at<"by">(), effect.by, names::step_basis);
  read_steps(decoder, in.at<"steps">(), effect.steps, place.unknown);
  // Points that are worth nothing would divide by nothing.
  const std::int64_t least = effect.kind == EffectKind::points_as_money ? 1 : 0;
  decoder.read(in.at<"amount">(), effect.amount, Range{least, limits::money_minor_max});
  decoder.read(in.at<"buy">(), effect.buy, ranges::quantity);
  decoder.read(in.at<"get">(), effect.get, ranges::quantity);
  read_scope(decoder, in.at<"buyScope">(), effect.buy_scope, place.unknown);
  read_scope(decoder, in.at<"getScope">(), effect.get_scope, place.unknown);
  decoder.read(in.at<"repeat">(), effect.repeat);
  decoder.read(in.at<"amountOff">(), effect.amount_off);
  decoder.read(in.at<"maxUnits">(), effect.max_units, ranges::units);
  decoder.read_name(in.at<"pick">(), effect.pick, names::pick);
  decoder.read(in.at<"productId">(), effect.product);
  decoder.read(in.at<"quantity">(), effect.quantity, ranges::quantity);
  decoder.read(in.at<"unitPrice">(), effect.unit_price);
  read_per_units(decoder, in.at<"perUnits">(), effect.per_units, place.unknown);
  read_points(decoder, in, effect, place);
  if (decoder.read_name(in.at<"target">(), effect.target, names::target) &&
      !may_target(effect.kind, effect.target)) {
    decoder.fail(ErrorCode::unknown_value, in.at<"target">());
  }
  decoder.read_name(in.at<"apply">(), effect.apply, names::apply);
  read_scope(decoder, in.at<"scope">(), effect.scope, place.unknown);
  EffectBase base{};
  if (decoder.read_name(in.at<"base">(), base, names::effect_base)) {
    effect.base = static_cast<EffectBase>(static_cast<int>(base) + 1);
  }
  decoder.read(in.at<"maxDiscount">(), effect.max_discount);
  decoder.read(in.at<"maxUnitsPerLine">(), effect.max_units_per_line, ranges::quantity);
  decoder.read(in.at<"groupSize">(), effect.group_size, ranges::quantity);
  decoder.read(in.at<"amountIncludesTax">(), effect.amount_includes_tax);
  decoder.read(in.at<"excludeDiscounted">(), effect.exclude_discounted);
  decoder.read(in.at<"appliesToSubscriptions">(), effect.applies_to_subscriptions);
  decoder.read(in.at<"discountedCycles">(), effect.discounted_cycles, ranges::quantity);
}

/// What free items are worth stays an exact number in the fullest cart.
bool is_item_in_range(const Effect& effect) {
  const std::int64_t worth = effect.unit_price.minor_units() * effect.quantity;
  const std::int64_t times = effect.per_units ? ranges::units.max / effect.per_units->every : 1;
  return worth <= limits::money_minor_max && (times == 0 || worth <= limits::js_exact_max / times);
}

void decode_effect(Decoder& decoder, Tape::Position at, Effect& effect, const EffectPlace& place) {
  const EffectFields in{decoder, at, place.unknown};
  if (!in.is_object()) {
    return;
  }
  const bool is_known = decoder.need_name(in.at<"kind">(), effect.kind, names::effect_kind);
  if (is_known) {
    need_fields_of_kind(decoder, in, effect.kind);
    effect.target = default_target(effect.kind);
  }
  if (is_known && effect.kind == EffectKind::points_as_money && !place.config_cost) {
    decoder.fail(ErrorCode::unknown_value, in.at<"kind">());
  }
  read_fields(decoder, in, effect, place);
  if (is_known) {
    check_fields_belong(decoder, in, effect);
  }
  if (!is_item_in_range(effect)) {
    decoder.fail(ErrorCode::out_of_range, at);
  }
}

}  // namespace

void decode_scope(Decoder& decoder, Tape::Position at, Scope& scope, Unknown unknown) {
  const Fields<scope_fields> in{decoder, at, unknown};
  if (!in.is_object()) {
    return;
  }
  decoder.read(in.at<"include">(), scope.include, rule_tags);
  decoder.read(in.at<"exclude">(), scope.exclude, rule_tags);
  decoder.read(in.at<"minUnitPrice">(), scope.min_unit_price);
  decoder.read(in.at<"maxUnitPrice">(), scope.max_unit_price);
}

void decode_conditions(Decoder& decoder, const Field& field, Conditions& conditions,
                       Unknown unknown) {
  if (!field) {
    return;
  }
  const Fields<condition_fields> in{decoder, field.value, unknown};
  if (!in.is_object()) {
    return;
  }
  decoder.read(in.at<"startsAt">(), conditions.starts_at);
  decoder.read(in.at<"endsAt">(), conditions.ends_at);
  decoder.read(in.at<"minSubtotal">(), conditions.min_subtotal);
  if (const Field of = in.at<"minSubtotalOf">()) {
    ScopedAmount& to = conditions.min_subtotal_of.emplace();
    const Fields<scoped_amount_fields> inner{decoder, of.value, unknown};
    if (inner.is_object()) {
      need_scope(decoder, inner.at<"scope">(), to.scope, unknown);
      decoder.need(inner.at<"amount">(), to.amount);
    }
  }
  decoder.read(in.at<"minQuantity">(), conditions.min_quantity, ranges::units);
  if (const Field of = in.at<"minQuantityOf">()) {
    ScopedQuantity& to = conditions.min_quantity_of.emplace();
    const Fields<scoped_quantity_fields> inner{decoder, of.value, unknown};
    if (inner.is_object()) {
      need_scope(decoder, inner.at<"scope">(), to.scope, unknown);
      decoder.need(inner.at<"quantity">(), to.quantity, ranges::units);
    }
  }
  decoder.read(in.at<"minLineQuantity">(), conditions.min_line_quantity, ranges::quantity);
  decoder.read(in.at<"containsTags">(), conditions.contains_tags, rule_tags);
  decoder.read_list(in.at<"tierIds">(), conditions.tier_ids, {limits::tier_configs_max, false},
                    [&](Tape::Position at, TierId& id) { id = TierId{decoder.text(at, id_text)}; });
  decoder.read(in.at<"membersOnly">(), conditions.members_only);
  decoder.read(in.at<"customerTags">(), conditions.customer_tags, rule_tags);
  decoder.read(in.at<"orderNumber">(), conditions.order_number, Range{1, ranges::count.max});
  decoder.read(in.at<"shippingMethods">(), conditions.shipping_methods, rule_tags);
}

void decode_effects(Decoder& decoder, const Field& field, std::span<const Effect>& effects,
                    const EffectPlace& place) {
  bool has_points = false;
  decoder.read_list(field, effects, {limits::effects_max}, [&](Tape::Position at, Effect& effect) {
    decode_effect(decoder, at, effect, place);
    const bool is_points = effect.kind == EffectKind::points_as_money;
    if (is_points && has_points) {
      decoder.fail(ErrorCode::too_many, at);
    }
    has_points = has_points || is_points;
  });
}

}  // namespace loyalty
