#include <utility>

#include "native/service/accounts/desk.h"
#include "native/service/program/assembly.h"
#include "native/service/program/catalog_lint.h"
#include "native/service/program/documents.h"
#include "native/service/program/program_document.h"
#include "native/service/program/rewards.h"
#include "native/service/program/settings.h"
#include "native/service/program/tiers.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;
using wire::truth_at;

void require_feature(const store::Document& program, std::string_view feature) {
  if (!truth_at(member(settings_json(program), "premiumFeatures"), feature, true)) {
    throw Refused{Code::premium_feature_required, Json{{"feature", feature}}};
  }
}

/// Stores the program, and has every account looked at anew where it now is another to them.
Json changed(Call& call, const store::Document& before, Json body, bool accounts_too,
             std::string_view operation) {
  if (accounts_too) {
    recalculate_later(call, "REWARD_UPDATED");
  }
  write_program(call, before, std::move(body), true, {operation});
  return program_json(program_document(call.store));
}

/// Where the rules of expiry are others than before: what has fallen due by the old ones is posted,
/// and nothing expires for a while (U35).
bool expiry_changed(Call& call, const Json& before, Json& body) {
  if (expiry_rules(before) == expiry_rules(body)) {
    return false;
  }
  settle_all_due(call);
  expiry_rules_changed(body, program_of(call)->ledger.settings.zone, call.now);
  return true;
}

Json get_program(Call& call, const Json&) {
  return {{"loyaltyProgram", program_json(program_document(call.store))}};
}

Json bulk_get_programs(Call& call, const Json&) {
  Json sites = Json::array();
  for (const store::TenantId site : call.caller.sites) {
    LOYALTY_CHECK(call.read_site != nullptr);
    call.read_site(site, [&sites](store::Session& session) {
      if (const auto program = session.get(store::Kind::program, program_id)) {
        sites.push_back({{"metaSiteId", text_at(body_of(*program), "site")},
                         {"loyaltyProgram", program_json(*program)}});
      }
    });
  }
  return {{"programInSites", std::move(sites)}};
}

Json update_program(Call& call, const Json& request) {
  const store::Document before = program_document(call.store);
  const Json old = body_of(before);
  const Json& changes = member(request, "loyaltyProgram");
  Json body = old;
  keep_absent(body, changes, {"name"});
  keep_absent(body["pointDefinition"], member(changes, "pointDefinition"), {"customName", "icon"});
  keep_absent(body["pointsExpiration"], member(changes, "pointsExpiration"),
              {"monthsOfInactivity", "expiringPointsPercentage"});
  if (text_at(body["pointDefinition"], "customName") == "Points") {
    body["pointDefinition"].erase("customName");  // the default, which is translated
  }
  if (body == old) {
    return {{"loyaltyProgram", program_json(before)}};
  }
  const bool expiry = expiry_changed(call, old, body);
  return {{"loyaltyProgram", changed(call, before, std::move(body), expiry, "program.update")}};
}

Json with_status(Call& call, ledger::Status status) {
  const store::Document before = program_document(call.store);
  Json body = body_of(before);
  if (!change_status(body, status, call.now)) {
    return {{"loyaltyProgram", program_json(before)}};
  }
  if (status == ledger::Status::active) {
    require_feature(before, "loyaltyProgram");
  }
  return {{"loyaltyProgram",
           changed(call, before, std::move(body), true,
                   status == ledger::Status::active ? "program.activate" : "program.pause")}};
}

Json activate_program(Call& call, const Json&) { return with_status(call, ledger::Status::active); }
Json pause_program(Call& call, const Json&) { return with_status(call, ledger::Status::paused); }

Json premium_features(Call& call, const Json&) {
  return member(settings_json(program_document(call.store)), "premiumFeatures");
}

Json with_expiration(Call& call, bool enabled) {
  const store::Document before = program_document(call.store);
  const Json old = body_of(before);
  if (enabled) {
    require_feature(before, "pointsExpiration");
  }
  Json body = old;
  body["pointsExpiration"]["status"] = enabled ? "ENABLED" : "DISABLED";
  if (body == old) {
    return {{"loyaltyProgram", program_json(before)}};
  }
  expiry_changed(call, old, body);
  return {{"loyaltyProgram", changed(call, before, std::move(body), true,
                                     enabled ? "program.enablePointsExpiration"
                                             : "program.disablePointsExpiration")}};
}

Json enable_expiration(Call& call, const Json&) { return with_expiration(call, true); }
Json disable_expiration(Call& call, const Json&) { return with_expiration(call, false); }

Json get_settings(Call& call, const Json&) {
  return {{"settings", settings_json(program_document(call.store))}};
}

/// Amounts that members have been promised stay what they are: a currency in which one of them is
/// too fine is refused.
void check_amounts(Call& call, const ProgramState& state) {
  for (const store::Document& document : call.store.all(store::Kind::reward)) {
    const Json reward = reward_json(document);
    const Json rules = reward_rules(reward, state, Orphans::kept);
    if (rules.is_null() || rules["configs"].size() != reward_configs(reward).size()) {
      throw Refused::invalid(
          "settings.currency", "SCALE",
          "must have as many decimals as the amounts of reward " + text_at(reward, "name"));
    }
  }
}

