#pragma once

#include "native/service/call.h"
#include "native/wire/schema.h"

/// What is suspicious about the rules of a site.
namespace loyalty::service {

/// As they stand in the call's store: `[{"code","severity","about","path","message"}]`. Configs for
/// tiers that are gone are found too.
Json lint_findings(Call& call);
wire::Schema findings_schema();

}  // namespace loyalty::service
