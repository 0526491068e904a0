#include "tests/property/world.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "core/json/encode.h"
#include "core/json/writer.h"

namespace loyalty::property {
namespace {

constexpr std::string_view method_tag_pool[] = {"standard", "express"};

Money random_price(Random& random) {
  if (random.one_in(3)) {
    return Money::minor(random.between(0, 5'000));
  }
  return Money::minor(
      random.one_of<std::int64_t>({0, 1, 2, 3, 7, 10, 33, 99, 100, 333, 999, 1'000, 1'001, 2'500}));
}

RatePpm random_rate(Random& random) {
  if (random.one_in(4)) {
    return RatePpm::parts(random.between(0, 1'000'000));
  }
  return RatePpm::parts(random.one_of<std::int64_t>(
      {1, 50'000, 100'000, 125'000, 250'000, 333'333, 500'000, 999'999, 1'000'000}));
}

RatePpm random_tax(Random& random) {
  return RatePpm::parts(
      random.one_of<std::int64_t>({0, 0, 55'000, 70'000, 88'750, 190'000, 200'000, 2'000'000}));
}

Texts random_tags(Random& random, World& world, std::int64_t most) {
  const auto count = static_cast<std::size_t>(random.between(0, most));
  const std::span<std::string_view> tags = world.arena->array<std::string_view>(count);
  for (std::string_view& tag : tags) {
    tag = all_tags[random.below(std::size(all_tags))];
  }
  return tags;
}

Texts some_tags(Random& random, World& world) {
  return random.one_in(2)
             ? world.list<std::string_view>({all_tags[random.below(std::size(all_tags))]})
             : world.list<std::string_view>({all_tags[0], all_tags[random.below(3)]});
}

Scope random_scope(Random& random, World& world) {
  Scope scope;
  if (!random.one_in(4)) {
    scope.include = some_tags(random, world);
  }
  if (random.one_in(4)) {
    scope.exclude = some_tags(random, world);
  }
  if (random.one_in(6)) {
    scope.min_unit_price = random_price(random);
  }
  if (random.one_in(6)) {
    scope.max_unit_price = random_price(random);
  }
  return scope;
}

Scope random_method_scope(Random& random, World& world) {
  Scope scope;
  if (!random.one_in(3)) {
    scope.include = world.list<std::string_view>({method_tag_pool[random.below(2)]});
  }
  if (random.one_in(5)) {
    scope.max_unit_price = random_price(random);
  }
  return scope;
}

void make_tiered(Random& random, World& world, Effect& effect) {
  effect.by = random.one_in(2) ? StepBasis::subtotal : StepBasis::quantity;
  const std::int64_t first = random.between(0, effect.by == StepBasis::subtotal ? 1'500 : 4);
  effect.steps = world.list<RateStep>(
      {{first, random_rate(random)}, {first + random.between(1, 1'000), random_rate(random)}});
}

void make_groups(Random& random, World& world, Effect& effect) {
  effect.target = Target::lines;
  effect.buy = random.between(1, 3);
  effect.get = random.between(1, 2);
  if (random.one_in(2)) {
    effect.get_scope = random_scope(random, world);
  }
  if (random.one_in(3)) {
    effect.buy_scope = random_scope(random, world);
  }
  effect.repeat = !random.one_in(3);
  effect.pick = random.one_of({Pick::cheapest_in_group, Pick::cheapest, Pick::dearest});
  effect.rate = random.one_in(2) ? whole : random_rate(random);
  if (random.one_in(4)) {
    effect.amount_off = random_price(random);
  }
  if (random.one_in(4)) {
    effect.max_units = random.between(1, 3);
  }
}

Effect free_item(Random& random, World& world) {
  Effect effect;
  effect.kind = EffectKind::free_item;
  effect.target = Target::lines;
  effect.product = ProductId{world.text("sticker")};
  effect.quantity = random.between(1, 3);
  effect.unit_price = random_price(random);
  if (random.one_in(2)) {
    effect.per_units = PerUnits{random_scope(random, world), random.between(1, 3)};
  }
  return effect;
}

Effect points_effect(Random& random, World& world, Points cost) {
  Effect effect;
  effect.kind = EffectKind::points_as_money;
  effect.target = random.one_in(2) ? Target::order : Target::lines;
  effect.amount = Money::minor(random.between(1, 120));
  effect.cost = cost;
  effect.min_points = random.one_in(2) ? cost : Points::of(random.between(1, 60));
  effect.step_points = Points::of(random.one_of<std::int64_t>({1, 1, 5, 10, 25}));
  if (random.one_in(3)) {
    effect.max_points = effect.min_points + Points::of(random.between(0, 100));
  }
  if (random.one_in(3)) {
    effect.max_share_of_order = random_rate(random);
  }
  if (effect.target == Target::lines && random.one_in(2)) {
    effect.scope = random_scope(random, world);
  }
  return effect;
}

void narrow(Random& random, Effect& effect) {
  if (random.one_in(6) && !effect.amount_includes_tax) {
    effect.max_discount = random_price(random);
  }
  if (effect.kind != EffectKind::buy_x_get_y) {
    if (random.one_in(6)) {
      effect.max_units = random.between(1, 6);
    }
    if (random.one_in(8)) {
      effect.max_units_per_line = random.between(1, 3);
    }
    if (random.one_in(8)) {
      effect.group_size = random.between(1, 4);
    }
  }
  effect.exclude_discounted = random.one_in(8);
  effect.applies_to_subscriptions = random.one_in(3);
  if (random.one_in(4)) {
    effect.base = random.one_in(2) ? EffectBase::original : EffectBase::remaining;
  }
}

std::span<const Effect> random_effects(Random& random, World& world) {
  if (random.one_in(4)) {
    return world.list<Effect>({random_effect(random, world), random_effect(random, world)});
  }
  return world.list<Effect>({random_effect(random, world)});
}

Conditions random_conditions(Random& random, World& world, const Richness& richness) {
  Conditions c;
  if (!richness.conditions || random.one_in(2)) {
    return c;
  }
  if (random.one_in(10)) {
    c.starts_at = random.one_in(2) ? world.now : world.now + Duration::milliseconds(1);
  }
  if (random.one_in(10)) {
    c.ends_at = random.one_in(2) ? world.now : world.now + Duration::milliseconds(1);
  }
  if (random.one_in(4)) {
    c.min_subtotal = random_price(random);
  }
  if (random.one_in(5)) {
    c.min_subtotal_of = ScopedAmount{random_scope(random, world), random_price(random)};
  }
  if (random.one_in(5)) {
    c.min_quantity = random.between(1, 8);
  }
  if (random.one_in(5)) {
    c.min_quantity_of = ScopedQuantity{random_scope(random, world), random.between(1, 5)};
  }
  if (random.one_in(8)) {
    c.min_line_quantity = random.between(1, 5);
  }
  if (random.one_in(8)) {
    c.contains_tags = some_tags(random, world);
  }
  if (random.one_in(8)) {
    c.tier_ids = world.list<TierId>({TierId{"gold"}});
  }
  c.members_only = random.one_in(8);
  if (random.one_in(10)) {
    c.customer_tags = world.list<std::string_view>({random.one_in(2) ? "vip" : "staff"});
  }
  if (random.one_in(10)) {
    c.order_number = random.between(1, 2);
  }
  if (random.one_in(10)) {
    c.shipping_methods = world.list<std::string_view>({random.one_in(2) ? "standard" : "m0"});
  }
  return c;
}

Promotion random_promotion(Random& random, World& world, std::size_t number, Trigger trigger,
                           const Richness& richness) {
  Promotion promotion;
  promotion.id = PromotionId{world.numbered(trigger == Trigger::code ? "k" : "p", number)};
  promotion.trigger = trigger;
  promotion.lane = trigger == Trigger::code ? Lane::code : Lane::automatic;
  if (trigger == Trigger::code) {
    promotion.codes = world.list<std::string_view>({world.numbered("CODE", number)});
  }
  if (random.one_in(5)) {
    promotion.lane = random.one_of({Lane::automatic, Lane::code, Lane::coupon, Lane::points});
  }
  promotion.priority = random.one_in(3) ? random.between(-2, 2) : 0;
  promotion.exclusive = richness.exclusive && random.one_in(15);
  promotion.conditions = random_conditions(random, world, richness);
  if (richness.conditions && random.one_in(8)) {
    promotion.limits.budget_left = random_price(random);
  }
  if (richness.conditions && random.one_in(12)) {
    promotion.limits.uses_left = random.between(0, 1);
  }
  if (richness.conditions && random.one_in(12)) {
    promotion.limits.uses_left_for_customer = random.between(0, 1);
  }
  promotion.effects = random_effects(random, world);
  return promotion;
}

Coupon random_coupon(Random& random, World& world, std::string_view prefix, std::size_t number,
                     const Richness& richness) {
  Coupon coupon;
  coupon.id = CouponId{world.numbered(prefix, number)};
  coupon.code = world.numbered(prefix == "c" ? "OWN" : "REF", number);
  coupon.status = random.one_in(12) && richness.conditions
                      ? random.one_of({CouponStatus::applied, CouponStatus::archived})
                      : CouponStatus::active;
  if (richness.conditions && random.one_in(10)) {
    coupon.expires_at = random.one_in(2) ? world.now : world.now + Duration::milliseconds(1);
  }
  coupon.conditions = random_conditions(random, world, richness);
  coupon.exclusive = richness.exclusive && random.one_in(15);
  coupon.effects = random_effects(random, world);
  return coupon;
}

Reward random_reward(Random& random, World& world, std::size_t number, const Richness& richness) {
  Reward reward;
  reward.id = RewardId{world.numbered("r", number)};
  reward.type = random.one_in(3) ? RewardType::coupon_reward : RewardType::discount_amount;
  reward.active = !richness.conditions || !random.one_in(12);
  reward.conditions = random_conditions(random, world, richness);
  reward.exclusive = richness.exclusive && random.one_in(20);
  reward.priority = random.one_in(4) ? random.between(-2, 2) : 0;
  const auto config = [&](TierId tier) {
    RewardConfig made;
    made.tier = tier;
    made.cost = Points::of(random.between(1, 60));
    made.effects = random.one_in(2) ? world.list<Effect>({points_effect(random, world, made.cost)})
                                    : random_effects(random, world);
    return made;
  };
  reward.configs = random.one_in(4)
                       ? world.list<RewardConfig>({config(TierId{}), config(TierId{"gold"})})
                   : random.one_in(6) ? world.list<RewardConfig>({config(TierId{"gold"})})
                                      : world.list<RewardConfig>({config(TierId{})});
  return reward;
}

EarningRule random_rule(Random& random, World& world, std::size_t number) {
  EarningRule rule;
  rule.id = RuleId{world.numbered("e", number)};
  rule.trigger = random.one_of<std::string_view>(
      {"order", "order", "stores/OrderPaid", "bookings/BookingConfirmed", "events/Rsvp"});
  rule.status = random.one_in(8) ? RuleStatus::paused : RuleStatus::active;
  if (random.one_in(3)) {
    rule.base = random.one_of({EarnBase::after_discounts, EarnBase::subtotal, EarnBase::total});
  }
  if (random.one_in(4)) {
    rule.scope = random_scope(random, world);
  }
  rule.base_applies_to_all = random.one_in(2);
  const auto config = [&](TierId tier) {
    EarningConfig made;
    made.tier = tier;
    made.points = Points::of(random.between(1, 30));
    made.money_amount = random.one_in(4) ? 0 : random.between(1, 20);
    return made;
  };
  rule.configs = random.one_in(3)
                     ? world.list<EarningConfig>({config(TierId{}), config(TierId{"gold"})})
                     : world.list<EarningConfig>({config(TierId{})});
  if (random.one_in(4)) {
    rule.max_points = Points::of(random.between(1, 50));
  }
  return rule;
}

Policy random_policy(Random& random) {
  Policy policy;
  policy.rounding = random.one_of({Rounding::half_up, Rounding::half_up, Rounding::half_even,
                                   Rounding::half_down, Rounding::down});
  policy.basis = random.one_of(
      {RoundingBasis::target, RoundingBasis::target, RoundingBasis::line, RoundingBasis::unit});
  policy.split = random.one_of({Split::largest_remainder, Split::largest_remainder,
                                Split::remainder_to_first, Split::remainder_to_last});
  policy.condition_basis =
      random.one_in(3) ? ConditionBasis::running : ConditionBasis::before_discounts;
  policy.compounding = random.one_in(4) ? Compounding::original : Compounding::remaining;
  policy.tax_rounding = random.one_of({TaxRounding::line, TaxRounding::unit, TaxRounding::order});
  policy.max_coupons = random.between(0, 3);
  policy.max_codes = random.between(0, 2);
  policy.max_points_rewards = random.between(0, 2);
  if (random.one_in(4)) {
    policy.min_payable = random_price(random);
  }
  policy.earn_rounding =
      random.one_of({EarnRounding::wix, EarnRounding::floor, EarnRounding::per_step});
  policy.earn_base =
      random.one_of({EarnBase::after_discounts, EarnBase::subtotal, EarnBase::total});
  return policy;
}

Choice random_choice(Random& random, World& world) {
  const std::size_t number = random.below(3);
  switch (random.below(5)) {
    case 0:
      return {ChoiceKind::coupon, world.numbered("c", number), std::nullopt};
    case 1:
      return {ChoiceKind::code, world.numbered(random.one_in(3) ? "own" : "code", number),
              std::nullopt};
    case 2:
      return {ChoiceKind::referral_reward, world.numbered("f", number), std::nullopt};
    default:
      return {ChoiceKind::reward, world.numbered("r", number),
              random.one_in(3) ? std::optional(Points::of(random.between(1, 150))) : std::nullopt};
  }
}

}  // namespace

Effect random_effect(Random& random, World& world, bool may_be_shipping) {
  Effect effect;
  effect.rate = random_rate(random);
  effect.amount = random_price(random);
  switch (random.below(may_be_shipping ? 12 : 11)) {
    case 0:
    case 1:
    case 2:
      effect.kind = EffectKind::percent;
      break;
    case 3:
      effect.kind = EffectKind::tiered_percent;
      make_tiered(random, world, effect);
      break;
    case 4:
    case 5:
      effect.kind = EffectKind::fixed_amount;
      effect.amount_includes_tax = random.one_in(6);
      break;
    case 6:
      effect.kind = EffectKind::fixed_price;
      effect.amount_includes_tax = random.one_in(8);
      break;
    case 7:
    case 8:
    case 9:
      effect.kind = EffectKind::buy_x_get_y;
      make_groups(random, world, effect);
      break;
    case 10:
      return free_item(random, world);
    default:
      effect.kind = EffectKind::free_shipping;
      effect.target = Target::shipping;
      break;
  }
  const bool is_free = effect.kind == EffectKind::free_shipping;
  if (effect.kind != EffectKind::buy_x_get_y && !is_free) {
    effect.target = random.one_of({Target::order, Target::lines, Target::lines});
    if (may_be_shipping && random.one_in(8)) {
      effect.target = Target::shipping;
    }
  }
  if (effect.target != Target::order && !is_free) {
    effect.apply =
        random.one_of({Apply::across, Apply::each, Apply::each_unit, Apply::cheapest_unit});
  }
  if (effect.kind == EffectKind::buy_x_get_y && effect.apply == Apply::cheapest_unit) {
    effect.apply = Apply::across;
  }
  if (effect.target == Target::lines && random.one_in(2)) {
    effect.scope = random_scope(random, world);
  }
  if (effect.target == Target::shipping && random.one_in(2)) {
    effect.scope = random_method_scope(random, world);
  }
  narrow(random, effect);
  return effect;
}

CartLine random_line(Random& random, World& world, std::size_t number, const Richness& richness) {
  CartLine line;
  line.id = LineId{world.numbered("l", number)};
  line.unit_price = random_price(random);
  line.quantity = random.between(1, richness.quantity);
  line.tags = random_tags(random, world, 3);
  line.tax_rate = random_tax(random);
  line.discountable = !random.one_in(10);
  line.kind = random.one_in(6) ? random.one_of({ItemKind::subscription, ItemKind::gift_card})
                               : ItemKind::item;
  if (richness.floors && random.one_in(5)) {
    line.min_unit_price = Money::minor(random.between(0, line.unit_price.minor_units() + 1));
  }
  if (random.one_in(6)) {
    line.list_unit_price = line.unit_price + Money::minor(random.between(0, 2) * 50);
  }
  return line;
}

World random_world(Random& random, const Richness& richness) {
  World world;
  world.now = Instant::from_ms(1'740'787'200'000);  // 2025-03-01
  world.catalog.version = "1";
  world.catalog.time_zone = "UTC";
  world.catalog.currency =
      *Currency::of(random.one_of<std::string_view>({"EUR", "EUR", "JPY", "KWD"}));
  world.catalog.program.status = random.one_in(12) ? ProgramStatus::paused : ProgramStatus::active;
  world.catalog.policy = random_policy(random);
  world.catalog.tiers_active = !random.one_in(4);
  world.tiers = {{TierId{"silver"}, "", Points::of(100)}, {TierId{"gold"}, "", Points::of(500)}};

  const std::int64_t promotions = random.between(0, richness.promotions);
  for (std::int64_t i = 0; i < promotions; ++i) {
    world.promotions.push_back(
        random_promotion(random, world, static_cast<std::size_t>(i), Trigger::automatic, richness));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const Promotion code = random_promotion(random, world, i, Trigger::code, richness);
    (random.one_in(3) ? world.resolved : world.promotions).push_back(code);
  }
  const std::int64_t rewards = random.between(0, richness.rewards);
  for (std::int64_t i = 0; i < rewards; ++i) {
    world.rewards.push_back(random_reward(random, world, static_cast<std::size_t>(i), richness));
  }
  if (richness.earning) {
    const std::int64_t rules = random.between(0, 3);
    for (std::int64_t i = 0; i < rules; ++i) {
      world.earning_rules.push_back(random_rule(random, world, static_cast<std::size_t>(i)));
    }
  }

  world.is_guest = random.one_in(10);
  world.account.id = AccountId{"m1"};
  world.account.revision = 7;
  world.account.available = Points::of(random.between(0, 300));
  world.account.tier = TierId{random.one_of<std::string_view>({"", "silver", "gold"})};
  world.account.tier_points = Points::of(random.between(0, 600));
  if (random.one_in(2)) {
    world.account.customer_tags = world.list<std::string_view>({"vip"});
  }
  world.account.order_number = random.between(0, 2);
  const std::int64_t coupons = random.between(0, richness.coupons);
  for (std::int64_t i = 0; i < coupons; ++i) {
    world.coupons.push_back(
        random_coupon(random, world, "c", static_cast<std::size_t>(i), richness));
  }
  if (random.one_in(3)) {
    world.referral_rewards.push_back(random_coupon(random, world, "f", 0, richness));
  }

  world.cart.currency = world.catalog.currency;
  world.cart.prices_include_tax = random.one_in(2);
  const std::int64_t lines = random.between(1, richness.lines);
  for (std::int64_t i = 0; i < lines; ++i) {
    world.lines.push_back(random_line(random, world, static_cast<std::size_t>(i), richness));
  }
  const std::int64_t methods = random.between(0, 2);
  for (std::int64_t i = 0; i < methods; ++i) {
    ShippingMethod method;
    method.id = world.numbered("m", static_cast<std::size_t>(i));
    method.price = random_price(random);
    method.tax_rate = random_tax(random);
    method.tags = world.list<std::string_view>({method_tag_pool[random.below(2)]});
    world.shipping.push_back(method);
  }
  world.cart.fees = random.one_in(3) ? random_price(random) : no_money;
  if (random.one_in(4)) {
    world.wallets = {{"w0", random_price(random)}, {"w1", random_price(random)}};
  }
  const std::int64_t chosen = random.between(0, richness.chosen);
  for (std::int64_t i = 0; i < chosen; ++i) {
    const Choice choice = random_choice(random, world);
    // The door refuses the same entry twice; a coupon and its code may both be chosen.
    if (std::none_of(world.chosen.begin(), world.chosen.end(), [&](const Choice& earlier) {
          return earlier.kind == choice.kind && earlier.text == choice.text;
        })) {
      world.chosen.push_back(choice);
    }
  }
  return world;
}

oracle::Case World::link() {
  catalog.tiers = tiers;
  catalog.rewards = rewards;
  catalog.promotions = promotions;
  catalog.earning_rules = earning_rules;
  account.coupons = coupons;
  account.referral_rewards = referral_rewards;
  cart.lines = lines;
  cart.shipping = shipping;
  cart.wallets = wallets;
  return {&catalog, is_guest ? nullptr : &account, &cart, resolved, {chosen}, now};
}

Workspace& Engine::workspace() {
  static Workspace kept;
  return kept;
}

Engine::Engine(World& world) : case_{world.link()}, compiled_{*case_.catalog} {
  prepare(compiled_, {case_.account, case_.cart, case_.resolved}, workspace());
}

const Quote& Engine::quote(Wanted wanted) { return quote(case_.intent, wanted); }

const Quote& Engine::quote(const Intent& intent, Wanted wanted) {
  return loyalty::quote(intent, case_.now, wanted, workspace());
}

BestChoice Engine::optimize(Wanted wanted) {
  return loyalty::optimize(case_.intent, case_.now, wanted, workspace());
}

oracle::Answer answer_of(const Quote& quote) {
  oracle::Answer answer;
  answer.subtotal = quote.subtotal.minor_units();
  answer.items_discount = quote.items_discount.minor_units();
  answer.items_net = quote.items_net.minor_units();
  answer.shipping = quote.shipping.minor_units();
  answer.shipping_discount = quote.shipping_discount.minor_units();
  answer.tax = quote.tax.minor_units();
  answer.fees = quote.fees.minor_units();
  answer.total = quote.total.minor_units();
  answer.wallet_paid = quote.wallet_paid.minor_units();
  answer.payable = quote.payable.minor_units();
  const auto lines_of = [&](std::span<const QuoteLine> from, std::vector<oracle::Line>& to) {
    for (const QuoteLine& line : from) {
      oracle::Line& made = to.emplace_back();
      made = {std::string(line.id),
              line.subtotal.minor_units(),
              line.net.minor_units(),
              line.tax.minor_units(),
              {}};
      for (const Share& share : line.shares) {
        made.shares.emplace_back(quote.discounts[share.discount].id, share.amount.minor_units());
      }
    }
  };
  lines_of(quote.lines, answer.lines);
  lines_of(quote.shipping_lines, answer.shipping_lines);
  for (const AddedLine& added : quote.added_lines) {
    answer.added_lines.push_back({std::string(quote.discounts[added.discount].id),
                                  std::string(added.product.text()), added.quantity,
                                  added.unit_price.minor_units()});
  }
  for (const Discount& discount : quote.discounts) {
    answer.discounts.push_back(
        {std::string(discount.id), discount.source, discount.amount.minor_units(),
         discount.points ? std::optional(discount.points->count()) : std::nullopt});
  }
  for (const Rejection& rejection : quote.rejected) {
    answer.rejected.push_back({std::string(rejection.id), rejection.source, rejection.code});
  }
  std::sort(answer.rejected.begin(), answer.rejected.end(), [](const auto& a, const auto& b) {
    return std::tie(a.source, a.id) < std::tie(b.source, b.id);
  });
  answer.spent = quote.points.spent.count();
  answer.earned = quote.points.earned.count();
  answer.available_after = quote.points.available_after.count();
  return answer;
}

namespace {

std::string text_of(const std::vector<oracle::Line>& lines) {
  std::string text;
  for (const oracle::Line& line : lines) {
    text += " " + line.id + ":" + std::to_string(line.subtotal) + "->" + std::to_string(line.net) +
            " tax " + std::to_string(line.tax) + " (";
    for (const auto& [id, amount] : line.shares) {
      text += " " + id + " " + std::to_string(amount);
    }
    text += " )";
  }
  return text;
}

std::string text_of(const std::vector<oracle::Discount>& discounts) {
  std::string text;
  for (const oracle::Discount& discount : discounts) {
    text += " " + discount.id + "=" + std::to_string(discount.amount);
    text += discount.points ? " for " + std::to_string(*discount.points) : "";
  }
  return text;
}

std::string text_of(const std::vector<oracle::AddedLine>& lines) {
  std::string text;
  for (const oracle::AddedLine& line : lines) {
    text += " " + line.discount + " adds " + std::to_string(line.quantity) + " " + line.product;
  }
  return text;
}

std::string text_of(const std::vector<oracle::Refusal>& refusals) {
  std::string text;
  for (const oracle::Refusal& refusal : refusals) {
    text += " " + std::string(name_of(refusal.source)) + " " + refusal.id + " " +
            std::string(name_of(refusal.code));
  }
  return text;
}

std::string text_of(std::int64_t number) { return " " + std::to_string(number); }

}  // namespace

std::string differences(const oracle::Answer& expected, const oracle::Answer& got) {
  std::string text;
  const auto compare = [&](const char* name, const auto& a, const auto& b) {
    if (!(a == b)) {
      text += std::string("\n  ") + name + "\n    expected" + text_of(a) + "\n    got     " +
              text_of(b);
    }
  };
  compare("discounts", expected.discounts, got.discounts);
  compare("lines", expected.lines, got.lines);
  compare("shippingLines", expected.shipping_lines, got.shipping_lines);
  compare("addedLines", expected.added_lines, got.added_lines);
  compare("rejected", expected.rejected, got.rejected);
  compare("subtotal", expected.subtotal, got.subtotal);
  compare("itemsDiscount", expected.items_discount, got.items_discount);
  compare("itemsNet", expected.items_net, got.items_net);
  compare("shipping", expected.shipping, got.shipping);
  compare("shippingDiscount", expected.shipping_discount, got.shipping_discount);
  compare("tax", expected.tax, got.tax);
  compare("fees", expected.fees, got.fees);
  compare("total", expected.total, got.total);
  compare("walletPaid", expected.wallet_paid, got.wallet_paid);
  compare("payable", expected.payable, got.payable);
  compare("spent", expected.spent, got.spent);
  compare("earned", expected.earned, got.earned);
  compare("availableAfter", expected.available_after, got.available_after);
  return text;
}

std::string describe(World& world) {
  const oracle::Case input = world.link();
  RequestParts parts;
  parts.catalog = input.catalog;
  parts.account = input.account;
  parts.cart = input.cart;
  parts.intent = &input.intent;
  parts.now = input.now;
  parts.resolved = input.resolved;
  Writer writer;
  encode(parts, writer);
  return std::string(writer.text());
}

}  // namespace loyalty::property
