#include "native/service/checkout/orders.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/rules/refund.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/coupons.h"
#include "native/service/checkout/earned_bases.h"
#include "native/service/checkout/order_news.h"
#include "native/service/checkout/order_requests.h"
#include "native/service/checkout/pending_points.h"
#include "native/service/checkout/referrals.h"
#include "native/service/program/awards.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/program/uses.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;
using Command = CheckoutCommand;

/// An order whose money has not come keeps its points as long as the ledger holds any.
constexpr Duration unpaid_hold_lifetime = Duration::days(366);

/// Applications whose orders earn as soon as they are placed (U5).
constexpr std::string_view earned_when_placed[] = {"wix_restaurants_orders-order_submitted",
                                                   "restaurants-order-is-pending"};

constexpr const char* amount_names[] = {
    "subtotal", "itemsDiscount", "itemsNet",   "shipping", "tax",
    "fees",     "total",         "walletPaid", "payable",  "shippingDiscount"};

Order write(Call& call, const Order& before, const Json& body) {
  store::Document document = next_revision(call, before.document(), body);
  call.store.update(store::Kind::order, document);
  return Order{std::move(document)};
}

Json ordered_lines(const Json& cart, const Json& quote) {
  Json lines = Json::array();
  const Json& priced = member(quote, "lines");
  std::size_t i = 0;
  for (Json line : member(cart, "lines")) {
    for (const char* amount : {"subtotal", "discount", "net", "tax"}) {
      line[amount] = integer_at(priced[i], amount);
    }
    line["returned"] = 0;
    lines.push_back(std::move(line));
    ++i;
  }
  return lines;
}

Json ordered_discounts(const Charge& charge, const std::vector<HeldDiscount>& open) {
  Json discounts = Json::array();
  for (const ChargedDiscount& row : charge.discounts) {
    Json discount{{"id", row.id},
                  {"source", std::string{name_of(row.source)}},
                  {"amount", row.amount.minor_units()}};
    const auto mine = std::find_if(open.begin(), open.end(), [&row](const HeldDiscount& one) {
      return one.source() == row.source && one.source_id() == row.id;
    });
    if (mine != open.end()) {
      discount["discountId"] = mine->id();
      discount["points"] = mine->points().count();
      discount["refundedPoints"] = 0;
    }
    discounts.push_back(std::move(discount));
  }
  return discounts;
}

/// Whether the price is still what the shopper was told last.
bool is_as_told(const Checkout& checkout, const Charge& charge,
                const std::vector<HeldDiscount>& open) {
  const Json& told = member(checkout.body(), "total");
  if (told.is_number_integer() && told.get<std::int64_t>() != charge.total.minor_units()) {
    return false;
  }
  return std::all_of(open.begin(), open.end(), [&charge](const HeldDiscount& discount) {
    const ChargedDiscount* row = charge.find(discount.source(), discount.source_id());
    return row != nullptr && row->points.value_or(no_points) == discount.points();
  });
}

Json body_of_order(Call& call, const Checkout& checkout, const Charge& charge,
                   const std::vector<HeldDiscount>& open) {
  const Json quote = json_of(charge.quote);
  const std::shared_ptr<const PublishedCatalog> catalog = call.catalogs.catalog(call.store);
  Json body{{"checkoutId", checkout.id()},
            {"status", "APPROVED"},
            {"paymentStatus", "NOT_PAID"},
            {"currency", text_at(checkout.cart(), "currency")},
            {"pricesIncludeTax", wire::truth_at(checkout.cart(), "pricesIncludeTax")},
            {"lines", ordered_lines(checkout.cart(), quote)},
            {"discounts", ordered_discounts(charge, open)},
            {"bases", earned_bases(catalog->public_catalog(), checkout.cart(),
                                   member(quote, "lines"), charge.earned)},
            {"quote", quote}};
  for (const char* name : amount_names) {
    body["amounts"][name] = integer_at(quote, name);
  }
  body["points"] = {{"spent", integer_at(member(quote, "points"), "spent")},
                    {"earned", 0},
                    {"refunded", 0},
                    {"reversed", 0}};
  if (const std::string contact = checkout.contact_id(); !contact.empty()) {
    body["contactId"] = contact;
    if (const auto account = call.store.account_of_contact(contact)) {
      body["accountId"] = account->id;
    }
  }
  return body;
}

