#include "native/service/checkout/shapes.h"

#include <string>

#include "core/base/limits.h"

namespace loyalty::service::shapes {
namespace {

using namespace wire;

Schema money() { return integer(-limits::cart_minor_max, limits::cart_minor_max * 2); }
Schema points() { return integer(0, limits::points_max); }
Schema any_text() { return text(0, 0); }

Schema specification() {
  const Schema shape =
      object({optional("type", enumeration({"UNKNOWN", "MONEY_OFF_AMOUNT", "PERCENT_OFF_RATE",
                                            "FREE_SHIPPING", "FIXED_PRICE_AMOUNT", "BUY_X_GET_Y"})),
              optional("name", any_text())})
          .open();
  return shape.describe("What the coupon takes off, and of what.");
}

Schema discount_type() {
  return enumeration(
      {"UNKNOWN", "DISCOUNT_AMOUNT", "LOYALTY_COUPON", "COUPON_REWARD", "REFERRAL_REWARD"});
}

Schema discount_status() {
  return enumeration({"UNKNOWN", "APPLIED", "IN_PROGRESS", "COMPLETED", "REFUNDED",
                      "FAILED_TO_REFUND", "REFUNDED_DUE_TO_TIMEOUT",
                      "REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL", "SCHEDULED_FOR_REFUND", "UNUSED"});
}

}  // namespace

Schema revision() { return integer_text(1, INT64_MAX); }

Schema core_document(std::string_view name) {
  return any().describe("The core's document `" + std::string{name} + "`.");
}

Schema coupon() {
  const Schema reference = object(
      {required("couponId", guid()), required("code", text(1, 20)), optional("name", text(0, 80)),
       required("specification", specification()), optional("deleted", boolean())});
  return object(
      {required("id", guid()), required("accountId", guid()), optional("memberId", guid()),
       optional("transactionId", guid()), required("couponReference", reference),
       required("status",
                enumeration({"UNKNOWN", "PENDING", "ACTIVE", "APPLIED", "FAILED", "ARCHIVED"})),
       required("rewardName", text(1, 50)), required("revision", revision()),
       required("createdDate", timestamp()), required("updatedDate", timestamp()),
       optional("refundable", boolean()), optional("expiresAt", timestamp())});
}

Schema discount() {
  return object({required("id", guid()), required("checkoutId", guid()),
                 optional("rewardId", guid()), optional("loyaltyCouponId", guid()),
                 optional("referralRewardId", guid()), required("status", discount_status()),
                 required("discountType", discount_type())});
}

Schema shop_discount() {
  return object({required("id", guid()), required("discountId", guid()),
                 required("checkoutId", guid()), optional("rewardId", guid()),
                 optional("loyaltyCouponId", guid()), optional("referralRewardId", guid()),
                 required("status", discount_status()), required("discountType", discount_type()),
                 required("amount", money()), required("points", points()),
                 optional("holdId", guid()), optional("holdExpiresAt", timestamp())});
}

Schema checkout() {
  const Schema notice =
      object({required("discountId", guid()), required("kind", enumeration({"REMOVED", "REDUCED"})),
              required("code", any_text()), required("releasedPoints", points()),
              required("discountType", discount_type()), optional("rewardId", guid()),
              optional("loyaltyCouponId", guid()), optional("referralRewardId", guid())});
  return object({required("id", guid()), required("revision", revision()),
                 required("createdDate", timestamp()), required("updatedDate", timestamp()),
                 required("status", enumeration({"OPEN", "COMPLETED"})),
                 optional("contactId", guid()), required("cart", core_document("cart")),
                 required("intent", core_document("intent")), optional("total", money()),
                 optional("orderId", any_text()), optional("notices", array(notice, 0, 1'000))});
}

Schema order() {
  const Schema line =
      object({required("id", any_text()), required("quantity", integer(1, limits::quantity_max)),
              required("returned", integer(0, limits::quantity_max)), required("subtotal", money()),
              required("discount", money()), required("net", money()), required("tax", money())})
          .open();
  const Schema row = object({required("id", any_text()), required("source", any_text()),
                             required("amount", money()), optional("discountId", guid()),
                             optional("points", points()), optional("refundedPoints", points())});
  const Schema totals = object({required("subtotal", money()), required("itemsDiscount", money()),
                                required("itemsNet", money()), required("shipping", money()),
                                required("shippingDiscount", money()), required("tax", money()),
                                required("fees", money()), required("total", money()),
                                required("walletPaid", money()), required("payable", money())});
  const Schema all_points =
      object({required("spent", points()), required("earned", points()),
              required("refunded", points()), required("reversed", points())});
  return object({required("id", any_text()), optional("number", any_text()),
                 required("revision", revision()), required("createdDate", timestamp()),
                 required("updatedDate", timestamp()), required("checkoutId", guid()),
                 optional("contactId", guid()), optional("accountId", guid()),
                 required("currency", any_text()), required("pricesIncludeTax", boolean()),
                 required("status", enumeration({"APPROVED", "CANCELED"})),
                 required("paymentStatus", enumeration({"NOT_PAID", "PAID", "PARTIALLY_REFUNDED",
                                                        "FULLY_REFUNDED", "CANCELED"})),
                 optional("paidDate", timestamp()), required("lines", array(line, 0, 1'000)),
                 required("discounts", array(row, 0, 1'000)), required("amounts", totals),
                 required("points", all_points), required("quote", core_document("quote"))});
}

}  // namespace loyalty::service::shapes
