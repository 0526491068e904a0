#include "native/service/checkout/checkout_state.h"

#include <algorithm>

#include "native/service/checkout/orders.h"

namespace loyalty::service {
namespace {

Checkout with_choices(const Checkout& checkout, Json chosen) {
  store::Document document = checkout.document();
  Json body = checkout.body();
  body["chosen"] = std::move(chosen);
  document.body = wire::text_of(body);
  return Checkout{std::move(document)};
}

}  // namespace

Json state_of(Call& call, const Checkout& checkout, const Json& want) {
  Json discounts = Json::array();
  Json chosen = checkout.chosen();
  for (const HeldDiscount& discount : open_discounts(call.store, checkout)) {
    if (!discount.has_lapsed(call.now)) {
      discounts.push_back(discount.shown_to_shop());
      continue;
    }
    const auto ended = std::remove_if(chosen.begin(), chosen.end(), [&](const Json& choice) {
      return is_choice_of(choice, discount.source(), discount.source_id());
    });
    chosen.erase(ended, chosen.end());
  }
  const Checkout present = with_choices(checkout, std::move(chosen));
  Json quote = present.is_completed()
                   ? wire::member(require_order(call.store, present.order_id()).body(), "quote")
                   : json_of(price_of_applied(call, present, want).quote);
  return {{"checkout", present.shown()},
          {"discounts", std::move(discounts)},
          {"quote", std::move(quote)}};
}

}  // namespace loyalty::service
