#include "native/store/sqlite/migrations.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "native/store/session.h"
#include "native/store/sqlite/connection.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store::sqlite {
namespace {

class MigrationsTest : public testing::Test {
 protected:
  std::string schema() {
    std::string text;
    Cursor rows = connection_.query(
        "SELECT type || name || coalesce(sql, '') FROM sqlite_schema"
        " ORDER BY 1");
    while (rows.next()) {
      text += rows.text(0) + "\n";
    }
    return text;
  }
  std::int64_t steps() {
    Cursor row = connection_.query("SELECT count(*) FROM migration");
    return row.next() ? row.integer(0) : -1;
  }

  Folder folder_;
  Connection connection_{folder_.file("m.db"), Connection::Role::writer};
};

const Migration first = {1, "first", "CREATE TABLE a (x INTEGER) STRICT;"};
const Migration second = {2, "second",
                          "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1);"};

TEST_F(MigrationsTest, NumbersHaveNoGaps) {
  int expected = 0;
  for (const Migration& migration : all_migrations()) {
    EXPECT_EQ(migration.number, ++expected);
    EXPECT_FALSE(migration.sql.empty());
  }
  EXPECT_GT(expected, 0);
}

TEST_F(MigrationsTest, TwiceIsTheSameAsOnce) {
  migrate(connection_, all_migrations());
  const std::string once = schema();
  migrate(connection_, all_migrations());
  EXPECT_EQ(schema(), once);
}

TEST_F(MigrationsTest, OnlyTheMissingStepsAreApplied) {
  const std::vector<Migration> both = {first, second};
  migrate(connection_, std::span{both}.first(1));
  EXPECT_EQ(steps(), 1);
  migrate(connection_, both);
  EXPECT_EQ(steps(), 2);
  Cursor rows = connection_.query("SELECT count(*) FROM b");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 1);
}

TEST_F(MigrationsTest, TheFileOfANewerProgramIsRefused) {
  const std::vector<Migration> both = {first, second};
  migrate(connection_, both);
  EXPECT_THROW(migrate(connection_, std::span{both}.first(1)), Unavailable);
}

TEST_F(MigrationsTest, AStepThatWasAnotherIsRefused) {
  const std::vector<Migration> before = {first};
  migrate(connection_, before);
  std::vector<Migration> after = {first, second};
  after[0].sql = "CREATE TABLE a (x TEXT) STRICT;";
  EXPECT_THROW(migrate(connection_, after), Corrupt);
  EXPECT_EQ(steps(), 1);
}

TEST_F(MigrationsTest, AStepThatFailsLeavesNothing) {
  const std::vector<Migration> good = {first};
  migrate(connection_, good);
  const std::string before = schema();
  const std::vector<Migration> bad = {
      first, {2, "bad", "CREATE TABLE c (x INTEGER); INSERT INTO d VALUES (1);"}};
  EXPECT_ANY_THROW(migrate(connection_, bad));
  EXPECT_EQ(schema(), before);
  EXPECT_FALSE(connection_.in_transaction());
  const std::vector<Migration> mended = {first, second};
  migrate(connection_, mended);
  EXPECT_EQ(steps(), 2);
}

TEST_F(MigrationsTest, TheFileOfAnotherProgramIsLeftAlone) {
  connection_.run_script("CREATE TABLE theirs (x INTEGER)");
  const std::string before = schema();
  EXPECT_THROW(migrate(connection_, all_migrations()), Corrupt);
  EXPECT_EQ(schema(), before);
}

}  // namespace
}  // namespace loyalty::store::sqlite
