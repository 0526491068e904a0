#include "native/service/program/catalog_history.h"

#include <algorithm>
#include <utility>

#include "native/service/program/documents.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::member;
using wire::text_at;

/// Ids of one length, so that they sort as the versions do.
std::string id_of(std::int64_t version) {
  constexpr std::size_t digits = 19;
  const std::string text = std::to_string(version);
  return std::string(digits - text.size(), '0') + text;
}

void note(Call& call, std::int64_t version, Json body) {
  body["version"] = std::to_string(version);
  body["by"] = call.caller.principal;
  store::Document document = new_document(call, body);
  document.id = id_of(version);
  call.store.insert(Kind::catalog_change, document);
}

}  // namespace

void note_edit(Call& call, std::int64_t version, const CatalogEdit& edit) {
  Json change{{"operation", edit.operation}};
  if (!edit.entity_id.empty()) {
    change["entityId"] = edit.entity_id;
  }
  if (!edit.name.empty()) {
    change["name"] = edit.name;
  }
  note(call, version, {{"changes", Json::array({std::move(change)})}});
}

void note_publication(Call& call, std::int64_t base, std::int64_t version,
                      const std::string& text) {
  Json changes = Json::array();
  for (std::int64_t step = base + 1; step <= version; ++step) {
    if (const auto edit = call.store.get(Kind::catalog_change, id_of(step))) {
      const Json body = body_of(*edit);
      const Json& made = member(body, "changes");
      changes.insert(changes.end(), made.begin(), made.end());
      call.store.remove(Kind::catalog_change, edit->id);
    }
  }
  if (changes.empty()) {
    return;
  }
  Json body{{"changes", std::move(changes)}};
  if (!text.empty()) {
    body["note"] = text;
  }
  note(call, version, std::move(body));
}

Json catalog_versions(Call& call, std::size_t limit) {
  store::Query query;
  query.sort = {{{"createdDate", store::ValueType::instant}, true}};
  query.limit = limit;
  Json versions = Json::array();
  for (const store::Document& document : call.store.page(Kind::catalog_change, query).rows) {
    Json row = body_of(document);
    row["at"] = wire::time_text(document.created);
    versions.push_back(std::move(row));
  }
  return versions;
}

wire::Schema catalog_versions_schema(std::size_t limit) {
  using namespace wire;
  const Schema any_text = text(0, 0);
  const Schema change = object({required("operation", any_text), optional("entityId", any_text),
                                optional("name", any_text)});
  const Schema version =
      object({required("version", any_text), required("at", timestamp()), required("by", any_text),
              optional("note", any_text), required("changes", array(change, 0, 1'000))});
  return array(version, 0, limit);
}

}  // namespace loyalty::service
