#include <optional>
#include <variant>

#include "native/service/accounts/ledger_state.h"
#include "native/service/checkout/coupons.h"
#include "native/service/member/member_view.h"
#include "native/service/query/filters.h"

/// The coupons that a member got for points.
namespace loyalty::service {
namespace {

using store::ValueType;
using wire::text_at;

constexpr std::size_t coupons_max = 200;

/// The redemption that paid for a coupon; nothing where the books do not have it.
std::optional<ledger::Hold> redemption_of(Call& call, const LoyaltyCoupon& coupon) {
  const std::optional<store::ItemRow> row = call.store.item(coupon.transaction_id());
  if (!row) {
    return std::nullopt;
  }
  const Item item = read_item(*row);
  const auto* const hold = std::get_if<ledger::Hold>(&item);
  return hold == nullptr ? std::nullopt : std::optional(*hold);
}

Json coupon_of(Call& call, const LoyaltyCoupon& coupon) {
  const Json& body = coupon.body();
  const store::Document& document = coupon.document();
  Json shown{{"id", coupon.id()},
             {"code", coupon.code()},
             {"name", text_at(wire::member(body, "couponReference"), "name")},
             {"status", coupon.status()},
             {"redeemedAt", wire::time_text(document.created)},
             {"points", 0},
             {"rewardName", text_at(body, "rewardName")}};
  if (const auto redemption = redemption_of(call, coupon)) {
    shown["points"] = redemption->captured.count();
    if (redemption->refunded > no_points) {
      shown["refundedPoints"] = redemption->refunded.count();
    }
  }
  if (const std::string expires = text_at(body, "expiresAt"); !expires.empty()) {
    shown["expiresAt"] = expires;
  }
  if (coupon.status() == "APPLIED") {
    shown["usedAt"] = wire::time_text(document.updated);
  }
  name_order(call, text_at(body, "orderId"), shown);
  return shown;
}

}  // namespace

Json coupons_part(Call& call, const MemberView& member) {
  Json coupons = Json::array();
  if (!member.detail) {
    return coupons;
  }
  using Op = store::Filter::Op;
  store::Query query;
  query.filter = both(condition({"accountId", ValueType::text}, Op::eq, {member.detail->row.id}),
                      both(condition({"refundable", ValueType::boolean}, Op::missing),
                           condition({"recordDeleted", ValueType::boolean}, Op::missing)));
  query.sort = {{{"createdDate", ValueType::instant}, true}};
  query.limit = coupons_max;
  for (const store::Document& document : call.store.page(store::Kind::coupon, query).rows) {
    coupons.push_back(coupon_of(call, LoyaltyCoupon{document}));
  }
  return coupons;
}

}  // namespace loyalty::service
