#include <utility>
#include <vector>

#include "native/api/dispatcher.h"
#include "native/api/security_headers.h"
#include "native/http/gate.h"
#include "native/wire/refused.h"

/// The part of the dispatcher that begins streams of events.
namespace loyalty::api {

void Dispatcher::listen(const TicketPtr& ticket) {
  const auto row = streams_.find(ticket->row);
  if (row == streams_.end()) {
    throw wire::Refused{wire::Code::not_found};
  }
  const http::Request& request = ticket->request();
  if (request.method == http::Method::head) {
    http::Response response{.content_type = "text/event-stream",
                            .headers = headers_of_stream(*ticket)};
    return send(*ticket, std::move(response), {}, {});
  }
  const auto begin = [this, ticket] {
    std::vector<http::Header> headers = headers_of_stream(*ticket);
    headers.emplace_back("x-wix-request-id", ticket->id);
    // The transport says so of every stream.
    std::erase_if(headers, [](const http::Header& header) {
      return http::same_word(header.first, "cache-control");
    });
    metrics_.count(ticket->row, 200, Clock::now() - ticket->started);
    log_request(*ticket, 200, {}, {});
    return ticket->exchange.stream(std::move(headers));
  };
  row->second({.who = ticket->who,
               .request = ticket->message,
               .last_event_id = request.header("last-event-id"),
               .begin = begin});
}

std::vector<http::Header> Dispatcher::headers_of_stream(const Ticket& ticket) {
  std::vector<http::Header> headers = ticket.headers;
  add_api_headers(headers);
  add_cors(ticket, headers);
  return headers;
}

}  // namespace loyalty::api
