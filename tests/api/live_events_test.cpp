#include "native/api/live_events.h"

#include <chrono>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "native/service/events.h"
#include "native/wire/refused.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

using api::Audience;
using api::LiveEvents;
using std::chrono::milliseconds;

/// The sending end of a stream whose client takes as much as the test says.
class FakeStream final : public http::Exchange::Stream {
 public:
  bool send(std::string event) override {
    const std::lock_guard lock{mutex_};
    if (!open_) {
      return false;
    }
    text_ += event;
    sent_ += event.size();
    return true;
  }
  bool has_room(std::size_t bytes) const override {
    const std::lock_guard lock{mutex_};
    return sent_ + bytes <= room_;
  }
  bool open() const override {
    const std::lock_guard lock{mutex_};
    return open_;
  }
  void close() override {
    const std::lock_guard lock{mutex_};
    open_ = false;
  }
  void give_room(std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    room_ = bytes;
  }
  std::string text() const {
    const std::lock_guard lock{mutex_};
    return text_;
  }
  /// Names of the events so far: `hello member`.
  std::string names() const { return values("event: "); }
  std::string ids() const { return values("id: "); }

 private:
  std::string values(const std::string& field) const {
    const std::string all = text();
    std::string found;
    for (std::size_t at = all.find(field); at != std::string::npos; at = all.find(field, at + 1)) {
      const std::size_t begin = at + field.size();
      found += (found.empty() ? "" : " ") + all.substr(begin, all.find('\n', begin) - begin);
    }
    return found;
  }

  mutable std::mutex mutex_;
  std::string text_;
  std::size_t sent_ = 0;
  std::size_t room_ = 1'000'000'000;
  bool open_ = true;
};
using StreamPtr = std::shared_ptr<FakeStream>;

