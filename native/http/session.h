#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "native/http/answer.h"
#include "native/http/mailbox.h"
#include "native/http/outbox.h"
#include "native/http/peers.h"
#include "native/http/reader.h"
#include "native/http/stream.h"

namespace loyalty::http {

class Loop;
class LiveExchange;

/// The executor is named, since a wrapped one costs an indirection with every operation.
using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// Whether an operation did nothing, for now.
bool would_block(const boost::system::error_code& error);

/// One connection. One request of it is under way at a time; those that a client sends ahead wait
/// in its bytes, so answers keep their order. Everything but construction happens on the loop's
/// thread.
///
/// A connection ends by lingering: after the last answer it is closed for sending only, and what
/// the client still sends is read and dropped for a while. Closing at once would make the kernel
/// reset the connection, and the reset could overtake the answer.
class Session final : public std::enable_shared_from_this<Session> {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Session(Loop& loop, Socket socket, std::string peer, PeerKey key, bool trusted);

  void start();
  /// Called every now and then: ends what is overdue.
  void check(Time now);
  /// The server is stopping: ends as soon as nothing is under way.
  void drain();
  /// Closes at once. True where a client was still owed something.
  bool cut();
  void deliver(Mail mail);

  std::size_t place = 0;  ///< among the loop's sessions; the loop's to use

 private:
  friend class LiveExchange;
  enum class Phase : std::uint8_t { reading, handling, streaming, lingering, closed };

  template <typename Step>
  void guarded(Step step);
  void take_mail(Mail mail);
  void end_if_quiet();
  void end_if_overdue(Time now);

  void pump();
  bool may_take_in() const;
  bool is_quiet() const;
  void read_until_short();
  void take_in(std::string_view input);
  void dispatch(std::shared_ptr<Message> message);
  void take_answer(Outgoing outgoing);
  void begin_stream(Outgoing head, std::shared_ptr<StreamState> stream);
  void end_stream();
  void refuse(const Refusal& refusal);
  void await_message();
  bool flush();
  void advance(std::size_t written);
  void expect_progress(Time now);
  std::uint64_t bytes_taken();
  void linger();
  void end_of_input();
  void discard_input();
  void close();
  void wait_readable();
  void wait_writable();
  void on_readable();
  void on_writable();

  Loop& loop_;
  std::optional<Socket> socket_;  ///< gone once closed: exchanges may outlive the loop
  std::string peer_;
  PeerKey key_;
  bool trusted_;

  Phase phase_ = Phase::reading;
  bool waits_readable_ = false;
  bool waits_writable_ = false;
  bool last_ = false;  ///< nothing will be queued behind what is queued
  bool write_blocked_ = false;
  bool in_message_ = false;  ///< the deadline is that of a message, not of idleness

  Reader reader_;
  std::string backlog_;  ///< read, not yet fed: behind a request that is under way

  Outbox outbox_;
  std::uint64_t written_ = 0;       ///< bytes given to the kernel
  std::uint64_t taken_before_ = 0;  ///< by the client, when the write deadline was set

  Time deadline_;
  Time write_deadline_;

  LiveExchange* dispatching_ = nullptr;  ///< while its handler runs
  std::optional<Outgoing> direct_;       ///< the answer it gave before it returned
  std::shared_ptr<StreamState> stream_;
};

}  // namespace loyalty::http
