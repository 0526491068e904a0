#pragma once

#include "native/service/checkout/checkouts.h"
#include "native/service/route.h"

/// What the sources of this area's routes share.
namespace loyalty::service {

/// Part of add_coupon_routes().
void add_coupon_listings(Routes& to);
/// Parts of add_checkout_routes().
void add_checkout_listings(Routes& to);
void add_order_routes(Routes& to);
void add_storefront_routes(Routes& to);

/// {checkout, discounts, quote, releasedPoints}
Json standing_json(const Standing& standing);

/// A member goes on with a checkout that was nobody's.
Checkout own_open_checkout(Call& call, const Checkout& checkout);

}  // namespace loyalty::service
