#include <utility>

#include "core/base/limits.h"
#include "native/service/program/assembly.h"
#include "native/service/program/core_check.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/program/promotions.h"
#include "native/service/program/uses.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view fqdn = "wix.loyalty.v1.promotion";

store::Document require_promotion(Call& call, std::string_view id) {
  std::optional<store::Document> promotion = call.store.get(Kind::promotion, id);
  if (!promotion) {
    throw Refused{Code::promotion_not_found};
  }
  return std::move(*promotion);
}

/// The core says what is right: the promotion is read as the only one of a catalog.
void check_promotion(Call& call, const Json& promotion, std::string_view id) {
  Json rules = promotion_rules(promotion);
  rules["id"] = id;
  check_by_core(Json{{"version", "1"},
                     {"currency", std::string{program_of(call)->currency.code()}},
                     {"program", {{"status", "DRAFT"}}},
                     {"promotions", Json::array({std::move(rules)})}},
                "/promotions/0", "promotion");
}

/// Every code belongs to one promotion.
void set_keys(store::Document& document, const Json& promotion) {
  document.keys.clear();
  for (const Json& code : member(promotion, "codes")) {
    document.keys.emplace_back("code", folded(code.get_ref<const std::string&>()));
  }
}

[[noreturn]] void refuse_code() {
  throw Refused::invalid("promotion.codes", "UNIQUE", "must not name a code of another promotion");
}

/// With what orders have used of it, canceled ones left out.
Json with_usage(store::Session& session, const store::Document& document) {
  Json promotion = promotion_json(document);
  const Uses uses = uses_of(session, document.id);
  promotion["usage"] = {{"times", uses.times}, {"amountMinor", uses.amount.minor_units()}};
  return promotion;
}

Json create_promotion(Call& call, const Json& request) {
  if (call.store.count(Kind::promotion, {}) >= limits::promotions_max) {
    throw Refused::invalid("promotion", "MAX", "there are 100,000 promotions already");
  }
  Json promotion = member(request, "promotion");
  if (!promotion.contains("active")) {
    promotion["active"] = true;
  }
  store::Document document = new_document(call, promotion);
  check_promotion(call, promotion, document.id);
  set_keys(document, promotion);
  try {
    call.store.insert(Kind::promotion, document);
  } catch (const store::Duplicate&) {
    refuse_code();
  }
  const Json made = promotion_json(document);
  emit(call, fqdn, "created", EventKind::created, document.id, made);
  catalog_changed(call, {"promotions.create", document.id, text_at(made, "name")});
  return {{"promotion", with_usage(call.store, document)}};
}

Json get_promotion(Call& call, const Json& request) {
  return {{"promotion", with_usage(call.store, require_promotion(call, text_at(request, "id")))}};
}

Json list_promotions(Call& call, const Json& request) {
  const auto limit = static_cast<std::size_t>(wire::integer_at(request, "limit", 50));
  store::Query query{.filter = {}, .sort = {}, .limit = limit, .after = {}};
  query.offset = static_cast<std::size_t>(wire::integer_at(request, "offset"));
  const store::Page<store::Document> page = call.store.page(Kind::promotion, query);
  Json promotions = Json::array();
  for (const store::Document& document : page.rows) {
    promotions.push_back(with_usage(call.store, document));
  }
  return {{"promotions", std::move(promotions)},
          {"pagingMetadata",
           {{"count", page.rows.size()},
            {"offset", query.offset},
            {"total", call.store.count(Kind::promotion, {})},
            {"hasNext", page.more}}}};
}

Json replace(Call& call, const store::Document& before, const Json& promotion,
             std::string_view operation) {
  check_promotion(call, promotion, before.id);
  store::Document next = next_revision(call, before, promotion);
  set_keys(next, promotion);
  try {
    call.store.update(Kind::promotion, next);
  } catch (const store::Duplicate&) {
    refuse_code();
  }
  const Json changed = promotion_json(next);
  emit(call, fqdn, "updated", EventKind::updated, next.id, changed);
  catalog_changed(call, {operation, next.id, text_at(changed, "name")});
  return {{"promotion", with_usage(call.store, next)}};
}

Json update_promotion(Call& call, const Json& request) {
  const Json& changes = member(request, "promotion");
  const store::Document before = require_promotion(call, text_at(changes, "id"));
  require_revision(before, member(changes, "revision"));
  Json promotion = body_of(before);
  keep_absent(promotion, changes,
              {"name", "active", "trigger", "codes", "lane", "priority", "exclusive", "conditions",
               "limits", "effects"});
  return replace(call, before, promotion, "promotions.update");
}

