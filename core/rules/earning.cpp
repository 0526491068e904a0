#include "core/rules/earning.h"

#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/money/mul_div.h"

namespace loyalty {
namespace {

/// a × b ÷ divisor, rounded down, at most points_max. A base of 10^14 at 9,999,999 points per unit
/// exceeds even a 64-bit quotient, so the cap comes before the narrowing.
Points capped_quotient(std::uint64_t a, std::uint64_t b, std::uint64_t divisor) {
  constexpr auto cap = static_cast<std::uint64_t>(limits::points_max);
  return Points::of(static_cast<std::int64_t>(mul_div_at_most(a, b, divisor, cap)));
}

Award capped(const EarningRule& rule, Points earned) {
  const Points of_rule = rule.max_points ? min(earned, *rule.max_points) : earned;
  constexpr Points of_one_grant = Points::of(limits::points_per_call_max);
  return {.points = min(of_rule, of_one_grant), .clamped = of_rule > of_one_grant};
}

}  // namespace

Points converted_points(Money base, Currency currency, std::int64_t money_amount, Points points,
                        EarnRounding rounding) {
  LOYALTY_CHECK(money_amount >= 1 && points >= no_points);
  if (base <= no_money) {
    return no_points;
  }
  const auto units = static_cast<std::uint64_t>(base.minor_units());
  const auto per_major = static_cast<std::uint64_t>(currency.minor_per_major());
  const auto step = static_cast<std::uint64_t>(money_amount);
  const auto rate = static_cast<std::uint64_t>(points.count());
  switch (rounding) {
    case EarnRounding::wix:
      return capped_quotient(units / per_major, rate, step);
    case EarnRounding::floor:
      return capped_quotient(units, rate, step * per_major);
    case EarnRounding::per_step:
      return capped_quotient(units / (step * per_major), rate, 1);
  }
  return no_points;
}

const EarningConfig* config_for(const EarningRule& rule, TierId tier, bool tiers_active) {
  const TierId wanted = tiers_active ? tier : TierId{};
  const EarningConfig* base = nullptr;
  for (const EarningConfig& config : rule.configs) {
    if (config.tier == wanted) {
      return &config;
    }
    if (config.tier.empty()) {
      base = &config;
    }
  }
  return rule.base_applies_to_all ? base : nullptr;
}

Money step_of(const EarningConfig& config, Currency currency) {
  return Money::minor(config.money_amount * currency.minor_per_major());
}

Award rule_award(const EarningRule& rule, const EarningConfig& config, Money base,
                 Currency currency, EarnRounding rounding) {
  if (base <= no_money) {
    return {};
  }
  if (config.money_amount == 0) {
    return activity_award(rule, config);
  }
  return capped(rule,
                converted_points(base, currency, config.money_amount, config.points, rounding));
}

Award activity_award(const EarningRule& rule, const EarningConfig& config) {
  return config.money_amount == 0 ? capped(rule, config.points) : Award{};
}

Points rule_points(const EarningRule& rule, const EarningConfig& config, Money base,
                   Currency currency, EarnRounding rounding) {
  return rule_award(rule, config, base, currency, rounding).points;
}

}  // namespace loyalty
