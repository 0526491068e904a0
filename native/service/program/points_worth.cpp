#include "native/service/program/points_worth.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/base/limits.h"
#include "core/money/mul_div.h"
#include "core/rules/points_value.h"
#include "core/rules/reward_available.h"

namespace loyalty::service {
namespace {

const Effect* flexible_effect(const RewardConfig& config) {
  const auto at = std::find_if(config.effects.begin(), config.effects.end(), [](const Effect& one) {
    return one.kind == EffectKind::points_as_money;
  });
  return at == config.effects.end() ? nullptr : &*at;
}

/// The amount that the whole of a cart gets off; nothing where it depends on the cart.
std::optional<Money> fixed_amount(const RewardConfig& config) {
  const bool is_fixed = config.effects.size() == 1 &&
                        config.effects.front().kind == EffectKind::fixed_amount &&
                        config.effects.front().apply == Apply::across;
  return is_fixed ? std::optional{config.effects.front().amount} : std::nullopt;
}

std::optional<Exchange> exchange_of(const Reward& reward, const RewardConfig& config,
                                    RewardType type) {
  if (type == RewardType::discount_amount) {
    const Effect* effect = flexible_effect(config);
    return effect == nullptr
               ? std::nullopt
               : std::optional{Exchange{&reward, effect->cost, effect->amount, effect}};
  }
  const std::optional<Money> amount = fixed_amount(config);
  return amount ? std::optional{Exchange{&reward, config.cost, *amount, nullptr}} : std::nullopt;
}

std::vector<Exchange> exchanges_of(const Catalog& catalog, TierId tier, RewardType type) {
  std::vector<Exchange> found;
  for (const Reward& reward : catalog.rewards) {
    const RewardConfig* config = reward.active && reward.type == type
                                     ? config_for(reward, tier, catalog.tiers_active)
                                     : nullptr;
    if (config != nullptr) {
      if (const auto exchange = exchange_of(reward, *config, type)) {
        found.push_back(*exchange);
      }
    }
  }
  return found;
}

/// Amount times cost, exactly.
Wide product(Money amount, Points cost) {
  return static_cast<Wide>(amount.minor_units()) * static_cast<Wide>(cost.count());
}

/// Whether a point is worth less by `a`.
bool is_cheaper(const Exchange& a, const Exchange& b) {
  return product(a.amount, b.cost) < product(b.amount, a.cost);
}

}  // namespace

Money Exchange::value_of(Points points) const {
  if (effect == nullptr) {
    const auto coupons = static_cast<std::uint64_t>(max(points, no_points).count() / cost.count());
    return Money::minor(static_cast<std::int64_t>(
        mul_div_at_most(coupons, static_cast<std::uint64_t>(amount.minor_units()), 1,
                        static_cast<std::uint64_t>(limits::cart_minor_max))));
  }
  const Points least = max(effect->min_points, Points::of(1));
  if (points < least) {
    return no_money;
  }
  const std::int64_t step = effect->step_points.count();
  return loyalty::value_of(least + Points::of((points - least).count() / step * step), *effect);
}

PointsWorth::PointsWorth(const Catalog& catalog) : catalog_{catalog} {}

const std::vector<Exchange>& PointsWorth::exchanges(std::string_view tier_id) const {
  if (const auto known = by_tier_.find(tier_id); known != by_tier_.end()) {
    return known->second;
  }
  std::vector<Exchange> found =
      exchanges_of(catalog_, TierId{tier_id}, RewardType::discount_amount);
  if (found.empty()) {
    found = exchanges_of(catalog_, TierId{tier_id}, RewardType::coupon_reward);
  }
  return by_tier_.emplace(tier_id, std::move(found)).first->second;
}

const Exchange* PointsWorth::best_rate(std::string_view tier_id) const {
  const std::vector<Exchange>& all = exchanges(tier_id);
  const auto best = std::max_element(all.begin(), all.end(), is_cheaper);
  return best == all.end() ? nullptr : &*best;
}

const Exchange* PointsWorth::best_for(std::string_view tier_id, Points points) const {
  const Exchange* best = nullptr;
  Money most;
  for (const Exchange& one : exchanges(tier_id)) {
    if (const Money value = one.value_of(points); value > most) {
      most = value;
      best = &one;
    }
  }
  return best;
}

Money PointsWorth::value_of(std::string_view tier_id, Points points) const {
  const Exchange* best = best_for(tier_id, points);
  return best == nullptr ? no_money : best->value_of(points);
}

}  // namespace loyalty::service