Json replace_promotion(Call& call, const Json& request) {
  Json promotion = member(request, "promotion");
  const store::Document before = require_promotion(call, text_at(promotion, "id"));
  require_revision(before, member(promotion, "revision"));
  promotion.erase("id");
  promotion.erase("revision");
  if (!promotion.contains("active")) {
    promotion["active"] = true;
  }
  return replace(call, before, promotion, "promotions.replace");
}

Json delete_promotion(Call& call, const Json& request) {
  const store::Document promotion = require_promotion(call, text_at(request, "id"));
  require_revision(promotion, member(request, "revision"));
  call.store.remove(Kind::promotion, promotion.id);
  emit(call, fqdn, "deleted", EventKind::deleted, promotion.id, nullptr);
  catalog_changed(call, {"promotions.delete", promotion.id, text_at(body_of(promotion), "name")});
  return Json::object();
}

/// What the core checks itself is anything here.
wire::Schema promotion_schema(wire::Field id, wire::Field revision, wire::Field trigger,
                              wire::Field effects) {
  using namespace wire;
  const Schema codes = array(text(1, 100), 0, 10'000);
  return object(
      {std::move(id), std::move(revision), std::move(trigger), std::move(effects),
       optional("name", text(0, 200)), optional("active", boolean()), optional("codes", codes),
       optional("lane", enumeration({"automatic", "code", "coupon", "points"})),
       optional("priority", integer(-1'000'000, 1'000'000)), optional("exclusive", boolean()),
       optional("conditions", any()), optional("limits", any()), read_only("createdDate", any()),
       read_only("updatedDate", any()), read_only("usage", any())});
}

}  // namespace

Json promotion_json(const store::Document& document) { return entity_of(document); }

std::optional<Json> promotion_of_code(store::Session& session, std::string_view code) {
  const auto document = session.find(Kind::promotion, "code", folded(code));
  if (!document) {
    return std::nullopt;
  }
  const Json promotion = promotion_json(*document);
  if (!wire::truth_at(promotion, "active", true)) {
    return std::nullopt;
  }
  return promotion_rules(promotion);
}

void add_promotion_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema revision_text = integer_text(1, INT64_MAX);
  const Schema trigger = enumeration({"automatic", "code"});
  const Schema effects = any().describe("Effects in the form of the catalog.");
  const Schema new_promotion =
      promotion_schema(read_only("id", any()), read_only("revision", any()),
                       required("trigger", trigger), required("effects", effects));
  const Schema changes =
      promotion_schema(required("id", guid()), optional("revision", revision_text),
                       optional("trigger", trigger), optional("effects", effects));
  const Schema entity =
      promotion_schema(required("id", guid()), required("revision", revision_text),
                       required("trigger", trigger), required("effects", effects));
  const Schema promotion = object({required("promotion", entity)});
  const Schema by_id = object({required("id", guid())});
  const Schema paging =
      object({required("count", integer(0, 1'000)), required("offset", integer(0, INT64_MAX)),
              required("total", integer(0, INT64_MAX)), required("hasNext", boolean())});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         const Schema& request, const Schema& response, Operation run,
                         std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = verb == Verb::get ? read_promotions : manage_promotions,
                  .access = verb == Verb::get ? read : write,
                  .request = request,
                  .response = response,
                  .run = run,
                  .summary = summary});
  };
  constexpr std::string_view all = "/loyalty-promotions/v1/promotions";
  constexpr std::string_view one = "/loyalty-promotions/v1/promotions/{id}";
  constexpr std::string_view changed = "/loyalty-promotions/v1/promotions/{promotion.id}";
  add("promotions.create", Verb::post, all, object({required("promotion", new_promotion)}),
      promotion, create_promotion, "Creates a promotion in the catalog's form");
  add("promotions.list", Verb::get, all,
      object({optional("limit", integer(1, 100)), optional("offset", integer(0, 1'000'000))}),
      object({required("promotions", array(entity, 0, 100)), required("pagingMetadata", paging)}),
      list_promotions, "Promotions in the order of creation");
  add("promotions.get", Verb::get, one, by_id, promotion, get_promotion, "One promotion");
  add("promotions.update", Verb::patch, changed, object({required("promotion", changes)}),
      promotion, update_promotion, "Changes a promotion; what is left out stays");
  add("promotions.replace", Verb::put, changed, object({required("promotion", entity)}), promotion,
      replace_promotion, "Replaces a promotion");
  add("promotions.delete", Verb::del, one,
      object({required("id", guid()), optional("revision", revision_text)}), object({}),
      delete_promotion, "Deletes a promotion");
}

}  // namespace loyalty::service
