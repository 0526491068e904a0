#include "native/service/checkout/applying.h"
#include "native/service/checkout/checkout_state.h"
#include "native/service/checkout/orders.h"
#include "native/service/checkout/route_parts.h"
#include "native/service/checkout/shapes.h"
#include "native/service/program/catalogs.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

/// The cart as the shop's backend gives it, with the tags that follow from a line's own.
Json completed(Call& call, Json checkout) {
  complete_tags(checkout["cart"]);
  require_cart(call, checkout["cart"], "checkout.");
  return checkout;
}

Json create(Call& call, const Json& request) {
  const Json& given = member(request, "checkout");
  shopper_of_contact(call, text_at(given, "contactId"));
  const std::string id = text_at(given, "id");
  if (!id.empty() && call.store.get(store::Kind::checkout, id)) {
    throw Refused::invalid("checkout.id", "UNIQUE", "must not be the id of another checkout");
  }
  return standing_json(reevaluate(call, create_checkout(call, completed(call, given))));
}

Json get(Call& call, const Json& request) {
  return state_of(call, require_checkout(call, text_at(request, "id")));
}

Json replace(Call& call, const Json& request) {
  const Json& given = member(request, "checkout");
  Checkout checkout = require_open_checkout(call, text_at(request, "id"));
  if (given.contains("revision") && integer_at(given, "revision") != checkout.document().revision) {
    throw Refused{Code::revision_mismatch,
                  {{"currentRevision", std::to_string(checkout.document().revision)}}};
  }
  if (given.contains("contactId")) {
    const std::string contact = text_at(given, "contactId");
    shopper_of_contact(call, contact);
    checkout = hand_over(call, checkout, contact);
  }
  Json body = checkout.body();
  body["cart"] = member(completed(call, given), "cart");
  if (body != checkout.body()) {
    checkout = write_checkout(call, checkout, body);
    // The shopper's page shows another cart by now.
    emit(call, checkout_fqdn, "updated", EventKind::updated, checkout.id(),
         {{"id", checkout.id()},
          {"contactId", checkout.contact_id()},
          {"revision", std::to_string(checkout.document().revision)},
          {"status", text_at(body, "status")}});
  }
  return standing_json(reevaluate(call, checkout));
}

Json complete(Call& call, const Json& request) {
  const std::string payment = text_at(request, "paymentStatus");
  const Order order =
      place_order(call, require_checkout(call, text_at(request, "id")),
                  {.order_id = text_at(request, "orderId"), .paid = payment == "PAID"});
  return {{"order", order.shown()}};
}

// --- the public exchange

SingleChoice choice_of(const Json& request) {
  constexpr struct {
    const char* name;
    Source source;
  } members[] = {{"reward", Source::reward},
                 {"loyaltyCoupon", Source::coupon},
                 {"referralReward", Source::referral}};
  for (const auto& one : members) {
    const Json& entry = member(request, one.name);
    if (entry.is_object()) {
      const std::int64_t points = integer_at(entry, "pointsToSpend");
      return {.source = one.source,
              .id = text_at(entry, "id"),
              .revision = integer_at(entry, "revision"),
              .points = points > 0 ? std::optional{Points::of(points)} : std::nullopt};
    }
  }
  return {};
}

Json apply(Call& call, const Json& request) {
  const Checkout checkout =
      own_open_checkout(call, require_open_checkout(call, text_at(request, "checkoutId")));
  return {{"discount", apply_single(call, checkout, choice_of(request)).shown()}};
}

Json remove(Call& call, const Json& request) {
  const HeldDiscount discount = require_discount(call.store, text_at(request, "id"));
  const Checkout checkout = require_checkout(call, discount.checkout_id());
  if (checkout.is_completed()) {
    throw Refused{Code::checkout_completed};
  }
  remove_discount(call, checkout, discount.id());
  return {{"discount", require_discount(call.store, discount.id()).shown()}};
}

}  // namespace

Checkout own_open_checkout(Call& call, const Checkout& checkout) {
  return call.is_member() && checkout.contact_id().empty()
             ? hand_over(call, checkout, call.caller.contact_id)
             : checkout;
}

