#include "native/api/dispatcher.h"

#include <algorithm>
#include <stdexcept>

#include "native/api/message.h"
#include "native/api/permissions.h"
#include "native/api/replies.h"
#include "native/api/secrets.h"
#include "native/api/security_headers.h"
#include "native/wire/refused.h"

namespace loyalty::api {
namespace {

using service::Caller;
using service::Route;
using wire::Code;
using wire::Refused;

void check_permissions(const service::Routes& routes) {
  for (const Route& route : routes) {
    if (grant_of(route.permission) == nullptr) {
      throw std::logic_error("route " + std::string{route.name} + " needs an unknown permission");
    }
  }
}

std::string_view identity_name(Caller::Identity identity) {
  switch (identity) {
    case Caller::Identity::anonymous:
      return "visitor";
    case Caller::Identity::member:
      return "member";
    case Caller::Identity::app:
      return "app";
    case Caller::Identity::user:
      return "user";
    case Caller::Identity::server:
      break;
  }
  return "server";
}

std::string hex_of(std::uint64_t number) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); number != 0; number >>= 4U) {
    text[--i] = digits[number & 15U];
  }
  return text;
}

}  // namespace

Dispatcher::Dispatcher(const service::Routes& routes, const Services& services,
                       const Options& options)
    : router_{routes},
      services_{services},
      directory_{services.store},
      authenticator_{directory_},
      rates_{options.rates},
      codes_{options.codes},
      cors_{services.store, services.catalogs, directory_},
      metrics_{routes},
      base_url_{options.base_url},
      id_mark_{random_hex(4)} {
  check_permissions(routes);
}

Dispatcher::~Dispatcher() = default;

void Dispatcher::serve(std::string path, Page page) {
  pages_.insert_or_assign(std::move(path), std::move(page));
}

void Dispatcher::serve_rest(
    std::function<std::optional<http::Response>(const http::Request&)> pages) {
  rest_ = std::move(pages);
}

void Dispatcher::serve_row(std::string_view name, Row row) {
  rows_.insert_or_assign(index_of(name), std::move(row));
}

void Dispatcher::serve_stream(std::string_view name, std::function<void(const Listening&)> row) {
  streams_.insert_or_assign(index_of(name), std::move(row));
}

std::size_t Dispatcher::index_of(std::string_view name) const {
  const service::Routes& routes = router_.routes();
  for (std::size_t i = 0; i < routes.size(); ++i) {
    if (routes[i].name == name) {
      return i;
    }
  }
  throw std::logic_error("there is no route " + std::string{name});
}

std::string Dispatcher::next_id() {
  return id_mark_ + hex_of(next_id_.fetch_add(1, std::memory_order_relaxed));
}

void Dispatcher::handle(http::Exchange exchange) {
  const auto ticket = std::make_shared<Ticket>(std::move(exchange), metrics_, next_id());
  try {
    dispatch(ticket);
  } catch (...) {
    fail(*ticket, std::current_exception());
  }
}

void Dispatcher::dispatch(const TicketPtr& ticket) {
  const http::Request& request = ticket->request();
  if (dispatch_page(ticket)) {
    return;
  }
  Found found = router_.find(request.method, request.path);
  if (request.method == http::Method::options && found.kind == Found::Kind::other_methods) {
    return answer_options(ticket, found);
  }
  switch (found.kind) {
    case Found::Kind::malformed:
      throw Refused::invalid("", "FORMAT", "the path must be percent-encoded UTF-8");
    case Found::Kind::nothing:
      throw Refused{Code::not_found};
    case Found::Kind::other_methods:
      ticket->headers.emplace_back("Allow", found.allow);
      throw Refused{Code::method_not_allowed};
    case Found::Kind::route:
      return dispatch_route(ticket, found);
  }
}

bool Dispatcher::dispatch_page(const TicketPtr& ticket) {
  const http::Request& request = ticket->request();
  const bool asks = request.method == http::Method::get || request.method == http::Method::head;
  if (const auto page = pages_.find(request.path); page != pages_.end()) {
    if (!asks) {
      ticket->headers.emplace_back("Allow", "GET, HEAD");
      throw Refused{Code::method_not_allowed};
    }
    http::Response response = page->second(request);
    add_api_headers(response.headers);
    send(*ticket, std::move(response), {}, {});
    return true;
  }
  if (rest_ && asks) {
    if (auto response = rest_(request)) {
      send(*ticket, std::move(*response), {}, {});
      return true;
    }
  }
  return false;
}

void Dispatcher::answer_options(const TicketPtr& ticket, const Found& found) {
  http::Response response = cors_.preflight(ticket->request(), found.allow);
  response.headers.emplace_back("Allow", found.allow + ", OPTIONS");
  send(*ticket, std::move(response), {}, {});
}

void Dispatcher::dispatch_route(const TicketPtr& ticket, Found& found) {
  ticket->route = found.route;
  ticket->row = found.index;
  const auto site = std::find_if(found.variables.begin(), found.variables.end(),
                                 [](const auto& variable) { return variable.first == "site"; });
  admit(*ticket, site == found.variables.end() ? std::string_view{} : site->second);
  carry_out(ticket, found);
}

