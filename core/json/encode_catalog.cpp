#include "core/json/encode_parts.h"

namespace loyalty {
namespace {

void encode_point_name(std::span<const PointNameForm> forms, Writer& to) {
  to.begin_object();
  for (std::size_t i = 0; i < forms.size();) {
    const std::string_view locale = forms[i].locale;
    to.key(locale);
    if (forms[i].form.empty()) {
      to.value(forms[i].text);
      ++i;
      continue;
    }
    to.begin_object();
    for (; i < forms.size() && forms[i].locale == locale; ++i) {
      to.key(forms[i].form);
      to.value(forms[i].text);
    }
    to.end_object();
  }
  to.end_object();
}

void encode_program(const Program& program, Writer& to) {
  to.begin_object();
  member(to, "name", program.name);
  to.key("pointName");
  encode_point_name(program.point_name, to);
  member(to, "status", names::of(names::program_status, program.status));
  to.end_object();
}

void encode_policy(const Policy& policy, Writer& to) {
  to.begin_object();
  member(to, "basis", names::of(names::rounding_basis, policy.basis));
  member(to, "compounding", names::of(names::compounding, policy.compounding));
  member(to, "conditionBasis", names::of(names::condition_basis, policy.condition_basis));
  member(to, "earnBase", names::of(names::earn_base, policy.earn_base));
  member(to, "earnRounding", names::of(names::earn_rounding, policy.earn_rounding));
  member(to, "maxCodes", policy.max_codes);
  member(to, "maxCoupons", policy.max_coupons);
  member(to, "maxPointsRewards", policy.max_points_rewards);
  member(to, "minPayable", policy.min_payable);
  member(to, "rounding", names::of(names::rounding, policy.rounding));
  member(to, "split", names::of(names::split, policy.split));
  member(to, "taxRounding", names::of(names::tax_rounding, policy.tax_rounding));
  to.end_object();
}

void encode_tier(const Tier& tier, Writer& to) {
  to.begin_object();
  member(to, "id", tier.id);
  member(to, "name", tier.name);
  member(to, "requiredPoints", tier.required_points);
  to.end_object();
}

void encode_tier_id(TierId tier, Writer& to) {
  if (!tier.empty()) {
    member(to, "tierId", tier);
  }
}

void encode_reward_config(const RewardConfig& config, Writer& to) {
  to.begin_object();
  member(to, "costInPoints", config.cost);
  members(to, "effects", config.effects);
  encode_tier_id(config.tier, to);
  to.end_object();
}

void encode_reward(const Reward& reward, Writer& to) {
  to.begin_object();
  member(to, "active", reward.active);
  to.key("conditions");
  encode(reward.conditions, to);
  members(to, "configs", reward.configs,
          [&to](const RewardConfig& config) { encode_reward_config(config, to); });
  member(to, "exclusive", reward.exclusive);
  member(to, "id", reward.id);
  member(to, "name", reward.name);
  member(to, "priority", reward.priority);
  member(to, "revision", reward.revision);
  member(to, "type", names::of(names::reward_type, reward.type));
  to.end_object();
}

void encode_limits(const UseLimits& limits, Writer& to) {
  to.begin_object();
  member(to, "budgetLeft", limits.budget_left);
  member(to, "usesLeft", limits.uses_left);
  member(to, "usesLeftForCustomer", limits.uses_left_for_customer);
  to.end_object();
}

void encode_rule_config(const EarningConfig& config, Writer& to) {
  to.begin_object();
  if (config.money_amount == 0) {
    member(to, "points", config.points);
  } else {
    to.key("conversion");
    to.begin_object();
    member(to, "moneyAmount", config.money_amount);
    member(to, "points", config.points);
    to.end_object();
  }
  encode_tier_id(config.tier, to);
  to.end_object();
}

void encode_earning_rule(const EarningRule& rule, Writer& to) {
  to.begin_object();
  if (rule.base) {
    member(to, "base", names::of(names::earn_base, *rule.base));
  }
  member(to, "baseAppliesToAll", rule.base_applies_to_all);
  members(to, "configs", rule.configs,
          [&to](const EarningConfig& config) { encode_rule_config(config, to); });
  member(to, "id", rule.id);
  member(to, "maxPoints", rule.max_points);
  optional_scope(to, "scope", rule.scope);
  member(to, "status", names::of(names::rule_status, rule.status));
  member(to, "title", rule.title);
  member(to, "trigger", rule.trigger);
  to.end_object();
}

}  // namespace

void encode(const Promotion& promotion, Writer& to) {
  to.begin_object();
  rule_texts(to, "codes", promotion.codes);
  to.key("conditions");
  encode(promotion.conditions, to);
  members(to, "effects", promotion.effects);
  member(to, "exclusive", promotion.exclusive);
  member(to, "id", promotion.id);
  member(to, "lane", names::of(names::lane, promotion.lane));
  to.key("limits");
  encode_limits(promotion.limits, to);
  member(to, "name", promotion.name);
  member(to, "priority", promotion.priority);
  member(to, "trigger", names::of(names::trigger, promotion.trigger));
  to.end_object();
}

void encode(const Catalog& catalog, Writer& to) {
  to.begin_object();
  member(to, "currency", catalog.currency.code());
  members(to, "earningRules", catalog.earning_rules,
          [&to](const EarningRule& rule) { encode_earning_rule(rule, to); });
  to.key("policy");
  encode_policy(catalog.policy, to);
  to.key("program");
  encode_program(catalog.program, to);
  members(to, "promotions", catalog.promotions);
  members(to, "rewards", catalog.rewards,
          [&to](const Reward& reward) { encode_reward(reward, to); });
  members(to, "tiers", catalog.tiers, [&to](const Tier& tier) { encode_tier(tier, to); });
  member(to, "tiersActive", catalog.tiers_active);
  member(to, "timeZone", catalog.time_zone);
  member(to, "version", catalog.version);
  to.end_object();
}

}  // namespace loyalty
