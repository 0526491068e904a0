#include "core/model/rejection.h"

#include "core/base/check.h"

namespace loyalty {
namespace {

struct Row {
  RejectionCode code;
  std::string_view name;
  std::string_view sentence;
};

using enum RejectionCode;
constexpr Row rows[] = {
    {program_not_active, "PROGRAM_NOT_ACTIVE", "The loyalty program is not active."},
    {sign_in_required, "SIGN_IN_REQUIRED", "Members only."},
    {reward_not_found, "REWARD_NOT_FOUND", "There is no such reward."},
    {coupon_not_found, "COUPON_NOT_FOUND", "There is no such coupon."},
    {code_not_found, "CODE_NOT_FOUND", "This code is not known."},
    {reward_not_active, "REWARD_NOT_ACTIVE", "The reward is not offered at the moment."},
    {coupon_not_active, "COUPON_NOT_ACTIVE", "The coupon is not active."},
    {coupon_used, "COUPON_USED", "The coupon has been used."},
    {reward_not_available_for_tier, "REWARD_NOT_AVAILABLE_FOR_TIER",
     "The reward is for other tiers."},
    {tier_required, "TIER_REQUIRED", "This is for certain tiers."},
    {not_started, "NOT_STARTED", "This has not started yet."},
    {expired, "EXPIRED", "This has ended."},
    {minimum_subtotal_not_met, "MINIMUM_SUBTOTAL_NOT_MET", "The minimum amount is not reached."},
    {minimum_quantity_not_met, "MINIMUM_QUANTITY_NOT_MET", "The minimum quantity is not reached."},
    {scope_not_in_cart, "SCOPE_NOT_IN_CART", "The cart holds nothing that this is for."},
    {customer_not_eligible, "CUSTOMER_NOT_ELIGIBLE", "This is for other customers."},
    {order_number_mismatch, "ORDER_NUMBER_MISMATCH", "This is for another order of the customer."},
    {shipping_method_mismatch, "SHIPPING_METHOD_MISMATCH", "This is for other shipping methods."},
    {usage_limit_reached, "USAGE_LIMIT_REACHED", "This has been used up."},
    {customer_limit_reached, "CUSTOMER_LIMIT_REACHED", "The customer has used this up."},
    {budget_exhausted, "BUDGET_EXHAUSTED", "The budget for this is used up."},
    {insufficient_points, "INSUFFICIENT_POINTS", "There are not enough points."},
    {points_below_minimum, "POINTS_BELOW_MINIMUM", "More points have to be chosen."},
    {points_off_step, "POINTS_OFF_STEP", "Points are spent in fixed steps."},
    {not_combinable, "NOT_COMBINABLE", "This cannot be combined with what is chosen."},
    {nothing_to_discount, "NOTHING_TO_DISCOUNT", "There is nothing left to discount."},
};
static_assert(sizeof rows / sizeof rows[0] == rejection_codes, "one row for every code");

const Row& row_of(RejectionCode code) {
  const Row& row = rows[static_cast<int>(code)];
  LOYALTY_CHECK(row.code == code);
  return row;
}

}  // namespace

std::string_view name_of(RejectionCode code) { return row_of(code).name; }
std::string_view sentence_of(RejectionCode code) { return row_of(code).sentence; }

std::string_view name_of(Source source) {
  constexpr std::string_view names[] = {"promotion", "code", "coupon", "reward", "referral"};
  return names[static_cast<int>(source)];
}

std::string_view name_of(Fix::Kind kind) {
  constexpr std::string_view names[] = {"",          "addAmount", "addQuantity", "earnPoints",
                                        "reachTier", "signIn",    "wait",        "choose"};
  return names[static_cast<int>(kind)];
}

}  // namespace loyalty
