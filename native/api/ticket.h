#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "native/api/auth.h"
#include "native/api/idempotency.h"
#include "native/api/metrics.h"
#include "native/api/rate_limits.h"
#include "native/http/server.h"
#include "native/service/route.h"

namespace loyalty::api {

/// One request on its way through the server, and what is known of it so far. Moves from the loop's
/// thread to the writer's and never is used by both at once.
struct Ticket {
  Ticket(http::Exchange from, Metrics& metrics, std::string request_id)
      : exchange{std::move(from)},
        started{Clock::now()},
        in_flight{metrics.in_flight},
        id{std::move(request_id)} {
    ++in_flight;
  }
  ~Ticket() { --in_flight; }
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  const http::Request& request() const { return exchange.request(); }

  http::Exchange exchange;
  const Clock::time_point started;
  std::atomic<std::uint64_t>& in_flight;
  const std::string id;
  const service::Route* route = nullptr;
  std::size_t row = Metrics::no_route;
  Authenticated who;
  wire::Json message;                 ///< of rows with `run`
  std::vector<http::Header> headers;  ///< of the answer, whatever it will be
};
using TicketPtr = std::shared_ptr<Ticket>;

/// An answer before it gets the headers that all have.
struct Reply {
  int status = 200;
  std::string body;
  std::string_view content_type = "application/json";  ///< a literal
  std::vector<http::Header> headers = {};
  bool replayed = false;
  std::string_view code = {};  ///< of a refusal, for the log
  std::string cause = {};      ///< likewise: what the caller is not told
};

}  // namespace loyalty::api
