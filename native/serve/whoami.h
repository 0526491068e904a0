#pragma once

#include "native/api/dispatcher.h"
#include "native/serve/clock.h"
#include "native/service/route.h"

/// What a key is: whoever is given one can ask what it opens.
namespace loyalty::serve {

void add_whoami_route(service::Routes& to);
void serve_whoami(api::Dispatcher& dispatcher, ServerClock& clock);

}  // namespace loyalty::serve
