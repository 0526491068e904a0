#include "native/service/program/program_document.h"

#include <utility>

#include "core/ledger/expiry.h"
#include "native/service/program/awards.h"
#include "native/service/program/catalog_history.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/documents.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view default_point_name = "Points";

Json default_settings() {
  return {
      {"currency", "USD"},
      {"timeZone", "UTC"},
      {"earnRounding", "wix"},
      {"policy", Json::object()},
      {"holdMinutes", 60},
      {"expiryModel", "inactivity"},
      {"expiryGrain", "day"},
      {"activity", {{"earn", true}, {"redeem", true}, {"adjust", false}, {"refund", false}}},
      {"reversalPolicy", "CLAMP"},
      {"pointsRefundPolicy", "WHOLE_ORDER"},
      {"autoPause", false},
      {"autoCreateAccounts", true},
      {"restaurantsMode", false},
      {"pointName", Json::object()},
      {"socialMedia", {{"channels", Json::array()}}},
      {"allowedOrigins", Json::array()},
      {"premiumFeatures", {{"loyaltyProgram", true}, {"tiers", true}, {"pointsExpiration", true}}}};
}

}  // namespace

store::Document program_document(store::Session& session) {
  std::optional<store::Document> document = session.get(store::Kind::program, program_id);
  if (!document) {
    throw Refused{Code::program_not_found};
  }
  return std::move(*document);
}

void write_program(Call& call, const store::Document& before, Json body, bool visible,
                   const CatalogEdit& edit) {
  body["catalogStamp"] = call.ids.next(call.now);
  store::Document next = next_revision(call, before, body);
  if (!visible) {
    next.updated = before.updated;
  }
  call.store.update(store::Kind::program, next);
  note_edit(call, next.revision, edit);
  call.catalogs.changing(call.store.tenant());
  call.after_commit.push_back([&catalogs = call.catalogs, tenant = call.store.tenant(),
                               version = next.revision] { catalogs.committed(tenant, version); });
  if (visible) {
    emit(call, "wix.loyalty.v1.program", "updated", EventKind::updated, text_at(body, "site"),
         program_json(next));
  }
}

Json program_json(const store::Document& document) {
  const Json body = body_of(document);
  Json points = member(body, "pointDefinition");
  if (!points.is_object()) {
    points = Json::object();
  }
  if (text_at(points, "customName").empty()) {
    points["customName"] = std::string{default_point_name};
  }
  return {{"name", text_at(body, "name")},
          {"pointDefinition", std::move(points)},
          {"status", text_at(body, "status")},
          {"pointsExpiration", member(body, "pointsExpiration")},
          {"premiumFeatures", member(settings_json(document), "premiumFeatures")},
          {"createdDate", wire::time_text(document.created)},
          {"updatedDate", wire::time_text(document.updated)}};
}

Json settings_json(const store::Document& document) {
  return with_default_settings(member(body_of(document), "settings"));
}

Json with_default_settings(const Json& settings) {
  Json all = default_settings();
  if (settings.is_object()) {
    all.update(settings);
  }
  return all;
}

}  // namespace loyalty::service
