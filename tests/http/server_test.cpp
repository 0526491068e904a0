#include "native/http/server.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/http/abuse_cases.h"
#include "tests/http/raw_client.h"
#include "tests/http/served.h"

namespace loyalty::http {
namespace {

using std::chrono::milliseconds;

TEST(Server, AnswersEveryAbuseAndEndsTheConnection) {
  Server server(test_options(), echo);
  for (const AbuseCase& abuse : abuse_cases()) {
    SCOPED_TRACE(abuse.name);
    RawClient client(server.port());
    const bool all_taken = client.send(abuse.bytes);
    if (!abuse.closes) {
      EXPECT_TRUE(all_taken);
      for (const int status : abuse.statuses) {
        const auto answer = client.answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, status);
      }
      continue;
    }
    client.end_sending();
    const auto stream = client.rest();
    ASSERT_TRUE(stream);
    EXPECT_EQ(statuses_of(*stream), abuse.statuses);
  }
}

TEST(Server, RefusesWithoutWaitingForTheClientToEnd) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(answer->field("connection"), "close");
  EXPECT_EQ(answer->field("content-type"), "application/json");
  EXPECT_EQ(
      answer->body,
      R"({"message":"the body is larger than this server takes","details":{"applicationError":)"
      R"({"code":"PAYLOAD_TOO_LARGE","description":"the body is larger than this server takes"}}})");
  EXPECT_TRUE(client.ends());
}

TEST(Server, LetsAClientThatIsStillSendingReadItsRefusal) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
  // Without lingering the kernel would answer this with a reset, and drop what we have not read.
  for (int i = 0; i < 20; ++i) {
    client.send(std::string(50'000, 'a'));
  }
  std::this_thread::sleep_for(milliseconds(20));
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
}

TEST(Server, KeepsTheConnectionForTheNextRequest) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(request_of("POST", "/a?b=" + std::to_string(i), {}, "body"));
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "POST /a b=" + std::to_string(i) + " body");
    EXPECT_EQ(answer->field("connection"), "");
    EXPECT_NE(answer->field("date").find(" GMT"), std::string::npos);
  }
  EXPECT_EQ(server.counters().connections, 1U);
  EXPECT_EQ(server.counters().requests, 3U);
}

TEST(Server, ClosesWhereTheClientAsksForIt) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send(request_of("GET", "/", "Connection: close\r\n"));
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->field("connection"), "close");
  EXPECT_TRUE(client.ends());
}

TEST(Server, AnswersAClientThatHasEndedItsSide) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send(request_of("GET", "/x"));
  client.end_sending();
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "GET /x  ");
  EXPECT_TRUE(client.ends());
}

TEST(Server, SendsNoBodyToHead) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send(request_of("HEAD", "/x") + request_of("GET", "/x"));
  const auto answer = client.answer(true);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->field("content-length"), "9");
  EXPECT_EQ(client.answer()->body, "GET /x  ");
}

TEST(Server, SendsNoBodyWith204And304) {
  Server server(test_options(), [](Exchange exchange) {
    exchange.answer({.status = exchange.request().path == "/a" ? 204 : 304, .body = "must not be"});
  });
  RawClient client(server.port());
  client.send(request_of("GET", "/a") + request_of("GET", "/b"));
  const auto first = client.answer();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->status, 204);
  EXPECT_EQ(first->field("content-length"), "");
  const auto second = client.answer();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->status, 304);
}

TEST(Server, AsksForABodyThatTheClientHoldsBack) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hi");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "POST /x  hi");
}

TEST(Server, DoesNotAskForABodyThatIsTooLarge) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  client.send(
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.answer()->status, 413);
}

