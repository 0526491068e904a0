#include <iterator>

#include "core/json/decode_parts.h"

namespace loyalty {
namespace {

using namespace shapes;

constexpr Range tier_ids_count{1, limits::tier_configs_max};
constexpr Range steps_count{1, limits::steps_max};
constexpr Range at_least_one{1, limits::points_max};

constexpr FieldShape scope_fields[] = {
    list("include", LOYALTY_MEMBER(Scope, include), texts_of<std::string_view>, bounds::rule_tags),
    list("exclude", LOYALTY_MEMBER(Scope, exclude), texts_of<std::string_view>, bounds::rule_tags),
    amount("minUnitPrice", LOYALTY_MEMBER(Scope, min_unit_price)),
    amount("maxUnitPrice", LOYALTY_MEMBER(Scope, max_unit_price)),
};

constexpr FieldShape scoped_amount_fields[] = {
    needed(object("scope", LOYALTY_MEMBER(ScopedAmount, scope), scope_shape)),
    needed(amount("amount", LOYALTY_MEMBER(ScopedAmount, amount))),
};
constexpr Shape scoped_amount_shape = of<ScopedAmount, scoped_amount_fields>();

constexpr FieldShape scoped_quantity_fields[] = {
    needed(object("scope", LOYALTY_MEMBER(ScopedQuantity, scope), scope_shape)),
    needed(integer("quantity", LOYALTY_MEMBER(ScopedQuantity, quantity), ranges::units)),
};
constexpr Shape scoped_quantity_shape = of<ScopedQuantity, scoped_quantity_fields>();

constexpr FieldShape conditions_fields[] = {
    instant("startsAt", LOYALTY_MEMBER(Conditions, starts_at)),
    instant("endsAt", LOYALTY_MEMBER(Conditions, ends_at)),
    amount("minSubtotal", LOYALTY_MEMBER(Conditions, min_subtotal)),
    object("minSubtotalOf", LOYALTY_MEMBER(Conditions, min_subtotal_of), scoped_amount_shape),
    integer("minQuantity", LOYALTY_MEMBER(Conditions, min_quantity), ranges::units),
    object("minQuantityOf", LOYALTY_MEMBER(Conditions, min_quantity_of), scoped_quantity_shape),
    integer("minLineQuantity", LOYALTY_MEMBER(Conditions, min_line_quantity), ranges::quantity),
    list("containsTags", LOYALTY_MEMBER(Conditions, contains_tags), texts_of<std::string_view>,
         bounds::rule_tags),
    list("tierIds", LOYALTY_MEMBER(Conditions, tier_ids), texts_of<TierId>, tier_ids_count),
    boolean("membersOnly", LOYALTY_MEMBER(Conditions, members_only)),
    list("customerTags", LOYALTY_MEMBER(Conditions, customer_tags), texts_of<std::string_view>,
         bounds::rule_tags),
    integer("orderNumber", LOYALTY_MEMBER(Conditions, order_number), bounds::order_number),
    list("shippingMethods", LOYALTY_MEMBER(Conditions, shipping_methods),
         texts_of<std::string_view>, bounds::rule_tags),
};

void check_step(Decoder& decoder, Members& in, void* object);
constexpr FieldShape step_fields[] = {
    needed(integer("from", LOYALTY_MEMBER(RateStep, from), ranges::amount)),
    needed(integer("ratePpm", LOYALTY_MEMBER(RateStep, rate), ranges::discount_rate)),
};
constexpr Shape step_shape = of<RateStep, step_fields>(check_step);
constexpr ListShape steps_list = list_of<RateStep>(step_shape);

/// Steps ascend.
void check_step(Decoder& decoder, Members& in, void* object) {
  const RateStep* step = static_cast<const RateStep*>(object);
  const std::int64_t previous = in.index > 0 ? step[-1].from : -1;
  constexpr std::size_t from = place_of("from", step_fields);
  if (in.has(from) && step->from <= previous) {
    decoder.fail_range(in.values[from], {previous + 1, ranges::amount.max});
  }
}

constexpr FieldShape per_units_fields[] = {
    needed(object("scope", LOYALTY_MEMBER(PerUnits, scope), scope_shape)),
    needed(integer("every", LOYALTY_MEMBER(PerUnits, every), ranges::units)),
};
constexpr Shape per_units_shape = of<PerUnits, per_units_fields>();

void read_kind(Decoder& decoder, Members& in, const Field& field, void* object);
void read_amount(Decoder& decoder, Members& in, const Field& field, void* object);
void read_cost(Decoder& decoder, Members& in, const Field& field, void* object);
void read_max_points(Decoder& decoder, Members& in, const Field& field, void* object);
void read_target(Decoder& decoder, Members& in, const Field& field, void* object);
void read_base(Decoder& decoder, Members& in, const Field& field, void* object);

/// In the order of the contract.
constexpr FieldShape effect_fields[] = {
    special("kind", read_kind),
    integer("ratePpm", LOYALTY_MEMBER(Effect, rate), ranges::discount_rate),
    one_of("by", LOYALTY_MEMBER(Effect, by), names_of<names::step_basis>),
    list("steps", LOYALTY_MEMBER(Effect, steps), steps_list, steps_count),
    special("amount", read_amount),
    integer("buy", LOYALTY_MEMBER(Effect, buy), ranges::quantity),
    integer("get", LOYALTY_MEMBER(Effect, get), ranges::quantity),
    object("buyScope", LOYALTY_MEMBER(Effect, buy_scope), scope_shape),
    object("getScope", LOYALTY_MEMBER(Effect, get_scope), scope_shape),
    boolean("repeat", LOYALTY_MEMBER(Effect, repeat)),
    shapes::amount("amountOff", LOYALTY_MEMBER(Effect, amount_off)),
    integer("maxUnits", LOYALTY_MEMBER(Effect, max_units), ranges::units),
    one_of("pick", LOYALTY_MEMBER(Effect, pick), names_of<names::pick>),
    text("productId", LOYALTY_MEMBER(Effect, product), bounds::id),
    integer("quantity", LOYALTY_MEMBER(Effect, quantity), ranges::quantity),
    shapes::amount("unitPrice", LOYALTY_MEMBER(Effect, unit_price)),
    object("perUnits", LOYALTY_MEMBER(Effect, per_units), per_units_shape),
    special("costInPoints", read_cost),
    integer("minPoints", LOYALTY_MEMBER(Effect, min_points), at_least_one),
    integer("stepPoints", LOYALTY_MEMBER(Effect, step_points), at_least_one),
    special("maxPoints", read_max_points),
    integer("maxShareOfOrderPpm", LOYALTY_MEMBER(Effect, max_share_of_order),
            ranges::discount_rate),
    special("target", read_target),
    one_of("apply", LOYALTY_MEMBER(Effect, apply), names_of<names::apply>),
    object("scope", LOYALTY_MEMBER(Effect, scope), scope_shape),
    special("base", read_base),
    shapes::amount("maxDiscount", LOYALTY_MEMBER(Effect, max_discount)),
    integer("maxUnitsPerLine", LOYALTY_MEMBER(Effect, max_units_per_line), ranges::quantity),
    integer("groupSize", LOYALTY_MEMBER(Effect, group_size), ranges::quantity),
    boolean("amountIncludesTax", LOYALTY_MEMBER(Effect, amount_includes_tax)),
    boolean("excludeDiscounted", LOYALTY_MEMBER(Effect, exclude_discounted)),
    boolean("appliesToSubscriptions", LOYALTY_MEMBER(Effect, applies_to_subscriptions)),
    integer("discountedCycles", LOYALTY_MEMBER(Effect, discounted_cycles), ranges::quantity),
};
constexpr std::size_t effect_fields_count = std::size(effect_fields);

constexpr unsigned bit(EffectKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr unsigned percent = bit(EffectKind::percent);
constexpr unsigned tiered = bit(EffectKind::tiered_percent);
constexpr unsigned fixed = bit(EffectKind::fixed_amount);
constexpr unsigned price = bit(EffectKind::fixed_price);
constexpr unsigned gift = bit(EffectKind::buy_x_get_y);
constexpr unsigned item = bit(EffectKind::free_item);
constexpr unsigned points = bit(EffectKind::points_as_money);
constexpr unsigned every_kind = 0xFF;
/// All that work on what is in the cart: a free item comes beside it.
constexpr unsigned on_lines = every_kind & ~item;

/// The kinds that a field belongs to, and those that cannot do without it.
struct KindsOfField {
  std::string_view name;
  unsigned kinds;
  unsigned needed_by = 0;
};
constexpr KindsOfField kind_rules[] = {
    {"kind", every_kind},
    {"ratePpm", percent | gift, percent},
    {"by", tiered, tiered},
    {"steps", tiered, tiered},
    {"amount", fixed | price | points, fixed | price | points},
    {"buy", gift, gift},
    {"get", gift, gift},
    {"buyScope", gift},
    {"getScope", gift},
    {"repeat", gift},
    {"amountOff", gift},
    {"maxUnits", on_lines},
    {"pick", gift},
    {"productId", item, item},
    {"quantity", item, item},
    {"unitPrice", item, item},
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
    {"amountIncludesTax", fixed | price},
    {"excludeDiscounted", on_lines},
    {"appliesToSubscriptions", on_lines},
    {"discountedCycles", every_kind},
};
static_assert(std::size(kind_rules) == effect_fields_count, "one rule for every field");

/// The rules by the place of the field.
struct KindBits {
  std::uint8_t kinds[effect_fields_count] = {};
  std::uint8_t needed_by[effect_fields_count] = {};

  constexpr KindBits() {
    for (const KindsOfField& rule : kind_rules) {
      for (std::size_t i = 0; i < effect_fields_count; ++i) {
        if (effect_fields[i].name == rule.name) {
          kinds[i] = static_cast<std::uint8_t>(rule.kinds);
          needed_by[i] = static_cast<std::uint8_t>(rule.needed_by);
        }
      }
    }
  }
};
constexpr KindBits kind_bits;

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

/// What of its own kind an effect cannot do without; and where it stands.
void read_kind(Decoder& decoder, Members& in, const Field& field, void* object) {
  Effect& effect = *static_cast<Effect*>(object);
  effect.rate = whole;
  in.marked = decoder.need_name(field, effect.kind, names_of<names::effect_kind>);
  if (!in.marked) {
    return;
  }
  for (std::size_t i = 0; i < effect_fields_count; ++i) {
    if (!in.has(i) && (kind_bits.needed_by[i] & bit(effect.kind)) != 0) {
      decoder.fail(ErrorCode::missing_field, in.object, effect_fields[i].name);
    }
  }
  effect.target = default_target(effect.kind);
  if (effect.kind == EffectKind::points_as_money && decoder.config_cost == nullptr) {
    decoder.fail(ErrorCode::unknown_value, field);
  }
}

/// Points that are worth nothing would divide by nothing.
void read_amount(Decoder& decoder, Members&, const Field& field, void* object) {
  Effect& effect = *static_cast<Effect*>(object);
  const std::int64_t least = effect.kind == EffectKind::points_as_money ? 1 : 0;
  decoder.read(field, effect.amount, Range{least, limits::money_minor_max});
}

void read_cost(Decoder& decoder, Members&, const Field& field, void* object) {
  Effect& effect = *static_cast<Effect*>(object);
  effect.cost = decoder.config_cost != nullptr ? *decoder.config_cost : no_points;
  decoder.read(field, effect.cost, ranges::cost);
  effect.min_points = effect.cost;
}

void read_max_points(Decoder& decoder, Members&, const Field& field, void* object) {
  Effect& effect = *static_cast<Effect*>(object);
  decoder.read(field, effect.max_points, at_least_one);
  if (effect.max_points && *effect.max_points < effect.min_points) {
    decoder.fail_range(field.value, {effect.min_points.count(), limits::points_max});
  }
}

void read_target(Decoder& decoder, Members&, const Field& field, void* object) {
  Effect& effect = *static_cast<Effect*>(object);
  if (decoder.read_name(field, effect.target, names_of<names::target>) &&
      !may_target(effect.kind, effect.target)) {
    decoder.fail(ErrorCode::unknown_value, field);
  }
}

/// The names leave out `policy`, which is the absence of the field.
void read_base(Decoder& decoder, Members&, const Field& field, void* object) {
  EffectBase base{};
  if (decoder.read_name(field, base, names_of<names::effect_base>)) {
    static_cast<Effect*>(object)->base = static_cast<EffectBase>(static_cast<int>(base) + 1);
  }
}

/// A field of another kind would be read and do nothing. It is refused: whoever wrote it expected
/// something.
void check_fields_belong(Decoder& decoder, const Members& in, const Effect& effect) {
  for (std::size_t i = 0; i < effect_fields_count; ++i) {
    if (in.has(i) && (kind_bits.kinds[i] & bit(effect.kind)) == 0) {
      decoder.fail(ErrorCode::unknown_field, in.at(i));
    }
  }
  constexpr std::size_t rate = place_of("ratePpm", effect_fields);
  constexpr std::size_t scope = place_of("scope", effect_fields);
  if (in.has(place_of("amountOff", effect_fields)) && in.has(rate)) {
    decoder.fail(ErrorCode::unknown_field, in.at(rate));
  }
  if (in.has(scope) && effect.target == Target::order) {
    decoder.fail(ErrorCode::unknown_field, in.at(scope));
  }
  const bool acts_as_a_whole = effect.target == Target::order ||
                               effect.kind == EffectKind::points_as_money ||
                               effect.kind == EffectKind::free_shipping;
  if (acts_as_a_whole && effect.apply != Apply::across) {
    decoder.fail(ErrorCode::unknown_value, in.at(place_of("apply", effect_fields)));
  }
}

/// What free items are worth stays an exact number in the fullest cart.
bool is_item_in_range(const Effect& effect) {
  const std::int64_t worth = effect.unit_price.minor_units() * effect.quantity;
  const std::int64_t times = effect.per_units ? ranges::units.max / effect.per_units->every : 1;
  return worth <= limits::money_minor_max && (times == 0 || worth <= limits::js_exact_max / times);
}

void check_effect(Decoder& decoder, Members& in, void* object) {
  const Effect* effect = static_cast<const Effect*>(object);
  if (in.marked) {
    check_fields_belong(decoder, in, *effect);
  }
  if (!is_item_in_range(*effect)) {
    decoder.fail(ErrorCode::out_of_range, in.object);
  }
  // Points can be money once.
  for (std::size_t i = 1; i <= in.index && effect->kind == EffectKind::points_as_money; ++i) {
    if ((effect - i)->kind == EffectKind::points_as_money) {
      decoder.fail(ErrorCode::too_many, in.object);
    }
  }
}

constexpr Shape effect_shape = of<Effect, effect_fields>(check_effect);

}  // namespace

constexpr Shape scope_shape = of<Scope, scope_fields>();
constexpr Shape conditions_shape = of<Conditions, conditions_fields>();
constexpr ListShape effects_list = list_of<Effect>(effect_shape);

}  // namespace loyalty
