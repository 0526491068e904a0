// "A refused command changes nothing" is tested by comparing books, so equality must see
// everything.
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "core/rules/checkout_discount.h"
#include "core/rules/coupon_lifecycle.h"
#include "core/rules/refund.h"
#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

template <class T>
void expect_sees_each(const std::vector<std::function<void(T&)>>& changes, const T& value = T{}) {
  EXPECT_TRUE(value == T(value));
  for (std::size_t i = 0; i < changes.size(); ++i) {
    T changed = value;
    changes[i](changed);
    EXPECT_FALSE(changed == value) << "change " << i;
    EXPECT_FALSE(value == changed) << "change " << i;
  }
}

const Instant later = Instant::from_ms(1);
const Date day{2025, 1, 2};

TEST(Equality, OfEntriesAndWhatIsInThem) {
  expect_sees_each<LotPart>(
      {[](LotPart& p) { p.lot = "x"; }, [](LotPart& p) { p.points = pts(1); }});
  expect_sees_each<TierEvent>(
      {[](TierEvent& e) { e.at = later; }, [](TierEvent& e) { e.points = pts(1); }});
  expect_sees_each<Postings>({[](Postings& p) {
    p.move(pts(1), LedgerAccount::member_held, LedgerAccount::program_expired);
  }});
  expect_sees_each<Entry>({
      [](Entry& e) { e.account = "x"; },
      [](Entry& e) { e.sequence = 1; },
      [](Entry& e) { e.kind = EntryKind::redeem; },
      [](Entry& e) { e.at = later; },
      [](Entry& e) { e.key = "x"; },
      [](Entry& e) { e.of = "x"; },
      [](Entry& e) { e.origin = "x"; },
      [](Entry& e) { e.amount = pts(1); },
      [](Entry& e) { e.shortfall = pts(1); },
      [](Entry& e) {
        e.postings.move(pts(1), LedgerAccount::member_held, LedgerAccount::program_expired);
      },
      [](Entry& e) { e.lots.push_back({}); },
      [](Entry& e) { e.expires_at = later; },
      [](Entry& e) { e.clamped = true; },
      [](Entry& e) { e.excluded_from_tiers = true; },
      [](Entry& e) { e.available_after = pts(1); },
      [](Entry& e) { e.held_after = pts(1); },
      [](Entry& e) { e.debt_after = pts(1); },
  });
}

TEST(Equality, OfLotsAndHolds) {
  expect_sees_each<Pause>({[](Pause& p) { p.from = later; }, [](Pause& p) { p.to = later; }});
  expect_sees_each<Deadline>(
      {[](Deadline& d) { d.last_day = day; }, [](Deadline& d) { d.since = later; }});
  expect_sees_each<Lot>({
      [](Lot& l) { l.key = "x"; },
      [](Lot& l) { l.sequence = 1; },
      [](Lot& l) { l.granted_at = later; },
      [](Lot& l) { l.granted_day = day; },
      [](Lot& l) { l.refunded = Deadline{}; },
      [](Lot& l) { l.points = pts(1); },
  });
  expect_sees_each<Hold>({
      [](Hold& h) { h.key = "x"; },
      [](Hold& h) { h.state = HoldState::captured; },
      [](Hold& h) { h.points = pts(1); },
      [](Hold& h) { h.captured = pts(1); },
      [](Hold& h) { h.refunded = pts(1); },
      [](Hold& h) { h.expires_at = later; },
      [](Hold& h) { h.lots.push_back({}); },
  });
}

