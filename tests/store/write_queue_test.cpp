#include "native/store/write_queue.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

/// Answers write() as a test wants; nothing else is asked of it.
class ScriptedStore final : public Store {
 public:
  std::function<void(std::span<Work>)> on_write = [](std::span<Work>) {};

  void read(TenantId, const std::function<void(Session&)>&) override {}
  void write(std::span<Work> batch) override {
    sizes.push_back(batch.size());
    on_write(batch);
  }
  bool healthy() override { return true; }
  void back_up(const std::string&) override {}

  std::vector<std::size_t> sizes;
};

/// Opens once.
class Gate {
 public:
  void open() {
    const std::lock_guard lock{mutex_};
    is_open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock{mutex_};
    opened_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

std::string what_of(const std::exception_ptr& failure) {
  if (failure == nullptr) {
    return "done";
  }
  try {
    std::rethrow_exception(failure);
  } catch (const Undone&) {
    return "undone";
  } catch (const Unavailable&) {
    return "unavailable";
  } catch (const std::exception& error) {
    return error.what();
  }
}

/// Pushes `count` works while the writer is busy with a first one, so that they make one batch.
std::vector<std::string> answers_of_one_batch(ScriptedStore& store, std::size_t count,
                                              WriteQueue::Options options = {}) {
  std::vector<std::string> answers(count);
  const auto then = store.on_write;
  Gate busy;
  Gate filled;
  store.on_write = [&, is_first = true](std::span<Work> batch) mutable {
    if (!std::exchange(is_first, false)) {
      then(batch);
      return;
    }
    busy.open();
    filled.wait();
  };
  {
    WriteQueue queue{store, options};
    queue.push(
        site, [](Session&) {}, [](const std::exception_ptr&) {});
    busy.wait();
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_TRUE(queue.push(
          static_cast<TenantId>(i), [](Session&) {},
          [&answers, i](const std::exception_ptr& failure) {
            EXPECT_EQ(answers[i], "");
            answers[i] = what_of(failure);
          }));
    }
    filled.open();
  }
  return answers;
}

using Answers = std::vector<std::string>;

TEST(WriteQueue, WhatWaitsIsCommittedTogether) {
  ScriptedStore store;
  EXPECT_EQ(answers_of_one_batch(store, 5), Answers(5, "done"));
  EXPECT_EQ(store.sizes, (std::vector<std::size_t>{1, 5}));
}

TEST(WriteQueue, ABatchHasItsLimit) {
  ScriptedStore store;
  answers_of_one_batch(store, 5, {.waiting_max = 100, .batch_max = 2});
  EXPECT_EQ(store.sizes, (std::vector<std::size_t>{1, 2, 2, 1}));
}

TEST(WriteQueue, EachIsToldItsOwnFailure) {
  ScriptedStore store;
  store.on_write = [](std::span<Work> batch) {
    batch[1].failure = std::make_exception_ptr(std::runtime_error{"mine"});
  };
  EXPECT_EQ(answers_of_one_batch(store, 3), (Answers{"done", "mine", "done"}));
}

TEST(WriteQueue, AnUnknownOutcomeIsUnavailableForAllAndNothingIsRepeated) {
  ScriptedStore store;
  store.on_write = [](std::span<Work> batch) {
    batch[1].failure = std::make_exception_ptr(std::runtime_error{"by what may be undone"});
    throw Unavailable{"disk"};
  };
  EXPECT_EQ(answers_of_one_batch(store, 3), Answers(3, "unavailable"));
  EXPECT_EQ(store.sizes, (std::vector<std::size_t>{1, 3}));
}

TEST(WriteQueue, AnUndoneBatchIsRedoneOneByOne) {
  ScriptedStore store;
  store.on_write = [](std::span<Work> batch) {
    const bool has_culprit = batch.front().tenant <= 1 && batch.back().tenant >= 1;
    if (has_culprit) {
      throw Undone{"full"};
    }
    if (batch.front().tenant == 2) {
      batch[0].failure = std::make_exception_ptr(std::runtime_error{"mine"});
    }
  };
  EXPECT_EQ(answers_of_one_batch(store, 4), (Answers{"done", "undone", "mine", "done"}));
  EXPECT_EQ(store.sizes, (std::vector<std::size_t>{1, 4, 1, 1, 1, 1}));
}

TEST(WriteQueue, TooMuchWaitingIsRefusedAtOnce) {
  ScriptedStore store;
  Gate busy;
  Gate end;
  store.on_write = [&](std::span<Work>) {
    busy.open();
    end.wait();
  };
  std::atomic<int> told = 0;
  {
    WriteQueue queue{store, {.waiting_max = 2, .batch_max = 256}};
    const auto push = [&] {
      return queue.push(
          site, [](Session&) {}, [&](const std::exception_ptr&) { ++told; });
    };
    EXPECT_TRUE(push());
    busy.wait();
    EXPECT_TRUE(push());
    EXPECT_TRUE(push());
    EXPECT_FALSE(push());
    EXPECT_EQ(queue.counters().waiting, 2u);
    EXPECT_THROW(queue.run(site, [](Session&) {}), Unavailable);
    end.open();
  }
  EXPECT_EQ(told, 3);
}

TEST(WriteQueue, RunThrowsWhatTheWorkThrows) {
  const Folder folder;
  const auto store = all_stores().front().open(folder.path());
  WriteQueue queue{*store, {}};
  queue.run(site, [](Session& s) { s.insert(Kind::tier, document(1)); });
  EXPECT_THROW(queue.run(site, [](Session& s) { s.insert(Kind::tier, document(1)); }), Duplicate);
  EXPECT_TRUE(read(*store, site, [](Session& s) { return s.get(Kind::tier, guid(1)); }));
}

TEST(WriteQueue, ManyThreadsLoseNothingAndBatchesAreShared) {
  const Folder folder;
  const auto store = all_stores().front().open(folder.path());
  write(*store, site, [](Session& s) { s.insert(account(1)); });
  constexpr int threads = 8;
  constexpr int each = 50;
  {
    WriteQueue queue{*store, {}};
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t) {
      callers.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          queue.run(site, [&](Session& s) {
            Mover{s, guid(1)}.earn(1, std::to_string(t) + ":" + std::to_string(i));
          });
        }
      });
    }
    for (std::thread& caller : callers) {
      caller.join();
    }
    EXPECT_EQ(queue.counters().works, static_cast<std::uint64_t>(threads * each));
    EXPECT_LT(queue.counters().batches, static_cast<std::uint64_t>(threads * each));
  }
  EXPECT_EQ(read(*store, site, [](Session& s) { return s.account(guid(1))->available; }),
            Points::of(threads * each));
}

}  // namespace
}  // namespace loyalty::store
