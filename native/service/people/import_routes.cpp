#include <utility>

#include "native/service/accounts/jobs.h"
#include "native/service/people/imports.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

/// The address of a file of this site.
std::string file_url(Call& call, std::string_view what, std::string_view name) {
  return call.base_url + "/" + std::string{what} + "/v1/" + program_of(call)->site + "/" +
         std::string{name};
}

Json create_file_url(Call& call, const Json&) {
  const store::Document upload = new_upload(call);
  const std::string& name = upload.keys.front().second;
  return {{"filePath", name}, {"uploadUrl", file_url(call, "uploads", name)}};
}

Json upload(Call& call, const Json& request) {
  const auto document = upload_of(call, text_at(request, "id"));
  if (!document || body_of(*document).contains("content")) {
    throw Refused{Code::not_found, "There is no upload under this address, or it is complete."};
  }
  const std::string content = text_at(request, "content");
  if (content.size() > import_bytes_max) {
    throw Refused{Code::file_too_large, Json{{"bytesMax", import_bytes_max}}};
  }
  call.store.update(Kind::upload,
                    next_revision(call, *document, Json{{"waiting", true}, {"content", content}}));
  return Json::object();
}

Json create(Call& call, const Json& request) {
  if (integer_at(request, "fileSize") > static_cast<std::int64_t>(import_bytes_max)) {
    throw Refused{Code::file_too_large, Json{{"bytesMax", import_bytes_max}}};
  }
  const std::string url = text_at(request, "fileUrl");
  const auto file = upload_of(call, url);
  const Json content = file ? body_of(*file) : Json::object();
  if (!content.contains("content")) {
    throw Refused::invalid("fileUrl", "UNKNOWN_REFERENCE",
                           "must be a file that was uploaded, and not imported before");
  }
  Json metadata{{"url", url}, {"size", text_at(content, "content").size()}, {"name", file->id}};
  if (request.contains("fileName")) {
    metadata["fileName"] = request["fileName"];
  }
  store::Document document = new_document(
      call, Json{{"status", "INITIATED"}, {"uploadId", file->id}, {"fileMetadata", metadata}});
  Json body = body_of(document);
  body["asyncImportJobId"] =
      start_job(call, import_job, Json{{"importId", document.id}, {"phase", "read"}});
  document.body = wire::text_of(body);
  call.store.insert(Kind::loyalty_import, document);
  call.store.update(Kind::upload,
                    next_revision(call, *file, Json{{"content", text_at(content, "content")}}));
  Json shown = import_json(document);
  emit(call, import_fqdn, "created", EventKind::created, document.id, shown);
  return {{"loyaltyImport", std::move(shown)}};
}

Json get(Call& call, const Json& request) {
  return {{"loyaltyImport",
           import_json(require_import(call.store, text_at(request, "loyaltyImportId")))}};
}

/// EMAIL and POINTS, each once, of different columns that the file has.
void check_mapping(const Json& info, std::size_t columns) {
  const Json& mappings = member(info, "headerMappings");
  bool fine = mappings.is_array() && mappings.size() == 2 &&
              text_at(mappings[0], "columnName") != text_at(mappings[1], "columnName") &&
              integer_at(mappings[0], "columnIndex") != integer_at(mappings[1], "columnIndex");
  for (std::size_t i = 0; fine && i < 2; ++i) {
    fine = integer_at(mappings[i], "columnIndex") < static_cast<std::int64_t>(columns);
  }
  if (!fine) {
    throw Refused{Code::import_mapping_invalid};
  }
}

Json execute(Call& call, const Json& request) {
  const store::Document before = require_import(call.store, text_at(request, "loyaltyImportId"));
  Json body = body_of(before);
  if (text_at(body, "status") != "PARSED") {
    throw Refused{Code::import_not_parsed, Json{{"status", text_at(body, "status")}}};
  }
  Json& file = body["fileMetadata"];
  if (request.contains("headerMappingInfo")) {
    file["headerMappingInfo"] = request["headerMappingInfo"];
  }
  check_mapping(member(file, "headerMappingInfo"), file["header"]["values"].size());
  body["status"] = "IMPORTING";
  body["asyncImportJobId"] =
      start_job(call, import_job,
                Json{{"importId", before.id},
                     {"phase", "execute"},
                     {"excludeFromTiers", wire::truth_at(request, "excludeFromTiers")}});
  return {{"loyaltyImport", import_json(save_import(call, before, body))}};
}

Json error_file_url(Call& call, const Json& request) {
  const store::Document import = require_import(call.store, text_at(request, "loyaltyImportId"));
  const std::string name = text_at(body_of(import), "downloadName");
  return name.empty() ? Json::object() : Json{{"url", file_url(call, "downloads", name)}};
}

Json download(Call& call, const Json& request) {
  const auto import = call.store.find(Kind::loyalty_import, "download", text_at(request, "id"));
  if (!import) {
    throw Refused{Code::not_found};
  }
  return {{"content", error_file(call, *import)},
          {"contentType", "text/csv; charset=utf-8"},
          {"fileName", "import-errors.csv"}};
}

