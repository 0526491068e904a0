#include "core/rules/checkout_discount.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

using Status = CheckoutDiscountStatus;
using Command = CheckoutCommand;
using Action = CheckoutLedgerAction;

/// Runs commands one after another; the last step.
CheckoutStep run(bool costs_points, const std::vector<Command>& commands) {
  CheckoutStep last{.discount = begin_checkout_discount(costs_points)};
  for (const Command command : commands) {
    const auto result = step(last.discount, command);
    EXPECT_TRUE(result.ok());
    last = result.value();
  }
  return last;
}

TEST(CheckoutDiscount, CapturesThePointsWhenTheOrderIsPaid) {
  const CheckoutStep paid = run(true, {Command::attached, Command::paid});
  EXPECT_EQ(paid.discount.status, Status::completed);
  EXPECT_EQ(paid.ledger, Action::capture_hold);
}

TEST(CheckoutDiscount, ReleasesThePointsOfWhatTheCheckoutDoesNotTake) {
  EXPECT_EQ(run(true, {Command::declined}).discount.status, Status::refunded);
  EXPECT_EQ(run(true, {Command::declined}).ledger, Action::release_hold);
  EXPECT_EQ(run(true, {Command::remove}).ledger, Action::release_hold);
  EXPECT_EQ(run(true, {Command::attached, Command::remove}).discount.status,
            Status::refunded_due_to_manual_removal);
}

TEST(CheckoutDiscount, AnAbandonedCheckoutIsRefunded) {
  const CheckoutStep abandoned = run(true, {Command::attached, Command::timed_out});
  EXPECT_EQ(abandoned.discount.status, Status::scheduled_for_refund);
  EXPECT_EQ(abandoned.ledger, Action::release_hold);
  EXPECT_EQ(run(true, {Command::timed_out, Command::refund_done}).discount.status,
            Status::refunded_due_to_timeout);
}

TEST(CheckoutDiscount, ACanceledOrderRefundsWhatWasSpent) {
  const CheckoutStep canceled =
      run(true, {Command::attached, Command::paid, Command::order_canceled});
  EXPECT_EQ(canceled.discount.status, Status::scheduled_for_refund);
  EXPECT_EQ(canceled.ledger, Action::refund);
  EXPECT_EQ(
      run(true, {Command::attached, Command::paid, Command::order_canceled, Command::refund_done})
          .discount.status,
      Status::refunded);
}

TEST(CheckoutDiscount, AFailedRefundIsTriedAgain) {
  const std::vector<Command> failed = {Command::attached, Command::order_canceled,
                                       Command::refund_failed};
  EXPECT_EQ(run(true, failed).discount.status, Status::failed_to_refund);
  std::vector<Command> retried = failed;
  retried.insert(retried.end(), {Command::retry_refund, Command::refund_done});
  EXPECT_EQ(run(true, retried).discount.status, Status::refunded);
}

TEST(CheckoutDiscount, WithoutPointsItEndsUnused) {
  for (const Command command : {Command::remove, Command::timed_out, Command::order_canceled}) {
    const CheckoutStep ended = run(false, {command});
    EXPECT_EQ(ended.discount.status, Status::unused);
    EXPECT_EQ(ended.ledger, Action::none);
  }
  EXPECT_EQ(run(false, {Command::paid}).ledger, Action::none);
  EXPECT_EQ(run(false, {Command::paid, Command::order_canceled}).discount.status, Status::unused);
}

TEST(CheckoutDiscount, RefusesWithTheRightCode) {
  const CheckoutDiscount completed = run(true, {Command::attached, Command::paid}).discount;
  EXPECT_EQ(name_of(step(completed, Command::remove).error().code), "CHECKOUT_COMPLETED");
  EXPECT_EQ(name_of(step(completed, Command::timed_out).error().code), "CHECKOUT_COMPLETED");
  const CheckoutDiscount fresh = begin_checkout_discount(true);
  EXPECT_EQ(name_of(step(fresh, Command::paid).error().code), "DISCOUNT_NOT_APPLIED");
  EXPECT_EQ(name_of(step(fresh, Command::retry_refund).error().code), "DISCOUNT_NOT_APPLIED");
  const CheckoutDiscount removed = run(true, {Command::remove}).discount;
  EXPECT_EQ(name_of(step(removed, Command::paid).error().code), "DISCOUNT_NOT_APPLIED");
}

TEST(CheckoutDiscount, NoSequenceMovesPointsTwice) {
  // Every sequence of six commands: at most one capture, one release, one refund; refund only after
  // capture, never both capture and release; a command repeated at once does nothing.
  struct Walk {
    CheckoutDiscount discount;
    int captured = 0;
    int released = 0;
    int refunded = 0;
  };
  std::vector<Walk> walks = {{begin_checkout_discount(true)}, {begin_checkout_discount(false)}};
  for (int depth = 0; depth < 6; ++depth) {
    std::vector<Walk> next;
    for (const Walk& walk : walks) {
      for (int c = 0; c < checkout_commands; ++c) {
        const auto command = static_cast<Command>(c);
        const auto result = step(walk.discount, command);
        if (!result.ok()) {
          continue;
        }
        Walk after = walk;
        after.discount = result.value().discount;
        after.captured += result.value().ledger == Action::capture_hold ? 1 : 0;
        after.released += result.value().ledger == Action::release_hold ? 1 : 0;
        after.refunded += result.value().ledger == Action::refund ? 1 : 0;
        ASSERT_LE(after.captured + after.released, walk.discount.costs_points ? 1 : 0);
        ASSERT_LE(after.refunded, after.captured);
        const auto again = step(after.discount, command);
        ASSERT_TRUE(again.ok());
        ASSERT_EQ(again.value(), CheckoutStep{.discount = after.discount});
        if (after.discount != walk.discount) {
          next.push_back(after);
        }
      }
    }
    walks = std::move(next);
  }
}

}  // namespace
}  // namespace loyalty
