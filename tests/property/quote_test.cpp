#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/property/oracle.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// What holds for the quote of every cart (I-1 to I-9).
namespace loyalty::property {
namespace {

using oracle::Amount;
using oracle::Answer;

Answer quoted(World& world) { return answer_of(Engine(world).quote()); }

bool is_in(const std::vector<oracle::Refusal>& rejected, Source source, std::string_view id) {
  return std::any_of(rejected.begin(), rejected.end(), [&](const oracle::Refusal& refusal) {
    return refusal.source == source && refusal.id == id;
  });
}

/// A world with one automatic promotion and nothing else that discounts.
World world_of_one(Random& random, const Richness& richness = {}) {
  Richness bare = richness;
  bare.promotions = bare.coupons = bare.rewards = bare.chosen = 0;
  World world = random_world(random, bare);
  world.promotions.clear();
  world.resolved.clear();
  Promotion promotion;
  promotion.id = PromotionId{"p"};
  world.promotions.push_back(promotion);
  return world;
}

void set_effect(World& world, const Effect& effect) {
  world.promotions[0].effects = world.list<Effect>({effect});
}

// ---------------------------------------------------------------- sums

TEST(QuoteProperties, SharesAndLinesSumUp) {  // I-1, RQ1, RQ3
  LOYALTY_FOR_EACH_CASE(20'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    const Answer answer = quoted(world);
    std::map<std::pair<std::string, Amount>, Amount> unused;
    std::map<std::string, Amount> given;
    Amount tax = 0;
    Amount net = 0;
    Amount shipping_net = 0;
    const auto add = [&](const std::vector<oracle::Line>& lines, Amount& nets) {
      for (const oracle::Line& line : lines) {
        Amount discount = 0;
        for (const auto& [id, amount] : line.shares) {
          EXPECT_GT(amount, 0);
          given[id] += amount;
          discount += amount;
        }
        EXPECT_EQ(line.net, line.subtotal - discount);
        nets += line.net;
        tax += line.tax;
      }
    };
    add(answer.lines, net);
    add(answer.shipping_lines, shipping_net);
    std::map<std::string, Amount> promised;
    for (const oracle::Discount& discount : answer.discounts) {
      promised[discount.id] += discount.amount;
    }
    for (const auto& [id, amount] : promised) {
      EXPECT_EQ(given[id], amount) << id << "\n" << describe(world);
    }
    EXPECT_EQ(net, answer.subtotal - answer.items_discount);
    EXPECT_EQ(net, answer.items_net);
    EXPECT_EQ(shipping_net, answer.shipping - answer.shipping_discount);
    EXPECT_EQ(tax, answer.tax);
    const Amount added_tax = world.cart.prices_include_tax ? 0 : tax;
    EXPECT_EQ(answer.total, net + shipping_net + added_tax + answer.fees);
    EXPECT_EQ(answer.payable, answer.total - answer.wallet_paid);
  }
}

TEST(QuoteProperties, AmountsStayInBounds) {  // I-2, I-3, I-4, RQ2
  LOYALTY_FOR_EACH_CASE(20'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    const Answer answer = quoted(world);
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
      const CartLine& line = world.lines[i];
      const oracle::Line& got = answer.lines[i];
      const Amount floor = line.min_unit_price.minor_units() * line.quantity;
      EXPECT_GE(got.net, std::min(floor, got.subtotal));
      EXPECT_LE(got.net, got.subtotal);
      EXPECT_GE(got.tax, 0);
      EXPECT_TRUE(got.net > 0 || got.tax == 0) << "dust";
      if (!line.discountable || line.kind == ItemKind::gift_card || got.subtotal == 0) {
        EXPECT_TRUE(got.shares.empty()) << describe(world);
      }
    }
    EXPECT_GE(answer.total, 0);
    EXPECT_GE(answer.payable, 0);
    EXPECT_GE(answer.spent, 0);
    const std::int64_t available = world.is_guest ? 0 : world.account.available.count();
    EXPECT_EQ(answer.available_after, available - answer.spent);
    EXPECT_GE(answer.available_after, 0);
  }
}

TEST(QuoteProperties, LinesOutOfScopeGetNothing) {  // I-2
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random);
    Effect effect = random_effect(random, world, false);
    effect.target = Target::lines;
    Scope scope;
    scope.include = world.list<std::string_view>({"a"});
    effect.scope = scope;
    effect.buy_scope.reset();
    effect.get_scope.reset();
    set_effect(world, effect);
    const Answer answer = quoted(world);
    for (std::size_t i = 0; i < answer.lines.size(); ++i) {
      const Texts tags = world.lines[i].tags;
      if (std::find(tags.begin(), tags.end(), "a") == tags.end()) {
        EXPECT_TRUE(answer.lines[i].shares.empty()) << describe(world);
      }
    }
  }
}

