#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/ledger/refusal.h"
#include "core/model/account.h"

/// The life of a coupon that a member got for points: a function from state and command to the new
/// state, or a refusal. It says what the ledger must do as well, and does nothing itself.
namespace loyalty {

/// A coupon between two commands. Created by `redeem`, whose points are taken with it.
struct CouponState {
  CouponStatus status = CouponStatus::pending;
  std::int64_t revision = 1;
  bool refundable = false;            ///< made for one checkout; hidden from the member
  bool transferable = false;          ///< others than the owner may use it (U54)
  std::string_view owner;             ///< account
  std::string_view order;             ///< applied: the order that used it
  std::optional<Instant> expires_at;  ///< first instant at which it can no longer be used (U54)
  friend bool operator==(const CouponState&, const CouponState&) = default;
};

enum class CouponCommandKind : std::uint8_t {
  confirm,       ///< the points were taken: PENDING becomes ACTIVE (U55)
  fail,          ///< they could not be: PENDING becomes FAILED
  apply,         ///< an order used it: ACTIVE becomes APPLIED
  cancel_order,  ///< the whole order is canceled: APPLIED becomes ACTIVE, same code (U19)
  refund_order,  ///< a part of the order is refunded: it stays APPLIED (U19)
  archive,       ///< the merchant deletes what it refers to: ACTIVE becomes ARCHIVED
  cancel,        ///< the coupon is undone: ACTIVE becomes ARCHIVED and the points come back (U56)
};

struct CouponCommand {
  CouponCommandKind kind = CouponCommandKind::confirm;
  std::string_view account = {};              ///< apply: who uses it
  std::string_view order = {};                ///< apply, cancel_order, refund_order
  std::optional<std::int64_t> revision = {};  ///< of the coupon as it was read
  Instant now = {};
};

/// What else has to happen, in the same transaction.
enum class LedgerAction : std::uint8_t {
  none,
  refund_points,  ///< give the coupon's points back, in full
};

struct CouponStep {
  CouponState state;
  LedgerAction ledger = LedgerAction::none;
  friend bool operator==(const CouponStep&, const CouponStep&) = default;
};

/// Applies a command. A command that finds its work done already succeeds and changes nothing, not
/// even the revision: confirm of an active coupon, apply by the order that used it, archive of an
/// archived one.
///
/// Refuses, in this order: REVISION_MISMATCH; COUPON_BELONGS_TO_ANOTHER_ACCOUNT (apply, unless
/// transferable); COUPON_NOT_ACTIVE for every status that the command does not start from, and for
/// an expired coupon. A reward that has been switched off or deleted meanwhile is no reason (U58).
Result<CouponStep, ledger::Refusal> step(const CouponState& state, const CouponCommand& command);

}  // namespace loyalty
