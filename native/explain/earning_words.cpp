#include "native/explain/earning_words.h"

#include "core/rules/earning.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

const EarningRule* find_rule(const Catalog& catalog, RuleId id) {
  for (const EarningRule& rule : catalog.earning_rules) {
    if (rule.id == id) {
      return &rule;
    }
  }
  return nullptr;
}

std::string conversion(const Scene& scene, const EarningConfig& config, Money base) {
  const std::string code{scene.catalog.currency.code()};
  const std::string points = count(config.points.count());
  const std::string step = count(config.money_amount);
  const std::string spent = scene.money(base);
  switch (scene.catalog.policy.earn_rounding) {
    case EarnRounding::wix:
      return "whole " + code + " of " + spent + " × " + points +
             (config.money_amount == 1 ? "" : " ÷ " + step + ", rounded down");
    case EarnRounding::floor:
      return spent + " × " + points + (config.money_amount == 1 ? "" : " ÷ " + step) +
             ", rounded down";
    case EarnRounding::per_step:
      return "full " + step + " " + code + " in " + spent + " × " + points;
  }
  return "";
}

}  // namespace

std::string rule_title(const Scene& scene, RuleId rule) {
  const EarningRule* const found = find_rule(scene.catalog, rule);
  return printable(found == nullptr || found->title.empty() ? rule.text() : found->title);
}

std::string earning_formula(const Scene& scene, const EarnedByRule& earned) {
  const EarningRule* const rule = find_rule(scene.catalog, earned.rule);
  const EarningConfig* const config =
      rule == nullptr ? nullptr
                      : config_for(*rule, scene.effective_tier(), scene.catalog.tiers_active);
  if (config == nullptr) {
    return "";
  }
  std::string text =
      config->money_amount == 0 ? "for any order" : conversion(scene, *config, earned.base);
  if (rule->max_points) {
    text += ", at most " + count(rule->max_points->count());
  }
  return text;
}

}  // namespace loyalty::cli
