#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "native/http/server.h"
#include "tests/http/raw_client.h"
#include "tests/http/served.h"

namespace loyalty::http {
namespace {

using std::chrono::milliseconds;
using Stream = std::shared_ptr<Exchange::Stream>;

/// A server that streams whatever is asked for.
class Streams : public testing::Test {
 protected:
  void serve(const Options& options) {
    server_ = std::make_unique<Server>(options, [this](Exchange exchange) {
      opened_.set_value(exchange.stream({{"X-A", "b"}}));
    });
  }

  /// Asks for a stream, and reads its head.
  RawClient open(int receive_buffer = 0) {
    RawClient client(server_->port(), receive_buffer);
    client.send(request_of("GET", "/events"));
    stream_ = opened_.get_future().get();
    head_ = client.until("\r\n\r\n").value_or("");
    return client;
  }

  std::promise<Stream> opened_;
  std::unique_ptr<Server> server_;
  Stream stream_;
  std::string head_;
};

TEST_F(Streams, CarryEventsAsTheyAreSent) {
  serve(test_options());
  RawClient client = open();
  EXPECT_TRUE(head_.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_NE(head_.find("Content-Type: text/event-stream\r\n"), std::string::npos);
  EXPECT_NE(head_.find("X-A: b\r\n"), std::string::npos);
  EXPECT_EQ(head_.find("Content-Length"), std::string::npos);
  EXPECT_TRUE(stream_->send("id: 1\ndata: {}\n\n"));
  EXPECT_EQ(client.until("\n\n"), "id: 1\ndata: {}\n\n");
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(stream_->send("data: " + std::to_string(i) + "\n\n"));
  }
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(client.until("\n\n"), "data: " + std::to_string(i) + "\n\n");
  }
}

TEST_F(Streams, EndAfterTheirLastEvent) {
  serve(test_options());
  RawClient client = open();
  stream_->send("data: last\n\n");
  stream_->close();
  EXPECT_FALSE(stream_->send("data: too late\n\n"));
  EXPECT_EQ(client.rest(), "data: last\n\n");
}

TEST_F(Streams, EndWhenNobodyHoldsThem) {
  serve(test_options());
  RawClient client = open();
  stream_->send("data: last\n\n");
  stream_.reset();
  EXPECT_EQ(client.rest(), "data: last\n\n");
}

TEST_F(Streams, SendAHeartbeatWhenQuiet) {
  Options options = test_options();
  options.heartbeat = milliseconds(40);
  serve(options);
  RawClient client = open();
  EXPECT_EQ(client.until("\n\n"), ":\n\n");
  EXPECT_EQ(client.until("\n\n"), ":\n\n");
  stream_->send("data: 1\n\n");
  EXPECT_TRUE(client.until("data: 1\n\n"));
}

TEST_F(Streams, TellTheSenderThatTheClientHasGone) {
  serve(test_options());
  RawClient client = open();
  client.close();
  EXPECT_TRUE(eventually([&] { return server_->counters().connections_open == 0; }));
  EXPECT_FALSE(stream_->send("data: 1\n\n"));
}

TEST_F(Streams, DropAClientThatReadsTooSlowly) {
  serve(test_options());
  RawClient client = open(4096);
  const std::string event = "data: " + std::string(10'000, 'a') + "\n\n";
  // The kernel's buffers take a few megabytes before anything stays unsent.
  std::size_t sent = 0;
  while (sent < 5'000 && stream_->send(event)) {
    ++sent;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  EXPECT_LT(sent, 5'000U);
  EXPECT_FALSE(stream_->send("data: 1\n\n"));
  EXPECT_TRUE(eventually([&] { return server_->counters().connections_open == 0; }));
}

TEST_F(Streams, RefuseMoreThanMayBeUnsent) {
  serve(test_options());
  RawClient client = open(4096);
  // However large, one event can always be sent where nothing waits.
  const std::string event = "data: " + std::string(20'000'000, 'a') + "\n\n";
  EXPECT_TRUE(eventually([&] { return stream_->has_room(event.size()); }));
  EXPECT_TRUE(stream_->send(event));
  EXPECT_FALSE(stream_->has_room(100));
  EXPECT_TRUE(stream_->open());
  EXPECT_FALSE(stream_->send("data: 1\n\n"));
  EXPECT_FALSE(stream_->open());
  EXPECT_TRUE(eventually([&] { return server_->counters().connections_open == 0; }));
}

TEST_F(Streams, EndWhenTheServerStops) {
  serve(test_options());
  RawClient client = open();
  stream_->send("data: 1\n\n");
  auto stopped = std::async(std::launch::async, [&] { return server_->stop(long_grace); });
  EXPECT_EQ(client.rest(), "data: 1\n\n");
  client.close();
  EXPECT_TRUE(stopped.get());
  EXPECT_FALSE(stream_->send("data: 2\n\n"));
}

TEST_F(Streams, OutliveTheirServer) {
  serve(test_options());
  RawClient client = open();
  server_.reset();
  EXPECT_FALSE(stream_->send("data: 1\n\n"));
  stream_->close();
}

TEST_F(Streams, TakeEventsFromManyThreads) {
  Options options = test_options();
  options.unsent_bytes_max = 1024 * 1024;
  serve(options);
  RawClient client = open();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 500; ++j) {
        stream_->send("data: 0123456789\n\n");
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (int i = 0; i < 2000; ++i) {
    ASSERT_EQ(client.until("\n\n"), "data: 0123456789\n\n");
  }
}

}  // namespace
}  // namespace loyalty::http
