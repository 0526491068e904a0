#include <memory>
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

Options quick_options() {
  Options options = test_options();
  options.message_deadline = milliseconds(150);
  options.idle_deadline = milliseconds(400);
  options.write_deadline = milliseconds(200);
  options.linger_deadline = milliseconds(200);
  return options;
}

TEST(SlowClients, AreToldWhenAHeadDoesNotArrive) {
  Server server(quick_options(), echo);
  RawClient client(server.port());
  client.send("GET / HT");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_NE(answer->body.find("REQUEST_TIMEOUT"), std::string::npos);
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(server.counters().refused, 1U);
}

TEST(SlowClients, AreToldWhenABodyDoesNotArrive) {
  Server server(quick_options(), echo);
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
  EXPECT_EQ(client.answer()->status, 408);
}

TEST(SlowClients, GainNothingBySendingAByteNowAndThen) {
  Server server(quick_options(), echo);
  RawClient client(server.port());
  const auto begun = Clock::now();
  std::string_view bytes = "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  while (!bytes.empty() && client.send(bytes.substr(0, 1)) && client.read_some(1) == 0) {
    bytes.remove_prefix(1);
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_FALSE(bytes.empty());
  EXPECT_LT(Clock::now() - begun, milliseconds(1000));
}

TEST(SlowClients, HaveADeadlineOfTheirOwnForARequestBehindAnother) {
  Options options = quick_options();
  options.idle_deadline = milliseconds(60'000);
  Server server(options, echo);
  RawClient client(server.port());
  // The second begins in the same bytes as the end of the first.
  client.send("GET / HTTP/1.1\r\nHo");
  std::this_thread::sleep_for(milliseconds(10));
  client.send("st: a\r\n\r\nGET /second HTT");
  EXPECT_EQ(client.answer()->status, 200);
  EXPECT_EQ(client.answer()->status, 408);
}

TEST(SlowClients, AreClosedWhenIdleWithoutAWord) {
  Server server(quick_options(), echo);
  RawClient silent(server.port());
  RawClient idle(server.port());
  idle.send(request_of("GET", "/"));
  ASSERT_TRUE(idle.answer());
  EXPECT_TRUE(silent.ends());
  EXPECT_TRUE(idle.ends());
  EXPECT_EQ(server.counters().refused, 0U);
}

TEST(SlowClients, StayWhileTheyKeepAsking) {
  Server server(quick_options(), echo);
  RawClient client(server.port());
  const auto begun = Clock::now();
  while (Clock::now() - begun < milliseconds(700)) {
    client.send(request_of("GET", "/"));
    ASSERT_TRUE(client.answer());
    std::this_thread::sleep_for(milliseconds(100));
  }
}

TEST(SlowClients, MayWaitForAnAnswerForAsLongAsItTakes) {
  std::thread answerer;
  Server server(quick_options(), [&](Exchange exchange) {
    answerer = std::thread([held = std::move(exchange)]() mutable {
      std::this_thread::sleep_for(milliseconds(600));
      echo(std::move(held));
    });
  });
  RawClient client(server.port());
  client.send(request_of("GET", "/slow"));
  const auto answer = client.answer();
  answerer.join();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST(SlowClients, DoNotSlowOthers) {
  Server server(quick_options(), echo);
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<RawClient>(server.port()));
    slow.back()->send("GET / HTTP/1.1\r\n");
  }
  RawClient good(server.port());
  for (int i = 0; i < 50; ++i) {
    const auto begun = Clock::now();
    good.send(request_of("GET", "/"));
    ASSERT_TRUE(good.answer());
    EXPECT_LT(Clock::now() - begun, milliseconds(500));
  }
  for (const auto& client : slow) {
    EXPECT_EQ(client->answer()->status, 408);
  }
}

std::string large_body(std::size_t bytes) {
  std::string text(bytes, ' ');
  for (std::size_t i = 0; i < bytes; ++i) {
    text[i] = static_cast<char>('a' + i % 23);
  }
  return text;
}

TEST(LargeAnswers, ArriveWhole) {
  const std::string body = large_body(10 * 1024 * 1024 + 7);
  Server server(test_options(), [&](Exchange exchange) { exchange.answer({.body = body}); });
  RawClient client(server.port());
  client.send(request_of("GET", "/") + request_of("GET", "/"));
  for (int i = 0; i < 2; ++i) {
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->body == body);
  }
}

TEST(LargeAnswers, ArriveWholeFromASharedFile) {
  const auto file = std::make_shared<const std::string>(large_body(3'000'001));
  Server server(test_options(), [&](Exchange exchange) {
    exchange.answer({.content_type = "application/wasm", .file = file});
  });
  RawClient client(server.port());
  client.send(request_of("GET", "/") + request_of("HEAD", "/") + request_of("GET", "/"));
  EXPECT_TRUE(client.answer()->body == *file);
  EXPECT_EQ(client.answer(true)->field("content-length"), "3000001");
  EXPECT_TRUE(client.answer()->body == *file);
}

TEST(LargeAnswers, ArriveAtAClientThatReadsSlowlyButReads) {
  const std::string body = large_body(12'000'000);
  Server server(quick_options(), [&](Exchange exchange) { exchange.answer({.body = body}); });
  RawClient client(server.port(), 4096);
  client.send(request_of("GET", "/", "Connection: close\r\n"));
  const auto begun = Clock::now();
  std::size_t bytes = 0;
  // Longer than the write deadline and the idle deadline together.
  while (Clock::now() - begun < milliseconds(800)) {
    bytes += client.read_some(4096);
    std::this_thread::sleep_for(milliseconds(1));
  }
  ASSERT_LT(bytes, body.size());
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->body == body);
}

TEST(LargeAnswers, AreGivenUpWhereTheClientDoesNotRead) {
  const auto file = std::make_shared<const std::string>(large_body(20'000'000));
  Server server(quick_options(), [&](Exchange exchange) { exchange.answer({.file = file}); });
  RawClient client(server.port(), 4096);
  client.send(request_of("GET", "/"));
  EXPECT_TRUE(eventually([&] { return server.counters().requests == 1; }));
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 0; }));
}

TEST(LargeAnswers, StopTheReadingOfFurtherRequests) {
  const auto file = std::make_shared<const std::string>(large_body(1'000'000));
  Server server(test_options(), [&](Exchange exchange) { exchange.answer({.file = file}); });
  RawClient client(server.port(), 4096);
  std::string all;
  constexpr std::uint64_t asked = 200;
  for (std::uint64_t i = 0; i < asked; ++i) {
    all += request_of("GET", "/");
  }
  client.send(all);
  ASSERT_TRUE(eventually([&] { return server.counters().requests > 0; }));
  std::this_thread::sleep_for(milliseconds(100));
  // The kernel's buffers hold a few megabytes; all of the answers would be 200.
  EXPECT_LT(server.counters().requests, 30U);
  for (std::uint64_t i = 0; i < 20; ++i) {
    ASSERT_TRUE(client.answer());
  }
  EXPECT_TRUE(eventually([&] { return server.counters().requests >= 20; }));
}

}  // namespace
}  // namespace loyalty::http
