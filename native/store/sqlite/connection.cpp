#include "native/store/sqlite/connection.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <variant>

#include <sqlite3.h>

#include "core/base/check.h"
#include "native/store/session.h"
#include "native/store/sqlite/functions.h"

namespace loyalty::store::sqlite {
namespace {

constexpr std::size_t built_max = 64;
constexpr int busy_ms = 10'000;

/// What a unique column is called outside.
std::string name_of_column(std::string_view message) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"contact_id", "contactId"},
      {"member_id", "memberId"},
      {"seq", "sequence"},
      {"name", "key"},
      {"hash", "key"},
  };
  const std::string_view column = message.substr(message.find_last_of(". ") + 1);
  const auto* known = std::find_if(std::begin(names), std::end(names),
                                   [&](const auto& pair) { return pair.first == column; });
  return std::string{known == std::end(names) ? column : known->second};
}

[[noreturn]] void fail_constraint(int extended, const std::string& message) {
  constexpr std::string_view taken = "taken: ";
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      throw Duplicate{name_of_column(message)};
    case SQLITE_CONSTRAINT_TRIGGER:
      if (message.starts_with(taken)) {
        throw Duplicate{message.substr(taken.size())};
      }
      [[fallthrough]];
    default:
      throw Corrupt{message};
  }
}

}  // namespace

void FinalizeStatement::operator()(sqlite3_stmt* statement) const {
  // Repeats the error of the last step, which has been thrown already.
  static_cast<void>(sqlite3_finalize(statement));
}

Cursor::~Cursor() {
  // Repeats the error of the last step, which has been thrown already.
  static_cast<void>(sqlite3_reset(statement_));
}

void Cursor::require(int code) {
  if (code != SQLITE_OK) {
    connection_.fail(code);
  }
}

void Cursor::bind(int parameter, std::int64_t value) {
  require(sqlite3_bind_int64(statement_, parameter, value));
}

void Cursor::bind(int parameter, std::nullptr_t) {
  require(sqlite3_bind_null(statement_, parameter));
}

void Cursor::bind(int parameter, std::string_view value) {
  // An empty view may have no address, which would mean NULL.
  require(
      sqlite3_bind_text64(statement_, parameter, value.empty() ? "" : value.data(), value.size(),
                          texts_ == Texts::copied ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8));
}

void Cursor::bind(int parameter, OrNull value) {
  value.text.empty() ? bind(parameter, nullptr) : bind(parameter, value.text);
}

void Cursor::bind(int parameter, const std::optional<Instant>& value) {
  value ? bind(parameter, value->ms()) : bind(parameter, nullptr);
}

void Cursor::bind(int parameter, const Value& value) {
  std::visit([&](const auto& held) { bind(parameter, held); }, value);
}

void Cursor::bind(int parameter, std::span<const Value> values) {
  for (const Value& value : values) {
    bind(parameter++, value);
  }
}

void Cursor::bind_bytes(int parameter, std::span<const unsigned char> value) {
  require(sqlite3_bind_blob64(statement_, parameter, value.data(), value.size(),
                              texts_ == Texts::copied ? SQLITE_TRANSIENT : SQLITE_STATIC));
}

bool Cursor::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    connection_.fail(code);
  }
  return false;
}

bool Cursor::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Cursor::integer(int column) const { return sqlite3_column_int64(statement_, column); }

bool Cursor::truth(int column) const {
  const std::int64_t value = integer(column);
  if (value != 0 && value != 1) {
    throw Corrupt{"a truth is neither 0 nor 1"};
  }
  return value == 1;
}

std::string Cursor::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  std::string text(static_cast<std::size_t>(size), '\0');
  if (size > 0) {
    if (bytes == nullptr) {
      throw Unavailable{"out of memory"};
    }
    std::memcpy(text.data(), bytes, text.size());
  }
  return text;
}

std::optional<Instant> Cursor::instant_or_none(int column) const {
  if (is_null(column)) {
    return std::nullopt;
  }
  return Instant::from_ms(integer(column));
}

Bytes32 Cursor::bytes32(int column) const {
  Bytes32 bytes;
  const void* stored = sqlite3_column_blob(statement_, column);
  if (stored == nullptr ||
      static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) != bytes.size()) {
    throw Corrupt{"a hash is not 32 bytes long"};
  }
  std::memcpy(bytes.data(), stored, bytes.size());
  return bytes;
}

Connection::Connection(const std::string& path, Role role) : role_{role} {
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role == Role::writer ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string why = sqlite3_errstr(code);
    close();
    throw Unavailable{"cannot open " + path + ": " + why};
  }
  try {
    if (const int extended = sqlite3_extended_result_codes(db_, 1); extended != SQLITE_OK) {
      fail(extended);
    }
    if (const int busy = sqlite3_busy_timeout(db_, busy_ms); busy != SQLITE_OK) {
      fail(busy);
    }
    add_functions(*this);
  } catch (...) {
    close();
    throw;
  }
}

Connection::~Connection() { close(); }

void Connection::close() {
  fixed_.clear();
  built_.clear();
  // Only open statements make closing fail, and all are finalized.
  const int code = sqlite3_close(db_);
  LOYALTY_CHECK(code == SQLITE_OK);
  db_ = nullptr;
}

Statement Connection::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  Statement owned{statement};
  if (code != SQLITE_OK) {
    fail(code);
  }
  return owned;
}

sqlite3_stmt* Connection::prepared(FixedSql sql) {
  Statement& statement = fixed_[sql.text()];
  if (statement == nullptr) {
    statement = prepare(sql.text());
  }
  LOYALTY_CHECK(sqlite3_stmt_busy(statement.get()) == 0);
  return statement.get();
}

Cursor Connection::query_built(const std::string& sql, std::span<const Value> values) {
  auto known = std::find_if(built_.begin(), built_.end(),
                            [&](const Built& built) { return built.sql == sql; });
  if (known == built_.end()) {
    built_.push_front({sql, prepare(sql)});
    if (built_.size() > built_max) {
      built_.pop_back();
    }
  } else {
    built_.splice(built_.begin(), built_, known);
  }
  sqlite3_stmt* statement = built_.front().statement.get();
  LOYALTY_CHECK(sqlite3_stmt_busy(statement) == 0);
  return Cursor{*this, statement, Cursor::Texts::copied, values};
}

std::int64_t Connection::finish(Cursor& cursor) {
  while (cursor.next()) {
  }
  return sqlite3_changes64(db_);
}

void Connection::run_script(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    fail(code);
  }
}

std::string Connection::pragma(const std::string& name) {
  const Statement statement = prepare("PRAGMA " + name);
  Cursor cursor{*this, statement.get(), Cursor::Texts::copied};
  return cursor.next() ? cursor.text(0) : std::string{};
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

void Connection::fail(int code) {
  const std::string message = sqlite3_errmsg(db_);
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      fail_constraint(code, message);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Corrupt{message};
    case SQLITE_READONLY:
      if (role_ == Role::reader) {
        throw std::logic_error{"written in a session for reading"};
      }
      [[fallthrough]];
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_PERM:
    case SQLITE_INTERRUPT:
      failed_ = true;
      throw Unavailable{message};
    case SQLITE_TOOBIG:
      throw std::length_error{message};
    default:
      throw std::logic_error{message};
  }
}

}  // namespace loyalty::store::sqlite
