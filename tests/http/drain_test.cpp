#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "native/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/served.h"

namespace loyalty::http {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Holds exchanges until a test lets them go.
class Held {
 public:
  Server::Handler handler() {
    return [this](Exchange exchange) {
      const std::lock_guard lock(mutex_);
      held_.push_back(std::move(exchange));
    };
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }
  void answer_all() {
    const std::lock_guard lock(mutex_);
    for (Exchange& exchange : held_) {
      exchange.answer({.body = "late"});
    }
    held_.clear();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Exchange> held_;
};

TEST(Drain, EndsAtOnceWhereNothingIsUnderWay) {
  Server server(test_options(), echo);
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 20; ++i) {
    idle.push_back(std::make_unique<RawClient>(server.port()));
    idle.back()->send(request_of("GET", "/"));
    ASSERT_TRUE(idle.back()->answer());
  }
  const auto begun = Clock::now();
  EXPECT_TRUE(server.stop(long_grace));
  EXPECT_LT(Clock::now() - begun, milliseconds(1000));
  for (const auto& client : idle) {
    EXPECT_TRUE(client->ends());
  }
}

TEST(Drain, LetsARequestUnderWayBeAnsweredAndClosesIdleConnectionsMeanwhile) {
  Held held;
  Server server(test_options(), held.handler());
  RawClient idle(server.port());
  RawClient waiting(server.port());
  waiting.send(request_of("GET", "/"));
  ASSERT_TRUE(eventually([&] { return held.size() == 1; }));
  auto stopped = std::async(std::launch::async, [&] { return server.stop(long_grace); });
  EXPECT_TRUE(idle.ends());
  EXPECT_EQ(stopped.wait_for(milliseconds(50)), std::future_status::timeout);
  EXPECT_THROW(RawClient(server.port()), std::runtime_error);
  held.answer_all();
  const auto answer = waiting.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "late");
  EXPECT_EQ(answer->field("connection"), "close");
  waiting.close();
  EXPECT_TRUE(stopped.get());
}

TEST(Drain, LetsARequestThatHasBegunToArriveBeAnswered) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send("GET /half HTTP/1.1\r\nHo");
  ASSERT_TRUE(eventually([&] { return server.counters().connections == 1; }));
  std::this_thread::sleep_for(milliseconds(30));
  auto stopped = std::async(std::launch::async, [&] { return server.stop(long_grace); });
  std::this_thread::sleep_for(milliseconds(30));
  client.send("st: a\r\n\r\n");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "GET /half  ");
  EXPECT_EQ(answer->field("connection"), "close");
  client.close();
  EXPECT_TRUE(stopped.get());
}

TEST(Drain, LetsALargeAnswerBeReadToItsEnd) {
  const auto file = std::make_shared<const std::string>(std::string(20'000'000, 'a'));
  Server server(test_options(), [&](Exchange exchange) { exchange.answer({.file = file}); });
  RawClient client(server.port(), 4096);
  client.send(request_of("GET", "/"));
  ASSERT_TRUE(eventually([&] { return server.counters().requests == 1; }));
  auto stopped = std::async(std::launch::async, [&] { return server.stop(long_grace); });
  std::this_thread::sleep_for(milliseconds(30));
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.size(), file->size());
  client.close();
  EXPECT_TRUE(stopped.get());
}

TEST(Drain, CutsWhatTakesLongerThanTheGraceAndSaysSo) {
  Held held;
  Server server(test_options(), held.handler());
  RawClient client(server.port());
  client.send(request_of("GET", "/"));
  ASSERT_TRUE(eventually([&] { return held.size() == 1; }));
  const auto begun = Clock::now();
  EXPECT_FALSE(server.stop(milliseconds(100)));
  EXPECT_LT(Clock::now() - begun, milliseconds(1000));
  EXPECT_TRUE(client.ends());
  held.answer_all();  // nobody is left to hear it
}

TEST(Drain, IsSafeWhereAnswersComeAfterTheServerIsGone) {
  Held held;
  auto server = std::make_unique<Server>(test_options(), held.handler());
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<RawClient>(server->port()));
    clients.back()->send(request_of("GET", "/"));
  }
  ASSERT_TRUE(eventually([&] { return held.size() == 10; }));
  server.reset();
  held.answer_all();
}

TEST(Drain, MayBeAskedForTwice) {
  Server server(test_options(), echo);
  EXPECT_TRUE(server.stop(long_grace));
  EXPECT_TRUE(server.stop(long_grace));
}

TEST(Drain, LosesNoRequestUnderLoad) {
  std::atomic<std::uint64_t> answered = 0;
  Server server(test_options(), [&](Exchange exchange) {
    ++answered;
    echo(std::move(exchange));
  });
  std::atomic<std::uint64_t> received = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    // Connected here: a thread that starts late would find nobody listening any more.
    threads.emplace_back([&, client = std::make_shared<RawClient>(server.port())] {
      while (client->send(request_of("GET", "/")) && client->answer()) {
        ++received;
      }
    });
  }
  ASSERT_TRUE(eventually([&] { return received > 100; }));
  EXPECT_TRUE(server.stop(long_grace));
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(received.load(), answered.load());
}

}  // namespace
}  // namespace loyalty::http
