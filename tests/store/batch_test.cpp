#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

class BatchTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, BatchTest, testing::ValuesIn(all_stores()), name_of_store);

TEST_P(BatchTest, AFailingWorkIsUndoneAndTheOthersStay) {
  std::vector<Work> works;
  for (int i = 0; i < 5; ++i) {
    works.push_back({site,
                     [i](Session& s) {
                       s.insert(Kind::coupon, document(i));
                       s.emit({});
                       if (i == 2) {
                         throw std::runtime_error{"number 2"};
                       }
                     },
                     nullptr});
  }
  store().write(works);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(works[static_cast<std::size_t>(i)].failure != nullptr, i == 2);
  }
  EXPECT_THROW(std::rethrow_exception(works[2].failure), std::runtime_error);
  read([](Session& s) {
    EXPECT_EQ(s.count(Kind::coupon, {}), 4);
    EXPECT_FALSE(s.get(Kind::coupon, guid(2)));
    EXPECT_EQ(s.events(0, 10).size(), 4u);
    return 0;
  });
}

TEST_P(BatchTest, AWorkThatBreaksAConstraintLeavesTheOthers) {
  AccountRow bad = account(1);
  bad.held = Points::of(-1);
  Work works[] = {{site, [](Session& s) { s.insert(account(2)); }, nullptr},
                  {site, [&](Session& s) { s.insert(bad); }, nullptr},
                  {other_site, [](Session& s) { s.insert(account(3)); }, nullptr}};
  store().write(works);
  EXPECT_EQ(works[0].failure, nullptr);
  EXPECT_THROW(std::rethrow_exception(works[1].failure), Corrupt);
  EXPECT_EQ(works[2].failure, nullptr);
  EXPECT_EQ(read([](Session& s) { return s.count_accounts({}); }), 1);
}

TEST_P(BatchTest, LaterWorksSeeWhatEarlierOnesDid) {
  Work works[] = {
      {site, [](Session& s) { s.insert(Kind::tier, document(1)); }, nullptr},
      {site, [](Session& s) { EXPECT_TRUE(s.get(Kind::tier, guid(1))); }, nullptr},
      {other_site, [](Session& s) { EXPECT_FALSE(s.get(Kind::tier, guid(1))); }, nullptr}};
  store().write(works);
  for (const Work& work : works) {
    EXPECT_EQ(work.failure, nullptr);
  }
}

TEST_P(BatchTest, WhatWasWrittenIsThereAfterReopening) {
  write([](Session& s) { s.insert(Kind::tier, document(1)); });
  reopen();
  EXPECT_TRUE(read([](Session& s) { return s.get(Kind::tier, guid(1)); }));
}

TEST_P(BatchTest, AnAttemptThatFailsIsUndoneAloneAndItsErrorGoesOn) {
  write([](Session& s) {
    s.insert(Kind::tier, document(1));
    EXPECT_THROW(s.attempt([&] {
      s.insert(Kind::tier, document(2, "{}", {{"name", "B"}}));
      s.attempt([&] { s.insert(Kind::tier, document(3)); });
      s.remove(Kind::tier, guid(1));
      throw std::out_of_range{"no"};
    }),
                 std::out_of_range);
    EXPECT_TRUE(s.get(Kind::tier, guid(1)));
    EXPECT_FALSE(s.find(Kind::tier, "name", "B"));
    s.attempt([&] {
      s.insert(Kind::tier, document(4));
      EXPECT_THROW(s.attempt([&] {
        s.insert(Kind::tier, document(5));
        throw std::out_of_range{"no"};
      }),
                   std::out_of_range);
    });
  });
  read([](Session& s) {
    EXPECT_EQ(s.count(Kind::tier, {}), 2);
    EXPECT_TRUE(s.get(Kind::tier, guid(4)));
    return 0;
  });
}

TEST_P(BatchTest, AReaderSeesOneMomentOfTime) {
  write([](Session& s) { s.insert(Kind::tier, document(1)); });
  read([&](Session& before) {
    EXPECT_EQ(before.count(Kind::tier, {}), 1);
    write([](Session& s) { s.insert(Kind::tier, document(2)); });
    EXPECT_EQ(before.count(Kind::tier, {}), 1);
    EXPECT_EQ(read([](Session& now) { return now.count(Kind::tier, {}); }), 2);
    return 0;
  });
}

TEST_P(BatchTest, ReadersAndTheWriterWorkAtTheSameTime) {
  write([](Session& s) {
    s.insert(Kind::tier, document(1, R"({"n":0})"));
    s.insert(Kind::tier, document(2, R"({"n":0})"));
  });
  std::atomic<bool> stop = false;
  std::atomic<int> reads = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        read([&](Session& s) {
          EXPECT_EQ(s.get(Kind::tier, guid(1))->body, s.get(Kind::tier, guid(2))->body);
          ++reads;
          return 0;
        });
      }
    });
  }
  for (int n = 1; n <= 50 || reads < 20; ++n) {
    write([&](Session& s) {
      for (const int number : {1, 2}) {
        Document changed = s.get(Kind::tier, guid(number)).value();
        ++changed.revision;
        changed.body = R"({"n":)" + std::to_string(n) + "}";
        s.update(Kind::tier, changed);
      }
    });
  }
  stop = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
}

TEST_P(BatchTest, AReadersErrorGoesOnAndTheNextReadWorks) {
  EXPECT_THROW(read([](Session&) -> int { throw std::out_of_range{"no"}; }), std::out_of_range);
  EXPECT_EQ(read([](Session& s) { return s.count(Kind::tier, {}); }), 0);
}

TEST_P(BatchTest, AnOpenStoreIsHealthy) {
  EXPECT_TRUE(store().healthy());
  store().write({});
  EXPECT_TRUE(store().healthy());
}

TEST_P(BatchTest, ABackupIsWholeAndCanBeOpened) {
  write([](Session& s) {
    for (int i = 0; i < 50; ++i) {
      s.insert(account(i));
      Mover{s, guid(i)}.earn(10, "e" + std::to_string(i));
    }
  });
  const Folder copy;
  store().back_up(copy.file("store.db"));
  write([](Session& s) { s.insert(account(100)); });
  const auto restored = GetParam().open(copy.path());
  EXPECT_EQ(store::read(*restored, site, [](Session& s) { return s.count_accounts({}); }), 50);
  EXPECT_EQ(store::read(*restored, site, [](Session& s) { return s.totals().balance; }),
            Points::of(500));
  store::write(*restored, site, [](Session& s) { s.insert(account(200)); });
  EXPECT_THROW(store().back_up(copy.file("store.db")), Unavailable);
}

}  // namespace
}  // namespace loyalty::store
