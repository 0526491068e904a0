#pragma once

#include <optional>
#include <string>

#include "native/service/call.h"

/// What domain events mean to the members whom they are about.
namespace loyalty::service {

/// Something that happened to a checkout.
struct CheckoutNews {
  std::string checkout_id = {};
  std::string discount_id = {};  ///< empty: the checkout as a whole
  std::string change = {};       ///< applied, removed, expired, recalculated, completed
  friend bool operator==(const CheckoutNews&, const CheckoutNews&) = default;
};

/// Something that happened to one member. Either id may be empty, not both.
struct MemberNews {
  std::string account_id = {};
  std::string contact_id = {};
  std::string reason = {};  ///< `points_updated`; of what is not an account its name and slug:
                            ///< `coupon_created`
  std::optional<CheckoutNews> checkout = {};
};

/// Nothing where the event is about no member in particular. `session`: of the event's site, for
/// events that do not say themselves whose they are.
std::optional<MemberNews> news_of(store::Session& session, const store::EventRow& event);

}  // namespace loyalty::service
