#include <algorithm>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "native/store/sqlite/seal.h"
#include "native/store/sqlite/select.h"
#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {
namespace {

using Keys = decltype(Document::keys);

std::string text_of(const Keys& keys) {
  return keys.empty() ? std::string{} : nlohmann::json(keys).dump();
}

Keys read_keys(const std::string& text) {
  if (text.empty()) {
    return {};
  }
  try {
    return nlohmann::json::parse(text).get<Keys>();
  } catch (const nlohmann::json::exception&) {
    throw Corrupt{"the keys of a document cannot be read"};
  }
}

std::int64_t seal_of(const Document& document) {
  return sqlite::seal_of(document.id, document.revision, document.created, document.updated,
                         text_of(document.keys), document.body);
}

Document read_document(const Cursor& row) {
  Columns next{row};
  Document document;
  document.id = next.text();
  document.revision = next.integer();
  document.created = next.instant();
  document.updated = next.instant();
  document.keys = read_keys(next.text());
  document.body = next.text();
  require_seal(next.integer(), seal_of(document));
  return document;
}

/// The kind stands in the text, because an index over one kind serves only questions that name it.
Collection documents(Kind kind) {
  return {"id, revision, created, updated, keys, body, seal", 7,
          "document WHERE tenant = ? AND kind = " + std::to_string(static_cast<int>(kind)),
          document_column};
}

int number(Kind kind) { return static_cast<int>(kind); }

bool has(const Keys& keys, const std::pair<std::string, std::string>& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Throws before anything is written, so that a caller may go on with another key.
void require_free(Connection& connection, TenantId tenant, Kind kind, const Document& document) {
  for (const auto& [name, value] : document.keys) {
    Cursor owner = connection.query(
        "SELECT id FROM document_key WHERE tenant = ? AND kind = ? AND name = ? AND value = ?",
        tenant, number(kind), name, value);
    if (owner.next() && owner.text(0) != document.id) {
      throw Duplicate{name};
    }
  }
}

void add_key(Connection& connection, TenantId tenant, Kind kind, const Document& document,
             const std::pair<std::string, std::string>& key) {
  connection.execute(
      "INSERT INTO document_key (tenant, kind, name, value, id) VALUES (?, ?, ?, ?, ?)", tenant,
      number(kind), key.first, key.second, document.id);
}

void remove_key(Connection& connection, TenantId tenant, Kind kind,
                const std::pair<std::string, std::string>& key) {
  connection.execute(
      "DELETE FROM document_key WHERE tenant = ? AND kind = ? AND name = ? AND value = ?", tenant,
      number(kind), key.first, key.second);
}

}  // namespace

std::optional<Document> SqliteSession::get(Kind kind, std::string_view id) {
  Cursor row = connection_.query(
      "SELECT id, revision, created, updated, keys, body, seal FROM document"
      " WHERE tenant = ? AND kind = ? AND id = ?",
      tenant_, number(kind), id);
  return row.next() ? std::optional{read_document(row)} : std::nullopt;
}

std::optional<Document> SqliteSession::find(Kind kind, std::string_view key,
                                            std::string_view value) {
  Cursor row = connection_.query(
      "SELECT d.id, d.revision, d.created, d.updated, d.keys, d.body, d.seal"
      " FROM document_key k JOIN document d"
      " ON d.tenant = k.tenant AND d.kind = k.kind AND d.id = k.id"
      " WHERE k.tenant = ? AND k.kind = ? AND k.name = ? AND k.value = ?",
      tenant_, number(kind), key, value);
  if (!row.next()) {
    return std::nullopt;
  }
  Document document = read_document(row);
  if (!has(document.keys, {std::string{key}, std::string{value}})) {
    throw Corrupt{"a key leads to a document that has another"};
  }
  return document;
}

std::vector<Document> SqliteSession::all(Kind kind) {
  Cursor rows = connection_.query(
      "SELECT id, revision, created, updated, keys, body, seal FROM document"
      " WHERE tenant = ? AND kind = ? ORDER BY created, id",
      tenant_, number(kind));
  std::vector<Document> found;
  while (rows.next()) {
    found.push_back(read_document(rows));
  }
  return found;
}

Page<Document> SqliteSession::page(Kind kind, const Query& query) {
  return read_page(connection_, documents(kind), tenant_, query, read_document);
}

std::int64_t SqliteSession::count(Kind kind, const Filter& filter) {
  return read_count(connection_, select_count(documents(kind), tenant_, filter));
}

void SqliteSession::insert(Kind kind, const Document& document) {
  require_free(connection_, tenant_, kind, document);
  connection_.execute(
      "INSERT INTO document (tenant, kind, id, revision, created, updated, keys, body, seal)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      tenant_, number(kind), document.id, document.revision, document.created, document.updated,
      OrNull{text_of(document.keys)}, document.body, seal_of(document));
  for (const auto& key : document.keys) {
    add_key(connection_, tenant_, kind, document, key);
  }
}

void SqliteSession::update(Kind kind, const Document& document) {
  Keys before;
  {
    Cursor row = connection_.query(
        "SELECT keys FROM document WHERE tenant = ? AND kind = ? AND id = ? AND revision = ?",
        tenant_, number(kind), document.id, document.revision - 1);
    if (!row.next()) {
      throw Conflict{"the document is another by now"};
    }
    before = read_keys(row.text(0));
  }
  require_free(connection_, tenant_, kind, document);
  connection_.execute(
      "UPDATE document SET revision = ?, created = ?, updated = ?, keys = ?, body = ?, seal = ?"
      " WHERE tenant = ? AND kind = ? AND id = ?",
      document.revision, document.created, document.updated, OrNull{text_of(document.keys)},
      document.body, seal_of(document), tenant_, number(kind), document.id);
  for (const auto& key : before) {
    if (!has(document.keys, key)) {
      remove_key(connection_, tenant_, kind, key);
    }
  }
  for (const auto& key : document.keys) {
    if (!has(before, key)) {
      add_key(connection_, tenant_, kind, document, key);
    }
  }
}

bool SqliteSession::remove(Kind kind, std::string_view id) {
  const auto document = get(kind, id);
  if (!document) {
    return false;
  }
  for (const auto& key : document->keys) {
    remove_key(connection_, tenant_, kind, key);
  }
  connection_.execute("DELETE FROM document WHERE tenant = ? AND kind = ? AND id = ?", tenant_,
                      number(kind), id);
  return true;
}

}  // namespace loyalty::store::sqlite