/// Whether the caller may come in at all.
void Dispatcher::admit(Ticket& ticket, std::string_view site_in_path) {
  const Route& route = *ticket.route;
  ticket.who = authenticator_.authenticate(ticket.request(), site_in_path, services_.now());
  const Caller& caller = ticket.who.caller;
  const RateVerdict rate = rates_.take(caller, route.rate, ticket.started);
  if (rate.limit != 0) {
    ticket.headers.emplace_back("RateLimit-Limit", std::to_string(rate.limit));
    ticket.headers.emplace_back("RateLimit-Remaining", std::to_string(rate.remaining));
    ticket.headers.emplace_back("RateLimit-Reset", std::to_string(rate.reset_seconds));
  }
  if (!rate.allowed) {
    ++metrics_.rate_limited;
    throw too_many(rate.reset_seconds);
  }
  switch (judge(route.permission, caller)) {
    case Verdict::unauthenticated:
      throw Refused{Code::unauthenticated};
    case Verdict::denied:
      throw Refused{Code::permission_denied};
    case Verdict::allowed:
      break;
  }
  if (ticket.who.site == nullptr && grant_of(route.permission)->data != Data::server) {
    throw Refused{Code::site_not_found};
  }
}

void Dispatcher::carry_out(const TicketPtr& ticket, const Found& found) {
  const Route& route = *ticket->route;
  const http::Request& request = ticket->request();
  if (route.access == Route::Access::write) {
    check_key(route, request.header("idempotency-key"));
  }
  check_body(route, request);
  if (route.run_text == nullptr) {
    ticket->message = request_message(route, found.variables, request);
  }
  if (const auto row = rows_.find(ticket->row); row != rows_.end()) {
    row->second(ticket->who.caller, ticket->message,
                [this, ticket](const wire::Json& answer, const std::exception_ptr& thrown) {
                  if (thrown != nullptr) {
                    fail(*ticket, thrown);
                  } else {
                    finish(*ticket, reply_of(*ticket->route, answer));
                  }
                });
    return;
  }
  if (route.stream) {
    return listen(ticket);
  }
  if (route.run == nullptr && route.run_text == nullptr) {
    throw Refused{Code::not_found};
  }
  route.access == Route::Access::write ? write(ticket) : read(ticket);
}

void Dispatcher::finish(Ticket& ticket, Reply reply) {
  apply_etag(ticket.request(), reply);
  http::Response response{.status = reply.status,
                          .content_type = reply.content_type,
                          .headers = std::move(reply.headers),
                          .body = std::move(reply.body)};
  response.headers.insert(response.headers.end(), ticket.headers.begin(), ticket.headers.end());
  if (reply.replayed) {
    ++metrics_.replays;
    response.headers.emplace_back("Idempotent-Replayed", "true");
  }
  add_api_headers(response.headers);
  add_cors(ticket, response.headers);
  send(ticket, std::move(response), reply.code, reply.cause);
}

void Dispatcher::add_cors(const Ticket& ticket, std::vector<http::Header>& to) {
  try {
    cors_.add_headers(ticket.request(), ticket.who.site, to);
  } catch (const std::exception& error) {
    // The origins cannot be read now: a page of another origin does not see this answer.
    services_.log.add(Log::Line{Log::Level::warning, "cors"}.text("cause", error.what()));
  }
}

void Dispatcher::fail(Ticket& ticket, const std::exception_ptr& thrown) {
  finish(ticket, reply_of(thrown));
}

void Dispatcher::send(Ticket& ticket, http::Response response, std::string_view code,
                      std::string_view cause) {
  const int status = response.status;
  response.headers.emplace_back("x-wix-request-id", ticket.id);
  metrics_.count(ticket.row, status, Clock::now() - ticket.started);
  log_request(ticket, status, code, cause);
  ticket.exchange.answer(std::move(response));
}

void Dispatcher::log_request(const Ticket& ticket, int status, std::string_view code,
                             std::string_view cause) {
  const Log::Level level = status >= 500   ? Log::Level::error
                           : cause.empty() ? Log::Level::info
                                           : Log::Level::warning;
  if (!services_.log.shows(level)) {
    return;
  }
  const http::Request& request = ticket.request();
  Log::Line line{level, "request"};
  line.text("id", ticket.id).text("method", http::name_of(request.method));
  // Paths without a route are anybody's text; those with one may name members.
  line.text("route", ticket.route == nullptr ? "" : ticket.route->name);
  if (ticket.who.site != nullptr) {
    line.text("site", ticket.who.site->id);
  }
  line.text("caller", identity_name(ticket.who.caller.identity));
  if (const std::string_view trace = request.header("traceparent"); !trace.empty()) {
    line.text("traceparent", trace);
  }
  line.number("status", status);
  line.number(
      "us",
      std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - ticket.started).count());
  if (!code.empty()) {
    line.text("code", code);
  }
  if (!cause.empty()) {
    line.text("cause", cause);
  }
  services_.log.add(std::move(line));
}

}  // namespace loyalty::api
