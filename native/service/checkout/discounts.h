#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/rejection.h"
#include "core/rules/checkout_discount.h"
#include "native/service/call.h"
#include "native/service/checkout/charge.h"

/// Discounts on checkouts that cost points or use up something: rewards, coupons, referral rewards.
namespace loyalty::service {

/// A discount's document, read.
class HeldDiscount {
 public:
  explicit HeldDiscount(store::Document document);

  const std::string& id() const { return document_.id; }
  const store::Document& document() const { return document_; }
  const Json& body() const { return body_; }
  Source source() const;
  std::string source_id() const;  ///< of the reward, coupon or referral reward
  std::string account_id() const { return wire::text_at(body_, "accountId"); }
  std::string checkout_id() const { return wire::text_at(body_, "checkoutId"); }
  std::string hold_id() const { return wire::text_at(body_, "holdId"); }
  std::optional<Instant> hold_expires_at() const;
  Points points() const { return Points::of(wire::integer_at(body_, "points")); }
  /// The most that the shopper agreed to spend.
  Points consent() const { return Points::of(wire::integer_at(body_, "consent")); }
  CheckoutDiscount state() const;
  bool is_open() const;
  /// Whether its points are no longer held, though it is open.
  bool has_lapsed(Instant now) const;

  /// LoyaltyCheckoutDiscount as the public API shows it.
  Json shown() const;
  /// The same with what a checkout page needs: points, hold, amount.
  Json shown_to_shop() const;

 private:
  store::Document document_;
  Json body_;
};

/// Throws DISCOUNT_NOT_FOUND.
HeldDiscount require_discount(store::Session& session, std::string_view id);

/// Puts a discount of a quote on a checkout: holds its points, makes the coupon behind a coupon
/// reward. `consent` absent: what is charged.
HeldDiscount begin_discount(Call& call, std::string_view checkout_id,
                            const store::AccountRow& account, const ChargedDiscount& charged,
                            std::optional<Points> consent);

/// Gives the points of an open discount back and holds others in their place. `consent`: how many
/// the member agreed to spend; absent: what is charged, but no fewer than before.
HeldDiscount hold_anew(Call& call, const HeldDiscount& discount, std::string_view account_id,
                       const ChargedDiscount& charged, std::optional<Points> consent);

/// What stays the same but for its amount or the time that its hold lasts.
HeldDiscount keep_discount(Call& call, const HeldDiscount& discount, Money amount,
                           Duration hold_lifetime);

/// Carries out a command of the discount's life, with what the ledger has to do. A refund that the
/// ledger refuses leaves it FAILED_TO_REFUND, to be tried again. `order_id`: of `paid`.
HeldDiscount change_discount(Call& call, const HeldDiscount& discount, CheckoutCommand command,
                             std::string_view order_id = {});

/// Discounts whose refund is to be tried again; how many were.
std::size_t retry_refunds(Call& call, std::size_t limit);

}  // namespace loyalty::service
