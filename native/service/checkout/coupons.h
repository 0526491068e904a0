#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/rules/coupon_lifecycle.h"
#include "native/service/call.h"

/// Coupons that members get for points: one code each, one use, bound to the account (U54).
namespace loyalty::service {

/// A coupon's document, read.
class LoyaltyCoupon {
 public:
  explicit LoyaltyCoupon(store::Document document);

  const store::Document& document() const { return document_; }
  const std::string& id() const { return document_.id; }
  std::string account_id() const { return wire::text_at(body_, "accountId"); }
  std::string transaction_id() const { return wire::text_at(body_, "transactionId"); }
  std::string code() const;
  std::string status() const { return wire::text_at(body_, "status"); }
  /// Made for one checkout; the member never sees it.
  bool is_refundable() const { return wire::truth_at(body_, "refundable"); }
  /// The record was deleted; the code goes on working (U56).
  bool is_record_deleted() const { return wire::truth_at(body_, "recordDeleted"); }
  const Json& body() const { return body_; }

  /// As the public API shows it.
  Json shown() const;
  /// As a quote's account holds it.
  Json quoted() const;

 private:
  store::Document document_;
  Json body_;
};

/// Throws COUPON_NOT_FOUND, also where the record was deleted.
LoyaltyCoupon require_coupon(store::Session& session, std::string_view id);

/// Takes the cost of the reward in the account's tier and makes the coupon, ACTIVE at once (U55).
/// Throws PROGRAM_NOT_ACTIVE, REWARD_NOT_FOUND, REWARD_NOT_COUPON, REWARD_NOT_ACTIVE,
/// REWARD_NOT_AVAILABLE_FOR_TIER, INSUFFICIENT_POINTS.
LoyaltyCoupon redeem_for_coupon(Call& call, const store::AccountRow& account,
                                std::string_view reward_id);

/// The coupon behind a coupon reward that is taken in a checkout: hidden from the member, paid by
/// the hold `transaction_id`.
LoyaltyCoupon make_checkout_coupon(Call& call, const store::AccountRow& account,
                                   std::string_view reward_id, std::string_view transaction_id);
/// Such a coupon ends with its discount and leaves nothing behind.
void drop_checkout_coupon(Call& call, std::string_view id);

/// Carries out a command of the coupon's life; points come back where it says so. Throws its
/// refusals.
LoyaltyCoupon change_coupon(Call& call, const LoyaltyCoupon& coupon, const CouponCommand& command);

/// Deletes the loyalty record only. Throws REVISION_MISMATCH.
void delete_coupon_record(Call& call, const LoyaltyCoupon& coupon, std::int64_t revision);

}  // namespace loyalty::service
