#pragma once

#include <vector>

#include "native/service/route.h"
#include "native/service/schedule.h"

/// Everything that this server can do: the rows and the scheduled works of all areas.
namespace loyalty::serve {

/// `with_clock`: the row that moves a virtual clock is there too.
service::Routes all_routes(bool with_clock);

std::vector<service::DueWork> all_due_works();

}  // namespace loyalty::serve
