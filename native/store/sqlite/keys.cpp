#include <algorithm>
#include <string>

#include "native/store/chain.h"
#include "native/store/sqlite/seal.h"
#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {
namespace {

constexpr std::int64_t bucket_ms = Duration::days(7).in_milliseconds();

/// The length goes first, so that no two pairs of texts are one.
Bytes16 hash_of(std::string_view scope, std::string_view key) {
  std::string text = std::to_string(scope.size()) + ":";
  text.append(scope).append(key);
  const auto digest = sha256(text);
  Bytes16 half;
  std::copy_n(digest.begin(), half.size(), half.begin());
  return half;
}

std::int64_t seal_of(const Remembered& answer) {
  return sqlite::seal_of(answer.fingerprint, std::int64_t{answer.status}, answer.body);
}

}  // namespace

std::optional<Remembered> SqliteSession::remembered(std::string_view scope, std::string_view key) {
  Cursor row = connection_.query(
      "SELECT a.fingerprint, a.status, a.body, a.seal FROM answer_bucket b CROSS JOIN answer a"
      " ON a.tenant = b.tenant AND a.bucket = b.bucket AND a.hash = ?2 WHERE b.tenant = ?1",
      tenant_, hash_of(scope, key));
  if (!row.next()) {
    return std::nullopt;
  }
  Remembered answer{row.bytes32(0), static_cast<int>(row.integer(1)), row.text(2)};
  require_seal(row.integer(3), seal_of(answer));
  return answer;
}

void SqliteSession::remember(std::string_view scope, std::string_view key, const Remembered& answer,
                             Instant now) {
  // The index keeps keys apart within one bucket only.
  if (remembered(scope, key)) {
    throw Duplicate{"key"};
  }
  const std::int64_t bucket = now.ms() / bucket_ms;
  connection_.execute(
      "INSERT INTO answer_bucket (tenant, bucket) VALUES (?, ?) ON CONFLICT DO NOTHING", tenant_,
      bucket);
  connection_.execute(
      "INSERT INTO answer (tenant, bucket, hash, at, status, fingerprint, body, seal)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      tenant_, bucket, hash_of(scope, key), now, answer.status, answer.fingerprint, answer.body,
      seal_of(answer));
}

std::int64_t SqliteSession::forget(Instant before, std::size_t limit) {
  const std::int64_t last = before.ms() / bucket_ms;
  const std::int64_t removed = connection_.execute(
      "DELETE FROM answer WHERE row IN (SELECT row FROM answer WHERE tenant = ? AND bucket <= ?"
      " AND at < ? LIMIT ?)",
      tenant_, last, before, static_cast<std::int64_t>(limit));
  connection_.execute(
      "DELETE FROM answer_bucket WHERE tenant = ?1 AND bucket <= ?2 AND NOT EXISTS"
      " (SELECT 1 FROM answer WHERE tenant = ?1 AND bucket = answer_bucket.bucket)",
      tenant_, last);
  return removed;
}

bool SqliteSession::claim(std::string_view scope, std::string_view key, std::string_view value) {
  return connection_.execute(
             "INSERT INTO claim (tenant, scope, name, value, seal) VALUES (?, ?, ?, ?, ?)"
             " ON CONFLICT DO NOTHING",
             tenant_, scope, key, value, sqlite::seal_of(scope, key, value)) == 1;
}

std::optional<std::string> SqliteSession::claimed(std::string_view scope, std::string_view key) {
  Cursor row =
      connection_.query("SELECT value, seal FROM claim WHERE tenant = ? AND scope = ? AND name = ?",
                        tenant_, scope, key);
  if (!row.next()) {
    return std::nullopt;
  }
  std::string value = row.text(0);
  require_seal(row.integer(1), sqlite::seal_of(scope, key, std::string_view{value}));
  return value;
}

void SqliteSession::change_claim(std::string_view scope, std::string_view key,
                                 std::string_view value) {
  if (connection_.execute(
          "UPDATE claim SET value = ?, seal = ? WHERE tenant = ? AND scope = ? AND name = ?", value,
          sqlite::seal_of(scope, key, value), tenant_, scope, key) != 1) {
    throw Conflict{"nobody has claimed that"};
  }
}

}  // namespace loyalty::store::sqlite
