#pragma once

#include <string>
#include <string_view>

#include "native/wire/json.h"

/// The core as the judge of documents in its own form.
namespace loyalty::service {

/// Decodes a catalog. Throws VALIDATION where the core refuses it: the JSON pointer of the defect,
/// without `pointer_prefix` in front, becomes a field path below `field`.
void check_by_core(const wire::Json& catalog, std::string_view pointer_prefix,
                   std::string_view field);

/// `/effects/0/amount` as `effects[0].amount`.
std::string dotted_path(std::string_view pointer);

}  // namespace loyalty::service