bool is_promotion(const Json& discount) {
  const std::string source = text_at(discount, "source");
  return source == "promotion" || source == "code";
}

/// Counts the uses of the order's promotions, or gives them back.
void change_uses_of(Call& call, const Order& order, std::int64_t direction) {
  for (const Json& discount : member(order.body(), "discounts")) {
    if (is_promotion(discount)) {
      change_uses(
          call, text_at(discount, "id"), order.contact_id(),
          {.times = direction, .amount = Money::minor(direction * integer_at(discount, "amount"))});
    }
  }
}

/// Coupons that members redeemed earlier, and referral rewards: used up, or given back (U19).
void change_coupons_of(Call& call, const Order& order, CouponCommandKind command) {
  for (const Json& discount : member(order.body(), "discounts")) {
    const std::string source = text_at(discount, "source");
    const std::string id = text_at(discount, "id");
    if (source == "coupon") {
      const std::optional<store::Document> document = call.store.get(store::Kind::coupon, id);
      if (document) {
        const LoyaltyCoupon coupon{*document};
        change_coupon(call, coupon,
                      {.kind = command,
                       .account = coupon.account_id(),
                       .order = order.id(),
                       .now = call.now});
      }
    } else if (source == "referral" && command == CouponCommandKind::apply) {
      use_referral_reward(call, id, order.id());
    } else if (source == "referral" && command == CouponCommandKind::cancel_order) {
      give_back_referral_reward(call, id, order.id());
    }
  }
}

std::vector<HeldDiscount> discounts_of(Call& call, const Order& order) {
  std::vector<HeldDiscount> discounts;
  for (const Json& discount : member(order.body(), "discounts")) {
    if (const std::string id = text_at(discount, "discountId"); !id.empty()) {
      discounts.push_back(require_discount(call.store, id));
    }
  }
  return discounts;
}

/// Points for the order by the rules of these triggers, on the bases that the shopper saw.
Order earn(Call& call, const Order& order, std::span<const std::string_view> triggers) {
  if (order.contact_id().empty() || member(order.body(), "bases").empty()) {
    return order;
  }
  Points earned;
  for (const std::string_view trigger : triggers) {
    Activity activity;
    activity.contact_id = order.contact_id();
    activity.activity_type = trigger;
    activity.event_id = event_id_of(order);
    activity.order_id = order.id();
    activity.rule_bases = rule_bases(member(order.body(), "bases"));
    for (const Awarded& awarded : award(call, activity)) {
      earned += awarded.repeated ? no_points : awarded.points;
    }
  }
  if (earned == no_points) {
    return order;
  }
  Json body = order.body();
  body["points"]["earned"] = integer_at(body["points"], "earned") + earned.count();
  return write(call, order, body);
}

/// An order that one operation changed, told of.
Order changed(Call& call, Order order) {
  tell_of_order(call, order, EventKind::updated);
  return order;
}

struct Returns {
  std::vector<OrderedLine> lines;
  std::vector<std::int64_t> quantities;
  std::vector<std::int64_t> returned;

  bool is_all_back() const { return quantities == returned; }
  Money goods() const {
    Money sum;
    for (const OrderedLine& line : lines) {
      sum += line.subtotal;
    }
    return sum;
  }
  ReturnedAmounts amounts() const { return returned_amounts(lines, returned); }
};

Returns returns_of(const Json& order) {
  Returns returns;
  for (const Json& line : member(order, "lines")) {
    returns.lines.push_back({.quantity = integer_at(line, "quantity"),
                             .subtotal = Money::minor(integer_at(line, "subtotal")),
                             .net = Money::minor(integer_at(line, "net")),
                             .tax = Money::minor(integer_at(line, "tax")),
                             .earning_base = no_money});
    returns.quantities.push_back(integer_at(line, "quantity"));
    returns.returned.push_back(integer_at(line, "returned"));
  }
  return returns;
}

/// Marks units as returned. Throws VALIDATION where there are not as many left.
void mark_returned(Json& order, const Json& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string field = "lines[" + std::to_string(i) + "]";
    const auto at = std::find_if(order["lines"].begin(), order["lines"].end(),
                                 [&](const Json& one) { return one["id"] == lines[i]["id"]; });
    if (at == order["lines"].end()) {
      throw Refused::invalid(field + ".id", "ONE_OF", "must be a line of the order");
    }
    const std::int64_t returned = integer_at(*at, "returned") + integer_at(lines[i], "quantity");
    if (returned > integer_at(*at, "quantity")) {
      throw Refused::invalid(field + ".quantity", "MAX",
                             "must not exceed what has not come back yet");
    }
    (*at)["returned"] = returned;
  }
}

