#include <algorithm>
#include <iterator>
#include <optional>

#include "core/money/mul_div.h"
#include "native/lint/lint.h"
#include "native/text/words.h"

/// Do points pay for the purchase that earns them? Per tier, as a member of it earns and redeems:
///
///     points per minor unit spent × minor units that a point is worth >= 1
///
/// as exact fractions. Rules are taken together, since every matching one awards (U6); a scope is
/// taken to be met, since some cart meets it.
namespace loyalty::cli {
namespace {

using enum FindingCode;

/// A fraction that never overflows: where the exact one would, it is rounded down, so that a loop
/// is never claimed where there is none.
struct Fraction {
  Wide over = 0;
  Wide under = 1;
};

constexpr Wide exact_max = Wide{1} << 62;

Wide common_divisor(Wide a, Wide b) {
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Fraction reduced(Wide over, Wide under) {
  const Wide divisor = common_divisor(over, under);
  Fraction f{over / divisor, under / divisor};
  while (f.under > exact_max || f.over > exact_max) {
    f.over /= 2;                          // rounds down
    f.under = f.under / 2 + f.under % 2;  // rounds up
  }
  return f;
}

Fraction of(std::int64_t over, std::int64_t under) {
  return reduced(static_cast<Wide>(over), static_cast<Wide>(under));
}

Fraction sum(Fraction a, Fraction b) {
  return reduced(a.over * b.under + b.over * a.under, a.under * b.under);
}

Fraction product(Fraction a, Fraction b) { return reduced(a.over * b.over, a.under * b.under); }

bool less(Fraction a, Fraction b) { return a.over * b.under < b.over * a.under; }

std::string percent_of(Fraction f) {
  constexpr Wide most = 999'999'999'999;
  const Wide percents = f.over * 100 / f.under;
  return count(static_cast<std::int64_t>(percents < most ? percents : most)) + " %";
}

const EarningConfig* config_of(const EarningRule& rule, TierId tier) {
  const EarningConfig* base = nullptr;
  for (const EarningConfig& config : rule.configs) {
    if (config.tier == tier) {
      return &config;
    }
    base = config.tier.empty() ? &config : base;
  }
  return rule.base_applies_to_all ? base : nullptr;
}

/// What a point is worth at best in minor units, and where.
struct Worth {
  Fraction per_point;
  std::string reward;
  std::string path;
};

/// What one redemption of an effect gives at most, where that is an amount.
std::optional<Money> value_of(const Effect& effect) {
  switch (effect.kind) {
    case EffectKind::fixed_amount:
      return effect.target == Target::shipping ? std::nullopt : std::optional{effect.amount};
    case EffectKind::free_item:
      return effect.unit_price * effect.quantity;
    case EffectKind::percent:
    case EffectKind::tiered_percent:
      return effect.target == Target::shipping ? std::nullopt : effect.max_discount;
    case EffectKind::points_as_money:
    case EffectKind::fixed_price:
    case EffectKind::free_shipping:
    case EffectKind::buy_x_get_y:
      return std::nullopt;
  }
  return std::nullopt;
}

void take_better(Worth& best, Fraction per_point, const Reward& reward, std::string path) {
  if (less(best.per_point, per_point)) {
    best = {per_point, title_of("reward", reward.name, reward.id.text()), std::move(path)};
  }
}

Worth best_worth(const Catalog& catalog, TierId tier) {
  Worth best;
  for (std::size_t i = 0; i < catalog.rewards.size(); ++i) {
    const Reward& reward = catalog.rewards[i];
    for (std::size_t j = 0; reward.active && j < reward.configs.size(); ++j) {
      const RewardConfig& config = reward.configs[j];
      if (config.tier != tier) {
        continue;
      }
      const std::string path = "/rewards/" + std::to_string(i) + "/configs/" + std::to_string(j);
      Money coupon;
      for (const Effect& effect : config.effects) {
        if (effect.kind == EffectKind::points_as_money && effect.cost > no_points) {
          take_better(best, of(effect.amount.minor_units(), effect.cost.count()), reward, path);
        }
        coupon += value_of(effect).value_or(no_money);
      }
      if (config.cost > no_points) {
        take_better(best, of(coupon.minor_units(), config.cost.count()), reward, path);
      }
    }
  }
  return best;
}

struct Earned {
  Fraction per_minor_unit;  ///< of all rules that convert money
  Points fixed;             ///< for an order of any size
  std::string path;         ///< of the first rule that counts
  std::string fixed_path;
};

bool is_for_orders(const EarningRule& rule) {
  constexpr std::string_view triggers[] = {"order",
                                           "stores/OrderPaid",
                                           "bookings/BookingConfirmed",
                                           "events/OrderConfirmed",
                                           "wix_pricing_plans-plan_purchased",
                                           "wix_restaurants_orders-order_submitted",
                                           "restaurants-order-is-pending"};
  return std::find(std::begin(triggers), std::end(triggers), rule.trigger) != std::end(triggers);
}

/// Rules for orders of one application only add up with each other; this takes the sum over the
/// rules of `order` and of the one application, given by its trigger.
Earned earned_by(const Catalog& catalog, TierId tier, std::string_view application) {
  Earned earned;
  for (std::size_t i = 0; i < catalog.earning_rules.size(); ++i) {
    const EarningRule& rule = catalog.earning_rules[i];
    const EarningConfig* const config = config_of(rule, tier);
    const bool counts = rule.trigger == "order" || rule.trigger == application;
    if (rule.status != RuleStatus::active || !counts || !is_for_orders(rule) || config == nullptr) {
      continue;
    }
    const std::string path = "/earningRules/" + std::to_string(i);
    if (config->money_amount == 0) {
      earned.fixed += rule.max_points ? min(config->points, *rule.max_points) : config->points;
      earned.fixed_path = earned.fixed_path.empty() ? path : earned.fixed_path;
      continue;
    }
    const std::int64_t minor = config->money_amount * catalog.currency.minor_per_major();
    earned.per_minor_unit = sum(earned.per_minor_unit, of(config->points.count(), minor));
    earned.path = earned.path.empty() ? path : earned.path;
  }
  return earned;
}

std::string tier_words(const Catalog& catalog, TierId tier) {
  for (const Tier& known : catalog.tiers) {
    if (known.id == tier) {
      return title_of("tier", known.name, known.id.text());
    }
  }
  return "the base tier";
}

void check_tier(const Catalog& catalog, TierId tier, std::string_view application,
                Findings& findings) {
  const Worth worth = best_worth(catalog, tier);
  const Earned earned = earned_by(catalog, tier, application);
  const Fraction back = product(earned.per_minor_unit, worth.per_point);
  if (!less(back, {1, 1})) {
    findings.push_back({loyalty_loop, worth.path,
                        "a member of " + tier_words(catalog, tier) + " gets back " +
                            percent_of(back) + " of what is spent: points earned by " +
                            earned.path + ", redeemed with " + worth.reward + "."});
  }
  const Fraction fixed = product(of(earned.fixed.count(), 1), worth.per_point);
  if (earned.fixed > no_points && !less(fixed, {1, 1})) {
    const Money value = Money::minor(static_cast<std::int64_t>(fixed.over / fixed.under));
    findings.push_back(
        {earn_without_minimum, earned.fixed_path,
         "a member of " + tier_words(catalog, tier) + " earns " + count(earned.fixed.count()) +
             " points for an order of any size, worth " +
             amount_with_code(value, catalog.currency) + " with " + worth.reward + "."});
  }
}

/// The triggers of the active rules, each once; one shop may serve several applications.
std::vector<std::string_view> applications_of(const Catalog& catalog) {
  std::vector<std::string_view> found;
  for (const EarningRule& rule : catalog.earning_rules) {
    const bool known = rule.trigger == "order" ||
                       std::find(found.begin(), found.end(), rule.trigger) != found.end();
    if (!known && rule.status == RuleStatus::active) {
      found.push_back(rule.trigger);
    }
  }
  if (found.empty()) {
    found.push_back("order");
  }
  return found;
}

}  // namespace

void find_loops(const Catalog& catalog, Findings& findings) {
  for (const std::string_view application : applications_of(catalog)) {
    check_tier(catalog, TierId{}, application, findings);
    for (const Tier& tier : catalog.tiers) {
      if (catalog.tiers_active) {
        check_tier(catalog, tier.id, application, findings);
      }
    }
  }
}

}  // namespace loyalty::cli