Json query(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Listing listing = read_query(collections::imports, member(request, "query"), context);
  const auto page = call.store.page(Kind::loyalty_import, listing.query);
  Json imports = Json::array();
  for (const store::Document& document : page.rows) {
    imports.push_back(import_json(document));
  }
  return {{"loyaltyImports", std::move(imports)},
          {"pagingMetadata", paging_metadata(listing, page, context)}};
}

wire::Schema mapping_schema() {
  using namespace wire;
  return object({required("headerMappings",
                          array(object({required("columnName", enumeration({"EMAIL", "POINTS"})),
                                        required("columnIndex", integer(0, 99))}),
                                0, 100))});
}

wire::Schema import_schema() {
  using namespace wire;
  const Schema count = integer(0, INT64_MAX);
  const Schema row = object({required("values", array(text(0, 1'000), 0, 100))});
  const Schema file =
      object({optional("size", count), optional("name", guid()),
              optional("fileName", text(0, 1'000)), optional("url", text(3, 10'000)),
              optional("header", row), optional("headerMappingInfo", mapping_schema()),
              optional("sampleDataRows", array(row, 0, import_samples_max))});
  return object({required("id", guid()), required("revision", integer_text(1, INT64_MAX)),
                 optional("asyncImportJobId", guid()),
                 required("status", enumeration({"INITIATED", "PARSING", "PARSED", "IMPORTING",
                                                 "IMPORTED", "FAILED"})),
                 required("fileMetadata", file),
                 optional("parseResult", object({optional("parsedRowCount", count),
                                                 optional("parseErrorReason", text(0, 1'000))})),
                 optional("importResult", object({required("errorFileExists", boolean()),
                                                  optional("successCount", count),
                                                  optional("failureCount", count)})),
                 required("createdDate", timestamp()), required("updatedDate", timestamp())});
}

}  // namespace

void add_import_routes(Routes& to) {
  using namespace wire;
  using enum Route::Access;
  register_import_job();
  const Schema one = object({required("loyaltyImport", import_schema())});
  const Schema by_id = object({required("loyaltyImportId", guid())});
  const Schema file_path = object({required("site", guid()), required("id", text(1, 200))});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         Route::Access access, Schema request, Schema response, Operation run,
                         std::string_view summary) -> Route& {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = Permission::manage_imports,
                  .access = access,
                  .request = std::move(request),
                  .response = std::move(response),
                  .run = run,
                  .summary = summary});
    return to.back();
  };
  add("imports.createFileUrl", Verb::post, "/loyalty-imports/v1/loyalty-imports/wixmp-upload-url",
      write, object({}),
      object({required("filePath", text(1, 200)), required("uploadUrl", text(1, 10'000))}),
      create_file_url, "Where to upload a CSV file with balances, once and within a day");
  add("imports.create", Verb::post, "/loyalty-imports/v1/loyalty-imports", write,
      object({required("fileUrl", text(3, 10'000)), optional("fileName", text(0, 1'000)),
              optional("fileSize", integer(0, INT64_MAX))}),
      one, create, "Begins to read an uploaded file");
  add("imports.get", Verb::get, "/loyalty-imports/v1/loyalty-imports", read, by_id, one, get,
      "One import: how far it is");
  add("imports.getErrorFileUrl", Verb::get,
      "/loyalty-imports/v1/loyalty-imports/error-file-download-url", read, by_id,
      object({optional("url", text(1, 10'000))}), error_file_url,
      "Where the rows that failed can be read; absent where none did");
  add("imports.execute", Verb::post, "/loyalty-imports/v1/loyalty-imports/execute", write,
      object({required("loyaltyImportId", guid()), optional("headerMappingInfo", mapping_schema()),
              optional("excludeFromTiers", boolean())}),
      one, execute, "Sets the balances of a file that has been read");
  add("imports.query", Verb::post, "/loyalty-imports/v1/loyalty-imports/query", read,
      object({optional("query", query_schema(collections::imports))}),
      object({required("loyaltyImports", array(import_schema(), 0, 100)),
              required("pagingMetadata", paging_metadata_schema())}),
      query, "Imports, the newest first");
  // Their names are secrets: whoever has one needs no other key.
  Route& put = add("imports.upload", Verb::put, "/uploads/v1/{site}/{id}", write,
                   object({required("site", guid()), required("id", text(1, 200)),
                           required("content", text(0, 0))}),
                   object({}), upload, "The file itself");
  put.permission = Permission::none_needed;
  put.raw = true;
  put.body_bytes_max = import_bytes_max;
  Route& got = add("imports.download", Verb::get, "/downloads/v1/{site}/{id}", read, file_path,
                   any(), download, "The rows of an import that failed, as CSV");
  got.permission = Permission::none_needed;
  got.raw = true;
}

}  // namespace loyalty::service
