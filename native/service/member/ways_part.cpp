#include <string>

#include "core/rules/earning.h"
#include "native/service/member/member_view.h"
#include "native/service/people/birthdays.h"
#include "native/service/people/social_media.h"
#include "native/service/program/awards.h"

/// What a member gets points for.
namespace loyalty::service {
namespace {

/// How often the rule awards, and how often it has awarded this member; null: without a limit.
Json limit_of(Call& call, const MemberView& member, const EarningRule& rule,
              const RuleFacts& facts) {
  if (rule.trigger == birthday_activity) {
    const bool done = birthday_awarded(call, member.contact_id);
    return {{"times", 1}, {"per", "YEAR"}, {"done", done ? 1 : 0}};
  }
  if (rule.trigger == follow_activity) {
    const std::size_t followed = member.detail ? channels_followed(call, member.detail->row.id) : 0;
    return {{"times", std::max(followed, member.program->enabled_channels.size())},
            {"per", "EVER"},
            {"done", followed}};
  }
  if (facts.once_per_person) {
    const bool done = awarded_once(call, rule.id.text(), member.contact_id);
    return {{"times", 1}, {"per", "EVER"}, {"done", done ? 1 : 0}};
  }
  return nullptr;
}

}  // namespace

Json ways_part(Call& call, const MemberView& member) {
  const Catalog& catalog = member.catalog();
  Json ways = Json::array();
  for (std::size_t i = 0; i < catalog.earning_rules.size(); ++i) {
    const EarningRule& rule = catalog.earning_rules[i];
    const EarningConfig* const config = config_for(rule, member.tier(), catalog.tiers_active);
    if (rule.status != RuleStatus::active || config == nullptr) {
      continue;
    }
    Json way{{"id", rule.id.text()}, {"name", rule.title}, {"activity", rule.trigger}};
    if (config->money_amount > 0) {
      way["per"] = {{"amountMinor", step_of(*config, catalog.currency).minor_units()},
                    {"points", config->points.count()}};
    } else {
      way["points"] = config->points.count();
    }
    if (Json limit = limit_of(call, member, rule, member.published->rule_facts[i]);
        !limit.is_null()) {
      way["limit"] = std::move(limit);
    }
    ways.push_back(std::move(way));
  }
  return ways;
}

}  // namespace loyalty::service
