#include "native/http/reader.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/http/abuse_cases.h"

namespace loyalty::http {
namespace {

/// Everything that a reader says of a stream, as text.
struct Reading {
  std::vector<std::string> messages;
  int refused = 0;
  std::string why;
  bool started = false;
  friend bool operator==(const Reading&, const Reading&) = default;
};

std::string text_of(const Message& message) {
  const Request& request = message.request;
  std::string text = std::string(name_of(request.method)) + " [" + std::string(request.path) +
                     "] [" + std::string(request.query) + "]\n";
  for (const auto& [name, value] : request.headers) {
    text.append(name).append("=").append(value).append("\n");
  }
  return text.append(message.keep_alive ? "keep\n" : "close\n").append(request.body);
}

/// `next` says how many bytes come at once.
template <typename Next>
Reading read(std::string_view bytes, Next next) {
  Reader reader(Limits{.head_bytes = abuse_head_bytes, .body_bytes = abuse_body_bytes});
  Reading reading;
  bool closed = false;
  while (!bytes.empty() && reading.refused == 0 && !closed) {
    std::string_view part = bytes.substr(0, next());
    bytes.remove_prefix(part.size());
    while (!part.empty() && reading.refused == 0 && !closed) {
      switch (reader.feed(part)) {
        case Reader::State::whole: {
          const auto message = reader.take();
          closed = !message->keep_alive;
          reading.messages.push_back(text_of(*message));
          break;
        }
        case Reader::State::refused:
          reading.refused = reader.refusal().status;
          reading.why =
              std::string(reader.refusal().code) + std::string(reader.refusal().description);
          break;
        case Reader::State::head:
        case Reader::State::body:
          break;
      }
    }
  }
  reading.started = reader.started();
  return reading;
}

Reading read_whole(std::string_view bytes) {
  return read(bytes, [&] { return bytes.size(); });
}

TEST(Reader, GivesEveryAbuseItsAnswer) {
  for (const AbuseCase& abuse : abuse_cases()) {
    SCOPED_TRACE(abuse.name);
    const Reading reading = read_whole(abuse.bytes);
    const bool refused = abuse.statuses.back() != 200;
    EXPECT_EQ(reading.refused, refused ? abuse.statuses.back() : 0) << reading.why;
    EXPECT_EQ(reading.messages.size(), abuse.statuses.size() - (refused ? 1 : 0));
  }
}

TEST(Reader, GivesTheSameForBytesThatComeOneByOne) {
  for (const AbuseCase& abuse : abuse_cases()) {
    SCOPED_TRACE(abuse.name);
    EXPECT_EQ(read(abuse.bytes, [] { return std::size_t{1}; }), read_whole(abuse.bytes));
  }
}

TEST(Reader, GivesTheSameForAnyCutInTwo) {
  constexpr std::size_t long_case = 2000;
  for (const AbuseCase& abuse : abuse_cases()) {
    if (abuse.bytes.size() > long_case) {
      continue;
    }
    SCOPED_TRACE(abuse.name);
    const Reading whole = read_whole(abuse.bytes);
    for (std::size_t cut = 1; cut < abuse.bytes.size(); ++cut) {
      std::size_t size = cut;
      ASSERT_EQ(read(abuse.bytes, [&] { return std::exchange(size, abuse.bytes.size()); }), whole)
          << "cut at " << cut;
    }
  }
}

TEST(Reader, GivesTheSameForRandomCutsOfLongStreams) {
  std::minstd_rand random(1);
  for (const AbuseCase& abuse : abuse_cases()) {
    SCOPED_TRACE(abuse.name);
    const Reading whole = read_whole(abuse.bytes);
    for (const std::size_t longest : {std::size_t{7}, std::size_t{100}, std::size_t{8192}}) {
      ASSERT_EQ(read(abuse.bytes, [&] { return 1 + random() % longest; }), whole);
    }
  }
}

TEST(Reader, TellsWhatItRead) {
  const Reading reading = read_whole(
      "PUT /a/b%20c?d=e&f HTTP/1.1\r\nHost: shop.example:8080\r\nX-A:  b c \r\nX-Empty:\r\n"
      "Content-Length: 3\r\n\r\nxyz");
  ASSERT_EQ(reading.messages.size(), 1U);
  EXPECT_EQ(reading.messages[0],
            "PUT [/a/b%20c] [d=e&f]\nHost=shop.example:8080\nX-A=b c\nX-Empty=\nContent-Length=3\n"
            "keep\nxyz");
  EXPECT_FALSE(reading.started);
}

TEST(Reader, JoinsChunksAndDropsTheirTrailer) {
  const Reading reading = read_whole(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX-Digest: 99\r\n\r\n");
  ASSERT_EQ(reading.messages.size(), 1U);
  EXPECT_EQ(reading.messages[0],
            "POST [/] []\nHost=a\nTransfer-Encoding=Chunked\nkeep\nabc0123456789");
}

TEST(Reader, AsksForTheBodyOfAClientThatWaits) {
  Reader reader(Limits{});
  std::string_view head =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n";
  EXPECT_EQ(reader.feed(head), Reader::State::body);
  EXPECT_TRUE(reader.take_continue());
  EXPECT_FALSE(reader.take_continue());
  std::string_view body = "hi";
  EXPECT_EQ(reader.feed(body), Reader::State::whole);
}

TEST(Reader, AsksForNothingWhereTheBodyComesAnyway) {
  Reader reader(Limits{});
  std::string_view bytes =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nh";
  EXPECT_EQ(reader.feed(bytes), Reader::State::body);
  EXPECT_FALSE(reader.take_continue());
}

TEST(Reader, KnowsWhenAMessageHasBegun) {
  Reader reader(Limits{});
  EXPECT_FALSE(reader.started());
  std::string_view blank = "\r\n";
  reader.feed(blank);
  EXPECT_FALSE(reader.started()) << "an empty line is no message";
  std::string_view byte = "G";
  reader.feed(byte);
  EXPECT_TRUE(reader.started());
}

TEST(Reader, TakesAHeadOfExactlyTheLimit) {
  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nA: ";
  const std::string fits =
      start + std::string(abuse_head_bytes - start.size() - 4, 'a') + "\r\n\r\n";
  ASSERT_EQ(fits.size(), abuse_head_bytes);
  EXPECT_EQ(read_whole(fits).messages.size(), 1U);
  const std::string longer =
      start + std::string(abuse_head_bytes - start.size() - 3, 'a') + "\r\n\r\n";
  EXPECT_EQ(read_whole(longer).refused, 431);
}

}  // namespace
}  // namespace loyalty::http
