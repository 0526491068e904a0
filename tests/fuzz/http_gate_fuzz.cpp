// Any bytes on a connection: no crash, no hang, the same messages and the same refusal however the
// bytes are cut, and a library's whole parser reads the same body where ours accepts one.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "core/base/check.h"
#include "native/http/reader.h"
#include "native/http/target.h"

namespace {

using namespace loyalty::http;
namespace beast_http = boost::beast::http;

constexpr Limits limits{.head_bytes = 512, .body_bytes = 1024, .fields = 16};

struct Reading {
  std::vector<std::string> messages;
  std::vector<std::string> bodies;
  Refusal refusal;
  friend bool operator==(const Reading&, const Reading&) = default;
};

/// Everything a message says; every view must lie in the message's own bytes.
std::string text_of(const Message& message) {
  const auto inside = [&](std::string_view part) {
    LOYALTY_CHECK(part.empty() ||
                  (part.data() >= message.head.data() &&
                   part.data() + part.size() <= message.head.data() + message.head.size()));
    return std::string(part) + "\n";
  };
  std::string text(name_of(message.request.method));
  text += inside(message.request.path) + inside(message.request.query);
  for (const auto& [name, value] : message.request.headers) {
    text += inside(name) + inside(value);
  }
  return text + (message.keep_alive ? "keep" : "close") + std::string(message.request.body);
}

/// Cuts the bytes into parts of 1 to `longest` bytes, as a generator decides.
Reading read(std::string_view bytes, std::size_t longest, std::uint32_t seed) {
  Reader reader(limits);
  Reading reading;
  while (!bytes.empty()) {
    seed = seed * 1664525U + 1013904223U;
    std::string_view part = bytes.substr(0, 1 + (seed >> 16) % longest);
    bytes.remove_prefix(part.size());
    while (!part.empty()) {
      const Reader::State state = reader.feed(part);
      if (state == Reader::State::refused) {
        reading.refusal = reader.refusal();
        LOYALTY_CHECK(reading.refusal.status >= 400 && !reading.refusal.code.empty());
        return reading;
      }
      if (state == Reader::State::whole) {
        const auto message = reader.take();
        LOYALTY_CHECK(message->body.size() <= limits.body_bytes);
        LOYALTY_CHECK(message->head.size() <= limits.head_bytes);
        reading.messages.push_back(text_of(*message));
        reading.bodies.push_back(message->body);
      }
    }
  }
  return reading;
}

/// What is accepted is no more than a lenient parser accepts, and has the same bodies.
void compare_with_library(std::string_view bytes, const Reading& reading) {
  for (const std::string& body : reading.bodies) {
    if (bytes.starts_with("\r\n")) {
      bytes.remove_prefix(2);  // the empty line that we skip
    }
    beast_http::request_parser<beast_http::string_body> parser;
    parser.eager(true);
    parser.body_limit(1 << 20);
    parser.header_limit(1 << 20);
    boost::system::error_code error;
    const std::size_t taken = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    LOYALTY_CHECK(!error && parser.is_done());
    LOYALTY_CHECK(parser.get().body() == body);
    bytes.remove_prefix(taken);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t seed_bytes = 2;
  if (size < seed_bytes) {
    return 0;
  }
  const std::uint32_t seed = data[0] * 256U + data[1];
  const std::string bytes(data + seed_bytes, data + size);
  const Reading whole = read(bytes, bytes.size() + 1, 0xffffffffU);
  LOYALTY_CHECK(read(bytes, 1, 0) == whole);
  LOYALTY_CHECK(read(bytes, 3 + seed % 60, seed) == whole);
  compare_with_library(bytes, whole);
  if (const auto segments = path_segments(bytes)) {
    for (const std::string& segment : *segments) {
      LOYALTY_CHECK(is_utf8(segment) && decode_segment(encode_segment(segment)) == segment);
    }
  }
  parse_query(bytes);
  return 0;
}
