#include <string>
#include <utility>

#include "native/service/accounts/jobs.h"
#include "native/service/events.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::text_at;

constexpr std::int64_t page_max = 1'000;

/// A page of the outbox as envelopes; `next` is where to go on, `last` the newest of all.
Json page_of(Call& call, const Json& request, std::string_view fqdn) {
  const std::int64_t after = integer_at(request, "after");
  const auto limit = static_cast<std::size_t>(integer_at(request, "limit", 100));
  Json events = Json::array();
  std::int64_t last = after;
  for (const store::EventRow& event : call.store.events(after, limit)) {
    last = event.sequence;
    if (fqdn.empty() || event.fqdn == fqdn) {
      events.push_back(event_json(event));
    }
  }
  return {{"events", std::move(events)},
          {"next", std::to_string(last)},
          {"last", std::to_string(call.store.last_event())}};
}

Json list_events(Call& call, const Json& request) { return page_of(call, request, {}); }

Json replay_events(Call& call, const Json& request) {
  return page_of(call, request, text_at(request, "entityFqdn"));
}

Json get_job(Call& call, const Json& request) {
  return {{"job", job_json(call, text_at(request, "id"))}};
}

wire::Schema event_schema() {
  using namespace wire;
  return object(
      {required("id", guid()), required("entityFqdn", text(1, 0)), required("slug", text(1, 0)),
       required("entityId", text(0, 0)), required("eventTime", timestamp()),
       required("triggeredByAnonymizeRequest", boolean()), optional("originatedFrom", text(0, 0)),
       required("entityEventSequence", integer_text(1, INT64_MAX)),
       required("sequence", integer(1, INT64_MAX)), optional("createdEvent", any()),
       optional("updatedEvent", any()), optional("deletedEvent", any()),
       optional("actionEvent", any())});
}

wire::Schema job_schema() {
  using namespace wire;
  const Schema error =
      object({required("code", text(1, 0)), required("description", text(0, 0))}).open();
  return object({required("id", guid()), required("type", text(1, 0)),
                 required("status", enumeration({"QUEUED", "RUNNING", "FINISHED", "FAILED"})),
                 required("createdDate", timestamp()), required("updatedDate", timestamp()),
                 required("succeeded", integer(0, INT64_MAX)),
                 required("failed", integer(0, INT64_MAX)),
                 required("errors", array(error, 0, job_errors_max)), optional("failure", error)});
}

}  // namespace

void add_event_routes(Routes& to) {
  using namespace wire;
  const Schema page = object(
      {required("events", array(event_schema(), 0, static_cast<std::size_t>(page_max))),
       required("next", integer_text(0, INT64_MAX)), required("last", integer_text(0, INT64_MAX))});
  to.push_back({.name = "events.list",
                .verb = Verb::get,
                .path = "/loyalty-events/v1/events",
                .permission = Permission::read_events,
                .access = Route::Access::read,
                .request = object({optional("after", integer_text(0, INT64_MAX)),
                                   optional("limit", integer(1, page_max))}),
                .response = page,
                .run = list_events,
                .summary = "Domain events in the order in which they happened"});
  to.push_back({.name = "events.replay",
                .verb = Verb::post,
                .path = "/loyalty-events/v1/replay",
                .permission = Permission::read_events,
                .access = Route::Access::read,
                .request = object({required("after", integer_text(0, INT64_MAX)),
                                   optional("limit", integer(1, page_max)),
                                   optional("entityFqdn", text(1, 200))}),
                .response = page,
                .run = replay_events,
                .summary = "Events once more, all or those of one kind of entity"});
  to.push_back({.name = "events.stream",
                .verb = Verb::get,
                .path = "/loyalty-events/v1/stream",
                .permission = Permission::read_events,
                .access = Route::Access::read,
                .request = object({optional("lastEventId", integer_text(0, INT64_MAX))}),
                .response = event_schema(),
                .summary = "Domain events as they happen, from any point on",
                .stream = true});
  to.push_back({.name = "jobs.get",
                .verb = Verb::get,
                .path = "/async-jobs/v1/jobs/{id}",
                .permission = Permission::manage_jobs,
                .access = Route::Access::read,
                .request = object({required("id", guid())}),
                .response = object({required("job", job_schema())}),
                .run = get_job,
                .summary = "How far a job is"});
}

}  // namespace loyalty::service
