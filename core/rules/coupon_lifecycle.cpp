#include "core/rules/coupon_lifecycle.h"

namespace loyalty {
namespace {

using ledger::Refusal;
using ledger::RefusalCode;
using Kind = CouponCommandKind;

/// Where a command starts from and leads to.
struct Edge {
  CouponStatus from;
  CouponStatus to;
  LedgerAction ledger = LedgerAction::none;
};

Edge edge_of(Kind kind) {
  switch (kind) {
    case Kind::confirm:
      return {CouponStatus::pending, CouponStatus::active};
    case Kind::fail:
      return {CouponStatus::pending, CouponStatus::failed};
    case Kind::apply:
      return {CouponStatus::active, CouponStatus::applied};
    case Kind::cancel_order:
      return {CouponStatus::applied, CouponStatus::active};
    case Kind::refund_order:
      return {CouponStatus::applied, CouponStatus::applied};
    case Kind::archive:
      return {CouponStatus::active, CouponStatus::archived};
    case Kind::cancel:
      break;
  }
  return {CouponStatus::active, CouponStatus::archived, LedgerAction::refund_points};
}

/// Whether the command asks for what is so already. A second cancel is none of these: what was
/// archived without a refund must not look refunded.
bool is_done(const CouponState& state, const CouponCommand& command) {
  switch (command.kind) {
    case Kind::confirm:
      return state.status == CouponStatus::active;
    case Kind::fail:
      return state.status == CouponStatus::failed;
    case Kind::apply:
      return state.status == CouponStatus::applied && state.order == command.order;
    case Kind::refund_order:
      return state.status == CouponStatus::applied && state.order == command.order;
    case Kind::archive:
      return state.status == CouponStatus::archived;
    case Kind::cancel_order:
    case Kind::cancel:
      return false;
  }
  return false;
}

bool is_usable(const CouponState& state, const CouponCommand& command) {
  switch (command.kind) {
    case Kind::apply:
      return !state.expires_at || command.now < *state.expires_at;
    case Kind::cancel_order:
    case Kind::refund_order:
      return state.order == command.order;
    default:
      return true;
  }
}

}  // namespace

Result<CouponStep, Refusal> step(const CouponState& state, const CouponCommand& command) {
  if (command.revision && *command.revision != state.revision) {
    return Refusal{RefusalCode::revision_mismatch, "revision"};
  }
  if (command.kind == Kind::apply && !state.transferable && command.account != state.owner) {
    return Refusal{RefusalCode::coupon_belongs_to_another_account, "account"};
  }
  if (is_done(state, command)) {
    return CouponStep{.state = state};
  }
  const Edge edge = edge_of(command.kind);
  if (state.status != edge.from || !is_usable(state, command)) {
    return Refusal{RefusalCode::coupon_not_active, {}};
  }
  CouponStep next{.state = state, .ledger = edge.ledger};
  next.state.status = edge.to;
  next.state.revision += 1;
  next.state.order = edge.to == CouponStatus::applied ? command.order : std::string_view{};
  return next;
}

}  // namespace loyalty
