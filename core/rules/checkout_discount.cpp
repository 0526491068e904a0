#include "core/rules/checkout_discount.h"

#include <optional>

namespace loyalty {
namespace {

using Status = CheckoutDiscountStatus;
using Command = CheckoutCommand;
using Action = CheckoutLedgerAction;

struct Edge {
  Status to;
  Action ledger = Action::none;
};

std::optional<Edge> edge_of_in_progress(Command command) {
  switch (command) {
    case Command::attached:
      return Edge{Status::applied};
    case Command::declined:
      return Edge{Status::refunded, Action::release_hold};
    case Command::remove:
      return Edge{Status::refunded_due_to_manual_removal, Action::release_hold};
    case Command::timed_out:
      return Edge{Status::scheduled_for_refund, Action::release_hold};
    default:
      return std::nullopt;
  }
}

std::optional<Edge> edge_of_applied(Command command, bool costs_points) {
  switch (command) {
    case Command::paid:
      return Edge{Status::completed, costs_points ? Action::capture_hold : Action::none};
    case Command::remove:
      return costs_points ? Edge{Status::refunded_due_to_manual_removal, Action::release_hold}
                          : Edge{Status::unused};
    case Command::timed_out:
    case Command::order_canceled:
      return costs_points ? Edge{Status::scheduled_for_refund, Action::release_hold}
                          : Edge{Status::unused};
    default:
      return std::nullopt;
  }
}

std::optional<Edge> edge_of_completed(Command command, bool costs_points) {
  if (command != Command::order_canceled) {
    return std::nullopt;
  }
  return costs_points ? Edge{Status::scheduled_for_refund, Action::refund} : Edge{Status::unused};
}

std::optional<Edge> edge_of_refund(const CheckoutDiscount& discount, Command command) {
  switch (command) {
    case Command::refund_done:
      return Edge{discount.timed_out ? Status::refunded_due_to_timeout : Status::refunded};
    case Command::refund_failed:
      return Edge{Status::failed_to_refund};
    default:
      return std::nullopt;
  }
}

std::optional<Edge> edge_of(const CheckoutDiscount& discount, Command command) {
  switch (discount.status) {
    case Status::in_progress:
      return edge_of_in_progress(command);
    case Status::applied:
      return edge_of_applied(command, discount.costs_points);
    case Status::completed:
      return edge_of_completed(command, discount.costs_points);
    case Status::scheduled_for_refund:
      return edge_of_refund(discount, command);
    case Status::failed_to_refund:
      return command == Command::retry_refund ? std::optional<Edge>{{Status::scheduled_for_refund}}
                                              : std::nullopt;
    default:
      return std::nullopt;
  }
}

/// Whether the discount is where the command leads, and came there by it.
bool is_done(const CheckoutDiscount& discount, Command command) {
  switch (command) {
    case Command::attached:
      return discount.status == Status::applied;
    case Command::paid:
      return discount.status == Status::completed;
    case Command::remove:
      return discount.status == Status::refunded_due_to_manual_removal ||
             discount.status == Status::unused;
    case Command::timed_out:
      return (discount.status == Status::scheduled_for_refund && discount.timed_out) ||
             discount.status == Status::refunded_due_to_timeout ||
             discount.status == Status::unused;
    case Command::order_canceled:
      return (discount.status == Status::scheduled_for_refund && !discount.timed_out) ||
             discount.status == Status::refunded || discount.status == Status::unused;
    case Command::declined:
      return discount.status == Status::refunded;
    case Command::refund_done:
      return discount.status == Status::refunded ||
             discount.status == Status::refunded_due_to_timeout;
    case Command::refund_failed:
      return discount.status == Status::failed_to_refund;
    case Command::retry_refund:
      return discount.status == Status::scheduled_for_refund;
  }
  return false;
}

}  // namespace

CheckoutDiscount begin_checkout_discount(bool costs_points) {
  return {.status = costs_points ? Status::in_progress : Status::applied,
          .costs_points = costs_points,
          .timed_out = false};
}

Result<CheckoutStep, ledger::Refusal> step(const CheckoutDiscount& discount,
                                           CheckoutCommand command) {
  if (is_done(discount, command)) {
    return CheckoutStep{.discount = discount};
  }
  const std::optional<Edge> edge = edge_of(discount, command);
  if (!edge) {
    const bool completed = discount.status == Status::completed;
    return ledger::Refusal{completed ? ledger::RefusalCode::checkout_completed
                                     : ledger::RefusalCode::discount_not_applied,
                           {}};
  }
  CheckoutStep next{.discount = discount, .ledger = edge->ledger};
  next.discount.status = edge->to;
  next.discount.timed_out = discount.timed_out || command == Command::timed_out;
  return next;
}

}  // namespace loyalty