TEST(Server, KeepsTheOrderOfPipelinedAnswersThatComeFromOtherThreads) {
  std::vector<std::thread> threads;
  Server server(test_options(), [&](Exchange exchange) {
    if (exchange.request().path == "/now") {
      echo(std::move(exchange));
      return;
    }
    threads.emplace_back([held = std::move(exchange)]() mutable {
      std::this_thread::sleep_for(milliseconds(5));
      echo(std::move(held));
    });
  });
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 10; ++i) {
    all += request_of("GET", i % 2 == 0 ? "/later" : "/now", {}, std::to_string(i));
  }
  client.send(all);
  for (int i = 0; i < 10; ++i) {
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, (i % 2 == 0 ? "GET /later  " : "GET /now  ") + std::to_string(i));
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

TEST(Server, TakesAnswersFromManyThreadsForManyClients) {
  std::mutex mutex;
  std::condition_variable arrived;
  std::deque<Exchange> waiting;
  bool ended = false;
  const auto work = [&] {
    for (;;) {
      std::unique_lock lock(mutex);
      arrived.wait(lock, [&] { return ended || !waiting.empty(); });
      if (waiting.empty()) {
        return;
      }
      Exchange exchange = std::move(waiting.front());
      waiting.pop_front();
      lock.unlock();
      echo(std::move(exchange));
    }
  };
  Server server(test_options(), [&](Exchange exchange) {
    const std::lock_guard lock(mutex);
    waiting.push_back(std::move(exchange));
    arrived.notify_one();
  });
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i) {
    workers.emplace_back(work);
  }
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 32; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
  }
  for (int round = 0; round < 50; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      clients[i]->send(request_of("GET", "/" + std::to_string(i)));
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const auto answer = clients[i]->answer();
      ASSERT_TRUE(answer);
      ASSERT_EQ(answer->body, "GET /" + std::to_string(i) + "  ");
    }
  }
  {
    const std::lock_guard lock(mutex);
    ended = true;
  }
  arrived.notify_all();
  for (std::thread& worker : workers) {
    worker.join();
  }
}

TEST(Server, AnswersAThousandPipelinedRequests) {
  Server server(test_options(), echo);
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 1000; ++i) {
    all += request_of("GET", "/" + std::to_string(i));
  }
  std::thread sender([&] { client.send(all); });
  for (int i = 0; i < 1000; ++i) {
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->body, "GET /" + std::to_string(i) + "  ");
  }
  sender.join();
}

TEST(Server, Answers500WhereTheHandlerThrows) {
  Server server(test_options(), [](Exchange) { throw std::runtime_error("a bug"); });
  RawClient client(server.port());
  client.send(request_of("GET", "/") + request_of("GET", "/"));
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 500);
  EXPECT_NE(answer->body.find("\"INTERNAL\""), std::string::npos);
  EXPECT_EQ(client.answer()->status, 500) << "the connection goes on";
}

TEST(Server, Answers500WhereAnExchangeIsDroppedElsewhere) {
  std::thread dropper;
  Server server(test_options(), [&](Exchange exchange) {
    dropper = std::thread(
        [held = std::make_unique<Exchange>(std::move(exchange))]() mutable { held.reset(); });
  });
  RawClient client(server.port());
  client.send(request_of("GET", "/"));
  EXPECT_EQ(client.answer()->status, 500);
  dropper.join();
}

TEST(Server, SendsTheFirstOfTwoAnswers) {
  Server server(test_options(), [](Exchange exchange) {
    exchange.answer({.body = "first"});
    exchange.answer({.body = "second"});
  });
  RawClient client(server.port());
  client.send(request_of("GET", "/") + request_of("GET", "/", "Connection: close\r\n"));
  EXPECT_EQ(client.answer()->body, "first");
  EXPECT_EQ(client.answer()->body, "first");
  EXPECT_TRUE(client.ends());
}

