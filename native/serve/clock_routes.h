#pragma once

#include "native/api/dispatcher.h"
#include "native/serve/clock.h"
#include "native/serve/scheduler.h"
#include "native/service/route.h"

/// A virtual clock that is read and moved by request, for development and tests.
namespace loyalty::serve {

void add_clock_routes(service::Routes& to);
void serve_clock(api::Dispatcher& dispatcher, ServerClock& clock, Scheduler& scheduler);

}  // namespace loyalty::serve
