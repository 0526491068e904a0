#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "native/store/sqlite/connection.h"
#include "native/store/sqlite/select.h"
#include "native/store/sqlite/settings.h"
#include "native/store/write_queue.h"
#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

using sqlite::Connection;
using sqlite::Cursor;

std::string what_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "nothing";
}

class SqliteStoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(std::size_t cache_bytes = 4u << 20) {
    return open_sqlite({.path = path_, .cache_bytes = cache_bytes});
  }

  Folder folder_;
  std::string path_ = folder_.file("store.db");
};

/// No file of this process grows beyond the limit while this lives: a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(std::size_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit low = before_;
    low.rlim_cur = bytes;
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &low), 0);
  }
  ~FullDisk() {
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_ = {};
  void (*handler_)(int) = nullptr;
};

TEST_F(SqliteStoreTest, ASecondStoreOnTheSameFileIsRefused) {
  const auto first = open();
  const std::string why = what_of([&] { open(); });
  EXPECT_NE(why.find("another process has the store open"), std::string::npos) << why;
  EXPECT_NE(why.find(std::to_string(getpid())), std::string::npos) << why;
}

TEST_F(SqliteStoreTest, ASecondProcessIsRefusedUntilTheFirstHasEnded) {
  auto first = open();
  const auto child_can_open = [&] {
    const pid_t child = fork();
    if (child == 0) {
      try {
        open_sqlite({.path = path_});
        _exit(1);
      } catch (const Unavailable&) {
        _exit(0);
      } catch (...) {
        _exit(2);
      }
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status) == 1;
  };
  EXPECT_FALSE(child_can_open());
  first.reset();
  EXPECT_TRUE(child_can_open());
}

TEST_F(SqliteStoreTest, ItsFolderIsMade) {
  path_ = folder_.file("deep/er/store.db");
  open();
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SqliteStoreTest, TheWriterLosesNothing) {
  open();
  Connection writer{path_, Connection::Role::writer};
  sqlite::set_up_writer(writer, {.cache_bytes = 1u << 20, .allow_data_loss = false});
  EXPECT_EQ(writer.pragma("synchronous"), "2");
  EXPECT_EQ(writer.pragma("journal_mode"), "wal");
  sqlite::require_durable(writer, false);
}

TEST_F(SqliteStoreTest, WeakerDurabilityIsRefusedUnlessAllowed) {
  open();
  Connection writer{path_, Connection::Role::writer};
  for (const char* weak : {"NORMAL", "OFF"}) {
    writer.run_script(std::string{"PRAGMA synchronous = "} + weak);
    EXPECT_THROW(sqlite::require_durable(writer, false), Unavailable) << weak;
    sqlite::require_durable(writer, true);
  }
  writer.run_script("PRAGMA synchronous = FULL");
  EXPECT_EQ(writer.pragma("journal_mode = DELETE"), "delete");
  EXPECT_THROW(sqlite::require_durable(writer, true), Unavailable);
}

TEST_F(SqliteStoreTest, ReadersNeitherWriteNorCheckpoint) {
  open();
  Connection reader{path_, Connection::Role::reader};
  sqlite::set_up_reader(reader, {.cache_bytes = 1u << 20, .allow_data_loss = false});
  EXPECT_EQ(reader.pragma("query_only"), "1");
  EXPECT_EQ(reader.pragma("wal_autocheckpoint"), "0");
  EXPECT_THROW(reader.run_script("DELETE FROM document"), std::logic_error);
}