TEST(QuoteProperties, EverythingOffLeavesNoDust) {  // I-3, RQ4
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random, {.floors = false});
    for (CartLine& line : world.lines) {
      line.discountable = true;
      line.kind = ItemKind::item;
    }
    Effect all;
    all.rate = whole;
    all.target = random.one_in(2) ? Target::order : Target::lines;
    all.apply = all.target == Target::order
                    ? Apply::across
                    : random.one_of({Apply::across, Apply::each, Apply::each_unit});
    Effect free;
    free.kind = EffectKind::free_shipping;
    free.target = Target::shipping;
    world.promotions[0].effects = world.list<Effect>({all, free});
    world.cart.fees = no_money;
    const Answer answer = quoted(world);
    EXPECT_EQ(answer.total, 0) << describe(world);
    EXPECT_EQ(answer.tax, 0);
  }
}

// ---------------------------------------------------------------- more is never less

TEST(QuoteProperties, AHigherRatioNeverDiscountsLess) {  // I-6
  LOYALTY_FOR_EACH_CASE(10'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random);
    Effect effect = random_effect(random, world);
    if (effect.kind != EffectKind::percent && effect.kind != EffectKind::buy_x_get_y) {
      continue;
    }
    effect.amount_off.reset();
    set_effect(world, effect);
    const Answer less = quoted(world);
    effect.rate = RatePpm::parts(random.between(effect.rate.per_million(), 1'000'000));
    set_effect(world, effect);
    const Answer more = quoted(world);
    EXPECT_LE(more.items_net, less.items_net) << describe(world);
    EXPECT_GE(more.shipping_discount, less.shipping_discount) << describe(world);
    EXPECT_LE(less.items_net, less.subtotal);
  }
}

TEST(QuoteProperties, AHigherAmountNeverDiscountsLess) {  // I-6
  LOYALTY_FOR_EACH_CASE(10'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random);
    Effect effect = random_effect(random, world);
    if (effect.kind != EffectKind::fixed_amount || effect.amount_includes_tax) {
      continue;
    }
    set_effect(world, effect);
    const Answer less = quoted(world);
    effect.amount += Money::minor(random.between(1, 500));
    set_effect(world, effect);
    const Answer more = quoted(world);
    EXPECT_LE(more.items_net, less.items_net) << describe(world);
    EXPECT_GE(more.shipping_discount, less.shipping_discount) << describe(world);
  }
}

/// A reward that turns points into money, for every line.
Reward points_reward(World& world, Random& random) {
  Effect effect;
  effect.kind = EffectKind::points_as_money;
  effect.amount = Money::minor(random.between(1, 150));
  effect.cost = Points::of(random.between(1, 60));
  effect.min_points = Points::of(1);
  RewardConfig config;
  config.cost = effect.cost;
  config.effects = world.list<Effect>({effect});
  Reward reward;
  reward.id = RewardId{"points"};
  reward.active = true;
  reward.configs = world.list<RewardConfig>({config});
  return reward;
}

World world_with_points(Random& random) {
  World world = random_world(random, {.promotions = 2,
                                      .coupons = 0,
                                      .rewards = 0,
                                      .chosen = 0,
                                      .conditions = false,
                                      .exclusive = false});
  world.catalog.program.status = ProgramStatus::active;
  world.catalog.policy.max_points_rewards = 1;
  world.is_guest = false;
  world.account.tier = TierId{};
  world.rewards = {points_reward(world, random)};
  return world;
}

TEST(QuoteProperties, MorePointsNeverBuyLess) {  // RQ7, I-4
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_with_points(random);
    const std::int64_t available = random.between(2, 400);
    world.account.available = Points::of(available);
    const std::int64_t few = random.between(1, available - 1);
    const std::int64_t many = random.between(few, available);
    world.chosen = {{ChoiceKind::reward, "points", Points::of(few)}};
    const Answer less = quoted(world);
    world.chosen = {{ChoiceKind::reward, "points", Points::of(many)}};
    const Answer more = quoted(world);
    EXPECT_LE(more.items_net, less.items_net) << describe(world);
    EXPECT_LE(less.spent, few);
    EXPECT_LE(more.spent, many);
  }
}

