#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "native/service/people/contacts.h"
#include "native/service/program/documents.h"
#include "native/wire/csv.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::Refused;

/// All rows are one transaction, so there are not too many of them.
constexpr std::size_t rows_max = 2'000;

struct Column {
  std::string_view heading;
  std::string_view field;
};
constexpr Column columns[] = {
    {"email", "email"},     {"e-mail", "email"},      {"name", "name"}, {"birthdate", "birthdate"},
    {"picture", "picture"}, {"memberid", "memberId"}, {"tags", "tags"}};

/// The field of each column; empty: ignored.
std::vector<std::string> fields_of(const wire::CsvRow& header) {
  std::vector<std::string> fields;
  for (const std::string& cell : header.cells) {
    const std::string heading = folded(cell);
    const Column* found =
        std::find_if(std::begin(columns), std::end(columns),
                     [&heading](const Column& one) { return one.heading == heading; });
    fields.emplace_back(found == std::end(columns) ? std::string_view{} : found->field);
  }
  return fields;
}

Json tags_of(const std::string& cell) {
  Json tags = Json::array();
  std::size_t at = 0;
  while (at <= cell.size()) {
    const std::size_t end = std::min(cell.find(';', at), cell.size());
    const std::string tag = cell.substr(at, end - at);
    if (tag.find_first_not_of(' ') != std::string::npos) {
      tags.push_back(tag.substr(tag.find_first_not_of(' '),
                                tag.find_last_not_of(' ') - tag.find_first_not_of(' ') + 1));
    }
    at = end + 1;
  }
  return tags;
}

Json contact_of(const wire::CsvRow& row, const std::vector<std::string>& fields) {
  Json contact = Json::object();
  for (std::size_t i = 0; i < std::min(row.cells.size(), fields.size()); ++i) {
    if (fields[i].empty() || row.cells[i].empty()) {
      continue;
    }
    contact[fields[i]] = fields[i] == "tags" ? tags_of(row.cells[i]) : Json(row.cells[i]);
  }
  return contact;
}

/// What an answer says of a row that was refused.
Json error_of(std::size_t line, const Refused& refused) {
  Json error{
      {"line", line}, {"code", wire::name_of(refused.code())}, {"description", refused.what()}};
  const Json body = refused.body();
  const Json& validation = wire::member(wire::member(body, "details"), "validationError");
  if (validation.is_object()) {
    const Json& first = validation["fieldViolations"][0];
    error["description"] =
        first["field"].get<std::string>() + " " + first["description"].get<std::string>();
  }
  return error;
}

/// True where a contact was created, false where one was updated.
bool take(Call& call, const Json& given) {
  const wire::Schema schema =
      wire::object({wire::required("contact", contact_fields_schema(true))});
  const Json contact = wire::accept(schema, Json{{"contact", given}})["contact"];
  if (const auto known = contact_of_email(call.store, wire::text_at(contact, "email"))) {
    update_contact(call, *known, contact);
    return false;
  }
  create_contact(call, contact);
  return true;
}

[[noreturn]] void refuse_file(const std::string& why) {
  throw Refused::invalid("csv", "FORMAT", why);
}

}  // namespace

Json import_contacts(Call& call, std::string_view csv) {
  wire::CsvReader reader{csv};
  const auto header = reader.next();
  if (!header) {
    refuse_file(reader.error() ? reader.error()->message : "The file is empty.");
  }
  const std::vector<std::string> fields = fields_of(*header);
  if (std::find(fields.begin(), fields.end(), "email") == fields.end()) {
    refuse_file("The header must have a column named email.");
  }
  std::size_t rows = 0;
  std::int64_t created = 0;
  std::int64_t updated = 0;
  Json errors = Json::array();
  while (const auto row = reader.next()) {
    if (++rows > rows_max) {
      throw Refused{Code::file_too_large, Json{{"rowsMax", rows_max}}};
    }
    try {
      bool is_new = false;
      call.store.attempt([&] { is_new = take(call, contact_of(*row, fields)); });
      ++(is_new ? created : updated);
    } catch (const Refused& refused) {
      errors.push_back(error_of(row->line, refused));
    }
  }
  if (reader.error()) {
    refuse_file("Line " + std::to_string(reader.error()->line) + ": " + reader.error()->message);
  }
  return {{"created", created}, {"updated", updated}, {"errors", std::move(errors)}};
}

}  // namespace loyalty::service
