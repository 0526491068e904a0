#include "native/serve/scheduler.h"

#include <future>

#include <gtest/gtest.h>

#include "native/serve/all_routes.h"
#include "tests/api/bench.h"

namespace loyalty::serve {
namespace {

using service::Call;

/// What the works of the tests have seen. One test at a time.
struct Seen {
  std::mutex mutex;
  std::vector<std::int64_t> times;
  int left = 0;
  int broken = 0;
};
Seen& seen() {
  static Seen kept;
  return kept;
}

std::size_t note_time(Call& call, std::size_t) {
  const std::lock_guard lock{seen().mutex};
  seen().times.push_back(call.now.ms());
  return 0;
}

/// Has something to do until nothing is left.
std::size_t use_up(Call&, std::size_t limit) {
  const std::lock_guard lock{seen().mutex};
  const int done = std::min<int>(static_cast<int>(limit), seen().left);
  seen().left -= done;
  return static_cast<std::size_t>(done);
}

std::size_t break_down(Call&, std::size_t) {
  const std::lock_guard lock{seen().mutex};
  ++seen().broken;
  throw std::runtime_error("broken");
}

class Schedule : public testing::Test {
 protected:
  Schedule() : bench{all_routes(false)}, site{bench.add_site()}, clock{Instant::from_ms(start_ms)} {
    const std::lock_guard lock{seen().mutex};
    seen().times.clear();
    seen().left = 0;
    seen().broken = 0;
  }

  void start(std::vector<service::DueWork> works) {
    scheduler =
        std::make_unique<Scheduler>(Scheduler::Parts{.store = *bench.store,
                                                     .queue = *bench.queue,
                                                     .catalogs = bench.catalogs,
                                                     .ids = *bench.ids,
                                                     .directory = bench.dispatcher.directory(),
                                                     .log = bench.log,
                                                     .clock = clock,
                                                     .works = std::move(works)});
  }
  std::exception_ptr move(Duration by) {
    std::promise<std::exception_ptr> ended;
    scheduler->move_clock(clock.now() + by,
                          [&](const std::exception_ptr& thrown) { ended.set_value(thrown); });
    return ended.get_future().get();
  }

  static constexpr std::int64_t start_ms = 1'768'471'200'000;
  test::Bench bench;
  test::TestSite site;
  ServerClock clock;
  std::unique_ptr<Scheduler> scheduler;
};

TEST_F(Schedule, PassesThroughTheTimeBetween) {
  start({note_time});
  ASSERT_EQ(move(Duration::days(30)), nullptr);
  EXPECT_EQ(clock.now().ms(), start_ms + 30 * 86'400'000LL);
  const std::lock_guard lock{seen().mutex};
  EXPECT_GE(seen().times.size(), 300U);
  EXPECT_TRUE(std::is_sorted(seen().times.begin(), seen().times.end()));
  EXPECT_EQ(seen().times.back(), clock.now().ms());
}

TEST_F(Schedule, CatchesUpWithAllThatIsDueBeforeItAnswers) {
  seen().left = 777;
  start({use_up});
  ASSERT_EQ(move(Duration::seconds(1)), nullptr);
  const std::lock_guard lock{seen().mutex};
  EXPECT_EQ(seen().left, 0);
  EXPECT_EQ(scheduler->done(), 777);
}

TEST_F(Schedule, OneBrokenWorkStopsNoOther) {
  seen().left = 5;
  start({break_down, use_up});
  ASSERT_EQ(move(Duration::seconds(1)), nullptr);
  const std::lock_guard lock{seen().mutex};
  EXPECT_EQ(seen().left, 0);
  EXPECT_GT(seen().broken, 0);
}

TEST_F(Schedule, TimeNeverRunsBackwards) {
  start({});
  EXPECT_NE(move(Duration::seconds(-1)), nullptr);
  EXPECT_EQ(clock.now().ms(), start_ms);
}

TEST_F(Schedule, LooksAtASiteSoonAfterItWasWrittenTo) {
  start({note_time});
  ASSERT_EQ(move(Duration{}), nullptr);
  std::size_t before = 0;
  {
    const std::lock_guard lock{seen().mutex};
    before = seen().times.size();
  }
  scheduler->written(site.site.tenant);
  for (int i = 0; i < 200; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
    const std::lock_guard lock{seen().mutex};
    if (seen().times.size() > before) {
      return;
    }
  }
  FAIL() << "nobody looked";
}

TEST_F(Schedule, AMoveAfterTheEndIsRefused) {
  start({});
  scheduler->stop();
  EXPECT_NE(move(Duration::seconds(1)), nullptr);
}

TEST(ServerClock, TheMachinesClockNeverRunsBackwards) {
  ServerClock clock;
  Instant last = clock.now();
  for (int i = 0; i < 1'000; ++i) {
    const Instant now = clock.now();
    EXPECT_GE(now, last);
    last = now;
  }
  EXPECT_FALSE(clock.move_to(last + Duration::days(1)));
}

}  // namespace
}  // namespace loyalty::serve
