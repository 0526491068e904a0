#include "native/store/sqlite/migrations.h"

#include <array>
#include <cstdint>
#include <string>

#include "core/json/sha256.h"
#include "native/store/session.h"
#include "native/store/sqlite/connection.h"

namespace loyalty::store::sqlite {
namespace {

/// `LOYL`: marks the file as ours.
constexpr std::int64_t application_id = 0x4c4f594c;

std::string checksum(const Migration& migration) {
  Sha256 sha;
  sha.update(migration.sql);
  const std::array<char, 64> digest = sha.finish();
  return {digest.data(), digest.size()};
}

/// Takes a file that nobody has used, or one of ours.
void claim_file(Connection& connection) {
  const std::int64_t id = std::stoll(connection.pragma("application_id"));
  if (id == application_id) {
    return;
  }
  Cursor tables = connection.query("SELECT count(*) FROM sqlite_schema");
  if (id != 0 || !tables.next() || tables.integer(0) != 0) {
    throw Corrupt{"the file is a database of another program"};
  }
}

void apply(Connection& connection, const Migration& migration) {
  connection.run_script("BEGIN IMMEDIATE");
  try {
    connection.run_script("PRAGMA application_id = " + std::to_string(application_id));
    connection.run_script(std::string{migration.sql});
    connection.execute("INSERT INTO migration (number, name, checksum) VALUES (?, ?, ?)",
                       migration.number, migration.name, checksum(migration));
    connection.run_script("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) {
      connection.run_script("ROLLBACK");
    }
    throw;
  }
}

}  // namespace

void migrate(Connection& connection, std::span<const Migration> migrations) {
  claim_file(connection);
  connection.run_script(
      "BEGIN IMMEDIATE; PRAGMA application_id = " + std::to_string(application_id) +
      "; CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
      "checksum TEXT NOT NULL) STRICT; COMMIT");
  std::size_t applied = 0;
  {
    Cursor rows = connection.query("SELECT number, name, checksum FROM migration ORDER BY number");
    while (rows.next()) {
      if (applied == migrations.size()) {
        throw Unavailable{"the store was made by a newer version: it has the step " + rows.text(1)};
      }
      const Migration& known = migrations[applied++];
      if (rows.integer(0) != known.number || rows.text(2) != checksum(known)) {
        throw Corrupt{"the step " + rows.text(1) +
                      " of the schema was another when it was applied"};
      }
    }
  }
  for (const Migration& migration : migrations.subspan(applied)) {
    apply(connection, migration);
  }
}

}  // namespace loyalty::store::sqlite
