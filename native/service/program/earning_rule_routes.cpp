#include <utility>

#include "core/base/limits.h"
#include "native/service/program/awards.h"
#include "native/service/program/documents.h"
#include "native/service/program/earning_rules.h"
#include "native/service/program/program.h"
#include "native/service/program/rule_table.h"
#include "native/service/program/tiers.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view fqdn = "wix.loyalty.v1.loyalty_earning_rule";

store::Document require_rule(Call& call, std::string_view id) {
  std::optional<store::Document> rule = call.store.get(Kind::earning_rule, id);
  if (!rule) {
    throw Refused{Code::earning_rule_not_found};
  }
  return std::move(*rule);
}

void refuse_unsupported(std::string_view why) {
  throw Refused{Code::earning_rule_not_supported, std::string{why}};
}

/// Which activities can be rewarded how. Automations may name any activity; those of the table keep
/// to it there too.
void check_supported(const Json& rule) {
  const RuleKind* kind = rule_kind_of(text_at(rule, "triggerActivityType"));
  const bool own = !is_automated(rule);
  if (kind == nullptr) {
    return own ? refuse_unsupported("This activity can only be rewarded by an automation.")
               : void();
  }
  if (kind->app_id != text_at(rule, "triggerAppId")) {
    refuse_unsupported("This app has no such activity.");
  }
  if (own && kind->preinstalled) {
    refuse_unsupported("This activity has a rule that came with its app.");
  }
  if (rule.contains("fixedAmount") ? !kind->fixed : !kind->conversion) {
    refuse_unsupported(kind->fixed ? "This activity can only be rewarded with a fixed amount."
                                   : "This activity can only be rewarded per money spent.");
  }
  if (own && !text_at(member(rule, "conversionRate"), "field").empty()) {
    refuse_unsupported("Only automated rules take their amount from a field.");
  }
}

void check_configs(Call& call, const Json& rule, const Json& before) {
  for (const char* kind : {"fixedAmount", "conversionRate"}) {
    if (rule.contains(kind)) {
      require_tiers_of(call.store, member(rule[kind], "configs"),
                       member(member(before, kind), "configs"),
                       std::string{"earningRule."} + kind + ".configs");
    }
  }
}

void set_keys(store::Document& document, const Json& rule) {
  document.keys = {
      {"trigger", rule_key(text_at(rule, "triggerAppId"), text_at(rule, "triggerActivityType"),
                           text_at(rule, "title"))}};
}

Json make_rule(Call& call, const Json& rule) {
  if (call.store.count(Kind::earning_rule, {}) >= limits::earning_rules_max) {
    throw Refused::invalid("earningRule", "MAX", "there are 200 earning rules already");
  }
  check_supported(rule);
  check_configs(call, rule, Json());
  store::Document document = new_document(call, rule);
  set_keys(document, rule);
  try {
    call.store.insert(Kind::earning_rule, document);
  } catch (const store::Duplicate&) {
    throw Refused{Code::earning_rule_already_exists};
  }
  Json made = earning_rule_json(document);
  emit(call, fqdn, "created", EventKind::created, document.id, made);
  return made;
}

Json create_rule(Call& call, const Json& request) {
  Json rule = make_rule(call, member(request, "earningRule"));
  catalog_changed(call, {"earningRules.create", text_at(rule, "id"), text_at(rule, "title")});
  return {{"earningRule", std::move(rule)}};
}

Json bulk_create_rules(Call& call, const Json& request) {
  Json results = bulk(call, member(request, "earningRules"),
                      [&](const Json& rule) { return make_rule(call, rule); });
  catalog_changed(call, {"earningRules.bulkCreate"});
  return results;
}

Json create_custom_rule(Call& call, const Json& request) {
  Json rule = member(request, "earningRule");
  const bool birthday = text_at(request, "type") == "BIRTHDAY";
  rule["sourceAppId"] = automations_app;
  rule["triggerAppId"] = loyalty_app;
  rule["triggerActivityType"] = birthday ? birthday_activity : follow_activity;
  rule["status"] = "ACTIVE";
  Json made = make_rule(call, rule);
  catalog_changed(call, {"earningRules.createCustom", text_at(made, "id"), text_at(made, "title")});
  return {{"earningRule", std::move(made)}};
}

/// Automated ones are listed, not found.
Json get_rule(Call& call, const Json& request) {
  Json rule = earning_rule_json(require_rule(call, text_at(request, "id")));
  if (is_automated(rule)) {
    throw Refused{Code::earning_rule_not_found};
  }
  return {{"earningRule", std::move(rule)}};
}

