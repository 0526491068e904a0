#pragma once

#include "native/api/dispatcher.h"
#include "native/api/live_events.h"

namespace loyalty::serve {

/// The rows that answer with events: a member's own, and all of a site.
void serve_streams(api::Dispatcher& dispatcher, api::LiveEvents& live);

}  // namespace loyalty::serve
