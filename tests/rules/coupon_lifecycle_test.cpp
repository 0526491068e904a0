#include "core/rules/coupon_lifecycle.h"

#include <string>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

using Kind = CouponCommandKind;

constexpr CouponStatus statuses[] = {CouponStatus::pending, CouponStatus::active,
                                     CouponStatus::applied, CouponStatus::failed,
                                     CouponStatus::archived};
constexpr Kind kinds[] = {Kind::confirm,      Kind::fail,    Kind::apply, Kind::cancel_order,
                          Kind::refund_order, Kind::archive, Kind::cancel};

CouponState coupon(CouponStatus status) {
  CouponState state;
  state.status = status;
  state.owner = "ann";
  if (status == CouponStatus::applied) {
    state.order = "o1";
  }
  return state;
}

CouponCommand command(Kind kind) { return {.kind = kind, .account = "ann", .order = "o1"}; }

std::string refusal(const CouponState& state, const CouponCommand& c) {
  const auto result = step(state, c);
  return result.ok() ? "" : std::string(name_of(result.error().code));
}

TEST(CouponLifecycle, EveryStateAndCommand) {
  // Per status and command: the status after; = success without change; x refused.
  const char* table[] = {
      // confirm fail apply cancel_order refund_order archive cancel
      "AFxxxxx",  // pending
      "=xPxxRR",  // active
      "xx=A=xx",  // applied
      "x=xxxxx",  // failed
      "xxxxx=x",  // archived
  };
  for (std::size_t s = 0; s < std::size(statuses); ++s) {
    for (std::size_t k = 0; k < std::size(kinds); ++k) {
      SCOPED_TRACE(std::to_string(s) + " " + std::to_string(k));
      const CouponState before = coupon(statuses[s]);
      const auto result = step(before, command(kinds[k]));
      const char expected = table[s][k];
      ASSERT_EQ(result.ok(), expected != 'x');
      if (expected == '=') {
        EXPECT_EQ(result.value().state, before);
      } else if (expected != 'x') {
        const CouponStatus after = expected == 'A'   ? CouponStatus::active
                                   : expected == 'F' ? CouponStatus::failed
                                   : expected == 'P' ? CouponStatus::applied
                                                     : CouponStatus::archived;
        EXPECT_EQ(result.value().state.status, after);
        EXPECT_EQ(result.value().state.revision, 2);
      } else {
        EXPECT_EQ(name_of(result.error().code), "COUPON_NOT_ACTIVE");
      }
    }
  }
}

TEST(CouponLifecycle, OnlyCancelGivesPointsBack) {
  EXPECT_EQ(step(coupon(CouponStatus::active), command(Kind::cancel)).value().ledger,
            LedgerAction::refund_points);
  EXPECT_EQ(step(coupon(CouponStatus::active), command(Kind::archive)).value().ledger,
            LedgerAction::none);
  EXPECT_EQ(step(coupon(CouponStatus::applied), command(Kind::cancel_order)).value().ledger,
            LedgerAction::none)
      << "the coupon comes back, not the points (U19)";
}

TEST(CouponLifecycle, ACanceledOrderFreesTheCouponForAnother) {
  const CouponState freed =
      step(coupon(CouponStatus::applied), command(Kind::cancel_order)).value().state;
  EXPECT_EQ(freed.order, "");
  CouponCommand again = command(Kind::apply);
  again.order = "o2";
  EXPECT_EQ(step(freed, again).value().state.order, "o2");
}

TEST(CouponLifecycle, IsUsedByOneOrder) {
  CouponCommand other = command(Kind::apply);
  other.order = "o2";
  EXPECT_EQ(refusal(coupon(CouponStatus::applied), other), "COUPON_NOT_ACTIVE");
  other.kind = Kind::cancel_order;
  EXPECT_EQ(refusal(coupon(CouponStatus::applied), other), "COUPON_NOT_ACTIVE");
  other.kind = Kind::refund_order;
  EXPECT_EQ(refusal(coupon(CouponStatus::applied), other), "COUPON_NOT_ACTIVE");
}

TEST(CouponLifecycle, BelongsToItsOwnerUnlessTransferable) {
  CouponCommand stranger = command(Kind::apply);
  stranger.account = "bob";
  CouponState state = coupon(CouponStatus::active);
  EXPECT_EQ(refusal(state, stranger), "COUPON_BELONGS_TO_ANOTHER_ACCOUNT");
  state.transferable = true;
  EXPECT_EQ(refusal(state, stranger), "");
}

TEST(CouponLifecycle, IsUsableStrictlyBeforeItsExpiry) {
  CouponState state = coupon(CouponStatus::active);
  state.expires_at = Instant::from_ms(1'000);
  CouponCommand apply = command(Kind::apply);
  apply.now = Instant::from_ms(999);
  EXPECT_EQ(refusal(state, apply), "");
  apply.now = Instant::from_ms(1'000);
  EXPECT_EQ(refusal(state, apply), "COUPON_NOT_ACTIVE");
}

TEST(CouponLifecycle, ChecksTheRevisionFirst) {
  CouponCommand stale = command(Kind::apply);
  stale.revision = 7;
  stale.account = "bob";
  EXPECT_EQ(refusal(coupon(CouponStatus::failed), stale), "REVISION_MISMATCH");
  stale.revision = 1;
  stale.account = "ann";
  EXPECT_EQ(refusal(coupon(CouponStatus::active), stale), "");
}

}  // namespace
}  // namespace loyalty
