#include "native/serve/clock_routes.h"

#include "native/wire/refused.h"

namespace loyalty::serve {
namespace {

using service::Permission;
using service::Route;
using service::Verb;
using wire::Json;

constexpr std::int64_t seconds_max = std::int64_t{100} * 366 * 86'400;

Json clock_json(ServerClock& clock) { return {{"now", wire::time_text(clock.now())}}; }

Instant target_of(const Json& request, Instant now) {
  if (request.contains("to")) {
    return *wire::time_of(wire::text_at(request, "to"));
  }
  const Instant to = now + Duration::seconds(wire::integer_at(request, "advanceSeconds"));
  if (to > Instant::max()) {
    throw wire::Refused::invalid("advanceSeconds", "MAX", "is beyond the end of time");
  }
  return to;
}

}  // namespace

void add_clock_routes(service::Routes& to) {
  using namespace wire;
  const Schema answer = object({required("now", timestamp())});
  to.push_back({.name = "clock.get",
                .verb = Verb::get,
                .path = "/dev/v1/clock",
                .permission = Permission::move_clock,
                .access = Route::Access::read,
                .request = object({}),
                .response = answer,
                .summary = "What time it is for the server."});
  to.push_back({.name = "clock.move",
                .verb = Verb::post,
                .path = "/dev/v1/clock",
                .permission = Permission::move_clock,
                .access = Route::Access::read,
                .request = object({optional("to", timestamp()),
                                   optional("advanceSeconds", integer(0, seconds_max))})
                               .exactly_one_of({"to", "advanceSeconds"}),
                .response = answer,
                .summary = "Moves the clock on; answers when all that fell due has been done."});
}

void serve_clock(api::Dispatcher& dispatcher, ServerClock& clock, Scheduler& scheduler) {
  using End = api::Dispatcher::End;
  dispatcher.serve_row("clock.get", [&clock](const service::Caller&, const Json&, const End& end) {
    end(clock_json(clock), nullptr);
  });
  dispatcher.serve_row("clock.move", [&clock, &scheduler](const service::Caller&,
                                                          const Json& request, const End& end) {
    scheduler.move_clock(
        target_of(request, clock.now()),
        [&clock, end](const std::exception_ptr& thrown) { end(clock_json(clock), thrown); });
  });
}

}  // namespace loyalty::serve
