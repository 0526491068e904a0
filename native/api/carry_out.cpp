#include <algorithm>
#include <utility>

#include "native/api/code_entry.h"
#include "native/api/dispatcher.h"
#include "native/api/failures.h"
#include "native/api/idempotency.h"
#include "native/api/permissions.h"
#include "native/api/replies.h"
#include "native/wire/refused.h"

/// The half of the dispatcher that runs operations.
namespace loyalty::api {
namespace {

using service::Call;
using service::Caller;
using service::Route;
using wire::Code;
using wire::Json;
using wire::Refused;

constexpr std::size_t origin_length_max = 64;

/// Who caused this call, in the words of whoever synchronises systems (U85).
std::string origin_of(const http::Request& request) {
  const std::string_view origin = request.header("x-loyalty-origin");
  for (const char c : origin) {
    if (c < ' ' || c > '~' || origin.size() > origin_length_max) {
      throw Refused::invalid("X-Loyalty-Origin", "FORMAT",
                             "must be at most 64 printable characters of ASCII");
    }
  }
  return std::string{origin};
}

/// The address under which a client has reached this server, by its own words.
std::string base_of(const http::Request& request) {
  const std::string_view host = request.header("host");
  const bool plain = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
  return plain && !host.empty() ? "http://" + std::string{host} : std::string{};
}

}  // namespace

/// A write under way.
struct Dispatcher::Writing {
  TicketPtr ticket;
  bool keyed = false;
  KeyUse key;
  store::TenantId tenant = store::system_tenant;
  std::string origin;
  // What came of it. Set anew each time it is run: a transaction may be tried again.
  Reply reply;
  std::vector<std::function<void()>> after_commit;
  std::vector<std::pair<store::TenantId, std::function<void(store::Session&)>>> follow_ups;
  std::size_t followed_up = 0;
};

store::TenantId Dispatcher::tenant_of(const Ticket& ticket) const {
  return grant_of(ticket.route->permission)->data == Data::site ? ticket.who.caller.tenant
                                                                : store::system_tenant;
}

Call Dispatcher::call_of(Ticket& ticket, store::Session& session, Instant now) {
  Call call{.store = session,
            .caller = ticket.who.caller,
            .now = now,
            .ids = services_.ids,
            .catalogs = services_.catalogs};
  call.base_url = base_url_.empty() ? base_of(ticket.request()) : base_url_;
  if (ticket.route->access == Route::Access::read) {
    call.read_site = [this, &caller = ticket.who.caller](
                         store::TenantId tenant, const std::function<void(store::Session&)>& run) {
      const bool own =
          tenant == caller.tenant ||
          std::find(caller.sites.begin(), caller.sites.end(), tenant) != caller.sites.end();
      if (!own) {
        throw Refused{Code::site_not_found};
      }
      services_.store.read(tenant, run);
    };
  }
  return call;
}

Reply Dispatcher::run(Ticket& ticket, Call& call) {
  const Route& route = *ticket.route;
  Reply reply;
  if (route.run_text != nullptr) {
    reply.body = route.run_text(call, ticket.request().body);
  } else {
    reply = reply_of(route, route.run(call, ticket.message));
  }
  reply.status = call.status;
  for (auto& header : call.headers) {
    reply.headers.push_back(std::move(header));
  }
  return reply;
}

/// Whoever guesses codes is not told any more whether they exist.
void Dispatcher::check_codes(const Ticket& ticket) {
  if (ticket.route->rate == Route::Rate::normal) {
    return;
  }
  const std::int64_t seconds =
      codes_.blocked_seconds(ticket.who.caller, ticket.request().peer, Clock::now());
  if (seconds == 0) {
    return;
  }
  bool enters = true;
  if (ticket.route->run_text != nullptr) {
    const auto body = wire::parse(ticket.request().body, ticket.route->body_bytes_max);
    enters = body.ok() && enters_code(body.value());
  } else {
    enters = enters_code(ticket.message);
  }
  if (enters) {
    ++metrics_.rate_limited;
    throw too_many(seconds);
  }
}

void Dispatcher::note_codes(const Ticket& ticket, std::string_view answer) {
  const Caller::Identity identity = ticket.who.caller.identity;
  if (ticket.route->rate == Route::Rate::normal || identity == Caller::Identity::app ||
      identity == Caller::Identity::user) {
    return;
  }
  codes_.failed(ticket.who.caller, ticket.request().peer, unknown_codes(answer, ticket.message),
                Clock::now());
}

void Dispatcher::read(const TicketPtr& ticket) {
  check_codes(*ticket);
  Reply reply;
  try {
    services_.store.read(tenant_of(*ticket), [&](store::Session& session) {
      Call call = call_of(*ticket, session, services_.now());
      reply = run(*ticket, call);
    });
  } catch (...) {
    reply = reply_of(std::current_exception());
  }
  note_codes(*ticket, reply.body);
  finish(*ticket, std::move(reply));
}

void Dispatcher::write(const TicketPtr& ticket) {
  const Route& route = *ticket->route;
  const http::Request& request = ticket->request();
  const auto writing = std::make_shared<Writing>();
  writing->ticket = ticket;
  writing->tenant = tenant_of(*ticket);
  writing->origin = origin_of(request);
  const std::string_view key = request.header("idempotency-key");
  writing->keyed = !key.empty();
  if (writing->keyed) {
    writing->key = key_use(
        route, ticket->who.caller.principal, key,
        route.run_text != nullptr ? std::string{request.body} : wire::text_of(ticket->message));
  }
  const bool taken = services_.queue.push(
      writing->tenant, [this, writing](store::Session& session) { write_now(*writing, session); },
      [this, writing](const std::exception_ptr& thrown) { written(writing, thrown); });
  if (!taken) {
    ++metrics_.turned_away;
    throw Refused{Code::temporary};
  }
}

/// On the writer's thread, in its transaction.
void Dispatcher::write_now(Writing& writing, store::Session& session) {
  Ticket& ticket = *writing.ticket;
  writing.reply = {};
  writing.after_commit.clear();
  writing.follow_ups.clear();
  const Instant now = services_.now();
  const auto work = [&]() -> Outcome {
    check_codes(ticket);
    Call call = call_of(ticket, session, now);
    call.origin = writing.origin;
    call.idempotency_key = writing.key.key;
    Outcome outcome;
    if (ticket.route->secret) {
      const Json answer = ticket.route->run(call, ticket.message);
      outcome = {.status = call.status,
                 .body = wire::text_of(answer),
                 .kept_body = without_secrets(answer)};
    } else {
      writing.reply = run(ticket, call);
      outcome = {.status = writing.reply.status, .body = writing.reply.body};
    }
    // Only of a call that comes to its end: what is undone must not be told of.
    writing.after_commit = std::move(call.after_commit);
    writing.follow_ups = std::move(call.follow_ups);
    return outcome;
  };
  try {
    Outcome outcome = writing.keyed ? once(session, writing.key, now, work) : work();
    writing.reply.status = outcome.status;
    writing.reply.body = std::move(outcome.body);
    writing.reply.replayed = outcome.replayed;
  } catch (const Refused& refusal) {
    note_codes(ticket, wire::text_of(refusal.body()));
    throw;
  }
  if (!writing.reply.replayed) {
    note_codes(ticket, writing.reply.body);
  }
}

/// On the writer's thread, after the commit.
void Dispatcher::written(const std::shared_ptr<Writing>& writing,
                         const std::exception_ptr& thrown) {
  try {
    if (thrown != nullptr) {
      return fail(*writing->ticket, thrown);
    }
    for (const auto& hook : writing->after_commit) {
      hook();
    }
    if (on_commit_) {
      on_commit_(writing->tenant);
    }
    if (writing->tenant == store::system_tenant) {
      directory_.changed();
    }
    follow_up(writing);
  } catch (...) {
    fail(*writing->ticket, std::current_exception());
  }
}

void Dispatcher::follow_up(const std::shared_ptr<Writing>& writing) {
  if (writing->followed_up == writing->follow_ups.size()) {
    return finish(*writing->ticket, std::move(writing->reply));
  }
  auto& [tenant, work] = writing->follow_ups[writing->followed_up++];
  const bool taken =
      services_.queue.push(tenant, work, [this, writing](const std::exception_ptr& thrown) {
        thrown != nullptr ? fail(*writing->ticket, thrown) : follow_up(writing);
      });
  if (!taken) {
    throw Refused{Code::temporary};
  }
}

}  // namespace loyalty::api