Json standing_json(const Standing& standing) {
  Json answer{{"checkout", standing.checkout.shown()},
              {"discounts", Json::array()},
              {"quote", json_of(standing.charge.quote)},
              {"releasedPoints", standing.released.count()}};
  for (const HeldDiscount& discount : standing.discounts) {
    answer["discounts"].push_back(discount.shown_to_shop());
  }
  return answer;
}

void add_checkout_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema points = integer(1, 9'999'999);
  const Schema reference =
      object({required("id", guid()), required("revision", shapes::revision())});
  const Schema reward = object({required("id", guid()), required("revision", shapes::revision()),
                                optional("pointsToSpend", points)});
  const Schema discount = object({required("discount", shapes::discount())});
  const Schema by_id = object({required("id", guid())});
  const Schema given = object({optional("id", guid()), optional("contactId", guid()),
                               required("cart", shapes::core_document("cart"))});
  const Schema changed = object(
      {read_only("id", any()), optional("contactId", guid()),
       optional("revision", shapes::revision()), required("cart", shapes::core_document("cart")),
       read_only("createdDate", any()), read_only("updatedDate", any()), read_only("status", any()),
       read_only("intent", any()), read_only("total", any()), read_only("notices", any())});
  const Schema standing = object({required("checkout", shapes::checkout()),
                                  required("discounts", array(shapes::shop_discount(), 0, 1'000)),
                                  required("quote", shapes::core_document("quote")),
                                  optional("releasedPoints", integer(0, 999'999'999))});
  to.push_back({.name = "checkouts.create",
                .verb = Verb::post,
                .path = "/checkout/v1/checkouts",
                .permission = manage_checkouts,
                .access = write,
                .request = object({required("checkout", given)}),
                .response = standing,
                .run = create,
                .summary = "Puts a cart on a checkout; its prices are the ones that count"});
  to.push_back({.name = "checkouts.get",
                .verb = Verb::get,
                .path = "/checkout/v1/checkouts/{id}",
                .permission = manage_checkouts,
                .access = read,
                .request = by_id,
                .response = standing,
                .run = get,
                .summary = "A checkout with its discounts and its present quote"});
  to.push_back({.name = "checkouts.update",
                .verb = Verb::put,
                .path = "/checkout/v1/checkouts/{id}",
                .permission = manage_checkouts,
                .access = write,
                .request = object({required("id", guid()), required("checkout", changed)}),
                .response = standing,
                .run = replace,
                .summary = "Replaces the cart; discounts that no longer fit go or shrink"});
  const Schema completion =
      object({required("id", guid()), optional("orderId", text(1, 128)),
              required("paymentStatus",
                       enumeration({"PAID", "NOT_PAID", "PENDING", "PENDING_MERCHANT"}))});
  to.push_back({.name = "checkouts.complete",
                .verb = Verb::post,
                .path = "/checkout/v1/checkouts/{id}/complete",
                .permission = manage_checkouts,
                .access = write,
                .request = completion,
                .response = object({required("order", shapes::order())}),
                .run = complete,
                .key = Route::Key::required,
                .summary = "Makes an order of a checkout"});
  to.push_back({.name = "checkoutDiscounts.apply",
                .verb = Verb::post,
                .path = "/loyalty-checkout-exchange/v1/loyalty-checkout-discount",
                .permission = apply_discount,
                .access = write,
                .request = object({required("checkoutId", guid()), optional("reward", reward),
                                   optional("loyaltyCoupon", reference),
                                   optional("referralReward", reference)})
                               .exactly_one_of({"reward", "loyaltyCoupon", "referralReward"}),
                .response = discount,
                .run = apply,
                .summary = "Applies a reward, a coupon or a referral reward to a checkout"});
  to.push_back({.name = "checkoutDiscounts.remove",
                .verb = Verb::post,
                .path = "/loyalty-checkout-exchange/v1/loyalty-checkout-discounts/{id}/remove",
                .permission = apply_discount,
                .access = write,
                .request = by_id,
                .response = discount,
                .run = remove,
                .key = Route::Key::required,
                .summary = "Takes a discount off a checkout; its points come back"});
  add_checkout_listings(to);
  add_order_routes(to);
  add_storefront_routes(to);
}

}  // namespace loyalty::service