/// Points of one discount that come back after a return of part of the goods.
Points refund_points(Call& call, const HeldDiscount& discount, const Returns& returns,
                     Json& ordered) {
  if (discount.hold_id().empty()) {
    return no_points;
  }
  const Points before = Points::of(integer_at(ordered, "refundedPoints"));
  const Points back = points_to_refund(program_of(call)->points_refund, discount.points(), before,
                                       returns.goods(), returns.amounts().subtotal);
  if (back <= no_points) {
    return no_points;
  }
  try {
    call.store.attempt(
        [&] { move(call, ledger::Refund{.of = discount.hold_id(), .points = back}, {}); });
  } catch (const Refused&) {
    return no_points;  // the account is full: what is missing comes with the next return
  }
  ordered["refundedPoints"] = (before + back).count();
  return back;
}

/// Spent points back, all of them or a part (U16, U17).
Points return_points(Call& call, const Order& order, const Returns& returns, Json& body) {
  Points refunded;
  for (Json& ordered : body["discounts"]) {
    const std::string id = text_at(ordered, "discountId");
    if (id.empty()) {
      continue;
    }
    const HeldDiscount discount = require_discount(call.store, id);
    if (!returns.is_all_back()) {
      refunded += refund_points(call, discount, returns, ordered);
      continue;
    }
    const HeldDiscount ended = change_discount(call, discount, Command::order_canceled, order.id());
    if (!ended.hold_id().empty() && ended.state().status == CheckoutDiscountStatus::refunded) {
      const Points left = discount.points() - Points::of(integer_at(ordered, "refundedPoints"));
      ordered["refundedPoints"] = discount.points().count();
      refunded += left;
    }
  }
  return refunded;
}

}  // namespace

Order::Order(store::Document document)
    : document_{std::move(document)}, body_(body_of(document_)) {}

Json Order::shown() const {
  Json shown = entity_of(document_);
  shown.erase("bases");
  return shown;
}

std::string event_id_of(const Order& order) { return "order:" + order.id(); }

bool earns_when_placed(std::string_view trigger) {
  return std::find(std::begin(earned_when_placed), std::end(earned_when_placed), trigger) !=
         std::end(earned_when_placed);
}

bool earns_when_paid(std::string_view trigger) {
  return std::find(std::begin(earned_when_paid), std::end(earned_when_paid), trigger) !=
         std::end(earned_when_paid);
}

Order require_order(store::Session& session, std::string_view id) {
  std::optional<store::Document> document = session.get(store::Kind::order, id);
  if (!document) {
    throw Refused{Code::order_not_found};
  }
  return Order{*std::move(document)};
}

Order place_order(Call& call, const Checkout& checkout, const Placement& placement) {
  if (checkout.is_completed()) {
    if (placement.order_id.empty() || placement.order_id == checkout.order_id()) {
      const Order placed = require_order(call.store, checkout.order_id());
      return placement.paid ? pay_order(call, placed) : placed;
    }
    throw Refused{Code::checkout_completed, {{"orderId", checkout.order_id()}}};
  }
  const std::vector<HeldDiscount> open = open_discounts(call.store, checkout);
  for (const HeldDiscount& discount : open) {
    if (discount.has_lapsed(call.now)) {
      throw Refused{Code::hold_expired, {{"discountId", discount.id()}}};
    }
  }
  const Charge charge = price_of_applied(call, checkout);
  if (!is_as_told(checkout, charge, open)) {
    throw Refused{Code::quote_changed, {{"quote", json_of(charge.quote)}}};
  }
  Json ordered = body_of_order(call, checkout, charge, open);
  ordered["number"] = next_order_number(call);
  store::Document document = new_document(call, ordered);
  document.keys = {{"number", text_at(ordered, "number")}};
  if (!placement.order_id.empty()) {
    document.id = placement.order_id;
  }
  try {
    call.store.insert(store::Kind::order, document);
  } catch (const store::Duplicate&) {
    throw Refused::invalid("orderId", "UNIQUE", "must not be the id of another order");
  }
  Order order{std::move(document)};
  keep_request(call, order, charge);
  change_uses_of(call, order, 1);
  change_coupons_of(call, order, CouponCommandKind::apply);
  for (const HeldDiscount& discount : open) {
    if (!placement.paid) {
      keep_discount(call, discount, Money::minor(integer_at(discount.body(), "amount")),
                    unpaid_hold_lifetime);
    }
  }
  if (!order.contact_id().empty()) {
    count_order(call, order.contact_id(), 1);
  }
  Json body = checkout.body();
  body["status"] = "COMPLETED";
  body["orderId"] = order.id();
  body["notices"] = Json::array();
  body.erase("dueAt");
  write_checkout(call, checkout, body);
  order = earn(call, order, earned_when_placed);
  tell_of_order(call, order, EventKind::created);
  return placement.paid ? pay_order(call, order) : order;
}

