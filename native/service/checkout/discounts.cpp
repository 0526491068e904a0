#include "native/service/checkout/discounts.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/coupons.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/program/rewards.h"

namespace loyalty::service {
namespace {

using Command = CheckoutCommand;
using Status = CheckoutDiscountStatus;
using wire::text_at;

constexpr std::string_view fqdn = "wix.loyalty.v1.checkout_discount";

/// In the order of CheckoutDiscountStatus.
constexpr std::string_view statuses[] = {
    "IN_PROGRESS",
    "APPLIED",
    "COMPLETED",
    "SCHEDULED_FOR_REFUND",
    "REFUNDED",
    "REFUNDED_DUE_TO_TIMEOUT",
    "REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL",
    "FAILED_TO_REFUND",
    "UNUSED",
};
static_assert(sizeof statuses / sizeof statuses[0] == checkout_discount_statuses);

/// Which member names what the discount is made of.
struct SourceField {
  Source source;
  const char* field;
};
constexpr SourceField source_fields[] = {{Source::reward, "rewardId"},
                                         {Source::coupon, "loyaltyCouponId"},
                                         {Source::referral, "referralRewardId"}};

/// The first retry of a refund; each further one waits twice as long, up to a day.
constexpr std::int64_t first_retry_ms = 60'000;
constexpr std::int64_t last_retry_ms = 86'400'000;

void put_state(Json& body, const CheckoutDiscount& state) {
  body["status"] = std::string{statuses[static_cast<std::size_t>(state.status)]};
  body["costsPoints"] = state.costs_points;
  body["timedOut"] = state.timed_out;
}

HeldDiscount write(Call& call, const HeldDiscount& before, const Json& body) {
  store::Document document = next_revision(call, before.document(), body);
  call.store.update(store::Kind::checkout_discount, document);
  HeldDiscount after{std::move(document)};
  emit(call, fqdn, "updated", EventKind::updated, after.id(), after.shown());
  return after;
}

/// Holds points for the discount and notes where.
void place_hold(Call& call, std::string_view account_id, std::string_view discount_id,
                Points points, Json& body) {
  const std::string reward_id = text_at(body, "rewardId");
  const Json reward = require_reward(call.store, reward_id);
  const Json redemption{{"rewardId", reward_id},
                        {"rewardType", text_at(reward, "type")},
                        {"referenceEntityId", std::string{discount_id}}};
  const Moved moved = move(
      call, ledger::PlaceHold{.account = std::string{account_id}, .points = points, .lifetime = {}},
      {.description = text_at(reward, "name"), .info = {{"redeemInfo", redemption}}});
  LOYALTY_CHECK(!moved.entries.empty() && moved.entries.back().expires_at);
  body["holdId"] = moved.transaction_id;
  body["holdExpiresAt"] = wire::time_text(*moved.entries.back().expires_at);
  body["points"] = points.count();
}

/// Points go back to where they came from, however far their hold has come.
void give_back(Call& call, const std::string& hold_id) {
  if (hold_id.empty()) {
    return;
  }
  const ledger::Hold hold = require_hold(call, hold_id).hold;
  if (hold.state == ledger::HoldState::held && call.now < hold.expires_at) {
    move(call, ledger::Release{hold_id}, {});
  } else if (hold.state == ledger::HoldState::captured && hold.refunded < hold.captured) {
    move(call, ledger::Refund{.of = hold_id, .points = {}}, {});
  }
}

/// Back it goes, or later: what the ledger refuses now it may take when the balance has gone down.
CheckoutDiscount give_back_or_retry(Call& call, const CheckoutDiscount& scheduled, Json& body) {
  Command outcome = Command::refund_done;
  try {
    call.store.attempt([&] { give_back(call, text_at(body, "holdId")); });
    body.erase("retryAt");
    body.erase("retryMilliseconds");
  } catch (const wire::Refused& refused) {
    outcome = Command::refund_failed;
    const std::int64_t wait = std::min(
        wire::integer_at(body, "retryMilliseconds", first_retry_ms / 2) * 2, last_retry_ms);
    body["retryMilliseconds"] = wait;
    body["retryAt"] = wire::time_text(call.now + Duration::milliseconds(wait));
    body["failure"] = std::string{wire::name_of(refused.code())};
  }
  const Result<CheckoutStep, ledger::Refusal> next = step(scheduled, outcome);
  LOYALTY_CHECK(next.ok());
  return next.value().discount;
}

void do_in_ledger(Call& call, CheckoutLedgerAction action, const std::string& hold_id) {
  switch (action) {
    case CheckoutLedgerAction::none:
      return;
    case CheckoutLedgerAction::capture_hold:
      move(call, ledger::Capture{.hold = hold_id, .points = {}}, {});
      return;
    case CheckoutLedgerAction::release_hold:
    case CheckoutLedgerAction::refund:
      give_back(call, hold_id);
      return;
  }
}

/// The coupon behind a coupon reward lives and ends with the discount.
void follow_with_coupon(Call& call, const CheckoutDiscount& state, std::string_view order_id,
                        Json& body) {
  const std::string coupon_id = text_at(body, "couponId");
  if (coupon_id.empty()) {
    return;
  }
  if (state.status == Status::completed) {
    const LoyaltyCoupon coupon = require_coupon(call.store, coupon_id);
    change_coupon(call, coupon,
                  {.kind = CouponCommandKind::apply,
                   .account = coupon.account_id(),
                   .order = order_id,
                   .now = call.now});
  } else if (state.status != Status::applied && state.status != Status::in_progress) {
    drop_checkout_coupon(call, coupon_id);
    body.erase("couponId");
  }
}

}  // namespace

HeldDiscount::HeldDiscount(store::Document document)
    : document_{std::move(document)}, body_(body_of(document_)) {}

Source HeldDiscount::source() const {
  for (const SourceField& one : source_fields) {
    if (body_.contains(one.field)) {
      return one.source;
    }
  }
  throw store::Corrupt{"discount " + id() + " is made of nothing"};
}

std::string HeldDiscount::source_id() const {
  const Source mine = source();
  for (const SourceField& one : source_fields) {
    if (one.source == mine) {
      return text_at(body_, one.field);
    }
  }
  return {};
}

std::optional<Instant> HeldDiscount::hold_expires_at() const {
  return wire::time_of(text_at(body_, "holdExpiresAt"));
}

CheckoutDiscount HeldDiscount::state() const {
  const auto* const at =
      std::find(std::begin(statuses), std::end(statuses), text_at(body_, "status"));
  LOYALTY_CHECK(at != std::end(statuses));
  return {.status = static_cast<Status>(at - std::begin(statuses)),
          .costs_points = wire::truth_at(body_, "costsPoints"),
          .timed_out = wire::truth_at(body_, "timedOut")};
}

bool HeldDiscount::is_open() const {
  const Status status = state().status;
  return status == Status::in_progress || status == Status::applied;
}

bool HeldDiscount::has_lapsed(Instant now) const {
  const std::optional<Instant> until = hold_expires_at();
  return is_open() && until && *until <= now;
}

Json HeldDiscount::shown() const {
  Json shown{{"id", document_.id},
             {"checkoutId", checkout_id()},
             {"status", body_["status"]},
             {"discountType", body_["discountType"]}};
  for (const SourceField& one : source_fields) {
    if (body_.contains(one.field)) {
      shown[one.field] = body_[one.field];
    }
  }
  return shown;
}

Json HeldDiscount::shown_to_shop() const {
  Json shown = this->shown();
  shown["discountId"] = document_.id;
  shown["amount"] = wire::integer_at(body_, "amount");
  shown["points"] = points().count();
  for (const char* name : {"holdId", "holdExpiresAt"}) {
    if (body_.contains(name)) {
      shown[name] = body_[name];
    }
  }
  return shown;
}

HeldDiscount require_discount(store::Session& session, std::string_view id) {
  std::optional<store::Document> document = session.get(store::Kind::checkout_discount, id);
  if (!document) {
    throw wire::Refused{wire::Code::discount_not_found};
  }
  return HeldDiscount{*std::move(document)};
}

HeldDiscount begin_discount(Call& call, std::string_view checkout_id,
                            const store::AccountRow& account, const ChargedDiscount& charged,
                            std::optional<Points> consent) {
  const Points points = charged.points.value_or(no_points);
  const CheckoutDiscount begun = begin_checkout_discount(points > no_points);
  Json body{{"checkoutId", std::string{checkout_id}},
            {"accountId", account.id},
            {"amount", charged.amount.minor_units()},
            {"points", points.count()},
            {"consent", consent.value_or(points).count()}};
  for (const SourceField& one : source_fields) {
    if (one.source == charged.source) {
      body[one.field] = charged.id;
    }
  }
  const std::string discount_id = call.ids.next(call.now);
  switch (charged.source) {
    case Source::coupon:
      body["discountType"] = "LOYALTY_COUPON";
      break;
    case Source::referral:
      body["discountType"] = "REFERRAL_REWARD";
      break;
    default:
      body["discountType"] = text_at(require_reward(call.store, charged.id), "type");
  }
  if (begun.costs_points) {
    place_hold(call, account.id, discount_id, points, body);
  }
  if (body["discountType"] == "COUPON_REWARD") {
    body["couponId"] =
        make_checkout_coupon(call, account, charged.id, text_at(body, "holdId")).id();
  }
  CheckoutDiscount state = begun;
  if (state.status == Status::in_progress) {
    const Result<CheckoutStep, ledger::Refusal> attached = step(state, Command::attached);
    LOYALTY_CHECK(attached.ok());
    state = attached.value().discount;
  }
  put_state(body, state);
  store::Document document = new_document(call, body);
  document.id = discount_id;
  call.store.insert(store::Kind::checkout_discount, document);
  HeldDiscount discount{std::move(document)};
  emit(call, fqdn, "created", EventKind::created, discount.id(), discount.shown());
  return discount;
}

HeldDiscount hold_anew(Call& call, const HeldDiscount& discount, std::string_view account_id,
                       const ChargedDiscount& charged, std::optional<Points> consent) {
  Json body = discount.body();
  const Points points = charged.points.value_or(no_points);
  give_back(call, discount.hold_id());
  body["accountId"] = std::string{account_id};
  body["consent"] = consent.value_or(max(points, discount.consent())).count();
  place_hold(call, account_id, discount.id(), points, body);
  body["amount"] = charged.amount.minor_units();
  return write(call, discount, body);
}

HeldDiscount keep_discount(Call& call, const HeldDiscount& discount, Money amount,
                           Duration hold_lifetime) {
  Json body = discount.body();
  // An extension is an entry of the ledger: not worth one for less than a minute.
  const std::optional<Instant> until = discount.hold_expires_at();
  if (until && *until + Duration::minutes(1) <= call.now + hold_lifetime) {
    const Moved moved =
        move(call, ledger::ExtendHold{.hold = discount.hold_id(), .lifetime = hold_lifetime}, {});
    LOYALTY_CHECK(!moved.entries.empty() && moved.entries.back().expires_at);
    body["holdExpiresAt"] = wire::time_text(*moved.entries.back().expires_at);
  }
  body["amount"] = amount.minor_units();
  if (body == discount.body()) {
    return discount;
  }
  const bool is_visible = wire::integer_at(discount.body(), "amount") != amount.minor_units();
  store::Document document = next_revision(call, discount.document(), body);
  call.store.update(store::Kind::checkout_discount, document);
  HeldDiscount kept{std::move(document)};
  if (is_visible) {
    emit(call, fqdn, "updated", EventKind::updated, kept.id(), kept.shown());
  }
  return kept;
}

HeldDiscount change_discount(Call& call, const HeldDiscount& discount, Command command,
                             std::string_view order_id) {
  const Result<CheckoutStep, ledger::Refusal> next = step(discount.state(), command);
  if (!next.ok()) {
    throw wire::Refused{next.error()};
  }
  CheckoutDiscount state = next.value().discount;
  if (state == discount.state()) {
    return discount;
  }
  Json body = discount.body();
  if (state.status == Status::scheduled_for_refund) {
    state = give_back_or_retry(call, state, body);
  } else {
    do_in_ledger(call, next.value().ledger, discount.hold_id());
  }
  follow_with_coupon(call, state, order_id, body);
  if (!order_id.empty()) {
    body["orderId"] = std::string{order_id};
  }
  put_state(body, state);
  return write(call, discount, body);
}

std::size_t retry_refunds(Call& call, std::size_t limit) {
  const store::FieldRef retry_at{"retryAt", store::ValueType::instant};
  store::Query query;
  query.filter = {.op = store::Filter::Op::le, .field = retry_at, .values = {call.now.ms()}};
  query.sort = {{retry_at, false}};
  query.limit = limit;
  const store::Page<store::Document> due = call.store.page(store::Kind::checkout_discount, query);
  for (const store::Document& document : due.rows) {
    change_discount(call, HeldDiscount{document}, Command::retry_refund);
  }
  return due.rows.size();
}

}  // namespace loyalty::service