/// What a rule is for stays what it is; a whole entity may be sent back.
void check_unchanged(const Json& before, const Json& changes) {
  for (const std::string_view name : {"sourceAppId", "triggerAppId", "triggerActivityType"}) {
    const Json& given = member(changes, name);
    if (!given.is_null() && given != member(before, name)) {
      throw Refused::invalid("earningRule." + std::string{name}, "IMMUTABLE",
                             "cannot be changed after the rule was created");
    }
  }
}

Json update_rule(Call& call, const Json& request) {
  const Json& changes = member(request, "earningRule");
  const store::Document before = require_rule(call, text_at(changes, "id"));
  require_revision(before, member(changes, "revision"));
  const Json old = body_of(before);
  check_unchanged(old, changes);
  Json rule = old;
  keep_absent(rule, changes,
              {"title", "status", "base", "baseAppliesToAll", "maxPoints", "oncePerPerson"});
  if (changes.contains("fixedAmount") || changes.contains("conversionRate")) {
    rule.erase("fixedAmount");
    rule.erase("conversionRate");
    keep_absent(rule, changes, {"fixedAmount", "conversionRate"});
  }
  check_supported(rule);
  check_configs(call, rule, old);
  store::Document next = next_revision(call, before, rule);
  set_keys(next, rule);
  try {
    call.store.update(Kind::earning_rule, next);
  } catch (const store::Duplicate&) {
    throw Refused{Code::earning_rule_already_exists};
  }
  Json changed = earning_rule_json(next);
  emit(call, fqdn, "updated", EventKind::updated, next.id, changed);
  catalog_changed(call, {"earningRules.update", next.id, text_at(changed, "title")});
  Json warnings = Json::array();
  if (text_at(old, "status") == "ACTIVE" && text_at(rule, "status") == "PAUSED") {
    warnings = warn_of_no_active_rule(call);
  }
  Json answer{{"earningRule", std::move(changed)}};
  if (!warnings.empty()) {
    answer["warnings"] = std::move(warnings);
  }
  return answer;
}

Json remove_rule(Call& call, const store::Document& rule, std::string_view operation) {
  call.store.remove(Kind::earning_rule, rule.id);
  emit(call, fqdn, "deleted", EventKind::deleted, rule.id, nullptr);
  catalog_changed(call, {operation, rule.id, text_at(body_of(rule), "title")});
  Json warnings = warn_of_no_active_rule(call);
  return warnings.empty() ? Json::object() : Json{{"warnings", std::move(warnings)}};
}

Json delete_rule(Call& call, const Json& request) {
  const store::Document rule = require_rule(call, text_at(request, "id"));
  require_revision(rule, member(request, "revision"));
  if (is_automated(body_of(rule))) {
    throw Refused{Code::earning_rule_cannot_be_deleted};
  }
  return remove_rule(call, rule, "earningRules.delete");
}

Json delete_automated_rule(Call& call, const Json& request) {
  const store::Document rule = require_rule(call, text_at(request, "id"));
  const Json body = body_of(rule);
  if (!is_automated(body)) {
    throw Refused{Code::earning_rule_not_found};
  }
  if (wire::truth_at(body, "preinstalled")) {
    throw Refused{Code::earning_rule_cannot_be_deleted};
  }
  return remove_rule(call, rule, "earningRules.deleteAutomated");
}

Json list_rules(Call& call, const Json& request) {
  Json rules = Json::array();
  for (Json& rule : entities(call.store, Kind::earning_rule, earning_rule_json)) {
    const auto fits = [&](std::string_view name) {
      const Json& wanted = member(request, name);
      return wanted.is_null() || wanted == member(rule, name);
    };
    if (fits("triggerAppId") && fits("triggerActivityType")) {
      rules.push_back(std::move(rule));
    }
  }
  return {{"earningRules", std::move(rules)}};
}

wire::Schema fixed_amount_schema() {
  using namespace wire;
  const Schema config =
      object({optional("tierId", guid()), required("points", integer(1, 9'999'999))});
  return object({required("configs", array(config, 1, limits::tier_configs_max))});
}

wire::Schema conversion_schema() {
  using namespace wire;
  const Schema config = object({optional("tierId", guid()),
                                required("moneyAmount", integer(1, limits::earn_money_amount_max)),
                                required("points", integer(1, 9'999'999))});
  return object({required("configs", array(config, 1, limits::tier_configs_max)),
                 optional("field", text(1, 200).describe("Path into the trigger's payload."))});
}

