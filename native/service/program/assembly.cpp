#include "native/service/program/assembly.h"

#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "native/service/program/documents.h"
#include "native/service/program/earning_rules.h"
#include "native/service/program/program_document.h"
#include "native/service/program/promotions.h"
#include "native/service/program/rewards.h"
#include "native/service/program/scopes.h"
#include "native/service/program/tiers.h"
#include "native/wire/money_text.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;
using wire::truth_at;

bool is_orphan(const Json& config, const ProgramState& state) {
  const std::string tier = text_at(config, "tierId");
  return !tier.empty() && std::none_of(state.tiers.begin(), state.tiers.end(),
                                       [&](const TierRow& row) { return row.id == tier; });
}

/// The configs that count, each told by `tell`.
template <class Tell>
Json configs_of(const Json& configs, const ProgramState& state, Orphans orphans, Tell tell) {
  Json told = Json::array();
  for (const Json& config : configs) {
    if (orphans == Orphans::left_out && is_orphan(config, state)) {
      continue;
    }
    Json rules = tell(config);
    if (rules.is_null()) {
      continue;
    }
    if (const std::string tier = text_at(config, "tierId"); !tier.empty()) {
      rules["tierId"] = tier;
    }
    told.push_back(std::move(rules));
  }
  return told;
}

/// Points as money: one exchange rate, from `minPoints` on, in steps.
Json exchange_effect(const Json& reward, const Json& config, const ProgramState& state) {
  const std::optional<Money> amount = wire::money_of(member(config, "amount"), state.currency);
  if (!amount || *amount <= no_money) {
    return nullptr;  // finer than the currency that the site has been given since
  }
  const Json& flexible = member(reward, "discountAmount");
  Json effect{{"kind", "pointsAsMoney"}, {"amount", amount->minor_units()}};
  const std::int64_t least =
      integer_at(flexible, "minPoints",
                 state.min_points_to_spend ? state.min_points_to_spend->count()
                                           : integer_at(config, "costInPoints"));
  const std::int64_t most = integer_at(flexible, "maxPoints");
  effect["minPoints"] = most > 0 ? std::min(least, most) : least;
  if (most > 0) {
    effect["maxPoints"] = most;
  }
  if (const std::int64_t step = integer_at(flexible, "stepPoints"); step > 0) {
    effect["stepPoints"] = step;
  }
  if (const Json& share = member(flexible, "maxShareOfOrder"); !share.is_null()) {
    effect["maxShareOfOrderPpm"] = wire::scaled(wire::decimal_text(share).value_or("100"), 4).value;
  }
  return effect;
}

Json point_name(const Json& body, const Json& settings) {
  Json names = member(settings, "pointName");
  const std::string custom = text_at(member(body, "pointDefinition"), "customName");
  if ((!names.is_object() || names.empty()) && !custom.empty()) {
    names = {{"en", custom}};
  }
  return names;
}

}  // namespace

Json reward_rules(const Json& reward, const ProgramState& state, Orphans orphans) {
  const bool flexible = text_at(reward, "type") == "DISCOUNT_AMOUNT";
  Json conditions = Json::object();
  const auto tell = [&](const Json& config) -> Json {
    Json rules{{"costInPoints", integer_at(config, "costInPoints", 1)}};
    if (flexible) {
      Json effect = exchange_effect(reward, config, state);
      if (effect.is_null()) {
        return nullptr;
      }
      rules["effects"] = Json::array({std::move(effect)});
      return rules;
    }
    try {
      const Json coupon = coupon_rules(coupon_specification(reward, config), state.currency);
      rules["effects"] = coupon["effects"];
      conditions.update(coupon.value("conditions", Json::object()));
      return rules;
    } catch (const wire::Refused&) {
      return nullptr;  // likewise
    }
  };
  Json configs = configs_of(reward_configs(reward), state, orphans, tell);
  if (configs.empty()) {
    return nullptr;
  }
  if (const std::string tag = condition_tag(reward); !tag.empty()) {
    conditions["customerTags"] = {tag};
  }
  Json rules{{"id", text_at(reward, "id")},          {"name", text_at(reward, "name")},
             {"type", text_at(reward, "type")},      {"revision", text_at(reward, "revision")},
             {"active", truth_at(reward, "active")}, {"configs", std::move(configs)}};
  if (!conditions.empty()) {
    rules["conditions"] = std::move(conditions);
  }
  return rules;
}

