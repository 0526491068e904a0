#include "native/service/checkout/chosen.h"

#include <algorithm>

#include "core/base/limits.h"
#include "native/service/checkout/coupons.h"
#include "native/service/checkout/wallet.h"
#include "native/service/program/promotions.h"
#include "native/service/program/uses.h"

namespace loyalty::service {
namespace {

/// The promotion as the core shall have it, or null. `code` in its canonical form.
Json promotion_left(store::Session& session, std::string_view contact_id, std::string_view code) {
  std::optional<Json> promotion = promotion_of_code(session, code);
  if (!promotion) {
    return nullptr;
  }
  put_left(session, contact_id, *promotion);
  (*promotion)["codes"] = Json::array({std::string{code}});  // its others are nobody's business
  return std::move(*promotion);
}

bool holds_id(const std::vector<Json>& list, const Json& id) {
  return std::any_of(list.begin(), list.end(),
                     [&id](const Json& one) { return wire::member(one, "id") == id; });
}

/// Two codes may be of one promotion.
void add_promotion(Json promotion, std::vector<Json>& promotions) {
  if (promotion.is_null()) {
    return;
  }
  for (Json& one : promotions) {
    if (one["id"] == promotion["id"]) {
      if (one["codes"] != promotion["codes"]) {
        one["codes"].push_back(promotion["codes"].front());
      }
      return;
    }
  }
  promotions.push_back(std::move(promotion));
}

bool shows(const Json& wallet, std::string_view coupon_id) {
  const Json& coupons = wire::member(wallet, "coupons");
  return std::any_of(coupons.begin(), coupons.end(), [coupon_id](const Json& one) {
    return wire::text_at(one, "id") == coupon_id;
  });
}

/// A coupon of the shopper's own that its wallet does not show: used up, or its record deleted, or
/// one of very many.
void add_coupon(const Shopper& shopper, const std::optional<store::Document>& document,
                const Json& wallet, std::vector<Json>& coupons) {
  if (!document || !shopper.account) {
    return;
  }
  const LoyaltyCoupon coupon{*document};
  if (coupon.account_id() != shopper.account->id || coupon.is_refundable() ||
      shows(wallet, document->id)) {
    return;
  }
  Json shown = coupon.quoted();
  if (!holds_id(coupons, shown["id"])) {
    coupons.push_back(std::move(shown));
  }
}

}  // namespace

Entered look_up_chosen(Call& call, const Shopper& shopper, std::string_view intent) {
  Entered entered;
  const bool names_any = intent.find("\"code\"") != std::string_view::npos ||
                         intent.find("\"coupon\"") != std::string_view::npos;
  if (!names_any) {
    return entered;
  }
  const Result<Json> read = wire::parse(intent, limits::document_bytes_max);
  if (!read.ok() || !wire::member(read.value(), "chosen").is_array()) {
    return entered;  // the core's reader says what is wrong
  }
  Json wallet = Json::object();
  if (shopper.account) {
    const std::string text = wallet_text(call.store, shopper.account->id);
    wallet = text.empty() ? Json::object() : Json::parse(text);
  }
  std::vector<Json> promotions;
  for (const Json& choice : wire::member(read.value(), "chosen")) {
    if (const Json& coupon = wire::member(choice, "coupon"); coupon.is_object()) {
      const std::string id = wire::text_at(coupon, "id");
      add_coupon(shopper, call.store.get(store::Kind::coupon, id), wallet, entered.coupons);
    } else if (const Json& code = wire::member(choice, "code"); code.is_object()) {
      const std::string text = canonical_code(wire::text_at(code, "text"));
      add_coupon(shopper, call.store.find(store::Kind::coupon, "code", text), wallet,
                 entered.coupons);
      Json promotion = promotion_left(call.store, shopper.contact_id, text);
      add_promotion(std::move(promotion), promotions);
    }
  }
  if (!promotions.empty()) {
    entered.resolved = wire::text_of(promotions);
  }
  return entered;
}

Json public_promotion_of_code(Call& call, std::string_view contact_id, std::string_view code) {
  Json promotion = promotion_left(call.store, contact_id, canonical_code(code));
  if (wire::member(promotion, "limits").is_object()) {
    promotion["limits"].erase("budgetLeft");
    if (promotion["limits"].empty()) {
      promotion.erase("limits");
    }
  }
  return promotion;
}

std::string canonical_code(std::string_view code) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t begin = code.find_first_not_of(spaces);
  if (begin == std::string_view::npos) {
    return {};
  }
  std::string canonical{code.substr(begin, code.find_last_not_of(spaces) - begin + 1)};
  std::transform(canonical.begin(), canonical.end(), canonical.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return canonical;
}

}  // namespace loyalty::service
