#include "native/service/checkout/coupons.h"

#include <utility>

#include "core/json/names.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/wallet.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/documents.h"
#include "native/service/program/rewards.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;
using wire::truth_at;

constexpr std::string_view fqdn = "wix.loyalty.v1.coupon";

CouponStatus status_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(names::coupon_status); ++i) {
    if (names::coupon_status[i] == name) {
      return static_cast<CouponStatus>(i);
    }
  }
  throw store::Corrupt{"a coupon has no status: " + std::string{name}};
}

/// What a member of this tier gets, and for how much.
struct Bargain {
  Json reward;
  Json config;
  Points cost() const { return Points::of(integer_at(config, "costInPoints")); }
};

Bargain bargain_of(Call& call, const store::AccountRow& account, std::string_view reward_id) {
  Bargain bargain{.reward = require_reward(call.store, reward_id), .config = {}};
  if (text_at(bargain.reward, "type") != "COUPON_REWARD") {
    throw Refused{Code::reward_not_coupon};
  }
  if (!truth_at(bargain.reward, "active")) {
    throw Refused{Code::reward_not_active};
  }
  bargain.config =
      reward_config_for(bargain.reward, account.tier_id, program_of(call)->tiers_active);
  if (bargain.config.is_null() ||
      !reward_conditions_met(call, bargain.reward, account.contact_id)) {
    throw Refused{Code::reward_not_available_for_tier};
  }
  return bargain;
}

std::string new_code(Call& call) {
  std::string code = call.ids.coupon_code();
  while (call.store.find(store::Kind::coupon, "code", code)) {
    code = call.ids.coupon_code();
  }
  return code;
}

LoyaltyCoupon make(Call& call, const store::AccountRow& account, const Bargain& bargain,
                   std::string coupon_id, std::string_view transaction_id, bool refundable) {
  const std::string name = text_at(bargain.reward, "name");
  Json specification = coupon_specification(bargain.reward, bargain.config);
  const std::string code = new_code(call);
  Json body{{"accountId", account.id},
            {"transactionId", std::string{transaction_id}},
            {"rewardId", text_at(bargain.reward, "id")},
            {"rewardName", name},
            {"status", "ACTIVE"},
            {"rules", coupon_rules(specification, program_of(call)->currency)}};
  body["couponReference"] = {{"couponId", call.ids.next(call.now)},
                             {"code", code},
                             {"name", name},
                             {"specification", std::move(specification)}};
  if (!account.member_id.empty()) {
    body["memberId"] = account.member_id;
  }
  if (refundable) {
    body["refundable"] = true;
  }
  store::Document document = new_document(call, body);
  document.id = std::move(coupon_id);
  document.keys = {{"code", code}};
  call.store.insert(store::Kind::coupon, document);
  return LoyaltyCoupon{std::move(document)};
}

/// The wallet shows what can be chosen.
void show_in_wallet(Call& call, const LoyaltyCoupon& coupon) {
  if (coupon.is_refundable()) {
    return;
  }
  if (coupon.status() == "ACTIVE" && !coupon.is_record_deleted()) {
    put_in_wallet(call, coupon.account_id(), Pocket::coupons, coupon.quoted());
  } else {
    take_from_wallet(call, coupon.account_id(), Pocket::coupons, coupon.id());
  }
}

void emit_of(Call& call, const LoyaltyCoupon& coupon, std::string_view slug, EventKind kind) {
  if (!coupon.is_refundable()) {
    emit(call, fqdn, slug, kind, coupon.id(), kind == EventKind::deleted ? Json{} : coupon.shown());
  }
}

}  // namespace

LoyaltyCoupon::LoyaltyCoupon(store::Document document)
    : document_{std::move(document)}, body_(body_of(document_)) {}

std::string LoyaltyCoupon::code() const {
  return text_at(member(body_, "couponReference"), "code");
}

Json LoyaltyCoupon::shown() const {
  Json coupon = entity_of(document_);
  for (const char* own : {"rules", "rewardId", "recordDeleted", "orderId", "transferable"}) {
    coupon.erase(own);
  }
  return coupon;
}

Json LoyaltyCoupon::quoted() const {
  Json coupon = member(body_, "rules");
  coupon["id"] = document_.id;
  coupon["code"] = code();
  coupon["name"] = text_at(body_, "rewardName");
  coupon["revision"] = document_.revision;
  coupon["status"] = status();
  if (body_.contains("expiresAt")) {
    coupon["expiresAt"] = body_["expiresAt"];
  }
  return coupon;
}

LoyaltyCoupon require_coupon(store::Session& session, std::string_view id) {
  std::optional<store::Document> document = session.get(store::Kind::coupon, id);
  if (!document) {
    throw Refused{Code::coupon_not_found};
  }
  LoyaltyCoupon coupon{*std::move(document)};
  if (coupon.is_record_deleted()) {
    throw Refused{Code::coupon_not_found};
  }
  return coupon;
}