Json update_settings(Call& call, const Json& request) {
  const store::Document before = program_document(call.store);
  const Json old = body_of(before);
  const Json old_settings = settings_json(before);
  Json body = old;
  Json settings = old_settings;
  Json changes = member(request, "settings");
  for (const char* merged : {"activity", "premiumFeatures"}) {
    if (changes.contains(merged)) {
      Json whole = settings[merged];
      whole.update(changes[merged]);
      changes[merged] = std::move(whole);
    }
  }
  settings.update(changes);
  if (wire::integer_at(settings, "minPointsToSpend") == 0) {
    settings.erase("minPointsToSpend");
  }
  checked_settings(settings);
  if (settings == old_settings) {
    return {{"settings", settings}};
  }
  body["settings"] = settings;
  if (!expiry_changed(call, old, body) && settings["timeZone"] != old_settings["timeZone"]) {
    settle_all_due(call);  // days that are over by the old calendar stay over
  }
  changed(call, before, std::move(body), true, "program.updateSettings");
  if (settings["currency"] != old_settings["currency"]) {
    check_amounts(call, *program_of(call));
  }
  return {{"settings", settings}};
}

Json get_catalog(Call& call, const Json&) {
  const auto state = program_of(call);
  return {{"catalog", assemble_catalog(call.store, *state)}};
}

Json lint_catalog(Call& call, const Json&) { return {{"findings", lint_findings(call)}}; }

wire::Schema program_schema() {
  using namespace wire;
  const Schema points =
      object({optional("customName", text(0, 20)), optional("icon", image_schema())});
  const Schema expiration =
      object({read_only("status", any()), optional("monthsOfInactivity", integer(1, 12)),
              optional("expiringPointsPercentage", integer(1, 100))});
  return object({optional("name", text(2, 50)), optional("pointDefinition", points),
                 optional("pointsExpiration", expiration), read_only("status", any()),
                 read_only("premiumFeatures", any()), read_only("createdDate", any()),
                 read_only("updatedDate", any()), read_only("_createdDate", any()),
                 read_only("_updatedDate", any())});
}

wire::Schema features_schema() {
  using namespace wire;
  return object({required("loyaltyProgram", boolean()), required("tiers", boolean()),
                 required("pointsExpiration", boolean())});
}

}  // namespace

void add_program_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema nothing = object({});
  const Schema program = object({required("loyaltyProgram", program_schema())});
  const Schema settings = object({required("settings", settings_schema())});
  const Schema sites = object({required(
      "programInSites",
      array(object({required("metaSiteId", guid()), required("loyaltyProgram", program_schema())}),
            0, sites_max))});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         Permission permission, const Schema& request, const Schema& response,
                         Operation run, std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = permission,
                  .access = verb == Verb::get ? read : write,
                  .request = request,
                  .response = response,
                  .run = run,
                  .summary = summary});
  };
  add("program.get", Verb::get, "/loyalty-programs/v1/program", read_program, nothing, program,
      get_program, "The loyalty program of the site");
  add("program.bulkGet", Verb::get, "/loyalty-programs/v1/bulk/programs", program_bulk_read,
      nothing, sites, bulk_get_programs, "The programs of all sites of the user");
  add("program.update", Verb::patch, "/loyalty-programs/v1/program", manage_program, program,
      program, update_program, "Changes name, points and expiry; what is left out stays");
  add("program.activate", Verb::post, "/loyalty-programs/v1/program/activate", manage_program,
      nothing, program, activate_program, "Members can earn and redeem from now on");
  add("program.pause", Verb::post, "/loyalty-programs/v1/program/pause", manage_program, nothing,
      program, pause_program, "Nobody earns or redeems; balances and dates of expiry are kept");
  add("program.premiumFeatures", Verb::get, "/loyalty-programs/v1/program/premium-features",
      read_program, nothing, features_schema(), premium_features, "What the site's plan includes");
  add("program.enablePointsExpiration", Verb::post,
      "/loyalty-programs/v1/program/points-expiration/enable", manage_program, nothing, program,
      enable_expiration, "Points expire from now on, none within 14 days");
  add("program.disablePointsExpiration", Verb::post,
      "/loyalty-programs/v1/program/points-expiration/disable", manage_program, nothing, program,
      disable_expiration, "Points no longer expire");
  add("program.getSettings", Verb::get, "/loyalty-programs/v1/settings", read_program, nothing,
      settings, get_settings, "Currency, calendar and switches of the program");
  add("program.updateSettings", Verb::patch, "/loyalty-programs/v1/settings", manage_program,
      settings, settings, update_settings, "Changes settings; what is left out stays");
  add("program.getCatalog", Verb::get, "/loyalty-programs/v1/catalog", manage_program, nothing,
      object({required("catalog", any())}), get_catalog,
      "All rules of the site as the one document that quotes are computed from");
  add("program.lintCatalog", Verb::get, "/loyalty-programs/v1/catalog/lint", manage_program,
      nothing, object({required("findings", findings_schema())}), lint_catalog,
      "What is suspicious about the rules: what can never run, configs of tiers that are gone");
}

}  // namespace loyalty::service
