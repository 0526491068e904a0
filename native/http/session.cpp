#include "native/http/session.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include "core/base/check.h"
#include "native/http/live_exchange.h"
#include "native/http/loop.h"

namespace loyalty::http {
namespace {

using Error = boost::system::error_code;

/// Reads of one connection before the others have their turn.
constexpr int reads_in_turn = 8;

Limits limits_of(const Options& options) {
  return {.head_bytes = options.head_bytes_max, .body_bytes = options.body_bytes_max};
}

}  // namespace

bool would_block(const Error& error) {
  return error == boost::asio::error::would_block || error == boost::asio::error::try_again ||
         error == boost::asio::error::interrupted;
}

/// Whatever goes wrong in one connection ends at its edge.
template <typename Step>
void Session::guarded(Step step) {
  try {
    step();
    return;
  } catch (...) {
  }
  try {
    if (phase_ == Phase::reading && outbox_.unsent() == 0) {
      refuse({500, refusal::internal, "the request could not be served"});
      pump();
      return;
    }
  } catch (...) {
  }
  close();
}

Session::Session(Loop& loop, Socket socket, std::string peer, PeerKey key, bool trusted)
    : loop_(loop),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      key_(key),
      trusted_(trusted),
      reader_(limits_of(loop.options())) {}

void Session::start() {
  await_message();
  wait_readable();
}

// ---- reading ----

void Session::await_message() {
  phase_ = Phase::reading;
  in_message_ = reader_.started();
  const Options& options = loop_.options();
  deadline_ = std::chrono::steady_clock::now() +
              (in_message_ ? options.message_deadline : options.idle_deadline);
}

/// Does all that can be done without waiting, then waits for what is missing.
void Session::pump() {
  do {
    while (may_take_in() && !backlog_.empty()) {
      take_in(std::exchange(backlog_, {}));
    }
    if (!flush() || phase_ == Phase::lingering) {
      return;
    }
  } while (may_take_in() && !backlog_.empty());
  if (outbox_.unsent() > 0) {
    wait_writable();
  }
  if (phase_ != Phase::reading || last_ || !backlog_.empty()) {
    return;
  }
  if (outbox_.unsent() == 0 && !reader_.started() && loop_.mailbox_->draining()) {
    end_if_quiet();
    return;
  }
  if (may_take_in()) {
    wait_readable();
  }
}

bool Session::may_take_in() const {
  return phase_ == Phase::reading && !last_ && outbox_.unsent() <= loop_.options().unsent_bytes_max;
}

void Session::take_in(std::string_view input) {
  while (!input.empty() && may_take_in()) {
    switch (reader_.feed(input)) {
      case Reader::State::whole:
        dispatch(reader_.take());
        break;
      case Reader::State::refused:
        refuse(reader_.refusal());
        return;
      case Reader::State::head:
      case Reader::State::body:
        break;
    }
  }
  if (phase_ == Phase::reading && reader_.started() != in_message_) {
    await_message();
  }
  if (reader_.take_continue()) {
    outbox_.add({"HTTP/1.1 100 Continue\r\n\r\n", {}});
  }
  if (!last_) {
    backlog_.assign(input);
  }
}

void Session::on_readable() {
  if (phase_ == Phase::lingering || phase_ == Phase::streaming) {
    discard_input();
    return;
  }
  if (phase_ == Phase::reading && backlog_.empty()) {
    read_until_short();
  }
  if (phase_ != Phase::closed) {
    pump();
  }
}

void Session::read_until_short() {
  for (int reads = 0; reads < reads_in_turn; ++reads) {
    Error error;
    const std::size_t n =
        socket_->read_some(boost::asio::buffer(loop_.window_.data(), loop_.window_.size()), error);
    if (would_block(error)) {
      return;
    }
    if (error) {
      end_of_input();
      return;
    }
    take_in({loop_.window_.data(), n});
    if (n < loop_.window_.size() || !may_take_in() || !backlog_.empty()) {
      return;
    }
  }
}

/// The client sends no more. It may still read what it asked for.
void Session::end_of_input() {
  if (outbox_.unsent() == 0) {
    close();
  } else {
    last_ = true;
  }
}

void Session::discard_input() {
  for (int reads = 0; reads < reads_in_turn; ++reads) {
    Error error;
    const std::size_t n =
        socket_->read_some(boost::asio::buffer(loop_.window_.data(), loop_.window_.size()), error);
    if (would_block(error)) {
      break;
    }
    if (error) {
      close();
      return;
    }
    if (n < loop_.window_.size()) {
      break;
    }
  }
  wait_readable();
}

// ---- one request ----

void Session::dispatch(std::shared_ptr<Message> message) {
  LoopCounters& counters = loop_.counters_;
  counters.requests.fetch_add(1, std::memory_order_relaxed);
  phase_ = Phase::handling;
  Request& request = message->request;
  request.peer =
      trusted_ ? forwarded_client(request, peer_, loop_.options().trusted_proxies) : peer_;
  auto exchange = std::make_shared<LiveExchange>(
      shared_from_this(), loop_.mailbox_, std::move(message), loop_.options().unsent_bytes_max);
  dispatching_ = exchange.get();
  try {
    loop_.shared_.handler(Exchange(std::move(exchange)));
  } catch (...) {
    // The exchange was dropped while the handler was left, so it has answered 500.
  }
  dispatching_ = nullptr;
  if (direct_) {
    take_answer(std::move(*std::exchange(direct_, std::nullopt)));
  }
}

void Session::take_answer(Outgoing outgoing) {
  last_ = last_ || !outgoing.keep_alive;
  outbox_.add(std::move(outgoing.first));
  outbox_.add(std::move(outgoing.second));
  await_message();
}

void Session::deliver(Mail mail) {
  guarded([&] { take_mail(std::move(mail)); });
}

void Session::take_mail(Mail mail) {
  if (phase_ == Phase::closed) {
    if (mail.stream) {
      mail.stream->open = false;
    }
    return;
  }
  switch (mail.kind) {
    case Mail::Kind::answer:
      if (phase_ == Phase::handling) {
        take_answer(std::move(mail.outgoing));
      }
      break;
    case Mail::Kind::begin_stream:
      if (phase_ == Phase::handling) {
        begin_stream(std::move(mail.outgoing), std::move(mail.stream));
      }
      break;
    case Mail::Kind::event:
      if (stream_ == mail.stream && !last_) {
        outbox_.add(std::move(mail.outgoing.first));
      }
      break;
    case Mail::Kind::end_stream:
      if (stream_ == mail.stream) {
        end_stream();
      }
      break;
    case Mail::Kind::cut_stream:
      if (stream_ == mail.stream) {
        close();
        return;
      }
      break;
  }
  pump();
}

void Session::begin_stream(Outgoing head, std::shared_ptr<StreamState> stream) {
  phase_ = Phase::streaming;
  stream_ = std::move(stream);
  stream_->unsent += head.size();
  outbox_.add(std::move(head.first));
  outbox_.add(std::move(head.second));
  deadline_ = std::chrono::steady_clock::now() + loop_.options().heartbeat;
  if (loop_.mailbox_->draining()) {
    end_stream();
  }
  // Only to learn that the client has gone.
  wait_readable();
}

void Session::end_stream() {
  stream_->open = false;
  last_ = true;
}

/// The transport's own answer, behind which nothing can be read any more.
void Session::refuse(const Refusal& refusal) {
  loop_.counters_.refused.fetch_add(1, std::memory_order_relaxed);
  Outgoing answer = render(refusal);
  last_ = true;
  outbox_.add(std::move(answer.first));
}

// ---- from the loop ----

void Session::drain() {
  guarded([&] { end_if_quiet(); });
}

void Session::check(Time now) {
  guarded([&] { end_if_overdue(now); });
}

// ---- waiting ----

void Session::wait_readable() {
  if (waits_readable_ || phase_ == Phase::closed) {
    return;
  }
  waits_readable_ = true;
  socket_->async_wait(Socket::wait_read, [self = shared_from_this()](const Error& error) {
    self->waits_readable_ = false;
    if (!error && self->phase_ != Phase::closed) {
      self->guarded([&] { self->on_readable(); });
    }
  });
}

void Session::wait_writable() {
  if (waits_writable_ || phase_ == Phase::closed) {
    return;
  }
  waits_writable_ = true;
  socket_->async_wait(Socket::wait_write, [self = shared_from_this()](const Error& error) {
    self->waits_writable_ = false;
    if (!error && self->phase_ != Phase::closed) {
      self->guarded([&] { self->pump(); });
    }
  });
}

}  // namespace loyalty::http
