#include <string>
#include <utility>

#include "native/service/program/assembly.h"
#include "native/service/program/catalog_history.h"
#include "native/service/program/catalog_lint.h"
#include "native/service/program/drafts.h"
#include "native/service/program/program_document.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;

constexpr std::size_t versions_max = 100;
constexpr std::size_t draft_bytes_max = 4 * 1024 * 1024;

std::int64_t version_of(Call& call) { return program_document(call.store).revision; }

Json preview_draft(Call& call, const Json& request) {
  Json answer{{"baseVersion", std::to_string(version_of(call))}};
  undone(call, [&](Call& pretended) {
    answer["results"] = run_changes(pretended, member(request, "changes"));
    Json catalog = assemble_catalog(pretended.store, *program_of(pretended));
    answer["publicCatalog"] = public_part(catalog);
    answer["catalog"] = std::move(catalog);
    answer["lint"] = lint_findings(pretended);
  });
  return answer;
}

Json publish_draft(Call& call, const Json& request) {
  const std::int64_t base = version_of(call);
  if (integer_at(request, "baseVersion") != base) {
    throw wire::Refused{wire::Code::revision_mismatch, {{"currentVersion", std::to_string(base)}}};
  }
  Json results = run_changes(call, member(request, "changes"));
  const std::int64_t version = version_of(call);
  note_publication(call, base, version, text_at(request, "note"));
  return {{"catalogVersion", std::to_string(version)}, {"results", std::move(results)}};
}

Json list_versions(Call& call, const Json& request) {
  return {{"versions",
           catalog_versions(call, static_cast<std::size_t>(integer_at(request, "limit", 50)))}};
}

}  // namespace

void add_draft_routes(Routes& to) {
  using namespace wire;
  const Schema any_text = text(0, 0);
  const Schema change = object({required("operation", text(1, 100)),
                                optional("request", any().describe("The request of the operation, "
                                                                   "path variables included."))});
  const Schema changes = array(change, 0, draft_changes_max);
  const Schema results = array(any(), 0, draft_changes_max);
  to.push_back(
      {.name = "drafts.preview",
       .verb = Verb::post,
       .path = "/loyalty-programs/v1/drafts/preview",
       .permission = Permission::manage_program,
       .access = Route::Access::write,
       .request = object({required("changes", changes)}),
       .response = object({required("baseVersion", any_text),
                           required("catalog", any().describe("The core's document `catalog`.")),
                           required("publicCatalog", any()), required("lint", findings_schema()),
                           required("results", results)}),
       .run = preview_draft,
       .summary = "What the rules would be after some edits; changes nothing",
       .body_bytes_max = draft_bytes_max});
  to.push_back(
      {.name = "drafts.publish",
       .verb = Verb::post,
       .path = "/loyalty-programs/v1/drafts/publish",
       .permission = Permission::manage_program,
       .access = Route::Access::write,
       .request = object({required("changes", changes),
                          required("baseVersion", integer_text(0, INT64_MAX)),
                          optional("note", text(0, 500))}),
       .response = object({required("catalogVersion", any_text), required("results", results)}),
       .run = publish_draft,
       .key = Route::Key::required,
       .summary = "Makes several edits of the rules, all of them or none",
       .body_bytes_max = draft_bytes_max});
  to.push_back(
      {.name = "program.catalogVersions",
       .verb = Verb::get,
       .path = "/loyalty-programs/v1/catalog/versions",
       .permission = Permission::read_program,
       .access = Route::Access::read,
       .request = object({optional("limit", integer(1, versions_max))}),
       .response = object({required("versions", catalog_versions_schema(versions_max))}),
       .run = list_versions,
       .summary = "Versions of the rules, who made them and by which edits; newest first"});
}

}  // namespace loyalty::service
