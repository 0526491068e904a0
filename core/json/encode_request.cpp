#include "core/json/encode_parts.h"

namespace loyalty {
namespace {

void encode_coupon(const Coupon& coupon, Writer& to) {
  to.begin_object();
  member(to, "code", coupon.code);
  to.key("conditions");
  encode(coupon.conditions, to);
  members(to, "effects", coupon.effects);
  member(to, "exclusive", coupon.exclusive);
  member(to, "expiresAt", coupon.expires_at);
  member(to, "id", coupon.id);
  member(to, "name", coupon.name);
  member(to, "revision", coupon.revision);
  member(to, "status", names::of(names::coupon_status, coupon.status));
  to.end_object();
}

void encode_line(const CartLine& line, Writer& to) {
  to.begin_object();
  member(to, "discountable", line.discountable);
  member(to, "id", line.id);
  member(to, "kind", names::of(names::item_kind, line.kind));
  member(to, "listUnitPrice", line.list_unit_price);
  member(to, "minUnitPrice", line.min_unit_price);
  member(to, "quantity", line.quantity);
  members(to, "tags", line.tags);
  member(to, "taxRatePpm", line.tax_rate);
  member(to, "unitPrice", line.unit_price);
  to.end_object();
}

void encode_method(const ShippingMethod& method, Writer& to) {
  to.begin_object();
  member(to, "id", method.id);
  member(to, "price", method.price);
  members(to, "tags", method.tags);
  member(to, "taxRatePpm", method.tax_rate);
  to.end_object();
}

void encode_wallet(const Wallet& wallet, Writer& to) {
  to.begin_object();
  member(to, "balance", wallet.balance);
  member(to, "id", wallet.id);
  to.end_object();
}

void encode_choice(const Choice& choice, Writer& to) {
  to.begin_object();
  to.key(names::of(names::choice_kind, choice.kind));
  to.begin_object();
  if (choice.kind == ChoiceKind::code) {
    member(to, "text", choice.text);
  } else {
    member(to, "id", choice.text);
    member(to, "points", choice.points);
  }
  to.end_object();
  to.end_object();
}

}  // namespace

void encode_chosen(std::span<const Choice> chosen, Writer& to) {
  members(to, "chosen", chosen, [&to](const Choice& choice) { encode_choice(choice, to); });
}

void encode(const Account& account, Writer& to) {
  const auto encode_one = [&to](const Coupon& coupon) { encode_coupon(coupon, to); };
  to.begin_object();
  member(to, "available", account.available);
  members(to, "coupons", account.coupons, encode_one);
  members(to, "customerTags", account.customer_tags);
  member(to, "held", account.held);
  member(to, "id", account.id);
  if (account.order_number != 0) {
    member(to, "orderNumber", account.order_number);
  }
  member(to, "pending", account.pending);
  members(to, "referralRewards", account.referral_rewards, encode_one);
  member(to, "revision", account.revision);
  if (!account.tier.empty()) {
    member(to, "tierId", account.tier);
  }
  member(to, "tierPoints", account.tier_points);
  to.end_object();
}

void encode(const Cart& cart, Writer& to) {
  to.begin_object();
  member(to, "currency", cart.currency.code());
  member(to, "fees", cart.fees);
  if (!cart.id.empty()) {
    member(to, "id", cart.id);
  }
  members(to, "lines", cart.lines, [&to](const CartLine& line) { encode_line(line, to); });
  member(to, "pricesIncludeTax", cart.prices_include_tax);
  members(to, "shipping", cart.shipping,
          [&to](const ShippingMethod& method) { encode_method(method, to); });
  members(to, "wallets", cart.wallets, [&to](const Wallet& wallet) { encode_wallet(wallet, to); });
  to.end_object();
}

void encode(const Intent& intent, Writer& to) {
  to.begin_object();
  encode_chosen(intent.chosen, to);
  to.end_object();
}

void encode(const RequestParts& request, Writer& to) {
  to.begin_object();
  to.key("account");
  if (request.account != nullptr) {
    encode(*request.account, to);
  } else {
    to.null();
  }
  to.key("cart");
  encode(*request.cart, to);
  if (!request.catalog_digest.empty()) {
    member(to, "catalog", request.catalog_digest);
  } else if (request.catalog != nullptr) {
    to.key("catalog");
    encode(*request.catalog, to);
  }
  to.key("intent");
  encode(*request.intent, to);
  member(to, "now", request.now);
  members(to, "resolved", request.resolved);
  to.end_object();
}

}  // namespace loyalty
