#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "core/money/points.h"
#include "native/store/query.h"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite with every return code looked at: what is unexpected becomes an exception of the store.
namespace loyalty::store::sqlite {

using Bytes32 = std::array<unsigned char, 32>;
using Bytes16 = std::array<unsigned char, 16>;

/// SQL that stands in the program: its address is its name among the prepared statements, and no
/// request can have a part in it.
class FixedSql {
 public:
  consteval FixedSql(const char* text) : text_{text} {}  // NOLINT(google-explicit-constructor)
  const char* text() const { return text_; }

 private:
  const char* text_;
};

/// A text that is kept as NULL where it is empty.
struct OrNull {
  std::string_view text;
};

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const;
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class Connection;

/// A statement at work; afterwards the statement is ready for others. Columns count from 0.
class [[nodiscard]] Cursor {
 public:
  /// Whether texts are copied, or stay where they are for as long as the cursor lives.
  enum class Texts : std::uint8_t { copied, borrowed };

  template <class... Values>
  Cursor(Connection& connection, sqlite3_stmt* statement, Texts texts, const Values&... values)
      : connection_{connection}, statement_{statement}, texts_{texts} {
    int parameter = 0;
    (bind(++parameter, values), ...);
  }
  ~Cursor();
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  /// Parameters count from 1.
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, bool value) { bind(parameter, std::int64_t{value}); }
  void bind(int parameter, int value) { bind(parameter, std::int64_t{value}); }
  void bind(int parameter, Points value) { bind(parameter, value.count()); }
  void bind(int parameter, Instant value) { bind(parameter, value.ms()); }
  void bind(int parameter, std::nullptr_t);
  void bind(int parameter, std::string_view value);
  void bind(int parameter, const std::string& value) { bind(parameter, std::string_view{value}); }
  void bind(int parameter, OrNull value);
  void bind(int parameter, const std::optional<Instant>& value);
  void bind(int parameter, const Bytes32& value) { bind_bytes(parameter, value); }
  void bind(int parameter, const Bytes16& value) { bind_bytes(parameter, value); }
  void bind(int parameter, const Value& value);
  /// All from `parameter` on.
  void bind(int parameter, std::span<const Value> values);

  /// To the next row; false after the last.
  [[nodiscard]] bool next();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  bool truth(int column) const;        ///< throws Corrupt where it is neither 0 nor 1
  std::string text(int column) const;  ///< empty where it is NULL
  std::optional<Instant> instant_or_none(int column) const;
  /// Throws Corrupt where the length is another.
  Bytes32 bytes32(int column) const;

 private:
  void bind_bytes(int parameter, std::span<const unsigned char> value);
  void require(int code);

  Connection& connection_;
  sqlite3_stmt* statement_;
  Texts texts_;
};

/// Reads the columns of a row one after another.
class Columns {
 public:
  explicit Columns(const Cursor& cursor, int first = 0) : cursor_{cursor}, next_{first} {}
  std::string text() { return cursor_.text(next_++); }
  std::int64_t integer() { return cursor_.integer(next_++); }
  bool truth() { return cursor_.truth(next_++); }
  Points points() { return Points::of(integer()); }
  Instant instant() { return Instant::from_ms(integer()); }
  std::optional<Instant> instant_or_none() { return cursor_.instant_or_none(next_++); }
  Bytes32 bytes32() { return cursor_.bytes32(next_++); }
  int column() const { return next_; }

 private:
  const Cursor& cursor_;
  int next_;
};

/// One connection with its prepared statements. Used by one thread at a time.
class Connection {
 public:
  enum class Role : std::uint8_t { writer, reader };

  /// Opens the file; a writer creates it where there is none. Throws Unavailable.
  Connection(const std::string& path, Role role);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// A question with its values, which are copied.
  template <class... Values>
  Cursor query(FixedSql sql, const Values&... values) {
    return Cursor{*this, prepared(sql), Cursor::Texts::copied, values...};
  }

  /// Runs a statement to its end. Returns how many rows it inserted, changed or removed.
  template <class... Values>
  std::int64_t execute(FixedSql sql, const Values&... values) {
    Cursor cursor{*this, prepared(sql), Cursor::Texts::borrowed, values...};
    return finish(cursor);
  }

  /// A question that was put together from constants.
  Cursor query_built(const std::string& sql, std::span<const Value> values);

  /// Several statements without values, such as a migration.
  void run_script(const std::string& sql);
  /// One value of a setting as text.
  std::string pragma(const std::string& name);

  bool in_transaction() const;
  Role role() const { return role_; }
  sqlite3* handle() const { return db_; }

  /// Whether something failed that may have undone more than one statement, since forgive().
  bool has_failed() const { return failed_; }
  void forgive() { failed_ = false; }

  /// Throws what the code means: Duplicate, Corrupt, Unavailable, or std::logic_error for our bugs.
  [[noreturn]] void fail(int code);

 private:
  sqlite3_stmt* prepared(FixedSql sql);
  Statement prepare(std::string_view sql);
  std::int64_t finish(Cursor& cursor);
  void close();

  struct Built {
    std::string sql;
    Statement statement;
  };

  sqlite3* db_ = nullptr;
  Role role_;
  bool failed_ = false;
  std::unordered_map<const void*, Statement> fixed_;
  std::list<Built> built_;  ///< the last used first
};

}  // namespace loyalty::store::sqlite
