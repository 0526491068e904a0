#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "native/service/call.h"

/// Promotions of the merchant, in the core's own form.
namespace loyalty::service {

/// The fields that a promotion has in a catalog.
inline constexpr std::string_view promotion_rule_fields[] = {
    "id",       "name",      "trigger",    "codes",  "lane",
    "priority", "exclusive", "conditions", "limits", "effects"};

/// The core's form, with `active`, `revision` and dates.
Json promotion_json(const store::Document& document);

/// The active promotion that a code triggers, in the catalog's form, ready for `resolved`; codes
/// are compared without regard to case and to spaces around.
std::optional<Json> promotion_of_code(store::Session& session, std::string_view code);

}  // namespace loyalty::service
