#include <utility>
#include <vector>

#include "core/ledger/command.h"
#include "native/service/accounts/desk.h"
#include "native/service/accounts/jobs.h"
#include "native/service/people/contacts.h"
#include "native/service/people/imports.h"
#include "native/service/program/documents.h"
#include "native/wire/csv.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

/// Rows that are kept, and written anew, together.
constexpr std::size_t chunk_rows = 250;

std::string chunk_key(std::string_view import, std::int64_t index) {
  return std::string{import} + ":" + std::to_string(index);
}

std::string file_content(Call& call, const Json& import) {
  const auto upload = call.store.get(Kind::upload, text_at(import, "uploadId"));
  return upload ? text_at(body_of(*upload), "content") : std::string{};
}

Json texts(const std::vector<std::string>& values) { return Json{{"values", values}}; }

Json mapping_json(const ImportMapping& mapping) {
  return Json{{"headerMappings",
               Json::array({Json{{"columnName", "EMAIL"}, {"columnIndex", mapping.email}},
                            Json{{"columnName", "POINTS"}, {"columnIndex", mapping.points}}})}};
}

ImportMapping mapping_of(const Json& import) {
  ImportMapping mapping;
  const Json& info = member(member(import, "fileMetadata"), "headerMappingInfo");
  for (const Json& one : member(info, "headerMappings")) {
    const auto index = static_cast<std::size_t>(integer_at(one, "columnIndex"));
    (text_at(one, "columnName") == "EMAIL" ? mapping.email : mapping.points) = index;
  }
  return mapping;
}

JobStep read_file(Call& call, const store::Document& document) {
  Json import = body_of(document);
  const ImportSummary summary = summary_of(file_content(call, import));
  if (summary.error) {
    import["status"] = "FAILED";
    import["parseResult"] = Json{{ "parseErrorReason", *summary.error }};
    call.store.remove(Kind::upload, text_at(import, "uploadId"));
  } else {
    import["status"] = "PARSED";
    import["parseResult"] = Json{{ "parsedRowCount", summary.rows }};
    Json& file = import["fileMetadata"];
    file["header"] = texts(summary.header);
    file["sampleDataRows"] = Json::array();
    for (const auto& sample : summary.samples) {
      file["sampleDataRows"].push_back(texts(sample));
    }
    if (summary.guess) {
      file["headerMappingInfo"] = mapping_json(*summary.guess);
    }
  }
  save_import(call, document, import);
  return {1, true};
}

/// Cuts the rows that count into chunks; the file itself is not needed any more.
std::int64_t cut(Call& call, const store::Document& document) {
  const Json import = body_of(document);
  const std::vector<ImportRow> rows =
      rows_that_count(file_content(call, import), mapping_of(import));
  std::int64_t chunks = 0;
  for (std::size_t first = 0; first < rows.size(); first += chunk_rows) {
    Json list = Json::array();
    for (std::size_t i = first; i < std::min(first + chunk_rows, rows.size()); ++i) {
      list.push_back(Json{{"line", rows[i].line}, {"cells", rows[i].cells}});
    }
    store::Document chunk = new_document(call, Json{{"rows", std::move(list)}});
    chunk.keys = {{"chunk", chunk_key(document.id, chunks++)}};
    call.store.insert(Kind::upload, chunk);
  }
  call.store.remove(Kind::upload, text_at(import, "uploadId"));
  return chunks;
}

/// Sets the balance of the account that the row is about.
void import_row(Call& call, const ImportRow& row, const ImportMapping& mapping,
                bool exclude_from_tiers) {
  const auto points = points_of(cell_of(row, mapping.points));
  const auto contact = contact_of_email(call.store, cell_of(row, mapping.email));
  if (!contact) {
    throw Refused{Code::contact_not_found, "There is no contact with this e-mail address."};
  }
  if (!points) {
    throw Refused{Code::validation, "The points are not a whole number from 0 to 9,999,999."};
  }
  const auto known = call.store.account_of_contact(contact->id);
  const std::string account = known ? known->id : open_account(call, contact->id, true).id;
  ledger::Adjust adjust;
  adjust.account = account;
  adjust.balance = Points::of(*points);
  adjust.excluded_from_tiers = exclude_from_tiers;
  move(call, adjust, {.description = "import", .idempotency_key = {}, .info = {}});
}