TEST_F(SqliteStoreTest, EntriesCannotBeChangedOrRemovedByAnyStatement) {
  const auto store = open();
  write(*store, site, [](Session& s) {
    s.insert(account(1));
    Mover{s, guid(1)}.earn(5, "e");
  });
  Connection raw{path_, Connection::Role::writer};
  sqlite::set_up_writer(raw, {.cache_bytes = 1u << 20, .allow_data_loss = false});
  for (const char* statement :
       {"UPDATE entry SET amount = 6", "UPDATE entry SET description = NULL", "DELETE FROM entry",
        "REPLACE INTO entry SELECT * FROM entry",
        "INSERT OR REPLACE INTO entry SELECT NULL, tenant, account, 2, id, kind, at, command, of,"
        " origin, amount, shortfall, member_available, member_held, program_issued,"
        " program_redeemed, program_expired, program_adjusted, program_reversed, lots, expires_at,"
        " clamped, excluded_from_tiers, available_after, held_after, debt_after, transaction_type,"
        " description, idempotency_key, info, hash, seal FROM entry"}) {
    EXPECT_ANY_THROW(raw.run_script(statement)) << statement;
  }
  EXPECT_THROW(raw.run_script("UPDATE entry SET amount = 6"), Corrupt);
  EXPECT_EQ(read(*store, site, [](Session& s) { return s.count_entries(); }), 1);
}

