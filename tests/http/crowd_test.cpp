#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "native/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/served.h"

namespace loyalty::http {
namespace {

using Clients = std::vector<std::unique_ptr<RawClient>>;

/// Both ends of every connection are in this process.
void allow_files(rlim_t count) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < count) {
    limit.rlim_cur = std::min(count, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

Clients connect(const Server& server, std::size_t count) {
  Clients clients;
  for (std::size_t i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
  }
  return clients;
}

TEST(Crowd, OfAThousandIsServed) {
  allow_files(4096);
  constexpr std::size_t count = 1000;
  Server server(test_options(), echo);
  const Clients clients = connect(server, count);
  ASSERT_TRUE(eventually([&] { return server.counters().connections_open == count; }));
  for (int round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
      clients[i]->send(request_of("GET", "/" + std::to_string(i)));
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto answer = clients[i]->answer();
      ASSERT_TRUE(answer);
      ASSERT_EQ(answer->body, "GET /" + std::to_string(i) + "  ");
    }
  }
  EXPECT_TRUE(server.stop(long_grace));
}

TEST(Crowd, OfOnePeerIsCapped) {
  Options options = test_options();
  options.connections_per_peer_max = 10;
  Server server(options, echo);
  Clients clients = connect(server, 10);
  ASSERT_TRUE(eventually([&] { return server.counters().connections_open == 10; }));
  RawClient refused(server.port());
  const auto answer = refused.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_NE(answer->body.find("TOO_MANY_CONNECTIONS"), std::string::npos);
  EXPECT_TRUE(refused.ends());
  clients.pop_back();
  ASSERT_TRUE(eventually([&] { return server.counters().connections_open == 9; }));
  RawClient next(server.port());
  next.send(request_of("GET", "/"));
  EXPECT_EQ(next.answer()->status, 200);
}

TEST(Crowd, OfAllPeersIsCapped) {
  Options options = test_options();
  options.connections_max = 10;
  options.trusted_proxies = {"127.0.0.1"};
  Server server(options, echo);
  const Clients clients = connect(server, 10);
  ASSERT_TRUE(eventually([&] { return server.counters().connections_open == 10; }));
  EXPECT_EQ(RawClient(server.port()).answer()->status, 503);
}

TEST(Crowd, BehindATrustedProxyIsNoSinglePeer) {
  Options options = test_options();
  options.connections_per_peer_max = 1;
  options.trusted_proxies = {"127.0.0.1"};
  Server server(options, echo);
  const Clients clients = connect(server, 10);
  for (const auto& client : clients) {
    client->send(request_of("GET", "/"));
    EXPECT_EQ(client->answer()->status, 200);
  }
}

// The vptr check of UBSan asks through a pipe whether memory may be read. Without a free file it
// calls every object it meets for the first time broken, so that check and the test below exclude
// each other.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZER_NEEDS_FILES
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZER_NEEDS_FILES
#endif

#ifndef SANITIZER_NEEDS_FILES
/// Lowers the limit of open files for a while.
class FileLimit {
 public:
  explicit FileLimit(rlim_t count) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit low = before_;
    low.rlim_cur = count;
    setrlimit(RLIMIT_NOFILE, &low);
  }
  ~FileLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  rlimit before_{};
};

TEST(Crowd, ThatTakesEveryFileOfTheProcessIsOutlived) {
  Server server(test_options(), echo);
  const FileLimit limit(200);
  Clients clients;
  try {
    for (;;) {
      clients.push_back(std::make_unique<RawClient>(server.port()));
    }
  } catch (const std::runtime_error&) {
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  clients.clear();
  // The server gives its own ends back when it notices, so the first tries may find no file free.
  EXPECT_TRUE(eventually([&] {
    try {
      RawClient client(server.port());
      client.send(request_of("GET", "/"));
      const auto answer = client.answer();
      return answer && answer->status == 200;
    } catch (const std::runtime_error&) {
      return false;
    }
  }));
}
#endif

TEST(Crowd, LeavesNothingBehind) {
  Server server(test_options(), echo);
  for (int i = 0; i < 300; ++i) {
    RawClient client(server.port());
    client.send(i % 3 == 0 ? "nonsense\r\n\r\n" : request_of("GET", "/"));
    if (i % 2 == 0) {
      client.answer();
    }
    if (i % 5 == 0) {
      client.reset();
    }
  }
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 0; }));
}

}  // namespace
}  // namespace loyalty::http
