#pragma once

#include "native/service/checkout/orders.h"
#include "native/service/route.h"

/// Why an order cost what it cost and earned what it earned.
namespace loyalty::service {

/// What each rule for orders gave: `[{"ruleId","ruleName","outcome","points"?,"reason"?,"text"}]`,
/// by the rules as they were when the order was placed. Of orders whose catalog was not kept, only
/// those that gave something.
Json earning_of(Call& call, const Order& order);

/// Part of add_order_routes().
void add_order_explanation(Routes& to);

}  // namespace loyalty::service