LoyaltyCoupon redeem_for_coupon(Call& call, const store::AccountRow& account,
                                std::string_view reward_id) {
  require_active(call);
  const Bargain bargain = bargain_of(call, account, reward_id);
  std::string coupon_id = call.ids.next(call.now);
  const Json redemption{{"rewardId", std::string{reward_id}},
                        {"rewardType", "COUPON_REWARD"},
                        {"referenceEntityId", coupon_id}};
  const Moved moved =
      move(call, ledger::Redeem{.account = account.id, .points = bargain.cost()},
           {.description = text_at(bargain.reward, "name"), .info = {{"redeemInfo", redemption}}});
  LoyaltyCoupon coupon = make(call, moved.account, bargain, std::move(coupon_id),
                              moved.transaction_id, /*refundable=*/false);
  show_in_wallet(call, coupon);
  emit_of(call, coupon, "created", EventKind::created);
  return coupon;
}

LoyaltyCoupon make_checkout_coupon(Call& call, const store::AccountRow& account,
                                   std::string_view reward_id, std::string_view transaction_id) {
  return make(call, account, bargain_of(call, account, reward_id), call.ids.next(call.now),
              transaction_id, /*refundable=*/true);
}

void drop_checkout_coupon(Call& call, std::string_view id) {
  call.store.remove(store::Kind::coupon, id);
}

LoyaltyCoupon change_coupon(Call& call, const LoyaltyCoupon& coupon, const CouponCommand& command) {
  const std::string owner = coupon.account_id();
  const std::string order = text_at(coupon.body(), "orderId");
  const CouponState before{
      .status = status_of(coupon.status()),
      .revision = coupon.document().revision,
      .refundable = coupon.is_refundable(),
      .transferable = truth_at(coupon.body(), "transferable"),
      .owner = owner,
      .order = order,
      .expires_at = wire::time_of(text_at(coupon.body(), "expiresAt")),
  };
  const Result<CouponStep, ledger::Refusal> next = step(before, command);
  if (!next.ok()) {
    throw Refused{next.error()};
  }
  if (next.value().state == before) {
    return coupon;
  }
  if (next.value().ledger == LedgerAction::refund_points) {
    move(call, ledger::Refund{.of = coupon.transaction_id(), .points = {}},
         {.description = text_at(coupon.body(), "rewardName"), .info = {}});
  }
  const CouponState& after = next.value().state;
  Json body = coupon.body();
  body["status"] = std::string{names::of(names::coupon_status, after.status)};
  if (after.order.empty()) {
    body.erase("orderId");
  } else {
    body["orderId"] = std::string{after.order};
  }
  if (after.status == CouponStatus::archived) {
    body["couponReference"]["deleted"] = true;
  }
  store::Document document = next_revision(call, coupon.document(), body);
  call.store.update(store::Kind::coupon, document);
  LoyaltyCoupon changed{std::move(document)};
  show_in_wallet(call, changed);
  emit_of(call, changed, "updated", EventKind::updated);
  return changed;
}

void delete_coupon_record(Call& call, const LoyaltyCoupon& coupon, std::int64_t revision) {
  if (revision != coupon.document().revision) {
    throw Refused{Code::revision_mismatch,
                  {{"currentRevision", std::to_string(coupon.document().revision)}}};
  }
  Json body = coupon.body();
  body["recordDeleted"] = true;
  store::Document document = next_revision(call, coupon.document(), body);
  call.store.update(store::Kind::coupon, document);
  const LoyaltyCoupon deleted{std::move(document)};
  show_in_wallet(call, deleted);
  emit_of(call, deleted, "deleted", EventKind::deleted);
}

void wallets_merged(Call& call, std::string_view from, std::string_view into) {
  const std::optional<store::AccountRow> account = call.store.account(into);
  store::Query query;
  query.filter = {.op = store::Filter::Op::eq,
                  .field = {"accountId", store::ValueType::text},
                  .values = {std::string{from}}};
  query.sort = {{{"createdDate", store::ValueType::instant}, false}};
  query.limit = 200;
  std::vector<store::Document> page = call.store.page(store::Kind::coupon, query).rows;
  while (!page.empty()) {  // what is changed is no longer found
    for (const store::Document& document : page) {
      const LoyaltyCoupon before{document};
      Json body = before.body();
      body["accountId"] = std::string{into};
      if (account && !account->member_id.empty()) {
        body["memberId"] = account->member_id;
      }
      store::Document next = next_revision(call, document, body);
      call.store.update(store::Kind::coupon, next);
      show_in_wallet(call, LoyaltyCoupon{std::move(next)});
    }
    page = call.store.page(store::Kind::coupon, query).rows;
  }
  const std::string text = wallet_text(call.store, from);
  if (!text.empty()) {
    const Json wallet = Json::parse(text);
    for (const Json& reward : member(wallet, "referralRewards")) {
      put_in_wallet(call, into, Pocket::referral_rewards, reward);
    }
    call.store.remove(store::Kind::wallet, from);
  }
}

}  // namespace loyalty::service
