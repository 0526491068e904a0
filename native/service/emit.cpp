#include <cstddef>
#include <string>

#include "core/json/writer.h"
#include "native/service/events.h"

namespace loyalty::service {
namespace {

/// By kind: the member of the envelope, and the name of the body in it.
struct Wrapping {
  std::string_view event;
  std::string_view body;
};
constexpr Wrapping wrappings[] = {
    {"createdEvent", "entity"},
    {"updatedEvent", "currentEntity"},
    {"deletedEvent", "deletedEntity"},
    {"actionEvent", "body"},
};

}  // namespace

void emit_text(Call& call, std::string_view fqdn, std::string_view slug, EventKind kind,
               std::string_view entity_id, std::string_view body) {
  thread_local Writer to;
  const Wrapping& wrapping = wrappings[static_cast<std::size_t>(kind)];
  to.clear();
  to.begin_object();
  to.key("triggeredByAnonymizeRequest");
  to.value(call.anonymizing);
  if (!call.origin.empty()) {
    to.key("originatedFrom");
    to.value(std::string_view{call.origin});
  }
  to.key(wrapping.event);
  to.begin_object();
  if (!body.empty()) {
    to.key(wrapping.body);
    to.value(body);
  }
  to.end_object();
  to.end_object();
  store::EventRow event;
  event.id = call.ids.next(call.now);
  event.fqdn = fqdn;
  event.slug = slug;
  event.entity_id = entity_id;
  event.at = call.now;
  event.body = to.text();
  call.store.emit(event);
}

void emit(Call& call, std::string_view fqdn, std::string_view slug, EventKind kind,
          std::string_view entity_id, const Json& body) {
  emit_text(call, fqdn, slug, kind, entity_id,
            body.is_null() ? std::string{} : wire::text_of(body));
}

Json event_json(const store::EventRow& event) {
  Json envelope = Json::parse(event.body);
  envelope["id"] = event.id;
  envelope["entityFqdn"] = event.fqdn;
  envelope["slug"] = event.slug;
  envelope["entityId"] = event.entity_id;
  envelope["eventTime"] = wire::time_text(event.at);
  envelope["entityEventSequence"] = std::to_string(event.sequence);
  envelope["sequence"] = event.sequence;
  return envelope;
}

}  // namespace loyalty::service