TEST(QuoteProperties, AHigherBalanceNeverOffersLess) {  // RQ7
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_with_points(random);
    world.chosen = {{ChoiceKind::reward, "points", std::nullopt}};
    world.account.available = Points::of(random.between(1, 300));
    const Answer less = quoted(world);
    world.account.available += Points::of(random.between(1, 300));
    const Answer more = quoted(world);
    EXPECT_LE(more.items_net, less.items_net) << describe(world);
  }
}

TEST(QuoteProperties, AHigherPriceIsNeverCheaper) {  // RQ7, within one set of eligible candidates
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random, {.floors = false});
    Effect effect;
    effect.target = Target::lines;
    effect.apply = random.one_of({Apply::across, Apply::each, Apply::each_unit});
    effect.rate = RatePpm::parts(random.between(1, 1'000'000));
    set_effect(world, effect);
    const Answer before = quoted(world);
    world.lines[random.below(world.lines.size())].unit_price += Money::minor(random.between(1, 50));
    EXPECT_GE(quoted(world).items_net, before.items_net) << describe(world);
  }
}

// ---------------------------------------------------------------- what must not matter

TEST(QuoteProperties, ShufflingLinesChangesNoItemsTotal) {  // I-5, where no rule names line order
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(
        random, {.promotions = 0, .coupons = 0, .rewards = 0, .chosen = 0, .floors = false});
    world.promotions.clear();
    world.resolved.clear();
    for (std::size_t i = 0; i < 3; ++i) {
      Promotion promotion;
      promotion.id = PromotionId{world.numbered("p", i)};
      Effect effect;
      effect.kind = random.one_in(2) ? EffectKind::percent : EffectKind::fixed_amount;
      effect.rate = RatePpm::parts(random.between(0, 1'000'000));
      effect.amount = Money::minor(random.between(0, 900));
      promotion.effects = world.list<Effect>({effect});
      world.promotions.push_back(promotion);
    }
    world.catalog.policy.basis = RoundingBasis::target;
    world.catalog.policy.compounding = Compounding::remaining;
    const Answer before = quoted(world);
    for (std::size_t i = world.lines.size(); i > 1; --i) {
      std::swap(world.lines[i - 1], world.lines[random.below(i)]);
    }
    const Answer after = quoted(world);
    EXPECT_EQ(after.items_net, before.items_net) << describe(world);
    EXPECT_EQ(after.items_discount, before.items_discount);
  }
}