/// Takes rows of the chunk under way, up to `limit`; how many. Counts and faults go into the job.
std::size_t take_rows(Call& call, Json& job, const store::Document& chunk,
                      const ImportMapping& mapping, std::size_t limit) {
  Json& work = job["work"];
  const Json body = body_of(chunk);
  const Json& rows = member(body, "rows");
  auto at = static_cast<std::size_t>(integer_at(work, "row"));
  std::size_t done = 0;
  for (; at < rows.size() && done < limit; ++at, ++done) {
    ImportRow row{static_cast<std::size_t>(integer_at(rows[at], "line")),
                  rows[at]["cells"].get<std::vector<std::string>>()};
    try {
      call.store.attempt(
          [&] { import_row(call, row, mapping, wire::truth_at(work, "excludeFromTiers")); });
      piece_succeeded(job);
    } catch (const Refused& refused) {
      job["failed"] = integer_at(job, "failed") + 1;
      work["faults"].push_back(Json{{"line", row.line},
                                    {"reason", wire::name_of(refused.code())},
                                    {"description", refused.what()},
                                    {"cells", std::move(row.cells)}});
    }
  }
  work["row"] = at;
  if (at == rows.size()) {
    // Of the rows only those are kept that failed.
    Json faults = work.contains("faults") ? work["faults"] : Json::array();
    call.store.update(Kind::upload,
                      next_revision(call, chunk, Json{{"faults", std::move(faults)}}));
    work.erase("faults");
    work["row"] = 0;
    work["chunk"] = integer_at(work, "chunk") + 1;
  }
  return done;
}

void finish(Call& call, const Json& job, const store::Document& document) {
  Json import = body_of(document);
  const std::int64_t failed = integer_at(job, "failed");
  import["status"] = "IMPORTED";
  import["chunks"] = integer_at(member(job, "work"), "chunks");
  // Rows that a later one of the same address replaced are no failures.
  const std::int64_t rows = integer_at(member(import, "parseResult"), "parsedRowCount");
  import["importResult"] = Json{{"errorFileExists", failed > 0},
                                {"successCount", rows - failed},
                                { "failureCount",
                                  failed }};
  if (failed > 0) {
    import["downloadName"] = call.ids.secret();
  }
  const store::Document saved = save_import(call, document, import);
  emit(call, import_fqdn, "import_finished", EventKind::action, saved.id,
       Json{{"loyaltyImport", import_json(saved)}});
}

JobStep carry_out(Call& call, Json& job, const store::Document& document, std::size_t limit) {
  Json& work = job["work"];
  std::size_t done = 0;
  if (!work.contains("chunks")) {
    work["chunks"] = cut(call, document);
    ++done;
  }
  const ImportMapping mapping = mapping_of(body_of(document));
  while (integer_at(work, "chunk") < integer_at(work, "chunks")) {
    if (done >= limit) {
      return {done, false};
    }
    const auto chunk =
        call.store.find(Kind::upload, "chunk", chunk_key(document.id, integer_at(work, "chunk")));
    if (!chunk) {
      throw store::Corrupt{"rows of import " + document.id + " are gone"};
    }
    done += take_rows(call, job, *chunk, mapping, limit - done);
  }
  finish(call, job, document);
  return {done, true};
}

void fail(Call& call, std::string_view id, std::string_view why) {
  const store::Document document = require_import(call.store, id);
  Json import = body_of(document);
  import["status"] = "FAILED";
  import["parseResult"]["parseErrorReason"] = why;
  save_import(call, document, import);
}

JobStep import_slice(Call& call, Json& job, std::size_t limit) {
  const std::string id = text_at(member(job, "work"), "importId");
  const bool reads = text_at(member(job, "work"), "phase") == "read";
  JobStep step{1, true};
  try {
    call.store.attempt([&] {
      const store::Document document = require_import(call.store, id);
      step = reads ? read_file(call, document) : carry_out(call, job, document, limit);
    });
  } catch (const Refused& refused) {
    // Not thrown on, for that would undo this too.
    fail(call, id, refused.what());
    job["failure"] = Json{{"code", wire::name_of(refused.code())}, {"description", refused.what()}};
    step = {1, true};
  }
  return step;
}

}  // namespace

void register_import_job() { register_job(import_job, import_slice); }

std::string error_file(Call& call, const store::Document& import) {
  const Json body = body_of(import);
  std::vector<std::string> heading{"Line", "Status", "Reason", "Description"};
  for (const Json& name : member(member(member(body, "fileMetadata"), "header"), "values")) {
    heading.push_back(name.get<std::string>());
  }
  std::string file = wire::csv_line(heading);
  for (std::int64_t i = 0; i < integer_at(body, "chunks"); ++i) {
    const auto chunk = call.store.find(Kind::upload, "chunk", chunk_key(import.id, i));
    if (!chunk) {
      continue;
    }
    const Json faults = body_of(*chunk);
    for (const Json& fault : member(faults, "faults")) {
      std::vector<std::string> cells{std::to_string(integer_at(fault, "line")), "FAILED",
                                     text_at(fault, "reason"), text_at(fault, "description")};
      for (const Json& cell : member(fault, "cells")) {
        cells.push_back(cell.get<std::string>());
      }
      file += wire::csv_line(cells);
    }
  }
  return file;
}

}  // namespace loyalty::service
