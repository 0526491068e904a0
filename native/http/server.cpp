#include "native/http/server.h"

#include <algorithm>
#include <future>
#include <system_error>
#include <thread>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/system/system_error.hpp>

#include "core/base/check.h"
#include "native/http/loop.h"

namespace loyalty::http {
namespace {

using Endpoint = Loop::Endpoint;

/// Listeners of one port may belong to any processes of one user, so a second server would quietly
/// take half of the first one's connections. Asking for the port alone tells whether it is taken.
void require_free(const Endpoint& endpoint) {
  boost::asio::io_context context(1);
  boost::asio::ip::tcp::acceptor probe(context);
  probe.open(endpoint.protocol());
  probe.set_option(boost::asio::socket_base::reuse_address(true));
  if (endpoint.address().is_v6()) {
    probe.set_option(boost::asio::ip::v6_only(false));
  }
  probe.bind(endpoint);
}

unsigned loops_of(const Options& options) {
  return options.loops > 0 ? options.loops : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, Handler handler) : shared_(std::move(options), std::move(handler)) {
    Endpoint endpoint(boost::asio::ip::make_address(shared_.options.address), shared_.options.port);
    if (endpoint.port() != 0) {
      require_free(endpoint);
    }
    for (unsigned i = 0; i < loops_of(shared_.options); ++i) {
      loops_.push_back(std::make_unique<Loop>(shared_, endpoint));
      endpoint = loops_.front()->endpoint();
    }
    port_ = endpoint.port();
    for (const auto& loop : loops_) {
      threads_.emplace_back([&loop] { loop->run(); });
    }
  }

  std::uint16_t port() const { return port_; }

  Counters counters() const {
    Counters sum{.connections_open = shared_.admission.open()};
    for (const auto& loop : loops_) {
      const LoopCounters& counters = loop->counters();
      sum.connections += counters.connections.load(std::memory_order_relaxed);
      sum.requests += counters.requests.load(std::memory_order_relaxed);
      sum.refused += counters.refused.load(std::memory_order_relaxed);
    }
    return sum;
  }

  bool stop(std::chrono::milliseconds grace) {
    if (threads_.empty()) {
      return true;
    }
    const auto deadline = std::chrono::steady_clock::now() + grace;
    std::vector<std::future<void>> drained;
    for (const auto& loop : loops_) {
      drained.push_back(loop->drain());
    }
    for (std::future<void>& one : drained) {
      one.wait_until(deadline);
    }
    bool owed = false;
    for (const auto& loop : loops_) {
      owed = loop->finish().get() || owed;
    }
    for (std::thread& thread : threads_) {
      thread.join();
    }
    threads_.clear();
    return !owed;
  }

 private:
  Shared shared_;
  std::uint16_t port_ = 0;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::thread> threads_;
};

Server::Server(Options options, Handler handler) {
  try {
    impl_ = std::make_unique<Impl>(std::move(options), std::move(handler));
  } catch (const boost::system::system_error& error) {
    throw std::system_error(error.code(), "cannot listen");
  }
}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

std::uint16_t Server::port() const { return impl_->port(); }

Counters Server::counters() const { return impl_->counters(); }

bool Server::stop(std::chrono::milliseconds grace) { return impl_->stop(grace); }

}  // namespace loyalty::http