Json earning_rules_of(const Json& rule, const ProgramState& state, Orphans orphans) {
  const bool fixed = rule.contains("fixedAmount");
  const Json& award = member(rule, fixed ? "fixedAmount" : "conversionRate");
  Json configs =
      configs_of(member(award, "configs"), state, orphans, [fixed](const Json& config) -> Json {
        const std::int64_t points = integer_at(config, "points", 1);
        if (fixed) {
          return {{"points", points}};
        }
        return {{"conversion",
                 {{"moneyAmount", integer_at(config, "moneyAmount", 1)}, {"points", points}}}};
      });
  if (configs.empty()) {
    return nullptr;
  }
  Json rules{{"id", text_at(rule, "id")},
             {"title", text_at(rule, "title")},
             {"trigger", text_at(rule, "triggerActivityType")},
             {"status", text_at(rule, "status")},
             {"configs", std::move(configs)}};
  if (const std::string base = earning_base(rule); !base.empty()) {
    rules["base"] = base;
  }
  if (truth_at(rule, "baseAppliesToAll")) {
    rules["baseAppliesToAll"] = true;
  }
  if (const std::int64_t most = integer_at(rule, "maxPoints"); most > 0) {
    rules["maxPoints"] = most;
  }
  return rules;
}

Json promotion_rules(const Json& promotion) {
  Json rules = Json::object();
  for (const std::string_view name : promotion_rule_fields) {
    if (const Json& value = member(promotion, name); !value.is_null()) {
      rules[std::string{name}] = value;
    }
  }
  return rules;
}

Json policy_of(const Json& settings) {
  Json policy = member(settings, "policy");
  if (!policy.is_object()) {
    policy = Json::object();
  }
  policy["earnRounding"] = text_at(settings, "earnRounding");
  if (truth_at(settings, "restaurantsMode")) {
    policy["minPayable"] = std::max<std::int64_t>(1, integer_at(policy, "minPayable"));
  }
  return policy;
}

Assembly assemble(store::Session& session, const ProgramState& state, Orphans orphans) {
  const store::Document program = program_document(session);
  const Json body = body_of(program);
  const Json settings = settings_json(program);
  Assembly assembly;
  Json& catalog = assembly.catalog;
  catalog = {{"version", std::to_string(state.catalog_version)},
             {"currency", std::string{state.currency.code()}},
             {"timeZone", state.time_zone},
             {"program", {{"status", text_at(body, "status")}, {"name", text_at(body, "name")}}},
             {"policy", policy_of(settings)},
             {"tiersActive", state.tiers_active},
             {"tiers", Json::array()},
             {"rewards", Json::array()},
             {"promotions", Json::array()},
             {"earningRules", Json::array()}};
  if (Json names = point_name(body, settings); names.is_object() && !names.empty()) {
    catalog["program"]["pointName"] = std::move(names);
  }
  for (const TierRow& tier : state.tiers) {
    catalog["tiers"].push_back(
        {{"id", tier.id}, {"name", tier.name}, {"requiredPoints", tier.required_points.count()}});
  }
  for (const Json& reward : entities(session, store::Kind::reward, reward_json)) {
    if (Json rules = reward_rules(reward, state, orphans); !rules.is_null()) {
      catalog["rewards"].push_back(std::move(rules));
    }
  }
  for (const Json& promotion : entities(session, store::Kind::promotion, promotion_json)) {
    if (truth_at(promotion, "active", true)) {
      catalog["promotions"].push_back(promotion_rules(promotion));
    }
  }
  for (const Json& rule : entities(session, store::Kind::earning_rule, earning_rule_json)) {
    if (Json rules = earning_rules_of(rule, state, orphans); !rules.is_null()) {
      catalog["earningRules"].push_back(std::move(rules));
      assembly.rule_facts.push_back(
          {.trigger_app_id = text_at(rule, "triggerAppId"),
           .payload_field = text_at(member(rule, "conversionRate"), "field"),
           .once_per_person = truth_at(rule, "oncePerPerson")});
    }
  }
  return assembly;
}

Json assemble_catalog(store::Session& session, const ProgramState& state) {
  return assemble(session, state, Orphans::left_out).catalog;
}

Json public_part(const Json& catalog) {
  Json shown = catalog;
  const auto keep = [&shown](const char* list, auto wanted) {
    Json kept = Json::array();
    for (Json& entry : shown[list]) {
      if (wanted(entry)) {
        entry.erase("limits");
        kept.push_back(std::move(entry));
      }
    }
    shown[list] = std::move(kept);
  };
  keep("promotions", [](const Json& row) { return text_at(row, "trigger") != "code"; });
  keep("rewards", [](const Json& row) { return truth_at(row, "active"); });
  keep("earningRules", [](const Json& row) { return text_at(row, "status") == "ACTIVE"; });
  return shown;
}

}  // namespace loyalty::service
