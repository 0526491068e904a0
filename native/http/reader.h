#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "native/http/chunks.h"
#include "native/http/gate.h"

namespace loyalty::http {

/// A request with the bytes that it views. Stays where it is.
struct Message {
  Message() = default;
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  std::string head;
  std::string body;
  Request request;
  bool keep_alive = true;
};

/// Cuts a stream of bytes into messages. Pure: no socket, no clock; any split of the same bytes
/// gives the same messages and the same refusal.
class Reader {
 public:
  enum class State : std::uint8_t { head, body, whole, refused };

  explicit Reader(const Limits& limits) : limits_(limits) {}

  /// Takes bytes from the front of `input`, up to the end of one message.
  State feed(std::string_view& input);

  /// Whether a message has begun and not been taken.
  bool started() const { return message_ != nullptr; }

  /// True once for a client that waits for leave to send its body.
  bool take_continue();

  /// The whole message; the next one may come.
  std::shared_ptr<Message> take();

  const Refusal& refusal() const { return refusal_; }

 private:
  void feed_head(std::string_view& input);
  void feed_body(std::string_view& input);
  void begin_body();
  void finish();
  void refuse(const Refusal& refusal);

  Limits limits_;
  State state_ = State::head;
  std::uint8_t blank_ = 0;  ///< bytes of an empty line before the head, which is skipped
  bool blank_seen_ = false;
  HeadScan scan_;
  Framing framing_;
  Chunks chunks_{0};
  std::shared_ptr<Message> message_;
  Refusal refusal_;
};

}  // namespace loyalty::http
