#pragma once

#include <string>
#include <string_view>

#include "native/service/checkout/checkouts.h"

/// Orders: what became of checkouts. An order keeps the amounts that its quote fixed; whatever is
/// given back later is a share of those, never computed anew (L10).
namespace loyalty::service {

/// An order's document, read.
class Order {
 public:
  explicit Order(store::Document document);

  const std::string& id() const { return document_.id; }
  const store::Document& document() const { return document_; }
  const Json& body() const { return body_; }
  std::string contact_id() const { return wire::text_at(body_, "contactId"); }
  bool is_canceled() const { return wire::text_at(body_, "status") == "CANCELED"; }
  /// Whether money has come in, however much of it went back since.
  bool was_paid() const { return body_.contains("paidDate"); }
  Json shown() const;

 private:
  store::Document document_;
  Json body_;
};

/// By which the awards of an order are kept.
std::string event_id_of(const Order& order);

/// Whether rules of this trigger give their points when an order is placed, or when it is paid.
bool earns_when_placed(std::string_view trigger);
bool earns_when_paid(std::string_view trigger);

/// Throws ORDER_NOT_FOUND.
Order require_order(store::Session& session, std::string_view id);

struct Placement {
  std::string order_id;  ///< empty: one is made
  bool paid = false;     ///< or approved, where it is paid offline
};

/// Makes an order of a checkout: uses of promotions are counted, coupons are used up, holds are
/// made to last until the money comes. Points are spent and earned with payment (U5, U74). The same
/// order again changes nothing.
///
/// Throws CHECKOUT_COMPLETED where another order was made of it, HOLD_EXPIRED where points were
/// held too long, QUOTE_CHANGED with the present quote where the price is not the one last given.
Order place_order(Call& call, const Checkout& checkout, const Placement& placement);

/// The money is here: points are spent for good, the order earns.
Order pay_order(Call& call, const Order& order);

/// Undoes the whole order: spent points, coupons and uses come back, earned points go (U13, U16,
/// U19).
Order cancel_order(Call& call, const Order& order);

/// Takes back units of lines, `[{"id","quantity"}]`. Throws VALIDATION, ORDER_NOT_REFUNDABLE.
/// `refund`: what this return gives back.
Order refund_order(Call& call, const Order& order, const Json& lines, Json& refund);

}  // namespace loyalty::service
