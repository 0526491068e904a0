#pragma once

#include "native/service/call.h"
#include "native/wire/schema.h"

namespace loyalty::service {

/// Everything about the calling member that one page shows. Throws MEMBER_REQUIRED.
Json overview(Call& call, const Json& request);

wire::Schema overview_schema();

}  // namespace loyalty::service