TEST(Server, NeverSendsAHeaderThatWouldBeginAnother) {
  const std::vector<Header> bad = {{"X-A", "b\r\nSet-Cookie: c"},
                                   {"X-A\r\nB", "c"},
                                   {"", "a"},
                                   {"X A", "b"},
                                   {"X-A", std::string("a\0b", 3)},
                                   {"Content-Length", "5"},
                                   {"Transfer-Encoding", "chunked"}};
  for (const Header& header : bad) {
    Server server(test_options(), [&](Exchange exchange) {
      exchange.answer({.headers = {header}, .body = "fine"});
    });
    RawClient client(server.port());
    client.send(request_of("GET", "/"));
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(answer->head.find("Set-Cookie"), std::string::npos);
  }
}

TEST(Server, SendsTheHeadersOfAnAnswer) {
  Server server(test_options(), [](Exchange exchange) {
    exchange.answer({.status = 429, .headers = {{"Retry-After", "7"}, {"X-A", ""}}, .body = "{}"});
  });
  RawClient client(server.port());
  client.send(request_of("GET", "/"));
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->head.starts_with("HTTP/1.1 429 Too Many Requests\r\n"));
  EXPECT_EQ(answer->field("retry-after"), "7");
  EXPECT_EQ(answer->field("content-type"), "application/json");
}

TEST(Server, KeepsARequestForAsLongAsItsExchange) {
  std::unique_ptr<Exchange> kept;
  Server server(test_options(), [&](Exchange exchange) {
    exchange.answer({});
    kept = std::make_unique<Exchange>(std::move(exchange));
  });
  {
    RawClient client(server.port());
    client.send(request_of("POST", "/kept", "X-A: b\r\n", "body"));
    ASSERT_TRUE(client.answer());
  }
  server.stop(long_grace);
  EXPECT_EQ(kept->request().path, "/kept");
  EXPECT_EQ(kept->request().body, "body");
  EXPECT_EQ(kept->request().header("x-a"), "b");
  EXPECT_EQ(kept->request().peer, "127.0.0.1");
}

TEST(Server, BelievesForwardedAddressesOfTrustedProxiesOnly) {
  const auto tell_peer = [](Exchange exchange) {
    std::string peer(exchange.request().peer);
    exchange.answer({.body = std::move(peer)});
  };
  const std::string asked = request_of("GET", "/", "X-Forwarded-For: 1.1.1.1, 203.0.113.9\r\n");
  Options options = test_options();
  {
    Server server(options, tell_peer);
    RawClient client(server.port());
    client.send(asked);
    EXPECT_EQ(client.answer()->body, "127.0.0.1");
  }
  options.trusted_proxies = {"127.0.0.1"};
  Server server(options, tell_peer);
  RawClient client(server.port());
  client.send(asked);
  EXPECT_EQ(client.answer()->body, "203.0.113.9");
}

TEST(Server, SaysThatItsPortIsTaken) {
  Server first(test_options(), echo);
  Options options = test_options();
  options.port = first.port();
  EXPECT_THROW(Server(options, echo), std::system_error);
}

TEST(Server, SaysThatItsAddressIsNone) {
  Options options = test_options();
  options.address = "not an address";
  EXPECT_THROW(Server(options, echo), std::system_error);
}

TEST(Server, TakesAPortAgainAtOnce) {
  Options options = test_options();
  for (int i = 0; i < 3; ++i) {
    Server server(options, echo);
    options.port = server.port();
    RawClient client(server.port());
    client.send(request_of("GET", "/"));
    EXPECT_TRUE(client.answer());
  }
}

TEST(Server, ServesOnEveryLoop) {
  std::set<std::thread::id> threads;
  std::mutex mutex;
  Server server(test_options(), [&](Exchange exchange) {
    const std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
    exchange.answer({});
  });
  for (int i = 0; i < 64; ++i) {
    RawClient client(server.port());
    client.send(request_of("GET", "/"));
    ASSERT_TRUE(client.answer());
  }
  const std::lock_guard lock(mutex);
  EXPECT_EQ(threads.size(), 2U);
}

}  // namespace
}  // namespace loyalty::http
