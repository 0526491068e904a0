#include <utility>

#include "core/base/limits.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/program/program_document.h"
#include "native/service/program/tiers.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view fqdn = "wix.loyalty.v1.tier";

void require_tiers_feature(Call& call) {
  const Json settings = settings_json(program_document(call.store));
  if (!wire::truth_at(member(settings, "premiumFeatures"), "tiers", true)) {
    throw Refused{Code::premium_feature_required, Json{{"feature", "tiers"}}};
  }
}

/// Name and threshold are unique, the name without regard to case and spaces around (U39).
void set_keys(store::Document& document, const Json& tier) {
  document.keys = {{"name", folded(text_at(member(tier, "tierDefinition"), "name"))},
                   {"requiredPoints", std::to_string(wire::integer_at(tier, "requiredPoints"))}};
}

[[noreturn]] void refuse_duplicate(const store::Duplicate& taken) {
  throw Refused{taken.name() == "name" ? Code::tier_name_already_exists
                                       : Code::tier_points_already_exists};
}

std::string name_of_tier(const Json& tier) {
  return text_at(member(tier, "tierDefinition"), "name");
}

void tiers_changed(Call& call, const CatalogEdit& edit) {
  catalog_changed(call, edit);
  recalculate_later(call, "TIERS_RECALCULATED");
}

Json make_tier(Call& call, const Json& tier) {
  if (call.store.count(Kind::tier, {}) >= limits::tiers_max) {
    throw Refused{Code::tier_limit_reached, Json{{"limit", limits::tiers_max}}};
  }
  store::Document document = new_document(call, tier);
  set_keys(document, tier);
  try {
    call.store.insert(Kind::tier, document);
  } catch (const store::Duplicate& taken) {
    refuse_duplicate(taken);
  }
  Json made = tier_json(document);
  emit(call, fqdn, "created", EventKind::created, document.id, made);
  return made;
}

Json create_tier(Call& call, const Json& request) {
  require_tiers_feature(call);
  Json tier = make_tier(call, member(request, "tier"));
  tiers_changed(call, {"tiers.create", text_at(tier, "id"), name_of_tier(tier)});
  return {{"tier", std::move(tier)}};
}

Json bulk_create_tiers(Call& call, const Json& request) {
  require_tiers_feature(call);
  Json results =
      bulk(call, member(request, "tiers"), [&](const Json& tier) { return make_tier(call, tier); });
  tiers_changed(call, {"tiers.bulkCreate"});
  return results;
}

Json get_tier(Call& call, const Json& request) {
  return {{"tier", tier_json(require_tier(call.store, text_at(request, "tierId")))}};
}

Json update_tier(Call& call, const Json& request) {
  const Json& changes = member(request, "tier");
  const store::Document before = require_tier(call.store, text_at(changes, "id"));
  require_revision(before, member(changes, "revision"));
  Json tier = body_of(before);
  keep_absent(tier, changes, {"requiredPoints"});
  keep_absent(tier["tierDefinition"], member(changes, "tierDefinition"),
              {"name", "description", "icon"});
  store::Document next = next_revision(call, before, tier);
  set_keys(next, tier);
  try {
    call.store.update(Kind::tier, next);
  } catch (const store::Duplicate& taken) {
    refuse_duplicate(taken);
  }
  Json changed = tier_json(next);
  emit(call, fqdn, "updated", EventKind::updated, next.id, changed);
  tiers_changed(call, {"tiers.update", next.id, name_of_tier(changed)});
  return {{"tier", std::move(changed)}};
}

/// Members move by the recalculation; configs for the tier are left and ignored (U43).
Json delete_tier(Call& call, const Json& request) {
  const store::Document tier = require_tier(call.store, text_at(request, "tierId"));
  require_revision(tier, member(request, "revision"));
  call.store.remove(Kind::tier, tier.id);
  emit(call, fqdn, "deleted", EventKind::deleted, tier.id, nullptr);
  tiers_changed(call, {"tiers.delete", tier.id, name_of_tier(body_of(tier))});
  return Json::object();
}

Json tiers_in(store::Session& session) {
  Json tiers = Json::array();
  for (const TierRow& row : tier_rows(session)) {
    tiers.push_back(tier_json(require_tier(session, row.id)));
  }
  return tiers;
}

Json list_tiers(Call& call, const Json&) { return {{"tiers", tiers_in(call.store)}}; }

/// What the settings that a request brings are when they are whole.
Json whole_settings(const Json& given) {
  Json settings{{"status", "DISABLED"},
                {"rollingWindow", {{"durationInMonths", 12}}},
                {"baseTierDefinition", Json::object()}};
  keep_absent(settings, given, {"status", "rollingWindow", "baseTierDefinition"});
  return settings;
}

Json settings_changed(Call& call, std::string_view operation) {
  Json settings = tiers_settings(call.store);
  emit(call, "wix.loyalty.v1.tiers_settings", "changed", EventKind::action, program_of(call)->site,
       Json{{"programSettings", settings}});
  tiers_changed(call, {operation});
  return {{"programSettings", std::move(settings)}};
}

void insert_settings(Call& call, const Json& given, std::int64_t revision) {
  store::Document document = new_document(call, whole_settings(given));
  document.id = tiers_settings_id;
  document.revision = revision;
  call.store.insert(Kind::tiers_settings, document);
}

Json create_settings(Call& call, const Json& request) {
  require_tiers_feature(call);
  if (call.store.get(Kind::tiers_settings, tiers_settings_id)) {
    throw Refused{Code::tiers_settings_already_exist};
  }
  insert_settings(call, member(request, "programSettings"), 1);
  return settings_changed(call, "tiers.createSettings");
}

