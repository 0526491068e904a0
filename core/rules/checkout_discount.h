#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/ledger/refusal.h"

/// The life of a loyalty discount on a checkout (U70 to U75): a function from state and command to
/// the new state and what the ledger must do, or a refusal.
namespace loyalty {

enum class CheckoutDiscountStatus : std::uint8_t {
  in_progress,           ///< points are held, the checkout has not taken the discount yet
  applied,               ///< on the checkout
  completed,             ///< the order is paid
  scheduled_for_refund,  ///< the points are on their way back
  refunded,
  refunded_due_to_timeout,
  refunded_due_to_manual_removal,
  failed_to_refund,
  unused,  ///< ended without having cost points
};
inline constexpr int checkout_discount_statuses = 9;

struct CheckoutDiscount {
  CheckoutDiscountStatus status = CheckoutDiscountStatus::in_progress;
  bool costs_points = true;  ///< false: a coupon redeemed earlier, a referral reward
  bool timed_out = false;    ///< why a refund is under way
  friend bool operator==(const CheckoutDiscount&, const CheckoutDiscount&) = default;
};

/// A new discount: in progress with its points held, or applied at once where it costs none.
CheckoutDiscount begin_checkout_discount(bool costs_points);

enum class CheckoutCommand : std::uint8_t {
  attached,        ///< the checkout took the discount
  declined,        ///< the checkout did not
  remove,          ///< the shopper removed or replaced it (U71, U72)
  timed_out,       ///< the checkout was abandoned (U70)
  paid,            ///< the order is paid, or approved where it is paid offline (U74)
  order_canceled,  ///< canceled or refunded in full
  refund_done,     ///< the ledger gave the points back
  refund_failed,   ///< it could not; to be retried
  retry_refund,
};
inline constexpr int checkout_commands = 9;

enum class CheckoutLedgerAction : std::uint8_t {
  none,
  release_hold,  ///< the points were only held
  capture_hold,  ///< they are spent for good
  refund,        ///< they were spent and come back
};

struct CheckoutStep {
  CheckoutDiscount discount;
  CheckoutLedgerAction ledger = CheckoutLedgerAction::none;
  friend bool operator==(const CheckoutStep&, const CheckoutStep&) = default;
};

/// Applies a command. Repeating the one that led to the present status succeeds and does nothing.
/// Refuses CHECKOUT_COMPLETED where the order is paid already, and DISCOUNT_NOT_APPLIED everywhere
/// else that the command does not start from.
Result<CheckoutStep, ledger::Refusal> step(const CheckoutDiscount& discount,
                                           CheckoutCommand command);

}  // namespace loyalty
