#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "native/store/audit.h"
#include "native/store/sqlite/connection.h"
#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

constexpr int accounts = 12;

void fill(Store& store) {
  write(store, site, [](Session& s) {
    for (int number = 0; number < accounts; ++number) {
      s.insert(account(number));
      Mover mover{s, guid(number)};
      for (int i = 0; i < 6; ++i) {
        const std::string key = std::to_string(i);
        mover.earn(100 + i, "earn " + key);
        mover.hold(30, "hold " + key);
        mover.capture(30, "hold " + key, "capture " + key);
      }
      s.insert(Kind::coupon, document(number, R"({"code":"abc"})", {{"code", guid(number)}}));
      s.emit({});
    }
  });
}

/// All that anybody could read, as one text.
std::string everything(Session& s) {
  std::string text;
  for (const AccountRow& row : s.accounts_after("", 1'000)) {
    text += row.id + row.contact_id + row.state + std::to_string(row.available.count()) +
            std::to_string(row.held.count()) + std::to_string(row.revision) + "\n";
    for (const EntryRow& entry : s.entries(row.id, 0, 1'000)) {
      text += entry.id + std::to_string(entry.entry.available_after.count()) +
              std::string{entry.hash.begin(), entry.hash.end()} + "\n";
    }
  }
  for (const Document& document : s.all(Kind::coupon)) {
    text += document.id + document.body + "\n";
  }
  return text;
}

bool audit_finds_something(Store& store) {
  try {
    return read(store, site, [](Session& s) { return audit(s).found > 0; });
  } catch (const Corrupt&) {
    return true;
  }
}

/// One value of a row of entries, and how to write it.
class Cell {
 public:
  Cell(sqlite3* db, const std::string& column, int row)
      : db_{db}, sql_{"UPDATE entry SET " + column + " = ? WHERE row = " + std::to_string(row)} {
    sqlite3_stmt* select = nullptr;
    const std::string sql = "SELECT " + column + " FROM entry WHERE row = " + std::to_string(row);
    EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &select, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(select), SQLITE_ROW);
    type_ = sqlite3_column_type(select, 0);
    if (type_ == SQLITE_INTEGER) {
      integer_ = sqlite3_column_int64(select, 0);
    } else if (type_ != SQLITE_NULL) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(select, 0));
      bytes_.assign(bytes, bytes + sqlite3_column_bytes(select, 0));
    }
    sqlite3_finalize(select);
  }

  /// How many bits there are to flip.
  std::size_t bits() const { return type_ == SQLITE_INTEGER ? 63 : bytes_.size() * 8; }

  /// False where an index of unique values refuses the change.
  bool flip(std::size_t bit) {
    if (type_ == SQLITE_INTEGER) {
      integer_ ^= std::int64_t{1} << bit;
    } else {
      bytes_[bit / 8] = static_cast<char>(bytes_[bit / 8] ^ (1 << (bit % 8)));
    }
    return store();
  }

 private:
  bool store() {
    sqlite3_stmt* update = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db_, sql_.c_str(), -1, &update, nullptr), SQLITE_OK);
    const int size = static_cast<int>(bytes_.size());
    if (type_ == SQLITE_INTEGER) {
      sqlite3_bind_int64(update, 1, integer_);
    } else if (type_ == SQLITE_TEXT) {
      sqlite3_bind_text(update, 1, bytes_.data(), size, SQLITE_TRANSIENT);
    } else {
      sqlite3_bind_blob(update, 1, bytes_.data(), size, SQLITE_TRANSIENT);
    }
    const int code = sqlite3_step(update);
    EXPECT_TRUE(code == SQLITE_DONE || code == SQLITE_CONSTRAINT_UNIQUE) << sqlite3_errmsg(db_);
    sqlite3_finalize(update);
    return code == SQLITE_DONE;
  }

  sqlite3* db_;
  std::string sql_;
  int type_ = SQLITE_NULL;
  std::int64_t integer_ = 0;
  std::string bytes_;
};

TEST(SqliteDamage, EveryFlippedBitOfAnEntryIsFound) {
  const Folder folder;
  const std::string path = folder.file("store.db");
  const auto store = open_sqlite({.path = path});
  fill(*store);
  ASSERT_FALSE(audit_finds_something(*store));
  sqlite::Connection raw{path, sqlite::Connection::Role::writer};
  raw.run_script(
      "PRAGMA ignore_check_constraints = ON; DROP TRIGGER entry_never_changes;"
      "PRAGMA synchronous = OFF;");
  const std::vector<std::string> columns = {"tenant",
                                            "account",
                                            "seq",
                                            "id",
                                            "kind",
                                            "at",
                                            "command",
                                            "of",
                                            "origin",
                                            "amount",
                                            "shortfall",
                                            "member_available",
                                            "member_held",
                                            "program_issued",
                                            "program_redeemed",
                                            "program_expired",
                                            "program_adjusted",
                                            "program_reversed",
                                            "lots",
                                            "expires_at",
                                            "clamped",
                                            "excluded_from_tiers",
                                            "available_after",
                                            "held_after",
                                            "debt_after",
                                            "transaction_type",
                                            "description",
                                            "info",
                                            "hash"};
  std::mt19937 random{11};
  int flips = 0;
  while (flips < 400) {
    const std::string& column = columns[random() % columns.size()];
    Cell cell{raw.handle(), column, 1 + static_cast<int>(random() % (accounts * 18))};
    if (cell.bits() == 0) {
      continue;
    }
    const std::size_t bit = random() % cell.bits();
    if (!cell.flip(bit)) {
      continue;
    }
    ++flips;
    EXPECT_TRUE(audit_finds_something(*store)) << column << " bit " << bit;
    EXPECT_TRUE(cell.flip(bit));
  }
  EXPECT_FALSE(audit_finds_something(*store));
}

