#pragma once

#include <string>

#include "core/money/currency.h"
#include "native/service/program/catalogs.h"

/// The public API's scopes of coupons, `{"namespace","group":{"name","entityId"}}` (also written
/// flat, with `name` and `entityId`), as tags of cart lines: SCOPES.md.
namespace loyalty::service {

/// `stores/product:p1`, `stores/product`, `stores`.
std::string tag_of_scope(const Json& scope);

/// What is wrong with a scope: throws VALIDATION at `field` for a namespace or group that the API
/// does not have.
void check_scope(const Json& scope, const std::string& field);

/// Whether its coupons are always for one item (bookings).
bool is_always_one_item(const Json& scope);

}  // namespace loyalty::service
