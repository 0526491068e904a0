#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/service/checkout/charge.h"
#include "native/service/checkout/discounts.h"

/// Carts on their way to an order. The cart that counts is the one that the shop's backend put
/// here; a browser names choices, never prices.
namespace loyalty::service {

inline constexpr std::string_view checkout_fqdn = "loyalty.v1.checkout";

/// A checkout's document, read.
class Checkout {
 public:
  explicit Checkout(store::Document document);

  const std::string& id() const { return document_.id; }
  const store::Document& document() const { return document_; }
  const Json& body() const { return body_; }
  std::string contact_id() const { return wire::text_at(body_, "contactId"); }
  std::string order_id() const { return wire::text_at(body_, "orderId"); }
  bool is_completed() const { return !order_id().empty(); }
  const Json& cart() const { return wire::member(body_, "cart"); }
  /// What is applied, in the order chosen.
  Json chosen() const;

  Json shown() const;

 private:
  store::Document document_;
  Json body_;
};

/// Throws CHECKOUT_NOT_FOUND, also where it is somebody else's: members see their own, visitors
/// those of nobody, apps and users all.
Checkout require_checkout(Call& call, std::string_view id);

/// Likewise, and CHECKOUT_COMPLETED.
Checkout require_open_checkout(Call& call, std::string_view id);

/// Makes or replaces cart and contact. Throws VALIDATION where the core refuses the cart.
Checkout create_checkout(Call& call, const Json& checkout);

/// Discounts that are on the checkout.
std::vector<HeldDiscount> open_discounts(store::Session& session, const Checkout& checkout);

/// Points that the checkout holds itself.
Points held_by(const std::vector<HeldDiscount>& discounts, Instant now);

/// A checkout with what its discounts and prices have come to.
struct Standing {
  Checkout checkout;
  std::vector<HeldDiscount> discounts;  ///< open
  Charge charge;
  Points released;  ///< that the change gave back
};

/// The price of a choice on the checkout's cart, with its own holds to spend. Changes nothing.
Charge price(Call& call, const Checkout& checkout, const Json& chosen, const Json& want = {});

/// The price of what is applied, without ever spending more points than the shopper agreed to.
Charge price_of_applied(Call& call, const Checkout& checkout, const Json& want = {});

/// Makes the checkout's discounts those of a charge: holds, releases, replaces, all at once (U61,
/// U71). Choices that were rejected are dropped.
Standing settle(Call& call, const Checkout& checkout, const Json& chosen, Charge charge);

/// After cart or contact changed, or time has passed: discounts that no longer fit are removed,
/// those that shrank give points back, and `notices` of the checkout say so (U73).
Standing reevaluate(Call& call, const Checkout& checkout, const Json& want = {});

/// Takes all discounts off, since nobody has touched the checkout for as long as its points are
/// held (U70). Cart and contact stay, should the shopper come back.
void abandon(Call& call, const Checkout& checkout);

/// Another contact, or none, goes on with the checkout: what the one before had chosen goes.
Checkout hand_over(Call& call, const Checkout& checkout, std::string_view contact_id);

/// Takes one discount off. Throws DISCOUNT_NOT_FOUND, DISCOUNT_NOT_APPLIED, CHECKOUT_COMPLETED.
Standing remove_discount(Call& call, const Checkout& checkout, std::string_view discount_id);

/// Writes a changed body as the next revision.
Checkout write_checkout(Call& call, const Checkout& before, const Json& body);

/// `{"chosen":[…]}`
std::string intent_text(const Json& chosen);

/// The entry of an intent that a discount comes from: `{"reward":{"id":…}}`.
bool is_choice_of(const Json& choice, Source source, std::string_view id);

}  // namespace loyalty::service
