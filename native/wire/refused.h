#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ledger/refusal.h"
#include "native/wire/json.h"

/// Why a call is answered with a "no": one catalogue of codes for every door of the server.
namespace loyalty::wire {

/// Codes are only ever appended. Each has an HTTP status and a sentence, in one table.
enum class Code : std::uint8_t {
  validation,  // field violations
  program_not_found,
  program_not_active,
  invalid_program_transition,
  premium_feature_required,
  account_not_found,
  account_already_exists,
  contact_not_found,
  contact_already_exists,
  member_required,
  insufficient_points,
  negative_balance,
  balance_limit_exceeded,
  revision_mismatch,
  idempotency_key_required,
  idempotency_key_reused,
  transaction_not_found,
  transaction_already_refunded,
  transaction_not_refundable,
  tier_not_found,
  tier_name_already_exists,
  tier_points_already_exists,
  tier_limit_reached,
  tiers_settings_already_exist,
  tiers_settings_not_found,
  earning_rule_not_found,
  earning_rule_already_exists,
  earning_rule_not_supported,
  earning_rule_cannot_be_deleted,
  reward_not_found,
  reward_not_active,
  reward_not_available_for_tier,
  reward_type_immutable,
  reward_not_coupon,
  coupon_not_found,
  coupon_not_active,
  coupon_belongs_to_another_account,
  coupon_scope_mismatch,
  minimum_subtotal_not_met,
  checkout_not_found,
  checkout_completed,
  discount_already_applied,
  discount_not_found,
  discount_not_applied,
  points_below_minimum,
  nothing_to_discount,
  channel_not_enabled,
  already_followed,
  import_not_found,
  import_not_parsed,
  import_mapping_invalid,
  file_too_large,
  quote_changed,
  hold_not_found,
  hold_expired,
  already_captured,
  already_released,
  exceeds_hold,
  order_not_found,
  order_not_refundable,
  promotion_not_found,
  job_not_found,
  site_not_found,
  not_combinable,
  error_coupon_usage_exceeded,
  error_coupon_limit_per_customer_exceeded,
  error_coupon_is_not_active_yet,
  error_coupon_has_expired,
  error_coupon_does_not_exist,
  coupon_cannot_be_used_to_purchase_gift_card,
  unauthenticated,
  permission_denied,
  not_found,
  method_not_allowed,
  payload_too_large,
  unsupported_media_type,
  rate_limited,
  temporary,
  internal,
};

std::string_view name_of(Code code);      ///< `INSUFFICIENT_POINTS`
int http_status_of(Code code);            ///< 428
std::string_view sentence_of(Code code);  ///< for a person
Code code_of(ledger::RefusalCode code);   ///< the same "no" of the ledger

/// One field of a request that is not as it must be.
struct FieldViolation {
  std::string field;  ///< path in the request: `reward.discountAmount.configsByTier[0].amount`
  std::string description;  ///< what would be right
  /// MIN, MAX, MIN_LENGTH, MAX_LENGTH, MIN_SIZE, MAX_SIZE, MAX_SCALE, REQUIRED, TYPE, FORMAT, ENUM,
  /// ONE_OF, UNKNOWN_FIELD, …
  std::string rule;
  Json data = {};  ///< the bound, where there is one: {"threshold":50}
};

/// Thrown by operations; whoever runs them undoes what was done and answers body().
class Refused : public std::exception {
 public:
  explicit Refused(Code code, Json data = {});
  Refused(Code code, std::string description, Json data = {});
  Refused(Code code, const char* description, Json data = {})
      : Refused{code, std::string{description}, std::move(data)} {}
  explicit Refused(const ledger::Refusal& refusal);
  explicit Refused(std::vector<FieldViolation> violations);
  /// A single violation.
  static Refused invalid(std::string field, std::string rule, std::string description);

  Code code() const { return code_; }
  int http_status() const { return http_status_of(code_); }
  /// {"message","details":{"applicationError":{"code","description","data"}}}, `data` an object
  /// that may be empty; or for validation
  /// {"message","details":{"validationError":{"fieldViolations":[{"field","description","violatedRule","data"}]}}}
  Json body() const;
  const char* what() const noexcept override { return description_.c_str(); }

 private:
  Code code_;
  std::string description_;
  Json data_;
  std::vector<FieldViolation> violations_;
};

}  // namespace loyalty::wire
