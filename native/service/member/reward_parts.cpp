#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/rules/points_value.h"
#include "core/rules/reward_available.h"
#include "native/service/member/member_view.h"
#include "native/service/program/rewards.h"

/// What a member can get for points.
namespace loyalty::service {
namespace {

bool is_flexible(const Reward& reward) { return reward.type == RewardType::discount_amount; }

/// The conditions of rewards that ask for more than a tier, as tags of the member's account.
bool meets(const Reward& reward, const std::vector<std::string>& tags) {
  const Texts wanted = reward.conditions.customer_tags;
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&tags](std::string_view tag) {
           return std::find(tags.begin(), tags.end(), tag) != tags.end();
         });
}

const Effect* exchange_of(const RewardConfig& config) {
  const auto at = std::find_if(config.effects.begin(), config.effects.end(), [](const Effect& one) {
    return one.kind == EffectKind::points_as_money;
  });
  return at == config.effects.end() ? nullptr : &*at;
}

/// The config that is shown to whoever has none: the one that costs least.
const RewardConfig& cheapest_of(const Reward& reward) {
  return *std::min_element(reward.configs.begin(), reward.configs.end(),
                           [&reward](const RewardConfig& a, const RewardConfig& b) {
                             return fewest_points(reward, a) < fewest_points(reward, b);
                           });
}

/// What the reward gives, for display.
void describe(const Reward& reward, const RewardConfig& config, Json& shown) {
  for (const Effect& effect : config.effects) {
    switch (effect.kind) {
      case EffectKind::points_as_money:
        shown["perCost"] = {{"points", effect.cost.count()},
                            {"amountMinor", effect.amount.minor_units()}};
        break;
      case EffectKind::percent:
        shown["percentagePpm"] = effect.rate.per_million();
        break;
      case EffectKind::free_shipping:
        shown["freeShipping"] = true;
        break;
      default:
        shown["amountMinor"] = effect.amount.minor_units();
    }
  }
  const Conditions& conditions = reward.conditions;
  if (conditions.min_subtotal) {
    shown["minimumSubtotalMinor"] = conditions.min_subtotal->minor_units();
  } else if (conditions.min_subtotal_of) {
    shown["minimumSubtotalMinor"] = conditions.min_subtotal_of->amount.minor_units();
  }
}

/// Why the reward cannot be turned into a coupon here and now; empty where it can.
std::string_view obstacle(const MemberView& member, const Reward& reward, bool has_config,
                          bool meets_conditions, Points missing) {
  if (!member.program_is_active()) {
    return "PROGRAM_PAUSED";
  }
  if (!has_config) {
    return "TIER";
  }
  if (!meets_conditions) {
    return "CONDITIONS";
  }
  if (is_flexible(reward)) {
    return "AT_CHECKOUT";
  }
  return missing > no_points ? "INSUFFICIENT_POINTS" : "";
}

Json reward_of(const MemberView& member, const Reward& reward,
               const std::vector<std::string>& tags) {
  const RewardConfig* const own = config_for(reward, member.tier(), member.catalog().tiers_active);
  const RewardConfig& config = own != nullptr ? *own : cheapest_of(reward);
  const Points cost = fewest_points(reward, config);
  const Points missing = max(no_points, cost - member.available());
  const std::string_view reason =
      obstacle(member, reward, own != nullptr, meets(reward, tags), missing);
  Json shown{{"id", reward.id.text()},
             {"revision", std::to_string(reward.revision)},
             {"name", reward.name},
             {"type", is_flexible(reward) ? "DISCOUNT_AMOUNT" : "COUPON"},
             {"cost", cost.count()},
             {"missing", missing.count()},
             {"affordable", missing == no_points},
             {"redeemable", reason.empty()}};
  if (!reason.empty()) {
    shown["reason"] = reason;
  }
  describe(reward, config, shown);
  return shown;
}

/// The most money that so many points take off, whatever the cart.
std::optional<Money> worth_under(const MemberView& member, const Reward& reward) {
  const RewardConfig* const config =
      config_for(reward, member.tier(), member.catalog().tiers_active);
  const Effect* const effect = config == nullptr ? nullptr : exchange_of(*config);
  if (effect == nullptr || member.available() < fewest_points(reward, *config)) {
    return std::nullopt;
  }
  const Money value = value_of(usable_points(member.available(), *effect), *effect);
  return effect->max_discount ? min(value, *effect->max_discount) : value;
}

}  // namespace

Json worth_part(Call& call, const MemberView& member) {
  if (!member.detail || !member.program_is_active()) {
    return nullptr;
  }
  const std::vector<std::string> tags = reward_tags_of(call, member.contact_id);
  const Reward* best = nullptr;
  Money most;
  for (const Reward& reward : member.catalog().rewards) {
    if (!reward.active || !is_flexible(reward) || !meets(reward, tags)) {
      continue;
    }
    if (const auto worth = worth_under(member, reward); worth && *worth > most) {
      most = *worth;
      best = &reward;
    }
  }
  if (best == nullptr) {
    return nullptr;
  }
  return {{"amountMinor", most.minor_units()},
          {"currency", member.catalog().currency.code()},
          {"rewardId", best->id.text()},
          {"rewardName", best->name}};
}

Json rewards_part(Call& call, const MemberView& member) {
  const std::vector<std::string> tags = reward_tags_of(call, member.contact_id);
  Json rewards = Json::array();
  for (const Reward& reward : member.catalog().rewards) {
    if (reward.active && !reward.configs.empty()) {
      rewards.push_back(reward_of(member, reward, tags));
    }
  }
  std::stable_sort(rewards.begin(), rewards.end(), [](const Json& a, const Json& b) {
    return wire::integer_at(a, "cost") < wire::integer_at(b, "cost");
  });
  return rewards;
}

}  // namespace loyalty::service