TEST(Equality, OfAccounts) {
  expect_sees_each<Grant>({[](Grant& g) { g.key = "x"; }, [](Grant& g) { g.points = pts(1); },
                           [](Grant& g) { g.reversed = pts(1); }});
  expect_sees_each<Debt>({[](Debt& d) { d.grant = "x"; }, [](Debt& d) { d.points = pts(1); }});
  expect_sees_each<InactiveSince>(
      {[](InactiveSince& s) { s.day = day; }, [](InactiveSince& s) { s.at = later; }});
  expect_sees_each<Account>({
      [](Account& a) { a.id = "x"; },
      [](Account& a) { a.revision = 2; },
      [](Account& a) { a.sequence = 1; },
      [](Account& a) { a.last_at = later; },
      [](Account& a) {
        a.balance.post(Postings{}.move(pts(1), LedgerAccount::program_issued,
                                       LedgerAccount::member_available));
      },
      [](Account& a) { a.lots.push_back({}); },
      [](Account& a) { a.holds.push_back({}); },
      [](Account& a) { a.grants.push_back({}); },
      [](Account& a) { a.debts.push_back({}); },
      [](Account& a) { a.tier_events.push_back({}); },
      [](Account& a) { a.last_activity = later; },
      [](Account& a) { a.inactive_since.at = later; },
      [](Account& a) { a.refunded = Deadline{}; },
      [](Account& a) { a.merged_into = "x"; },
  });
}

TEST(Equality, OfSettings) {
  expect_sees_each<ExpiryRules>({
      [](ExpiryRules& r) { r.model = ExpiryModel::lots; },
      [](ExpiryRules& r) { r.months = 1; },
      [](ExpiryRules& r) { r.percentage = 1; },
      [](ExpiryRules& r) { r.grain = ExpiryGrain::month; },
  });
  expect_sees_each<ActivityRules>({
      [](ActivityRules& r) { r.earn = false; },
      [](ActivityRules& r) { r.redeem = false; },
      [](ActivityRules& r) { r.adjust = true; },
      [](ActivityRules& r) { r.refund = true; },
  });
  expect_sees_each<Transition>(
      {[](Transition& t) { t.at = later; }, [](Transition& t) { t.offset_seconds = 1; }});
  expect_sees_each<ZoneTable>({[](ZoneTable& z) { z = ZoneTable::fixed(60); },
                               [](ZoneTable& z) {
                                 z = ZoneTable::of(0, {{later, 60}}, "").value();
                               }});
  expect_sees_each<Settings>({
      [](Settings& s) { s.zone = ZoneTable::fixed(60); },
      [](Settings& s) { s.status = Status::paused; },
      [](Settings& s) { s.expiry.months = 1; },
      [](Settings& s) { s.activity.earn = false; },
      [](Settings& s) { s.reversal = ReversalPolicy::forgive; },
      [](Settings& s) { s.hold_lifetime = Duration::minutes(1); },
      [](Settings& s) { s.create_accounts = false; },
  });
  expect_sees_each<Program>({
      [](Program& p) { p.settings.create_accounts = false; },
      [](Program& p) { p.pauses.push_back({}); },
      [](Program& p) { p.expiry_changed = Deadline{}; },
  });
}

TEST(Equality, OfAnswersAndBooks) {
  expect_sees_each<Outcome>({[](Outcome& o) { o.entries.push_back({}); },
                             [](Outcome& o) { o.account = "x"; },
                             [](Outcome& o) { o.replayed = true; }});
  expect_sees_each<Answer>(
      {[](Answer& a) { a.command = Release{}; }, [](Answer& a) { a.command = CreateAccount{"x"}; },
       [](Answer& a) { a.origin = "x"; }, [](Answer& a) { a.outcome.replayed = true; }});
  expect_sees_each<Refusal>(
      {[](Refusal& r) { r.code = RefusalCode::hold_expired; }, [](Refusal& r) { r.field = "x"; }});
  expect_sees_each<Finding>({[](Finding& f) { f.account = "x"; },
                             [](Finding& f) { f.invariant = Invariant::balance_is_sum; }});
  const auto told = [](Book& book, Command command) {
    EXPECT_TRUE(book.apply({"k", {}, later, std::move(command)}).ok());
  };
  expect_sees_each<Book>(
      {[&](Book& b) { told(b, SetStatus{Status::paused}); },
       [&](Book& b) { told(b, CreateAccount{"x"}); }, [&](Book& b) { told(b, Expire{}); }},
      Book{Settings{}});
}

