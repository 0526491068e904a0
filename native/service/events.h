#pragma once

#include <string_view>

#include "native/service/call.h"

/// Domain events between the operations that write them and whoever delivers them.
namespace loyalty::service {

/// emit() with a body that is JSON text already; empty where there is none.
void emit_text(Call& call, std::string_view fqdn, std::string_view slug, EventKind kind,
               std::string_view entity_id, std::string_view body);

/// The whole envelope, as it is delivered and replayed.
Json event_json(const store::EventRow& event);

}  // namespace loyalty::service
