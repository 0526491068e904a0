#pragma once

#include "native/service/route.h"

/// Parts of the route table of this area that stand in sources of their own.
namespace loyalty::service {

/// Query, search, count and list of accounts, and the adjustment of many.
void add_account_listings(Routes& to);
void add_transaction_listing(Routes& to);
void add_audit_route(Routes& to);

}  // namespace loyalty::service
