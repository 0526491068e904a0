#include "native/wire/refused.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/check.h"

namespace loyalty::wire {
namespace {

struct Row {
  Code code;
  int http_status;
  std::string_view name;
  std::string_view sentence;
};

// Of codes that the ledger has too, name and status are the ledger's; a test compares them.
constexpr Row rows[] = {
    {Code::validation, 400, "VALIDATION", "Fields of the request are not as they must be."},
    {Code::program_not_found, 404, "PROGRAM_NOT_FOUND", "The site has no loyalty program."},
    {Code::program_not_active, 428, "PROGRAM_NOT_ACTIVE", "The loyalty program is not active."},
    {Code::invalid_program_transition, 409, "INVALID_PROGRAM_TRANSITION",
     "The program cannot change to this status from its own."},
    {Code::premium_feature_required, 403, "PREMIUM_FEATURE_REQUIRED",
     "The site's plan does not include this feature."},
    {Code::account_not_found, 404, "ACCOUNT_NOT_FOUND", "There is no such account."},
    {Code::account_already_exists, 409, "ACCOUNT_ALREADY_EXISTS",
     "The contact has an account already."},
    {Code::contact_not_found, 404, "CONTACT_NOT_FOUND", "There is no such contact."},
    {Code::contact_already_exists, 409, "CONTACT_ALREADY_EXISTS",
     "There is a contact with this e-mail address or member already."},
    {Code::member_required, 403, "MEMBER_REQUIRED", "Only members of the site can do this."},
    {Code::insufficient_points, 428, "INSUFFICIENT_POINTS",
     "The account has fewer points available."},
    {Code::negative_balance, 428, "NEGATIVE_BALANCE",
     "The adjustment would leave a negative balance."},
    {Code::balance_limit_exceeded, 428, "BALANCE_LIMIT_EXCEEDED",
     "The balance would exceed 999,999,999 points."},
    {Code::revision_mismatch, 409, "REVISION_MISMATCH",
     "It has changed since the revision that was sent."},
    {Code::idempotency_key_required, 400, "IDEMPOTENCY_KEY_REQUIRED",
     "This call moves points and needs the header Idempotency-Key."},
    {Code::idempotency_key_reused, 422, "IDEMPOTENCY_KEY_REUSED",
     "The key was used before for something else."},
    {Code::transaction_not_found, 404, "TRANSACTION_NOT_FOUND", "There is no such transaction."},
    {Code::transaction_already_refunded, 409, "TRANSACTION_ALREADY_REFUNDED",
     "Not that much of the transaction is left to give back."},
    {Code::transaction_not_refundable, 428, "TRANSACTION_NOT_REFUNDABLE",
     "A transaction of this kind cannot be given back."},
    {Code::tier_not_found, 404, "TIER_NOT_FOUND", "There is no such tier."},
    {Code::tier_name_already_exists, 409, "TIER_NAME_ALREADY_EXISTS",
     "Another tier has this name."},
    {Code::tier_points_already_exists, 409, "TIER_POINTS_ALREADY_EXISTS",
     "Another tier needs as many points."},
    {Code::tier_limit_reached, 428, "TIER_LIMIT_REACHED",
     "A program has at most 20 tiers beside the base tier."},
    {Code::tiers_settings_already_exist, 409, "TIERS_SETTINGS_ALREADY_EXIST",
     "The settings of the tiers exist already."},
    {Code::tiers_settings_not_found, 404, "TIERS_SETTINGS_NOT_FOUND",
     "The tiers have no settings yet."},
    {Code::earning_rule_not_found, 404, "EARNING_RULE_NOT_FOUND", "There is no such earning rule."},
    {Code::earning_rule_already_exists, 409, "EARNING_RULE_ALREADY_EXISTS",
     "There is an earning rule for this activity already."},
    {Code::earning_rule_not_supported, 400, "EARNING_RULE_NOT_SUPPORTED",
     "This activity cannot award points in this way."},
    {Code::earning_rule_cannot_be_deleted, 428, "EARNING_RULE_CANNOT_BE_DELETED",
     "A rule that came with the program can only be paused."},
    {Code::reward_not_found, 404, "REWARD_NOT_FOUND", "There is no such reward."},
    {Code::reward_not_active, 428, "REWARD_NOT_ACTIVE", "The reward is not active."},
    {Code::reward_not_available_for_tier, 428, "REWARD_NOT_AVAILABLE_FOR_TIER",
     "The reward is not offered to the account's tier."},
    {Code::reward_type_immutable, 400, "REWARD_TYPE_IMMUTABLE",
     "The type of a reward stays what it was made as."},
    {Code::reward_not_coupon, 400, "REWARD_NOT_COUPON", "The reward does not give a coupon."},
    {Code::coupon_not_found, 404, "COUPON_NOT_FOUND", "There is no such coupon."},
    {Code::coupon_not_active, 428, "COUPON_NOT_ACTIVE", "The coupon is not active."},
    {Code::coupon_belongs_to_another_account, 403, "COUPON_BELONGS_TO_ANOTHER_ACCOUNT",
     "The coupon belongs to another account."},
    {Code::coupon_scope_mismatch, 428, "COUPON_SCOPE_MISMATCH",
     "Nothing in the cart is what the discount is about."},
    {Code::minimum_subtotal_not_met, 428, "MINIMUM_SUBTOTAL_NOT_MET",
     "The cart's subtotal is below the minimum."},
    {Code::checkout_not_found, 404, "CHECKOUT_NOT_FOUND", "There is no such checkout."},
    {Code::checkout_completed, 428, "CHECKOUT_COMPLETED", "The checkout has been completed."},
    {Code::discount_already_applied, 409, "DISCOUNT_ALREADY_APPLIED",
     "The discount is applied to a checkout already."},
    {Code::discount_not_found, 404, "DISCOUNT_NOT_FOUND", "There is no such discount."},
    {Code::discount_not_applied, 428, "DISCOUNT_NOT_APPLIED",
     "The discount is not applied to the checkout."},
    {Code::points_below_minimum, 400, "POINTS_BELOW_MINIMUM",
     "Fewer points than the reward can be used with."},
    {Code::nothing_to_discount, 428, "NOTHING_TO_DISCOUNT",
     "Nothing is left that could be discounted."},
    {Code::channel_not_enabled, 428, "CHANNEL_NOT_ENABLED", "The site does not use this channel."},
    {Code::already_followed, 409, "ALREADY_FOLLOWED", "The channel is followed already."},
    {Code::import_not_found, 404, "IMPORT_NOT_FOUND", "There is no such import."},
    {Code::import_not_parsed, 428, "IMPORT_NOT_PARSED",
     "An import can be carried out once, after its file has been read."},
    {Code::import_mapping_invalid, 400, "IMPORT_MAPPING_INVALID",
     "The columns EMAIL and POINTS must each be mapped to a column of the file."},
    {Code::file_too_large, 413, "FILE_TOO_LARGE", "The file is larger than allowed."},
    {Code::quote_changed, 409, "QUOTE_CHANGED",
     "The discount is not what was shown; look at it again."},
    {Code::hold_not_found, 404, "HOLD_NOT_FOUND", "There is no such hold."},
    {Code::hold_expired, 428, "HOLD_EXPIRED",
     "The hold has expired and its points are available again."},
    {Code::already_captured, 409, "ALREADY_CAPTURED", "The hold has been captured."},
    {Code::already_released, 409, "ALREADY_RELEASED", "The hold has been released."},
    {Code::exceeds_hold, 400, "EXCEEDS_HOLD", "More points than the hold has set aside."},
    {Code::order_not_found, 404, "ORDER_NOT_FOUND", "There is no such order."},
    {Code::order_not_refundable, 428, "ORDER_NOT_REFUNDABLE",
     "Not that much of the order is left to refund."},
    {Code::promotion_not_found, 404, "PROMOTION_NOT_FOUND", "There is no such promotion."},
    {Code::job_not_found, 404, "JOB_NOT_FOUND", "There is no such job."},
    {Code::site_not_found, 404, "SITE_NOT_FOUND", "There is no such site."},
    {Code::not_combinable, 428, "NOT_COMBINABLE",
     "This cannot be combined with another discount of the checkout."},
    {Code::error_coupon_usage_exceeded, 428, "ERROR_COUPON_USAGE_EXCEEDED",
     "The coupon has been used as often as it can be."},
    {Code::error_coupon_limit_per_customer_exceeded, 428,
     "ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED",
     "This customer has used the coupon as often as one can."},
    {Code::error_coupon_is_not_active_yet, 428, "ERROR_COUPON_IS_NOT_ACTIVE_YET",
     "The coupon is not active yet."},
    {Code::error_coupon_has_expired, 428, "ERROR_COUPON_HAS_EXPIRED", "The coupon has expired."},
    {Code::error_coupon_does_not_exist, 404, "ERROR_COUPON_DOES_NOT_EXIST",
     "There is no coupon with this code."},
    {Code::coupon_cannot_be_used_to_purchase_gift_card, 428,
     "COUPON_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD", "Gift cards are never discounted."},
    {Code::unauthenticated, 401, "UNAUTHENTICATED", "Who is calling could not be established."},
    {Code::permission_denied, 403, "PERMISSION_DENIED", "The caller may not do this."},
    {Code::not_found, 404, "NOT_FOUND", "There is nothing at this address."},
    {Code::method_not_allowed, 405, "METHOD_NOT_ALLOWED",
     "This address does not answer to this method."},
    {Code::payload_too_large, 413, "PAYLOAD_TOO_LARGE", "The request is larger than allowed."},
    {Code::unsupported_media_type, 415, "UNSUPPORTED_MEDIA_TYPE",
     "The body of the request must be JSON."},
    {Code::rate_limited, 429, "RATE_LIMITED", "Too many requests; try again later."},
    {Code::temporary, 503, "TEMPORARY",
     "The server cannot answer now; try again with the same idempotency key."},
    {Code::internal, 500, "INTERNAL", "Something is wrong with the server."},
};

consteval bool in_order() {
  std::size_t at = 0;
  return std::all_of(std::begin(rows), std::end(rows),
                     [&at](const Row& row) { return static_cast<std::size_t>(row.code) == at++; });
}
static_assert(in_order() && std::size(rows) == static_cast<std::size_t>(Code::internal) + 1,
              "one row for every code, in the order of the codes");

const Row& row_of(Code code) {
  const auto at = static_cast<std::size_t>(code);
  LOYALTY_CHECK(at < std::size(rows));
  return rows[at];
}

Json body_of(std::string_view message, std::string_view kind, Json detail) {
  return Json{{"message", message}, {"details", Json{{kind, std::move(detail)}}}};
}

std::vector<FieldViolation> violations_of(const ledger::Refusal& refusal) {
  if (refusal.code != ledger::RefusalCode::validation) {
    return {};
  }
  return {{std::string{refusal.field}, std::string{sentence_of(refusal.code)}, "OUT_OF_RANGE", {}}};
}

Json data_of(const ledger::Refusal& refusal) {
  return refusal.field.empty() ? Json{} : Json{{"field", refusal.field}};
}

}  // namespace

std::string_view name_of(Code code) { return row_of(code).name; }
int http_status_of(Code code) { return row_of(code).http_status; }
std::string_view sentence_of(Code code) { return row_of(code).sentence; }

Code code_of(ledger::RefusalCode code) {
  const std::string_view name = ledger::name_of(code);
  const Row* row = std::find_if(std::begin(rows), std::end(rows),
                                [name](const Row& one) { return one.name == name; });
  LOYALTY_CHECK(row != std::end(rows));
  return row->code;
}

Refused::Refused(Code code, Json data)
    : Refused{code, std::string{sentence_of(code)}, std::move(data)} {}

Refused::Refused(Code code, std::string description, Json data)
    : code_{code}, description_{std::move(description)}, data_(std::move(data)) {}

Refused::Refused(const ledger::Refusal& refusal)
    : code_{code_of(refusal.code)},
      description_{sentence_of(refusal.code)},
      data_(data_of(refusal)),
      violations_{violations_of(refusal)} {}

Refused::Refused(std::vector<FieldViolation> violations)
    : code_{Code::validation},
      description_{sentence_of(Code::validation)},
      violations_{std::move(violations)} {}

Refused Refused::invalid(std::string field, std::string rule, std::string description) {
  std::vector<FieldViolation> violations;
  violations.push_back({std::move(field), std::move(description), std::move(rule), {}});
  return Refused{std::move(violations)};
}

Json Refused::body() const {
  if (code_ == Code::validation) {
    Json list = Json::array();
    for (const FieldViolation& violation : violations_) {
      Json item{{"field", violation.field},
                {"description", violation.description},
                {"violatedRule", violation.rule}};
      if (!violation.data.is_null()) {
        item["data"] = violation.data;
      }
      list.push_back(std::move(item));
    }
    return body_of(description_, "validationError", Json{{"fieldViolations", std::move(list)}});
  }
  Json error{{"code", name_of(code_)},
             {"description", description_},
             {"data", data_.is_null() ? Json::object() : data_}};
  return body_of(description_, "applicationError", std::move(error));
}

}  // namespace loyalty::wire
