#pragma once

#include "native/service/route.h"

namespace loyalty::service {

/// The adjustment of all accounts that a search finds, as a job (U83), and its route.
void add_bulk_adjust_route(Routes& to);

}  // namespace loyalty::service
