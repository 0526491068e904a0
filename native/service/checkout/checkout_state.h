#pragma once

#include "native/service/checkout/checkouts.h"

namespace loyalty::service {

/// {checkout, discounts, quote} as they are now: a discount whose points are no longer held is left
/// out with its choice, though only the next change of the checkout ends it. Of a checkout that has
/// become an order the quote is the order's. Changes nothing.
Json state_of(Call& call, const Checkout& checkout, const Json& want = {});

}  // namespace loyalty::service
