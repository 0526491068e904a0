#include "native/serve/streams.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "native/wire/refused.h"

namespace loyalty::serve {
namespace {

using Listening = api::Dispatcher::Listening;
using wire::Refused;

/// The last event that the caller has had. Clients that reconnect by themselves send the header.
std::optional<std::int64_t> after_of(const Listening& listening) {
  if (listening.last_event_id.empty()) {
    const wire::Json& given = wire::member(listening.request, "lastEventId");
    return given.is_null() ? std::nullopt : std::optional(given.get<std::int64_t>());
  }
  std::int64_t after = -1;
  const char* const end = listening.last_event_id.data() + listening.last_event_id.size();
  const auto read = std::from_chars(listening.last_event_id.data(), end, after);
  if (read.ec != std::errc{} || read.ptr != end || after < 0) {
    throw Refused::invalid("Last-Event-ID", "FORMAT", "must be the id of an event of this stream");
  }
  return after;
}

api::Audience audience_of(const api::Dispatcher& dispatcher, const Listening& listening) {
  const service::Caller& caller = listening.who.caller;
  api::Audience audience;
  audience.tenant = caller.tenant;
  audience.principal = caller.principal;
  audience.may_listen = [&authenticator = dispatcher.authenticator(),
                         credential = listening.who.credential](Instant now) {
    return authenticator.still_holds(credential, now);
  };
  return audience;
}

}  // namespace

void serve_streams(api::Dispatcher& dispatcher, api::LiveEvents& live) {
  dispatcher.serve_stream("events.stream", [&](const Listening& listening) {
    live.open(audience_of(dispatcher, listening), after_of(listening), listening.begin);
  });
  dispatcher.serve_stream("storefront.myEvents", [&](const Listening& listening) {
    const service::Caller& caller = listening.who.caller;
    if (caller.contact_id.empty()) {
      throw Refused{wire::Code::member_required};
    }
    api::Audience audience = audience_of(dispatcher, listening);
    audience.contact_id = caller.contact_id;
    live.open(std::move(audience), after_of(listening), listening.begin);
  });
}

}  // namespace loyalty::serve
