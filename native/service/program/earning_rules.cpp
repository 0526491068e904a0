#include "native/service/program/earning_rules.h"

#include <algorithm>

#include "native/service/program/awards.h"
#include "native/service/program/documents.h"
#include "native/service/program/program_document.h"
#include "native/service/program/rule_table.h"

namespace loyalty::service {

using store::Kind;
using wire::member;
using wire::text_at;

Json earning_rule_json(const store::Document& document) {
  Json rule = entity_of(document);
  const bool preinstalled = wire::truth_at(rule, "preinstalled");
  rule.erase("preinstalled");
  Json& metadata = rule["metadata"];
  metadata = {{"canBeDeleted", !preinstalled}};
  if (text_at(rule, "triggerActivityType") == birthday_activity) {
    metadata["ruleTypeTag"] = {{"ruleType", "BIRTHDAY"}};
  }
  return rule;
}

std::string earning_base(const Json& rule) {
  if (const std::string base = text_at(rule, "base"); !base.empty()) {
    return base;
  }
  const std::string field = text_at(member(rule, "conversionRate"), "field");
  if (field == "priceSummary.totalAmount" || field == "priceSummary.total") {
    return "total";
  }
  return field == "priceSummary.subtotal" ? "subtotal" : "";
}

bool is_automated(const Json& rule) { return text_at(rule, "sourceAppId") == automations_app; }

void install_rules(Call& call) {
  for (const RuleKind& kind : rule_kinds) {
    if (!kind.preinstalled || call.store.find(Kind::earning_rule, "trigger",
                                              rule_key(kind.app_id, kind.activity, kind.title))) {
      continue;
    }
    const Json rule{
        {"sourceAppId", automations_app},
        {"triggerAppId", kind.app_id},
        {"triggerActivityType", kind.activity},
        {"title", kind.title},
        {"status", "PAUSED"},
        {"conversionRate", {{"configs", Json::array({{{"moneyAmount", 1}, {"points", 1}}})}}},
        {"preinstalled", true}};
    store::Document document = new_document(call, rule);
    document.keys = {{"trigger", rule_key(kind.app_id, kind.activity, kind.title)}};
    call.store.insert(Kind::earning_rule, document);
  }
}

Json warn_of_no_active_rule(Call& call) {
  const store::Filter active{.op = store::Filter::Op::eq,
                             .field = {"status", store::ValueType::text},
                             .values = {std::string{"ACTIVE"}},
                             .children = {}};
  if (call.store.count(Kind::earning_rule, active) > 0) {
    return Json::array();
  }
  const store::Document program = program_document(call.store);
  Json body = body_of(program);
  if (text_at(body, "status") != "ACTIVE") {
    return Json::array();
  }
  Json warning{{"code", "NO_ACTIVE_EARNING_RULE"},
               {"description", "No earning rule is active: members cannot earn points."}};
  if (wire::truth_at(settings_json(program), "autoPause")) {
    change_status(body, ledger::Status::paused, call.now);
    write_program(call, program, std::move(body), true, {"program.pause"});
    recalculate_later(call, "REWARD_UPDATED");
    warning["description"] = "No earning rule is active: the program has been paused.";
  }
  return Json::array({std::move(warning)});
}

}  // namespace loyalty::service
