#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/model/effect.h"

namespace loyalty {

enum class CouponStatus : std::uint8_t { pending, active, applied, failed, archived };

/// A coupon that a member owns, or a referral reward, which has the same shape.
struct Coupon {
  CouponId id;
  std::string_view code;
  std::int64_t revision = 1;
  CouponStatus status = CouponStatus::active;
  std::string_view name;
  std::optional<Instant> expires_at;
  Conditions conditions;
  bool exclusive = false;
  std::span<const Effect> effects;
};

/// A member as the quote sees it: a snapshot with a revision.
struct Account {
  AccountId id;
  std::int64_t revision = 0;
  Points available;
  Points held;
  Points pending;
  TierId tier;  ///< empty: the base tier
  Points tier_points;
  Texts customer_tags;
  std::int64_t order_number = 0;  ///< the number of this order among the customer's; 0: unknown
  std::span<const Coupon> coupons;
  std::span<const Coupon> referral_rewards;
};

}  // namespace loyalty
