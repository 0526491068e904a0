#include "native/http/reader.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace loyalty::http {

void Reader::refuse(const Refusal& refusal) {
  refusal_ = refusal;
  state_ = State::refused;
}

void Reader::feed_head(std::string_view& input) {
  // One empty line before a request is skipped: old clients end a body with one too many.
  constexpr std::string_view empty_line = "\r\n";
  while (!message_ && !blank_seen_ && !input.empty() && input.front() == empty_line[blank_]) {
    input.remove_prefix(1);
    blank_seen_ = ++blank_ == empty_line.size();
  }
  if (input.empty()) {
    return;
  }
  if (!message_) {
    message_ = std::make_shared<Message>();
    if (blank_ == 1) {
      refuse({400, refusal::malformed, "a line ends without CR LF"});
      return;
    }
  }
  const std::size_t room = limits_.head_bytes - message_->head.size();
  const std::size_t taken = scan_.scan(input.substr(0, room));
  message_->head.append(input.substr(0, taken));
  input.remove_prefix(taken);
  if (scan_.bad()) {
    refuse(
        {400, refusal::malformed, "the request head has characters or line ends that may not be"});
  } else if (scan_.ended()) {
    begin_body();
  } else if (message_->head.size() >= limits_.head_bytes) {
    refuse({431, refusal::head_too_large, "the request head is larger than this server takes"});
  }
}

void Reader::begin_body() {
  if (const auto refused = read_head(message_->head, limits_, message_->request, framing_)) {
    refuse(*refused);
    return;
  }
  message_->keep_alive = framing_.keep_alive;
  if (framing_.chunked) {
    chunks_ = Chunks(limits_.body_bytes);
    state_ = State::body;
  } else if (framing_.content_length > 0) {
    state_ = State::body;
  } else {
    finish();
  }
}

void Reader::feed_body(std::string_view& input) {
  // What has begun to send its body waits for nothing.
  framing_.wants_continue = framing_.wants_continue && input.empty();
  std::string& body = message_->body;
  if (framing_.chunked) {
    if (const auto refused = chunks_.feed(input, body)) {
      refuse(*refused);
    } else if (chunks_.ended()) {
      finish();
    }
    return;
  }
  const std::size_t left = static_cast<std::size_t>(framing_.content_length) - body.size();
  const std::size_t n = std::min(left, input.size());
  body.append(input.substr(0, n));
  input.remove_prefix(n);
  if (n == left) {
    finish();
  }
}

void Reader::finish() {
  message_->request.body = message_->body;
  state_ = State::whole;
}

Reader::State Reader::feed(std::string_view& input) {
  if (state_ == State::head) {
    feed_head(input);
  }
  if (state_ == State::body) {
    feed_body(input);
  }
  return state_;
}

bool Reader::take_continue() {
  return state_ == State::body && std::exchange(framing_.wants_continue, false);
}

std::shared_ptr<Message> Reader::take() {
  LOYALTY_CHECK(state_ == State::whole);
  state_ = State::head;
  blank_ = 0;
  blank_seen_ = false;
  scan_ = {};
  framing_ = {};
  return std::move(message_);
}

}  // namespace loyalty::http