/// Requests to create one need everything; changes only what changes.
wire::Schema rule_schema(wire::Field id, wire::Field revision,
                         wire::Field (*use)(std::string, wire::Schema)) {
  using namespace wire;
  ObjectSchema rule{std::move(id),
                    std::move(revision),
                    use("sourceAppId", guid()),
                    use("triggerAppId", text(1, 80)),
                    use("triggerActivityType", text(1, 80)),
                    use("title", text(1, 50)),
                    use("status", enumeration({"ACTIVE", "PAUSED"})),
                    optional("fixedAmount", fixed_amount_schema()),
                    optional("conversionRate", conversion_schema()),
                    optional("base", enumeration({"afterDiscounts", "subtotal", "total"})),
                    optional("baseAppliesToAll", boolean()),
                    optional("maxPoints", integer(1, limits::points_max)),
                    optional("oncePerPerson", boolean()),
                    read_only("triggerFilters", any()),
                    read_only("metadata", any()),
                    read_only("createdDate", any()),
                    read_only("updatedDate", any()),
                    read_only("_id", any()),
                    read_only("_createdDate", any()),
                    read_only("_updatedDate", any())};
  if (use == static_cast<Field (*)(std::string, Schema)>(required)) {
    return rule.exactly_one_of({"fixedAmount", "conversionRate"});
  }
  return rule.at_most_one_of({"fixedAmount", "conversionRate"});
}

}  // namespace

void add_earning_rule_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema revision_text = integer_text(1, INT64_MAX);
  const Schema nothing = object({});
  const Schema new_rule =
      rule_schema(read_only("id", any()), read_only("revision", any()), required);
  const Schema changes =
      rule_schema(required("id", guid()), optional("revision", revision_text), optional);
  const Schema entity =
      rule_schema(required("id", guid()), required("revision", revision_text), required);
  const Schema custom =
      object({required("title", text(1, 50)), optional("fixedAmount", fixed_amount_schema()),
              optional("conversionRate", conversion_schema())})
          .exactly_one_of({"fixedAmount", "conversionRate"});
  const Schema rule = object({required("earningRule", entity)});
  const Schema warning =
      object({required("code", text(1, 0)), required("description", text(1, 0))});
  const Schema by_id = object({required("id", guid())});
  const Schema by_id_and_revision =
      object({required("id", guid()), optional("revision", revision_text)});
  const Schema removed = object({optional("warnings", array(warning, 0, 10))});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         const Schema& request, const Schema& response, Operation run,
                         std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = verb == Verb::get ? read_earning_rules : manage_earning_rules,
                  .access = verb == Verb::get ? read : write,
                  .request = request,
                  .response = response,
                  .run = run,
                  .summary = summary});
  };
  add("earningRules.create", Verb::post, "/loyalty-earning-rules/v1/earning-rules",
      object({required("earningRule", new_rule)}), rule, create_rule,
      "Creates a rule for an activity that can be rewarded");
  add("earningRules.bulkCreate", Verb::post, "/loyalty-earning-rules/v1/bulk/earning-rules/create",
      object({required("earningRules", array(new_rule, 1, 100))}), bulk_schema(entity),
      bulk_create_rules, "Creates up to 100 rules, each by itself");
  add("earningRules.createCustom", Verb::post, "/loyalty-earning-rules/v1/earning-rules/custom",
      object({required("type", enumeration({"SOCIAL_MEDIA", "BIRTHDAY"})),
              required("earningRule", custom)}),
      rule, create_custom_rule, "Creates a rule for birthdays, or for following a channel");
  add("earningRules.list", Verb::get, "/loyalty-earning-rules/v1/earning-rules/rules",
      object({optional("triggerAppId", text(1, 80)), optional("triggerActivityType", text(1, 80))}),
      object({required("earningRules", array(entity, 0, limits::earning_rules_max))}), list_rules,
      "All rules, automated ones too");
  add("earningRules.get", Verb::get, "/loyalty-earning-rules/v1/earning-rules/{id}", by_id, rule,
      get_rule, "One rule that is not automated");
  add("earningRules.update", Verb::put, "/loyalty-earning-rules/v1/earning-rules/{earningRule.id}",
      object({required("earningRule", changes)}),
      object({required("earningRule", entity), optional("warnings", array(warning, 0, 10))}),
      update_rule, "Changes a rule, pauses it or switches it on; what is left out stays");
  add("earningRules.delete", Verb::del, "/loyalty-earning-rules/v1/earning-rules/{id}",
      by_id_and_revision, removed, delete_rule, "Deletes a rule that is not automated");
  add("earningRules.deleteAutomated", Verb::del,
      "/loyalty-earning-rules/v1/automation-earning-rules/{id}", by_id_and_revision, removed,
      delete_automated_rule, "Deletes an automated rule that did not come with an app");
}

}  // namespace loyalty::service