TEST(SqliteDamage, WhatWasNotWrittenIsNeverServed) {
  struct Place {
    const char* damage;
    std::function<void(Session&)> read;
  };
  const Place places[] = {
      {"UPDATE account SET state = '[]' WHERE id = '%1'",
       [](Session& s) { static_cast<void>(s.account(guid(1))); }},
      {"UPDATE account SET available = available + 1 WHERE id = '%1'",
       [](Session& s) { static_cast<void>(s.account_of_contact(guid(1'000'001))); }},
      {"UPDATE account SET contact_name = 'x' WHERE id = '%1'",
       [](Session& s) { static_cast<void>(s.accounts({.limit = 50})); }},
      {"UPDATE document SET body = '{}' WHERE id = '%1'",
       [](Session& s) { static_cast<void>(s.find(Kind::coupon, "code", guid(1))); }},
      {"UPDATE document SET revision = 2 WHERE id = '%1'",
       [](Session& s) { static_cast<void>(s.all(Kind::coupon)); }},
      {"UPDATE document_key SET id = '%2' WHERE value = '%1'",
       [](Session& s) { static_cast<void>(s.find(Kind::coupon, "code", guid(1))); }},
      {"UPDATE entry SET amount = 1 WHERE account = '%1'",
       [](Session& s) { static_cast<void>(s.transactions({.limit = 1'000})); }},
      {"UPDATE item SET state = '[]'", [](Session& s) { static_cast<void>(s.item("k")); }},
      {"UPDATE answer SET body = 'x'",
       [](Session& s) { static_cast<void>(s.remembered("earn", "k")); }},
      {"UPDATE answer SET status = 201",
       [](Session& s) { static_cast<void>(s.remembered("earn", "k")); }},
      {"UPDATE claim SET value = 'x'",
       [](Session& s) { static_cast<void>(s.claimed("earn", "k")); }},
      {"UPDATE event SET slug = 'x'", [](Session& s) { static_cast<void>(s.events(0, 10)); }},
  };
  for (const Place& place : places) {
    std::string sql = place.damage;
    for (const int number : {1, 2}) {
      const std::string mark = "%" + std::to_string(number);
      if (const auto found = sql.find(mark); found != std::string::npos) {
        sql.replace(found, mark.size(), guid(number));
      }
    }
    const Folder folder;
    const std::string path = folder.file("store.db");
    const auto store = open_sqlite({.path = path});
    fill(*store);
    write(*store, site, [](Session& s) {
      s.remember("earn", "k", {{}, 200, "an answer"}, at(0));
      s.claim("earn", "k", "an entry");
      s.put({"k", guid(1), "{}"});
    });
    store->read(site, place.read);
    sqlite::Connection raw{path, sqlite::Connection::Role::writer};
    raw.run_script("PRAGMA ignore_check_constraints = ON; DROP TRIGGER entry_never_changes");
    raw.run_script(sql);
    EXPECT_THROW(store->read(site, place.read), Corrupt) << sql;
  }
}

TEST(SqliteDamage, AFlippedBitOfThePagesIsFoundOrChangesNothingThatCanBeRead) {
  const Folder folder;
  const std::string path = folder.file("store.db");
  std::string before;
  {
    const auto store = open_sqlite({.path = path});
    fill(*store);
    before = read(*store, site, everything);
  }
  std::string bytes;
  {
    std::ifstream file{path, std::ios::binary};
    bytes.assign(std::istreambuf_iterator<char>{file}, {});
  }
  std::mt19937 random{12};
  int found = 0;
  constexpr int flips = 250;
  for (int i = 0; i < flips; ++i) {
    const std::size_t bit = random() % (bytes.size() * 8);
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    const Folder place;
    const std::string copy = place.file("store.db");
    std::ofstream{copy, std::ios::binary} << damaged;
    try {
      const auto store = open_sqlite({.path = copy, .check_on_open = true});
      if (audit_finds_something(*store)) {
        ++found;
      } else {
        EXPECT_EQ(read(*store, site, everything), before) << "byte " << bit / 8;
      }
    } catch (const std::exception&) {
      ++found;
    }
  }
  EXPECT_GT(found, flips / 4);
}

TEST(SqliteDamage, OnlyAWholeCheckReadsPagesThatNobodyAskedFor) {
  const Folder folder;
  const std::string path = folder.file("store.db");
  {
    const auto store = open_sqlite({.path = path});
    fill(*store);
  }
  std::int64_t page = 0;
  std::int64_t page_bytes = 0;
  {
    sqlite::Connection raw{path, sqlite::Connection::Role::writer};
    page = std::stoll(raw.pragma("page_count"));
    page_bytes = std::stoll(raw.pragma("page_size"));
  }
  ASSERT_GT(page, 10);
  std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
  file.seekp(page_bytes * (page - 1));
  file.write(std::string(static_cast<std::size_t>(page_bytes), '\x55').data(), page_bytes);
  file.close();
  EXPECT_NO_THROW(open_sqlite({.path = path}));
  EXPECT_THROW(open_sqlite({.path = path, .check_on_open = true}), Corrupt);
  const auto store = open_sqlite({.path = path});
  EXPECT_TRUE(audit_finds_something(*store));
}

}  // namespace
}  // namespace loyalty::store