bool eventually(const std::function<bool()>& fits) {
  for (int i = 0; i < 500; ++i) {
    if (fits()) {
      return true;
    }
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

class Live : public testing::Test {
 protected:
  Live() : site{bench.add_site()} {}

  void start(LiveEvents::Options options = {}) {
    options.check = milliseconds(20);
    live = std::make_unique<LiveEvents>(
        LiveEvents::Parts{.store = *bench.store,
                          .catalogs = bench.catalogs,
                          .log = bench.log,
                          .now = [this] { return Instant::from_ms(bench.now_ms); }},
        options);
  }

  StreamPtr listen(
      std::string principal, std::string contact, std::optional<std::int64_t> after,
      std::function<bool(Instant)> may_listen = [](Instant) { return true; }) {
    auto stream = std::make_shared<FakeStream>();
    Audience audience;
    audience.tenant = tenant();
    audience.principal = std::move(principal);
    audience.contact_id = std::move(contact);
    audience.may_listen = std::move(may_listen);
    live->open(std::move(audience), after, [&] { return stream; });
    return stream;
  }
  StreamPtr staff(std::optional<std::int64_t> after = {}) { return listen("app:a", "", after); }
  StreamPtr member(std::string contact, std::optional<std::int64_t> after = {}) {
    return listen("member:" + contact, contact, after);
  }

  store::TenantId tenant() const { return site.site.tenant; }

  /// Commits events about accounts in one transaction, as if contact `c` had the account `a-c`.
  void commit(const std::vector<std::string>& contacts, int times = 1) {
    bench.run(tenant(), [&](service::Call& call) {
      for (int i = 0; i < times; ++i) {
        for (const std::string& contact : contacts) {
          service::emit_text(call, "wix.loyalty.v1.account", "created", service::EventKind::created,
                             "a-" + contact, R"({"contactId":")" + contact + R"("})");
        }
      }
    });
    live->written(tenant());
  }
  std::int64_t last() {
    std::int64_t sequence = 0;
    bench.store->read(tenant(), [&](store::Session& session) { sequence = session.last_event(); });
    return sequence;
  }
  static std::string range(std::int64_t from, std::int64_t to) {
    std::string text = std::to_string(from);
    for (std::int64_t i = from + 1; i <= to; ++i) {
      text += " " + std::to_string(i);
    }
    return text;
  }

  Bench bench{plain_routes()};
  TestSite site;
  std::unique_ptr<LiveEvents> live;
};

TEST_F(Live, WhatIsCommittedTogetherIsToldAMemberTogether) {
  start();
  const StreamPtr ann = member("ann");
  const StreamPtr bob = member("bob");
  const std::int64_t before = last();
  commit({"ann", "cleo", "ann"});
  EXPECT_TRUE(eventually([&] { return ann->names() == "hello member"; })) << ann->text();
  EXPECT_EQ(ann->ids(), std::to_string(before) + " " + std::to_string(before + 3));
  commit({"bob"});
  EXPECT_TRUE(eventually([&] { return bob->names() == "hello member"; })) << bob->text();
  EXPECT_EQ(ann->names(), "hello member");
}

TEST_F(Live, StaffIsToldEverythingOnceAndInOrder) {
  start();
  const StreamPtr all = staff(0);
  const StreamPtr news = staff();
  const std::int64_t before = last();
  commit({"ann"}, 1'700);  // several pages
  const std::string expected = range(1, before + 1'700);
  EXPECT_TRUE(
      eventually([&] { return all->ids().ends_with(" " + std::to_string(before + 1'700)); }));
  EXPECT_EQ(all->ids(), std::to_string(0) + " " + expected);
  EXPECT_TRUE(eventually([&] { return news->ids() == range(before, before + 1'700); }));
}

TEST_F(Live, WhoReadsSlowlyHoldsNobodyUpAndMissesNothing) {
  start();
  const StreamPtr slow = staff();
  const StreamPtr lazy = member("ann");
  const StreamPtr quick = staff();
  const std::int64_t before = last();
  slow->give_room(5'000);
  lazy->give_room(0);
  commit({"ann"}, 200);
  EXPECT_TRUE(eventually([&] { return quick->ids() == range(before, before + 200); }));
  EXPECT_LT(slow->text().size(), 5'001U);
  EXPECT_EQ(lazy->names(), "hello");
  commit({"ann"});
  slow->give_room(1'000'000);
  lazy->give_room(1'000'000);
  EXPECT_TRUE(eventually([&] { return slow->ids() == range(before, before + 201); }));
  EXPECT_TRUE(eventually([&] { return lazy->names() == "hello member"; }));
  EXPECT_EQ(lazy->ids(), std::to_string(before) + " " + std::to_string(before + 201));
}

TEST_F(Live, WhoWasAwayForLongHearsThatItWas) {
  LiveEvents::Options options;
  options.missed_max = 10;
  start(options);
  commit({"ann"}, 20);
  const StreamPtr late = member("bob", last() - 11);
  EXPECT_TRUE(eventually([&] { return late->names() == "hello member"; }));
  EXPECT_NE(late->text().find(R"("reason":"resumed")"), std::string::npos);
  EXPECT_EQ(late->ids(), std::to_string(last()));
  const StreamPtr soon = member("bob", last() - 10);
  const StreamPtr ann = member("ann", last() - 10);
  EXPECT_TRUE(eventually([&] { return ann->names() == "hello member"; }));
  EXPECT_EQ(soon->names(), "hello");
}

TEST_F(Live, TooManyAreRefusedUntilOneGoes) {
  LiveEvents::Options options;
  options.per_caller_max = 2;
  options.per_site_max = 3;
  start(options);
  const StreamPtr first = member("ann");
  const StreamPtr second = member("ann");
  EXPECT_THROW(member("ann"), wire::Refused);
  const StreamPtr third = member("bob");
  EXPECT_THROW(member("cleo"), wire::Refused);
  first->close();
  EXPECT_TRUE(eventually([&] { return live->open_streams() == 2; }));
  EXPECT_NO_THROW(member("ann"));
}

TEST_F(Live, WhoMayNoLongerListenIsCutOff) {
  start();
  std::atomic<bool> may = true;
  const StreamPtr stream = listen("member:ann", "ann", {}, [&may](Instant) { return may.load(); });
  const StreamPtr other = member("bob");
  may = false;
  EXPECT_TRUE(eventually([&] { return !stream->open(); }));
  EXPECT_TRUE(other->open());
}

TEST_F(Live, TheEndClosesEverything) {
  start();
  const StreamPtr stream = member("ann");
  live->stop();
  EXPECT_FALSE(stream->open());
  EXPECT_EQ(live->open_streams(), 0U);
  EXPECT_THROW(member("bob"), wire::Refused);
}

}  // namespace
}  // namespace loyalty::test
