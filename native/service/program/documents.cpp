#include "native/service/program/documents.h"

#include <utility>

#include "core/base/limits.h"
#include "core/json/text_set.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::Refused;

/// The part of a refusal's body that a bulk answer shows of one item.
Json error_of(const Refused& refused) {
  const Json body = refused.body();
  const Json& error = wire::member(wire::member(body, "details"), "applicationError");
  if (error.is_object()) {
    return error;
  }
  return {{"code", std::string{wire::name_of(refused.code())}},
          {"description", refused.what()},
          {"data", wire::member(wire::member(body, "details"), "validationError")}};
}

}  // namespace

Json body_of(const store::Document& document) {
  Result<Json> body = wire::parse(document.body, limits::catalog_bytes_max);
  if (!body.ok()) {
    throw store::Corrupt{"document " + document.id + " is not JSON"};
  }
  return std::move(body.value());
}

Json entity_of(const store::Document& document) {
  Json entity = body_of(document);
  entity["id"] = document.id;
  entity["revision"] = std::to_string(document.revision);
  entity["createdDate"] = wire::time_text(document.created);
  entity["updatedDate"] = wire::time_text(document.updated);
  return entity;
}

store::Document new_document(Call& call, const Json& body) {
  return {.id = call.ids.next(call.now),
          .revision = 1,
          .created = call.now,
          .updated = call.now,
          .body = wire::text_of(body),
          .keys = {}};
}

store::Document next_revision(const Call& call, const store::Document& before, const Json& body) {
  return {.id = before.id,
          .revision = before.revision + 1,
          .created = before.created,
          .updated = call.now,
          .body = wire::text_of(body),
          .keys = before.keys};
}

void require_revision(const store::Document& document, const Json& given) {
  if (given.is_number_integer() && given.get<std::int64_t>() != document.revision) {
    throw Refused{Code::revision_mismatch,
                  Json{{"currentRevision", std::to_string(document.revision)}}};
  }
}

void keep_absent(Json& entity, const Json& changes, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const Json& change = wire::member(changes, name);
    if (!change.is_null()) {
      entity[std::string{name}] = change;
    }
  }
}

Json bulk(Call& call, const Json& items, const std::function<Json(const Json& item)>& make) {
  Json results = Json::array();
  std::int64_t failures = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Json metadata{{"originalIndex", i}, {"success", true}};
    Json result = Json::object();
    try {
      call.store.attempt([&] { result["item"] = make(items[i]); });
      metadata["id"] = result["item"]["id"];
    } catch (const Refused& refused) {
      ++failures;
      metadata["success"] = false;
      metadata["error"] = error_of(refused);
      result.erase("item");
    }
    result["itemMetadata"] = std::move(metadata);
    results.push_back(std::move(result));
  }
  return {{"results", std::move(results)},
          {"bulkActionMetadata",
           {{"totalSuccesses", static_cast<std::int64_t>(items.size()) - failures},
            {"totalFailures", failures},
            {"undetailedFailures", 0}}}};
}

wire::Schema bulk_schema(const wire::Schema& item) {
  using namespace wire;
  const Schema error = object(
      {required("code", text(1, 0)), required("description", text(0, 0)), optional("data", any())});
  const Schema metadata =
      object({optional("id", guid()), required("originalIndex", integer(0, 100)),
              required("success", boolean()), optional("error", error)});
  const Schema totals = object({required("totalSuccesses", integer(0, 100)),
                                required("totalFailures", integer(0, 100)),
                                required("undetailedFailures", integer(0, 100))});
  return object(
      {required(
           "results",
           array(object({required("itemMetadata", metadata), optional("item", item)}), 0, 100)),
       required("bulkActionMetadata", totals)});
}

std::vector<Json> entities(store::Session& session, store::Kind kind,
                           Json (*shown)(const store::Document&)) {
  std::vector<Json> all;
  for (const store::Document& document : session.all(kind)) {
    all.push_back(shown(document));
  }
  return all;
}

std::string folded(std::string_view text) {
  std::string small{without_spaces_around(text)};
  for (char& c : small) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return small;
}

}  // namespace loyalty::service