Json get_settings(Call& call, const Json&) {
  if (!call.store.get(Kind::tiers_settings, tiers_settings_id)) {
    throw Refused{Code::tiers_settings_not_found};
  }
  return {{"programSettings", tiers_settings(call.store)}};
}

Json get_tiers_program(Call& call, const Json&) {
  return {{"tiers", tiers_in(call.store)}, {"programSettings", tiers_settings(call.store)}};
}

/// The defaults that nobody has written count as revision 1.
Json update_settings(Call& call, const Json& request) {
  require_tiers_feature(call);
  const Json& given = member(request, "programSettings");
  const auto before = call.store.get(Kind::tiers_settings, tiers_settings_id);
  require_revision(before.value_or(store::Document{}), member(given, "revision"));
  if (before) {
    call.store.update(Kind::tiers_settings, next_revision(call, *before, whole_settings(given)));
  } else {
    insert_settings(call, given, 2);
  }
  return settings_changed(call, "tiers.updateSettings");
}

wire::Schema tier_schema(wire::Field id, wire::Field revision, wire::Field definition,
                         wire::Field required_points) {
  using namespace wire;
  return object({std::move(id), std::move(revision), std::move(definition),
                 std::move(required_points), read_only("createdDate", any()),
                 read_only("updatedDate", any()), read_only("_id", any()),
                 read_only("_createdDate", any()), read_only("_updatedDate", any())});
}

wire::Schema window_schema() {
  using namespace wire;
  return object({required("durationInMonths", integer(1, 36))});
}

wire::Schema status_schema() {
  return wire::enumeration({"DISABLED", "DRAFT", "ACTIVE", "PAUSED"});
}

wire::Schema settings_schema(wire::Field revision, wire::Field status) {
  using namespace wire;
  return object(
      {std::move(revision), std::move(status), required("rollingWindow", window_schema()),
       optional("baseTierDefinition", tier_definition_schema(optional("name", text(0, 50)))),
       read_only("createdDate", any()), read_only("updatedDate", any()),
       read_only("_createdDate", any()), read_only("_updatedDate", any())});
}

}  // namespace

void add_tier_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema revision_text = integer_text(1, INT64_MAX);
  const Schema threshold = integer(1, limits::points_per_call_max);
  const Schema definition = tier_definition_schema(required("name", text(1, 50)));
  const Schema changed_definition = tier_definition_schema(optional("name", text(1, 50)));
  const Schema nothing = object({});
  const Schema new_tier =
      tier_schema(read_only("id", any()), read_only("revision", any()),
                  required("tierDefinition", definition), required("requiredPoints", threshold));
  const Schema changes = tier_schema(required("id", guid()), required("revision", revision_text),
                                     optional("tierDefinition", changed_definition),
                                     optional("requiredPoints", threshold));
  const Schema entity =
      tier_schema(required("id", guid()), required("revision", revision_text),
                  required("tierDefinition", definition), required("requiredPoints", threshold));
  const Schema tier = object({required("tier", entity)});
  const Schema tier_id = object({required("tierId", guid())});
  const Schema shown_settings =
      settings_schema(required("revision", revision_text), required("status", status_schema()));
  const Schema settings = object({required("programSettings", shown_settings)});
  const Schema new_settings =
      object({required("programSettings", settings_schema(read_only("revision", any()),
                                                          optional("status", status_schema())))});
  const Schema list = array(entity, 0, limits::tiers_max);
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
  add("tiers.create", Verb::post, "/loyalty-tiers/v1/tiers", manage_tiers,
      object({required("tier", new_tier)}), tier, create_tier, "Creates a tier");
  add("tiers.bulkCreate", Verb::post, "/loyalty-tiers/v1/bulk/tiers/create", manage_tiers,
      object({required("tiers", array(new_tier, 1, limits::tiers_max))}), bulk_schema(entity),
      bulk_create_tiers, "Creates up to 20 tiers, each by itself");
  add("tiers.listTiers", Verb::get, "/loyalty-tiers/v1/tiers", read_tiers, nothing,
      object({required("tiers", list)}), list_tiers,
      "All tiers by required points; the base tier, which has no id, is not among them");
  add("tiers.createSettings", Verb::post, "/loyalty-tiers/v1/tiers/program-settings", manage_tiers,
      new_settings, settings, create_settings, "Makes the settings of the tiers");
  add("tiers.getProgram", Verb::get, "/loyalty-tiers/v1/tiers/program", read_tiers, nothing,
      object({required("tiers", list), required("programSettings", shown_settings)}),
      get_tiers_program, "All tiers and their settings, or the defaults of these");
  add("tiers.getSettings", Verb::get, "/loyalty-tiers/v1/tiers/program-settings", read_tiers,
      nothing, settings, get_settings, "The settings of the tiers");
  add("tiers.updateSettings", Verb::patch, "/loyalty-tiers/v1/tiers/program-settings", manage_tiers,
      settings, settings, update_settings,
      "Replaces the settings; a base tier that is left out is emptied");
  add("tiers.get", Verb::get, "/loyalty-tiers/v1/tiers/{tierId}", read_tiers, tier_id, tier,
      get_tier, "One tier");
  add("tiers.update", Verb::patch, "/loyalty-tiers/v1/tiers/{tier.id}", manage_tiers,
      object({required("tier", changes)}), tier, update_tier,
      "Changes a tier; what is left out stays");
  add("tiers.delete", Verb::del, "/loyalty-tiers/v1/tiers/{tierId}", manage_tiers,
      object({required("tierId", guid()), required("revision", revision_text)}), nothing,
      delete_tier, "Deletes a tier; its members are assigned anew");
}

}  // namespace loyalty::service
