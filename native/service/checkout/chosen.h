#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "native/service/checkout/shopper.h"

/// What a shopper's choice names that neither the public catalog nor the wallet has: codes of
/// promotions, coupons that are found by their code only.
namespace loyalty::service {

struct Entered {
  std::string resolved;       ///< the request's `resolved` as text; empty: none
  std::vector<Json> coupons;  ///< in the core's form
};

/// Looks up the codes and coupons of an intent. Costs nothing where it names none.
Entered look_up_chosen(Call& call, const Shopper& shopper, std::string_view intent);

/// The promotion of a code as a browser may have it: without a budget, and with limits only where
/// nothing is left for this contact. Null where the code is none of a promotion.
Json public_promotion_of_code(Call& call, std::string_view contact_id, std::string_view code);

/// As codes are kept and compared: without spaces around, letters of ASCII large.
std::string canonical_code(std::string_view code);

}  // namespace loyalty::service