TEST(QuoteProperties, AnIneligibleCandidateChangesOnlyRejected) {  // I-7
  LOYALTY_FOR_EACH_CASE(10'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    Answer before = quoted(world);
    switch (random.below(4)) {
      case 0:
        world.chosen.push_back({ChoiceKind::coupon, "nobody's", std::nullopt});
        break;
      case 1:
        world.chosen.push_back({ChoiceKind::code, "nix", std::nullopt});
        break;
      case 2: {
        Coupon used;
        used.id = CouponId{"used"};
        used.code = "USED";
        used.status = CouponStatus::applied;
        used.exclusive = true;
        used.effects = world.list<Effect>({random_effect(random, world)});
        world.coupons.push_back(used);
        world.chosen.push_back({ChoiceKind::coupon, "used", std::nullopt});
        break;
      }
      default: {
        Promotion far;
        far.id = PromotionId{"far"};
        far.exclusive = true;
        far.priority = 9;
        far.conditions.min_subtotal = Money::minor(1'000'000'000);
        far.effects = world.list<Effect>({random_effect(random, world)});
        world.promotions.insert(world.promotions.begin(), far);
        break;
      }
    }
    Answer after = quoted(world);
    std::erase_if(after.rejected, [&](const oracle::Refusal& refusal) {
      return refusal.id == "nobody's" || refusal.id == "nix" || refusal.id == "used" ||
             refusal.id == "far";
    });
    EXPECT_EQ(differences(before, after), "") << describe(world);
  }
}

TEST(QuoteProperties, AnIneligibleLineChangesNothingForTheOthers) {  // RQ9
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(
        random, {.rewards = 0, .conditions = false, .exclusive = false, .earning = false});
    const Answer before = quoted(world);
    CartLine line;
    line.id = LineId{"bystander"};
    line.unit_price = Money::minor(random.between(0, 3'000));
    line.quantity = random.between(1, 4);
    line.discountable = false;
    // Budgets, scopes and free items are silent about it; it only must not stand between others.
    line.tags = world.list<std::string_view>({"z"});
    for (const Promotion& promotion : world.promotions) {
      for (const Effect& effect : promotion.effects) {
        if (effect.per_units) {
          line.quantity = 0;
        }
      }
    }
    for (const Coupon& coupon : world.coupons) {
      for (const Effect& effect : coupon.effects) {
        line.quantity = effect.per_units ? 0 : line.quantity;
      }
    }
    if (line.quantity == 0) {
      continue;  // a free item per units counts every unit in scope
    }
    const std::size_t at = random.below(world.lines.size() + 1);
    world.lines.insert(world.lines.begin() + static_cast<std::ptrdiff_t>(at), line);
    const Answer after = quoted(world);
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
      const oracle::Line& same = after.lines[i + (i >= at ? 1U : 0U)];
      EXPECT_EQ(same.net, before.lines[i].net) << differences(before, after) << describe(world);
    }
  }
}

TEST(QuoteProperties, SplittingALineChangesNoOrderDiscount) {  // RQ10
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random, {.lines = 4, .quantity = 6, .floors = false});
    world.catalog.policy.basis = RoundingBasis::target;
    world.catalog.policy.split = Split::largest_remainder;
    Effect effect;
    effect.kind = random.one_in(2) ? EffectKind::percent : EffectKind::fixed_amount;
    effect.rate = RatePpm::parts(random.between(0, 1'000'000));
    effect.amount = Money::minor(random.between(0, 2'000));
    set_effect(world, effect);
    const std::size_t at = random.below(world.lines.size());
    if (world.lines[at].quantity < 2) {
      continue;
    }
    const Answer before = quoted(world);
    CartLine part = world.lines[at];
    part.id = LineId{"part"};
    part.quantity = random.between(1, part.quantity - 1);
    world.lines[at].quantity -= part.quantity;
    world.lines.insert(world.lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, part);
    const Answer after = quoted(world);
    EXPECT_EQ(after.items_discount, before.items_discount) << describe(world);
    // Each part may be rounded by less than one unit, so together they stay within one and its
    // rest.
    const Amount together = after.lines[at].net + after.lines[at + 1].net;
    EXPECT_LE(std::abs(together - before.lines[at].net), 1) << describe(world);
  }
}

TEST(QuoteProperties,
     TenTimesTheMoneyIsTenTimesTheQuote) {  // RQ11, where nothing has to be rounded
  LOYALTY_FOR_EACH_CASE(3'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = world_of_one(random, {.floors = false, .earning = false});
    for (CartLine& line : world.lines) {
      line.unit_price = Money::minor(random.between(0, 50) * 100);
      line.list_unit_price.reset();
      line.tax_rate = RatePpm::parts(random.between(0, 3) * 100'000);
    }
    for (ShippingMethod& method : world.shipping) {
      method.price = Money::minor(random.between(0, 9) * 100);
      method.tax_rate = RatePpm{};
    }
    world.catalog.policy.tax_rounding = TaxRounding::line;  // units of a line may be uneven
    world.cart.prices_include_tax = false;
    world.cart.fees = Money::minor(30);
    Effect effect;
    effect.target = Target::lines;
    effect.apply = random.one_of({Apply::each, Apply::each_unit});
    effect.rate = RatePpm::parts(random.between(0, 10) * 100'000);
    if (random.one_in(2)) {
      effect.kind = EffectKind::fixed_amount;
      effect.amount = Money::minor(random.between(0, 30) * 100);
    }
    set_effect(world, effect);
    const Answer once = quoted(world);
    for (CartLine& line : world.lines) {
      line.unit_price = line.unit_price * 10;
    }
    for (ShippingMethod& method : world.shipping) {
      method.price = method.price * 10;
    }
    world.cart.fees = world.cart.fees * 10;
    effect.amount = effect.amount * 10;
    set_effect(world, effect);
    const Answer ten_times = quoted(world);
    EXPECT_EQ(ten_times.items_net, once.items_net * 10) << describe(world);
    EXPECT_EQ(ten_times.total, once.total * 10) << describe(world);
  }
}

TEST(QuoteProperties, ChoosingAgainWhatIsChosenChangesNothing) {  // RQ13
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.chosen = 0});
    if (world.coupons.empty()) {
      continue;
    }
    const Coupon& coupon = world.coupons[random.below(world.coupons.size())];
    world.chosen = {{ChoiceKind::coupon, coupon.id.text(), std::nullopt}};
    const Answer once = quoted(world);
    if (world.is_guest) {
      continue;  // a guest's code is looked up elsewhere
    }
    world.chosen.push_back({ChoiceKind::code, coupon.code, std::nullopt});
    EXPECT_EQ(differences(once, quoted(world)), "") << describe(world);
  }
}

