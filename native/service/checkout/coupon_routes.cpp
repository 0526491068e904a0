#include "native/service/accounts/desk.h"
#include "native/service/checkout/coupons.h"
#include "native/service/checkout/route_parts.h"
#include "native/service/checkout/shapes.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::text_at;

Json redeem(Call& call, const Json& request) {
  const store::AccountRow account = require_account(call, text_at(request, "loyaltyAccountId"));
  return {{"coupon", redeem_for_coupon(call, account, text_at(request, "rewardId")).shown()}};
}

Json redeem_own(Call& call, const Json& request) {
  const store::AccountRow account = own_account(call);
  if (account.member_id.empty()) {
    throw wire::Refused{wire::Code::member_required};
  }
  return {{"coupon", redeem_for_coupon(call, account, text_at(request, "rewardId")).shown()}};
}

Json get(Call& call, const Json& request) {
  const LoyaltyCoupon coupon = require_coupon(call.store, text_at(request, "loyaltyCouponId"));
  return {{"loyaltyCoupon", coupon.shown()}};
}

/// What the member can see: its own, without those behind discounts of checkouts.
Json my_coupons(Call& call, const Json&) {
  const store::AccountRow account = own_account(call);
  store::Query query;
  query.filter = {.op = store::Filter::Op::eq,
                  .field = {"accountId", store::ValueType::text},
                  .values = {account.id}};
  query.sort = {{{"createdDate", store::ValueType::instant}, true}};
  query.limit = 1'000;
  Json coupons = Json::array();
  for (const store::Document& document : call.store.page(store::Kind::coupon, query).rows) {
    const LoyaltyCoupon coupon{document};
    if (!coupon.is_refundable() && !coupon.is_record_deleted()) {
      coupons.push_back(coupon.shown());
    }
  }
  return {{"loyaltyCoupons", std::move(coupons)}};
}

Json remove(Call& call, const Json& request) {
  delete_coupon_record(call, require_coupon(call.store, text_at(request, "id")),
                       integer_at(request, "revision"));
  return Json::object();
}

Json cancel(Call& call, const Json& request) {
  const LoyaltyCoupon coupon = require_coupon(call.store, text_at(request, "id"));
  const CouponCommand command{.kind = CouponCommandKind::cancel,
                              .revision = integer_at(request, "revision"),
                              .now = call.now};
  return {{"coupon", change_coupon(call, coupon, command).shown()}};
}

}  // namespace

void add_coupon_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema coupon = shapes::coupon();
  const Schema redeemed = object({required("coupon", coupon)});
  const Schema coupons = object({required("loyaltyCoupons", array(coupon, 0, 1'000))});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         Permission permission, Route::Access access, const Schema& request,
                         const Schema& response, Operation run, std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = permission,
                  .access = access,
                  .request = request,
                  .response = response,
                  .run = run,
                  .summary = summary});
  };
  add("coupons.redeem", Verb::post, "/loyalty-coupons/v1/coupons", redeem_coupon, write,
      object({required("rewardId", guid()), required("loyaltyAccountId", guid())}), redeemed,
      redeem, "Exchanges points of an account for a coupon");
  add("coupons.redeemMine", Verb::post, "/loyalty-coupons/v1/coupons/redeem-my-coupon",
      redeem_own_coupon, write, object({required("rewardId", guid())}), redeemed, redeem_own,
      "Exchanges the member's own points for a coupon");
  add("coupons.mine", Verb::get, "/loyalty-coupons/v1/coupons/my-coupons", read_own_coupons, read,
      object({}), coupons, my_coupons, "The member's coupons");
  add("coupons.get", Verb::get, "/loyalty-coupons/v1/coupons/{loyaltyCouponId}", read_coupons, read,
      object({required("loyaltyCouponId", guid())}), object({required("loyaltyCoupon", coupon)}),
      get, "One coupon");
  add("coupons.delete", Verb::del, "/loyalty-coupons/v1/coupons/{id}", manage_coupons, write,
      object({required("id", guid()), required("revision", shapes::revision())}), object({}),
      remove, "Deletes the loyalty record of a coupon; its code goes on working");
  add("coupons.cancel", Verb::post, "/loyalty-coupons/v1/coupons/{id}/cancel", manage_coupons,
      write, object({required("id", guid()), required("revision", shapes::revision())}), redeemed,
      cancel, "Archives an unused coupon and gives its points back");
  add_coupon_listings(to);
}

}  // namespace loyalty::service
