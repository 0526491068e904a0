#include <sys/ioctl.h>
#ifdef __linux__
#include <linux/sockios.h>
#endif

#include <algorithm>
#include <array>

#include <boost/asio/buffer.hpp>

#include "native/http/loop.h"
#include "native/http/session.h"

/// How a session sends, and how it ends.
namespace loyalty::http {
namespace {

using Error = boost::system::error_code;

/// A client that reads so much in a write deadline is slow, not stuck.
constexpr std::size_t write_progress_bytes = std::size_t{16} * 1024;
/// Whoever stops a server waits; whoever has all of an answer by now has it.
constexpr std::chrono::milliseconds linger_while_draining{250};

}  // namespace

/// Sends what the client takes now. False when the connection has ended.
bool Session::flush() {
  if (phase_ == Phase::closed) {
    return false;
  }
  constexpr std::size_t pieces_max = 16;
  while (outbox_.unsent() > 0) {
    std::array<std::string_view, pieces_max> parts;
    std::array<boost::asio::const_buffer, pieces_max> buffers;
    const std::size_t count = outbox_.gather(parts);
    for (std::size_t i = 0; i < count; ++i) {
      buffers[i] = boost::asio::const_buffer(parts[i].data(), parts[i].size());
    }
    Error error;
    const std::size_t written = socket_->write_some(buffers, error);
    if (would_block(error)) {
      if (!write_blocked_) {
        write_blocked_ = true;
        expect_progress(std::chrono::steady_clock::now());
      }
      return true;
    }
    if (error) {
      close();
      return false;
    }
    advance(written);
  }
  if (write_blocked_) {
    write_blocked_ = false;
    if (phase_ == Phase::reading) {
      await_message();
    }
  }
  if (last_ && phase_ != Phase::handling && phase_ != Phase::lingering) {
    linger();
  }
  return phase_ != Phase::closed;
}

void Session::expect_progress(Time now) {
  taken_before_ = bytes_taken();
  write_deadline_ = now + loop_.options().write_deadline;
}

/// Bytes that have reached the client. Those in the kernel's buffer have not; it takes megabytes,
/// and says nothing before much of it is free.
std::uint64_t Session::bytes_taken() {
#ifdef SIOCOUTQ
  int waiting = 0;
  if (ioctl(socket_->native_handle(), SIOCOUTQ, &waiting) == 0 && waiting > 0) {
    return written_ - std::min(written_, static_cast<std::uint64_t>(waiting));
  }
#endif
  return written_;
}

void Session::advance(std::size_t written) {
  outbox_.advance(written);
  if (stream_) {
    stream_->unsent -= written;
  }
  written_ += written;
}

// ---- ending ----

void Session::linger() {
  phase_ = Phase::lingering;
  deadline_ = std::chrono::steady_clock::now() + loop_.options().linger_deadline;
  if (loop_.mailbox_->draining()) {
    end_if_quiet();
  }
  Error error;
  socket_->shutdown(Socket::shutdown_send, error);
  if (error) {
    close();
    return;
  }
  discard_input();
}

bool Session::is_quiet() const {
  return phase_ == Phase::reading && !reader_.started() && outbox_.unsent() == 0 &&
         backlog_.empty();
}

void Session::end_if_quiet() {
  if (phase_ == Phase::lingering) {
    deadline_ = std::min(deadline_, std::chrono::steady_clock::now() + linger_while_draining);
  } else if (phase_ == Phase::streaming && !last_) {
    end_stream();
    pump();
  } else if (is_quiet()) {
    // A request may have arrived that we have not been told of.
    read_until_short();
    if (is_quiet()) {
      close();
    } else if (phase_ != Phase::closed) {
      pump();
    }
  }
}

bool Session::cut() {
  const bool owed = phase_ == Phase::handling || outbox_.unsent() > 0 ||
                    (phase_ == Phase::reading && reader_.started());
  close();
  return owed;
}

void Session::close() {
  if (phase_ == Phase::closed) {
    return;
  }
  phase_ = Phase::closed;
  socket_.reset();
  backlog_ = {};
  outbox_.clear();
  if (stream_) {
    stream_->open = false;
    stream_ = nullptr;
  }
  loop_.remove(*this, key_, trusted_);
}

void Session::end_if_overdue(Time now) {
  if (write_blocked_) {
    if (now < write_deadline_) {
      return;
    }
    if (bytes_taken() >= taken_before_ + write_progress_bytes) {
      expect_progress(now);
    } else {
      close();
    }
    return;
  }
  if (now < deadline_) {
    return;
  }
  switch (phase_) {
    case Phase::reading:
      if (!reader_.started()) {
        close();
      } else if (outbox_.unsent() == 0) {
        refuse({408, refusal::too_slow, "the request did not arrive in time"});
        pump();
      }
      break;
    case Phase::lingering:
      close();
      break;
    case Phase::streaming:
      deadline_ = now + loop_.options().heartbeat;
      stream_->unsent += 3;
      outbox_.add({":\n\n", {}});
      pump();
      break;
    case Phase::handling:
    case Phase::closed:
      break;
  }
}

}  // namespace loyalty::http