TEST(Equality, OfCommands) {
  expect_sees_each<Earn>({[](Earn& e) { e.account = "x"; }, [](Earn& e) { e.points = pts(1); },
                          [](Earn& e) { e.by_rule = true; }, [](Earn& e) { e.clamped = true; }});
  expect_sees_each<Adjust>(
      {[](Adjust& a) { a.account = "x"; }, [](Adjust& a) { a.points = pts(1); },
       [](Adjust& a) { a.balance = pts(1); }, [](Adjust& a) { a.revision = 1; },
       [](Adjust& a) { a.excluded_from_tiers = true; }});
  expect_sees_each<PlaceHold>({[](PlaceHold& h) { h.account = "x"; },
                               [](PlaceHold& h) { h.points = pts(1); },
                               [](PlaceHold& h) { h.lifetime = Duration{}; }});
  expect_sees_each<Capture>(
      {[](Capture& c) { c.hold = "x"; }, [](Capture& c) { c.points = pts(1); }});
  expect_sees_each<Redeem>(
      {[](Redeem& r) { r.account = "x"; }, [](Redeem& r) { r.points = pts(1); }});
  expect_sees_each<Refund>({[](Refund& r) { r.of = "x"; }, [](Refund& r) { r.points = pts(1); }});
  expect_sees_each<Reverse>(
      {[](Reverse& r) { r.of = "x"; }, [](Reverse& r) { r.points = pts(1); }});
  expect_sees_each<Merge>({[](Merge& m) { m.from = "x"; }, [](Merge& m) { m.into = "x"; }});
  expect_sees_each<SetStatus>({[](SetStatus& s) { s.status = Status::draft; }});
  expect_sees_each<SetExpiry>({[](SetExpiry& s) { s.expiry.months = 1; }});
  expect_sees_each<ExtendHold>(
      {[](ExtendHold& e) { e.hold = "x"; }, [](ExtendHold& e) { e.lifetime = Duration{}; }});
  expect_sees_each<SetZone>({[](SetZone& s) { s.zone = ZoneTable::fixed(60); }});
}

TEST(Equality, OfWhatTheRulesAnswer) {
  expect_sees_each<ReturnedAmounts>({[](ReturnedAmounts& a) { a.subtotal = Money::minor(1); },
                                     [](ReturnedAmounts& a) { a.discount = Money::minor(1); },
                                     [](ReturnedAmounts& a) { a.net = Money::minor(1); },
                                     [](ReturnedAmounts& a) { a.tax = Money::minor(1); }});
  expect_sees_each<CouponState>(
      {[](CouponState& s) { s.status = CouponStatus::active; },
       [](CouponState& s) { s.revision = 2; }, [](CouponState& s) { s.refundable = true; },
       [](CouponState& s) { s.transferable = true; }, [](CouponState& s) { s.owner = "x"; },
       [](CouponState& s) { s.order = "x"; }, [](CouponState& s) { s.expires_at = later; }});
  expect_sees_each<CouponStep>({[](CouponStep& s) { s.state.revision = 2; },
                                [](CouponStep& s) { s.ledger = LedgerAction::refund_points; }});
  expect_sees_each<CheckoutDiscount>(
      {[](CheckoutDiscount& d) { d.status = CheckoutDiscountStatus::unused; },
       [](CheckoutDiscount& d) { d.costs_points = false; },
       [](CheckoutDiscount& d) { d.timed_out = true; }});
  expect_sees_each<CheckoutStep>(
      {[](CheckoutStep& s) { s.discount.timed_out = true; },
       [](CheckoutStep& s) { s.ledger = CheckoutLedgerAction::refund; }});
}

}  // namespace
}  // namespace loyalty::ledger
