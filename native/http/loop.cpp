#include "native/http/loop.h"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

namespace loyalty::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Error = boost::system::error_code;
using std::chrono::milliseconds;

/// Connections taken before the others have their turn.
constexpr int accepts_in_turn = 64;

/// Fine enough for the shortest deadline to mean something.
milliseconds sweep_interval_of(const Options& options) {
  const milliseconds shortest =
      std::min({options.message_deadline, options.idle_deadline, options.write_deadline,
                options.linger_deadline, options.heartbeat});
  return std::clamp(shortest / 4, milliseconds(5), milliseconds(250));
}

asio::ip::address plain(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  return address;
}

PeerKey key_of(const asio::ip::address& address) {
  return address.is_v4() ? key_of_v4(address.to_v4().to_uint())
                         : key_of_v6(address.to_v6().to_bytes());
}

}  // namespace

Shared::Shared(Options chosen, Server::Handler called)
    : options(std::move(chosen)),
      handler(std::move(called)),
      admission(options.connections_max, options.connections_per_peer_max) {}

Loop::Loop(Shared& shared, const Endpoint& endpoint)
    : shared_(shared),
      context_(1),
      acceptor_(context_.get_executor()),
      timer_(context_.get_executor()),
      sweep_interval_(sweep_interval_of(shared.options)),
      mailbox_(std::make_shared<Mailbox>(
          [this] { asio::post(context_.get_executor(), [this] { deliver_mails(); }); })) {
  using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(Tcp::acceptor::reuse_address(true));
  acceptor_.set_option(ReusePort(true));
  if (endpoint.address().is_v6()) {
    acceptor_.set_option(asio::ip::v6_only(false));
  }
  acceptor_.bind(endpoint);
  acceptor_.listen(asio::socket_base::max_listen_connections);
  acceptor_.non_blocking(true);
}

Loop::~Loop() {
  mailbox_->close();
  while (!sessions_.empty()) {
    sessions_.back()->cut();
  }
}

Loop::Endpoint Loop::endpoint() const { return acceptor_.local_endpoint(); }

void Loop::run() {
  mailbox_->bind_to_this_thread();
  wait_for_connections();
  wait_for_sweep();
  context_.run();
}

// ---- connections ----

void Loop::wait_for_connections() {
  if (accepting_ || !acceptor_.is_open()) {
    return;
  }
  accepting_ = true;
  acceptor_.async_wait(Acceptor::wait_read, [this](const Error& error) {
    accepting_ = false;
    if (!error) {
      accept_some();
    }
  });
}

void Loop::accept_some() {
  for (int i = 0; i < accepts_in_turn && acceptor_.is_open(); ++i) {
    Endpoint remote;
    Error error;
    Socket socket(context_.get_executor());
    acceptor_.accept(socket, remote, error);
    if (error == asio::error::would_block || error == asio::error::try_again) {
      break;
    }
    if (error == asio::error::no_descriptors || error == asio::error::no_buffer_space ||
        error == asio::error::no_memory || error.value() == ENFILE) {
      return;  // nothing frees up at once; the sweep tries again
    }
    if (!error) {
      admit(std::move(socket), remote);
    }
  }
  wait_for_connections();
}

void Loop::admit(Socket socket, const Endpoint& remote) {
  const asio::ip::address address = plain(remote.address());
  const PeerKey key = key_of(address);
  std::string peer = address.to_string();
  const auto& proxies = options().trusted_proxies;
  const bool trusted = std::find(proxies.begin(), proxies.end(), peer) != proxies.end();
  Error ignored;
  socket.non_blocking(true, ignored);
  if (!shared_.admission.enter(key, trusted)) {
    // It costs nothing but this one write, or it would not help against too many.
    counters_.refused.fetch_add(1, std::memory_order_relaxed);
    const Outgoing answer = render(Refusal{503, refusal::crowded, "too many connections are open"});
    socket.write_some(asio::buffer(answer.first.text), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
    return;
  }
  counters_.connections.fetch_add(1, std::memory_order_relaxed);
  socket.set_option(Tcp::no_delay(true), ignored);
  auto session = std::make_shared<Session>(*this, std::move(socket), std::move(peer), key, trusted);
  session->place = sessions_.size();
  sessions_.push_back(session);
  session->start();
}

void Loop::remove(Session& session, const PeerKey& key, bool trusted) {
  shared_.admission.leave(key, trusted);
  const std::size_t place = session.place;
  std::swap(sessions_[place], sessions_.back());
  sessions_[place]->place = place;
  sessions_.pop_back();
  tell_if_drained();
}

// ---- the clock and the mail ----

void Loop::wait_for_sweep() {
  timer_.expires_after(sweep_interval_);
  timer_.async_wait([this](const Error& error) {
    if (!error && !finished_) {
      sweep();
      wait_for_sweep();
    }
  });
}

void Loop::sweep() {
  wait_for_connections();
  const auto now = Clock::now();
  // From the end, since one that ends is replaced by the last.
  for (std::size_t i = sessions_.size(); i-- > 0;) {
    const std::shared_ptr<Session> session = sessions_[i];
    session->check(now);
  }
}

void Loop::deliver_mails() {
  for (Mail& mail : mailbox_->take()) {
    const std::shared_ptr<Session> session = mail.session;
    session->deliver(std::move(mail));
  }
}

// ---- the end ----

void Loop::tell_if_drained() {
  if (mailbox_->draining() && !acceptor_.is_open() && sessions_.empty() && !told_drained_) {
    told_drained_ = true;
    drained_.set_value();
  }
}

std::future<void> Loop::drain() {
  asio::post(context_.get_executor(), [this] {
    mailbox_->drain();
    // Those that the kernel has accepted for us would be reset.
    accept_some();
    Error ignored;
    acceptor_.close(ignored);
    for (std::size_t i = sessions_.size(); i-- > 0;) {
      const std::shared_ptr<Session> session = sessions_[i];
      session->drain();
    }
    tell_if_drained();
  });
  return drained_.get_future();
}

std::future<bool> Loop::finish() {
  auto told = std::make_shared<std::promise<bool>>();
  asio::post(context_.get_executor(), [this, told] {
    finished_ = true;
    Error ignored;
    acceptor_.close(ignored);
    timer_.cancel();
    bool owed = false;
    while (!sessions_.empty()) {
      const std::shared_ptr<Session> session = sessions_.back();
      owed = session->cut() || owed;
    }
    told->set_value(owed);
  });
  return told->get_future();
}

}  // namespace loyalty::http
