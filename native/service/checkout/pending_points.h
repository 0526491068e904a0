#pragma once

#include <string_view>

#include "native/service/call.h"

namespace loyalty::service {

/// Activities for which orders earn when they are paid (U5).
inline constexpr std::string_view earned_when_paid[] = {
    "order", "stores/OrderPaid", "bookings/BookingConfirmed", "events/OrderConfirmed",
    "wix_pricing_plans-plan_purchased"};

/// What an order will earn once it is paid, by the rules and the tier of now, on the bases that its
/// quote fixed. Zero of orders that are paid, canceled or a guest's. `order`: the body of its
/// document.
Points points_when_paid(Call& call, const Json& order);

}  // namespace loyalty::service