// ---------------------------------------------------------------- memory of earlier quotes

TEST(QuoteProperties, AWarmWorkspaceAnswersLikeAColdOne) {  // I-9, RQ6
  LOYALTY_FOR_EACH_CASE(3'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    const oracle::Case input = world.link();
    const CompiledCatalog compiled{*input.catalog};
    Workspace cold;
    prepare(compiled, {input.account, input.cart, input.resolved}, cold);
    const Wanted wanted{random.one_in(2), random.one_in(2), random.one_in(2)};
    const Answer first = answer_of(loyalty::quote(input.intent, input.now, wanted, cold));
    EXPECT_EQ(differences(first, quoted(world)), "") << describe(world);
    const Answer again = answer_of(loyalty::quote(input.intent, input.now, {}, cold));
    EXPECT_EQ(differences(first, again), "") << describe(world);
  }
}

TEST(QuoteProperties, AChangedQuantityIsLikeANewCart) {
  LOYALTY_FOR_EACH_CASE(3'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    Engine changed(world);
    changed.quote();
    const std::size_t at = random.below(world.lines.size());
    const std::int64_t quantity = random.between(1, 9);
    set_quantity(at, quantity, Engine::workspace());
    const Answer got = answer_of(changed.quote());
    world.lines[at].quantity = quantity;
    EXPECT_EQ(differences(quoted(world), got), "") << describe(world);
  }
}

// ---------------------------------------------------------------- Q15

TEST(QuoteProperties, OffersSaveWhatTheySay) {
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.lines = 4, .quantity = 3, .promotions = 2, .chosen = 2});
    world.is_guest = false;
    Engine engine(world);
    const Quote& quote = engine.quote({.offers = true});
    ASSERT_TRUE(quote.offers.has_value());
    const std::vector<Offer> offers(quote.offers->begin(), quote.offers->end());
    EXPECT_EQ(offers.size(), world.rewards.size() + world.coupons.size());
    const Amount total = quote.total.minor_units();
    const std::vector<Choice> chosen = world.chosen;
    std::size_t best = 0;
    for (const Offer& offer : offers) {
      best += offer.best ? 1 : 0;
      const ChoiceKind kind =
          offer.source == Source::reward ? ChoiceKind::reward : ChoiceKind::coupon;
      const bool is_chosen = std::any_of(chosen.begin(), chosen.end(), [&](const Choice& choice) {
        return choice.text == offer.id || choice.kind == ChoiceKind::code;
      });
      if (is_chosen) {
        continue;  // its saving is against doing without it
      }
      std::vector<Choice> with = chosen;
      with.push_back({kind, offer.id, std::nullopt});
      const Answer answer = answer_of(engine.quote(Intent{with}));
      EXPECT_EQ(offer.usable, !is_in(answer.rejected, offer.source, offer.id)) << offer.id << "\n"
                                                                               << describe(world);
      if (offer.usable) {
        EXPECT_EQ(offer.saves.minor_units(), total - answer.total) << offer.id << "\n"
                                                                   << describe(world);
      }
    }
    EXPECT_LE(best, 1U);
    for (const Offer& offer : offers) {
      if (offer.usable && offer.saves > no_money) {
        EXPECT_EQ(best, 1U) << describe(world);
      }
    }
    for (const Offer& a : offers) {
      for (const Offer& b : offers) {
        if (a.best && b.usable) {
          EXPECT_GE(a.saves, b.saves) << describe(world);
        }
      }
    }
  }
}

}  // namespace
}  // namespace loyalty::property
