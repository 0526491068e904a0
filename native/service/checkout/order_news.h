#pragma once

#include <string>

#include "native/service/checkout/orders.h"

/// What people and listeners know an order by.
namespace loyalty::service {

/// The next short number of the site: `1001`, `1002`, …
std::string next_order_number(Call& call);

/// Tells whoever listens that an order is there, or has changed: `loyalty.v1.order`.
void tell_of_order(Call& call, const Order& order, EventKind kind);

}  // namespace loyalty::service