TEST_F(SqliteStoreTest, AFullDiskIsUnavailableAndWorkGoesOnWhenThereIsRoomAgain) {
  const auto store = open();
  write(*store, site, [](Session& s) { s.insert(Kind::tier, document(1)); });
  const std::string large(1u << 20, 'x');
  {
    const FullDisk full{std::filesystem::file_size(path_ + "-wal") + 100'000};
    EXPECT_THROW(
        write(*store, site,
              [&](Session& s) { s.insert(Kind::tier, document(2, "{\"x\":\"" + large + "\"}")); }),
        Unavailable);
    EXPECT_TRUE(read(*store, site, [](Session& s) { return s.get(Kind::tier, guid(1)); }));
  }
  EXPECT_TRUE(store->healthy());
  EXPECT_FALSE(read(*store, site, [](Session& s) { return s.get(Kind::tier, guid(2)); }));
  write(*store, site,
        [&](Session& s) { s.insert(Kind::tier, document(2, "{\"x\":\"" + large + "\"}")); });
  EXPECT_TRUE(read(*store, site, [](Session& s) { return s.get(Kind::tier, guid(2)); }));
}

TEST_F(SqliteStoreTest, AStoreThatCannotWriteIsNotHealthy) {
  const auto store = open();
  EXPECT_TRUE(store->healthy());
  const FullDisk full{std::filesystem::file_size(path_ + "-wal")};
  EXPECT_THROW(write(*store, site, [](Session& s) { s.insert(Kind::tier, document(1)); }),
               Unavailable);
  EXPECT_FALSE(store->healthy());
  EXPECT_FALSE(store->healthy());
}

TEST_F(SqliteStoreTest, AWorkThatDoesNotFitDoesNotTakeTheOthersWithIt) {
  // With hardly a cache a large work meets the full disk before its commit.
  const auto store = open(64 * 1024);
  const std::string large(4u << 20, 'x');
  std::vector<std::string> failures(3);
  {
    const FullDisk full{std::filesystem::file_size(path_ + "-wal") + 500'000};
    std::vector<Work> works;
    for (int i = 0; i < 3; ++i) {
      works.push_back({site,
                       [&, i](Session& s) {
                         s.insert(Kind::tier,
                                  document(i, i == 1 ? "{\"x\":\"" + large + "\"}" : "{}"));
                       },
                       nullptr});
    }
    EXPECT_THROW(store->write(works), Undone);
    WriteQueue queue{*store, {}};
    for (int i = 0; i < 3; ++i) {
      failures[static_cast<std::size_t>(i)] =
          what_of([&] { queue.run(site, works[static_cast<std::size_t>(i)].run); });
    }
  }
  EXPECT_EQ(failures[0], "nothing");
  EXPECT_NE(failures[1], "nothing");
  EXPECT_EQ(failures[2], "nothing");
  EXPECT_EQ(read(*store, site, [](Session& s) { return s.count(Kind::tier, {}); }), 2);
}

TEST_F(SqliteStoreTest, AFailureThatTheWorkSwallowsStillUndoesTheBatch) {
  const auto store = open(64 * 1024);
  const FullDisk full{std::filesystem::file_size(path_ + "-wal") + 500'000};
  Work work{site,
            [](Session& s) {
              s.insert(Kind::tier, document(1));
              EXPECT_THROW(s.insert(Kind::tier,
                                    document(2, "{\"x\":\"" + std::string(4u << 20, 'x') + "\"}")),
                           Unavailable);
            },
            nullptr};
  EXPECT_THROW(store->write({&work, 1}), Undone);
  EXPECT_FALSE(read(*store, site, [](Session& s) { return s.get(Kind::tier, guid(1)); }));
}

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsRefused) {
  {
    FILE* file = fopen(path_.c_str(), "w");
    ASSERT_NE(file, nullptr);
    for (int i = 0; i < 1'000; ++i) {
      fputs("not a database ", file);
    }
    fclose(file);
  }
  EXPECT_THROW(open(), Corrupt);
}

/// How SQLite means to answer.
std::string plan_of(Connection& connection, const sqlite::Selection& selection) {
  std::string plan;
  Cursor rows = connection.query_built("EXPLAIN QUERY PLAN " + selection.sql, selection.values);
  while (rows.next()) {
    plan += rows.text(3) + "; ";
  }
  return plan;
}

TEST_F(SqliteStoreTest, CommonQuestionsFindTheirIndex) {
  open();
  Connection raw{path_, Connection::Role::writer};
  const sqlite::Collection coupons = {"id", 1, "document WHERE tenant = ? AND kind = 10",
                                      sqlite::document_column};
  const sqlite::Collection accounts = {"id", 1, "account WHERE tenant = ? AND merged_into IS NULL",
                                       sqlite::account_column};
  const sqlite::Collection transactions = {
      "id", 1, "entry WHERE tenant = ? AND transaction_type IS NOT NULL",
      sqlite::transaction_column};
  const Sort newest{{"createdDate", ValueType::instant}, true};
  const auto of = [](std::string_view path) {
    return Filter{Filter::Op::eq, {path, ValueType::text}, {"x"}, {}};
  };
  const auto plan = [&](const sqlite::Collection& from, Filter filter) {
    return plan_of(raw, select_page(from, site, {.filter = std::move(filter), .sort = {newest}}));
  };
  EXPECT_NE(plan(coupons, of("accountId")).find("coupon_account"), std::string::npos)
      << plan(coupons, of("accountId"));
  const sqlite::Collection orders = {"id", 1, "document WHERE tenant = ? AND kind = 14",
                                     sqlite::document_column};
  EXPECT_NE(plan(orders, of("contactId")).find("order_contact"), std::string::npos);
  const sqlite::Collection checkouts = {"id", 1, "document WHERE tenant = ? AND kind = 12",
                                        sqlite::document_column};
  const FieldRef due{"dueAt", ValueType::instant};
  const std::string by_clock = plan_of(
      raw,
      select_page(checkouts, site,
                  {.filter = {Filter::Op::le, due, {at(0).ms()}, {}}, .sort = {{due, false}}}));
  EXPECT_NE(by_clock.find("checkout_due"), std::string::npos) << by_clock;
  const auto in_order = [](const std::string& text, const char* index) {
    return text.find(index) != std::string::npos && text.find("B-TREE") == std::string::npos;
  };
  EXPECT_TRUE(in_order(plan(coupons, {}), "document_created")) << plan(coupons, {});
  EXPECT_TRUE(in_order(plan(accounts, {}), "account_created")) << plan(accounts, {});
  EXPECT_TRUE(in_order(plan(transactions, {}), "entry_at")) << plan(transactions, {});
  EXPECT_NE(plan(transactions, of("accountId")).find("account=?"), std::string::npos)
      << plan(transactions, of("accountId"));
}

}  // namespace
}  // namespace loyalty::store