Order pay_order(Call& call, const Order& order) {
  if (order.was_paid()) {
    return order;
  }
  if (order.is_canceled()) {
    throw Refused{Code::order_not_refundable, "The order was canceled."};
  }
  for (const HeldDiscount& discount : discounts_of(call, order)) {
    change_discount(call, discount, Command::paid, order.id());
  }
  Json body = order.body();
  body["paymentStatus"] = "PAID";
  body["paidDate"] = wire::time_text(call.now);
  return changed(call, earn(call, write(call, order, body), earned_when_paid));
}

Order cancel_order(Call& call, const Order& order) {
  if (order.is_canceled()) {
    return order;
  }
  const bool was_undone = text_at(order.body(), "paymentStatus") == "FULLY_REFUNDED";
  Json body = order.body();
  Returns returns = returns_of(body);
  returns.returned = returns.quantities;
  Points refunded;
  Points reversed;
  if (!was_undone) {
    refunded = return_points(call, order, returns, body);
    reversed = take_back_awards(call, event_id_of(order), {});
    change_coupons_of(call, order, CouponCommandKind::cancel_order);
  }
  change_uses_of(call, order, -1);
  if (!order.contact_id().empty()) {
    count_order(call, order.contact_id(), -1);
  }
  body["status"] = "CANCELED";
  if (!order.was_paid()) {
    body["paymentStatus"] = "CANCELED";
  }
  body["points"]["refunded"] = integer_at(body["points"], "refunded") + refunded.count();
  body["points"]["reversed"] = integer_at(body["points"], "reversed") + reversed.count();
  return changed(call, write(call, order, body));
}

Order refund_order(Call& call, const Order& order, const Json& lines, Json& refund) {
  if (!order.was_paid() || order.is_canceled()) {
    throw Refused{Code::order_not_refundable,
                  order.is_canceled() ? "The order was canceled." : "The order is not paid."};
  }
  Json body = order.body();
  const ReturnedAmounts before = returns_of(body).amounts();
  mark_returned(body, lines);
  const Returns returns = returns_of(body);
  const ReturnedAmounts after = returns.amounts();
  const Points refunded = return_points(call, order, returns, body);
  if (returns.is_all_back()) {
    change_coupons_of(call, order, CouponCommandKind::cancel_order);
  }
  const Points reversed = take_back_awards(
      call, event_id_of(order),
      remaining_bases(member(body, "bases"), returns.quantities, returns.returned));
  const Money net = after.net - before.net;
  const Money tax = after.tax - before.tax;
  const bool includes_tax = wire::truth_at(body, "pricesIncludeTax");
  refund = {{"subtotal", (after.subtotal - before.subtotal).minor_units()},
            {"discount", (after.discount - before.discount).minor_units()},
            {"net", net.minor_units()},
            {"tax", tax.minor_units()},
            {"amount", (includes_tax ? net : net + tax).minor_units()},
            {"refundedPoints", refunded.count()},
            {"reversedPoints", reversed.count()}};
  body["paymentStatus"] = returns.is_all_back() ? "FULLY_REFUNDED" : "PARTIALLY_REFUNDED";
  body["points"]["refunded"] = integer_at(body["points"], "refunded") + refunded.count();
  body["points"]["reversed"] = integer_at(body["points"], "reversed") + reversed.count();
  return changed(call, write(call, order, body));
}

}  // namespace loyalty::service
