#pragma once

#include <cstdint>
#include <string_view>

/// A business "no" to a command: a code, never a bool, and one table that explains all of them.
namespace loyalty::ledger {

enum class RefusalCode : std::uint8_t {
  validation,
  program_not_active,
  invalid_program_transition,
  account_not_found,
  account_already_exists,
  insufficient_points,
  negative_balance,
  balance_limit_exceeded,
  revision_mismatch,
  idempotency_key_reused,
  transaction_not_found,
  transaction_already_refunded,
  transaction_not_refundable,
  hold_expired,
  already_captured,
  already_released,
  exceeds_hold,
  coupon_not_found,
  coupon_not_active,
  coupon_belongs_to_another_account,
  checkout_completed,
  discount_not_applied,
};

inline constexpr int refusal_codes = 22;

/// `INSUFFICIENT_POINTS`: the name at every door. Codes are only ever appended.
std::string_view name_of(RefusalCode code);
/// A sentence for a person.
std::string_view sentence_of(RefusalCode code);
/// The HTTP status that a server answers with.
int http_status_of(RefusalCode code);

/// Why a command changed nothing. `field` names what is wrong with the command where one field is
/// to blame: which value is out of range, which one differs under a key used before; else empty.
struct Refusal {
  RefusalCode code = RefusalCode::validation;
  std::string_view field = {};
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

}  // namespace loyalty::ledger
