#include "native/service/people/imports.h"

#include <utility>

#include "native/service/program/documents.h"
#include "native/service/query/filters.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::text_at;

/// Files that nobody made an import of are not kept: they are about people.
void remove_stale_uploads(Call& call) {
  constexpr std::size_t at_once = 10;
  store::Query query;
  query.filter =
      both(condition({"waiting", store::ValueType::boolean}, store::Filter::Op::eq, {true}),
           condition({"createdDate", store::ValueType::instant}, store::Filter::Op::lt,
                     {(call.now - upload_life).ms()}));
  query.sort = {{{"createdDate", store::ValueType::instant}, false}};
  query.limit = at_once;
  for (const store::Document& document : call.store.page(Kind::upload, query).rows) {
    call.store.remove(Kind::upload, document.id);
  }
}

}  // namespace

Json import_json(const store::Document& document) {
  Json import = entity_of(document);
  for (const char* own : {"uploadId", "downloadName", "chunks", "excludeFromTiers"}) {
    import.erase(own);
  }
  return import;
}

store::Document require_import(store::Session& session, std::string_view id) {
  auto document = session.get(Kind::loyalty_import, id);
  if (!document) {
    throw wire::Refused{wire::Code::import_not_found};
  }
  return *std::move(document);
}

store::Document save_import(Call& call, const store::Document& before, const Json& body) {
  store::Document next = next_revision(call, before, body);
  if (const std::string name = text_at(body, "downloadName"); !name.empty()) {
    next.keys = {{"download", name}};
  }
  call.store.update(Kind::loyalty_import, next);
  return next;
}

store::Document new_upload(Call& call) {
  remove_stale_uploads(call);
  store::Document document = new_document(call, Json{{"waiting", true}});
  document.keys = {{"name", call.ids.secret()}};
  call.store.insert(Kind::upload, document);
  return document;
}

std::optional<store::Document> upload_of(Call& call, std::string_view file) {
  const std::string_view name = file.substr(file.rfind('/') + 1);
  auto document = call.store.find(Kind::upload, "name", name);
  if (!document || !wire::truth_at(body_of(*document), "waiting") ||
      document->created + upload_life < call.now) {
    return std::nullopt;
  }
  return document;
}

}  // namespace loyalty::service
