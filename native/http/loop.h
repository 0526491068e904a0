#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "native/http/mailbox.h"
#include "native/http/peers.h"
#include "native/http/server.h"
#include "native/http/session.h"

namespace loyalty::http {

/// Written by one loop, read by anyone.
struct LoopCounters {
  std::atomic<std::uint64_t> connections = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> refused = 0;
};

/// What all loops of a server share.
struct Shared {
  Shared(Options chosen, Server::Handler called);

  const Options options;
  const Server::Handler handler;
  Admission admission;
};

/// One thread's share of the server: its own listener on the common port, its own sessions, no
/// locks but the mailbox's.
class Loop {
 public:
  using Endpoint = boost::asio::ip::tcp::endpoint;

  /// Listens. Throws boost::system::system_error where the address cannot be had.
  Loop(Shared& shared, const Endpoint& endpoint);
  ~Loop();

  Endpoint endpoint() const;
  const LoopCounters& counters() const { return counters_; }

  /// The thread's life, until finish().
  void run();

  /// From any thread. Stops listening; the future is ready when the last session has ended.
  std::future<void> drain();
  /// From any thread. Closes everything and lets run() return. The future tells whether a client
  /// was still owed something.
  std::future<bool> finish();

 private:
  friend class Session;
  using Executor = boost::asio::io_context::executor_type;
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;
  using Clock = std::chrono::steady_clock;
  using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

  static constexpr std::size_t window_bytes = std::size_t{8} * 1024;

  void wait_for_connections();
  void accept_some();
  void accept_waiting();
  void admit(Socket socket, const Endpoint& remote);
  void wait_for_sweep();
  void sweep();
  void deliver_mails();
  void remove(Session& session, const PeerKey& key, bool trusted);
  void tell_if_drained();

  const Options& options() const { return shared_.options; }

  Shared& shared_;
  boost::asio::io_context context_;
  Acceptor acceptor_;
  Timer timer_;
  std::chrono::milliseconds sweep_interval_;
  std::shared_ptr<Mailbox> mailbox_;
  std::vector<std::shared_ptr<Session>> sessions_;
  std::array<char, window_bytes> window_;  ///< what any session reads goes through here
  LoopCounters counters_;
  bool accepting_ = false;
  bool finished_ = false;
  std::promise<void> drained_;
  bool told_drained_ = false;
};

}  // namespace loyalty::http
