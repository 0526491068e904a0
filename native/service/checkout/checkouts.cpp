#include "native/service/checkout/checkouts.h"

#include <algorithm>
#include <utility>

#include "native/service/checkout/chosen.h"
#include "native/service/checkout/coupons.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/program/promotions.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;
using Command = CheckoutCommand;

Duration hold_lifetime(Call& call) { return program_of(call)->ledger.settings.hold_lifetime; }

const char* choice_name(Source source) {
  switch (source) {
    case Source::reward:
      return "reward";
    case Source::coupon:
      return "coupon";
    case Source::referral:
      return "referralReward";
    case Source::code:
    case Source::promotion:
      break;
  }
  return "code";
}

Json notice_of(const HeldDiscount& discount, std::string_view kind, std::string_view code,
               Points released) {
  Json notice = discount.shown();
  notice.erase("id");
  notice.erase("checkoutId");
  notice.erase("status");
  notice["discountId"] = discount.id();
  notice["kind"] = std::string{kind};
  notice["code"] = std::string{code};
  notice["releasedPoints"] = released.count();
  return notice;
}

/// The points chosen for a reward among the choices, or null.
Json* points_chosen(Json& chosen, std::string_view reward_id) {
  for (Json& choice : chosen) {
    if (is_choice_of(choice, Source::reward, reward_id)) {
      return &choice["reward"];
    }
  }
  return nullptr;
}

/// Lowers the points of one reward where it would spend more than was agreed to, or can no longer
/// be had as chosen. True where another price is to be asked for.
bool lower_points(const HeldDiscount& discount, const Charge& charge, Json& chosen) {
  Json* const reward =
      discount.source() == Source::reward ? points_chosen(chosen, discount.source_id()) : nullptr;
  if (reward == nullptr || text_at(discount.body(), "discountType") != "DISCOUNT_AMOUNT") {
    return false;
  }
  std::int64_t points = 0;
  if (const ChargedDiscount* row = charge.find(Source::reward, discount.source_id())) {
    if (row->points.value_or(no_points) <= discount.consent()) {
      return false;
    }
    points = discount.consent().count();
  } else if (const RejectedChoice* rejected =
                 charge.rejection(Source::reward, discount.source_id())) {
    if (rejected->code == RejectionCode::insufficient_points) {
      points = discount.points().count();
    } else if (rejected->code == RejectionCode::points_off_step) {
      points = rejected->required;
    }
  }
  if (points <= 0 || wire::integer_at(*reward, "points") == points) {
    return false;
  }
  (*reward)["points"] = points;
  return true;
}

struct Priced {
  Json chosen;
  Charge charge;
};

Priced price_agreed(Call& call, const Checkout& checkout,
                    const std::vector<HeldDiscount>& discounts, const Json& want) {
  Priced priced{.chosen = checkout.chosen(), .charge = {}};
  priced.charge = price(call, checkout, priced.chosen, want);
  constexpr int tries = 3;  // consent or balance, then the step below
  for (int i = 0; i < tries; ++i) {
    bool changed = false;
    for (const HeldDiscount& discount : discounts) {
      changed = lower_points(discount, priced.charge, priced.chosen) || changed;
    }
    if (!changed) {
      break;
    }
    priced.charge = price(call, checkout, priced.chosen, want);
  }
  return priced;
}

/// What an open discount is at the charge, or null.
const ChargedDiscount* row_of(const Charge& charge, const HeldDiscount& discount) {
  return charge.find(discount.source(), discount.source_id());
}

bool needs_document(Source source) {
  return source == Source::reward || source == Source::coupon || source == Source::referral;
}

/// Codes of the member's own coupons as those coupons.
Json by_id(Call& call, const Checkout& checkout, const Json& chosen) {
  const std::optional<store::AccountRow> account =
      checkout.contact_id().empty() ? std::nullopt
                                    : call.store.account_of_contact(checkout.contact_id());
  Json named = Json::array();
  for (const Json& choice : chosen) {
    const std::string code = text_at(member(choice, "code"), "text");
    const std::optional<store::Document> document =
        account && !code.empty()
            ? call.store.find(store::Kind::coupon, "code", canonical_code(code))
            : std::nullopt;
    if (document && LoyaltyCoupon{*document}.account_id() == account->id) {
      named.push_back({{"coupon", {{"id", document->id}}}});
    } else {
      named.push_back(choice);
    }
  }
  return named;
}

/// Whether a row is about the choice. A code's row has the id of its promotion, where it has one.
bool is_about(store::Session& session, const RejectedChoice& row, const Json& choice) {
  if (is_choice_of(choice, row.source, row.id)) {
    return true;
  }
  const std::string code = text_at(member(choice, "code"), "text");
  if (row.source != Source::code || code.empty()) {
    return false;
  }
  const std::optional<Json> promotion = promotion_of_code(session, code);
  return promotion && text_at(*promotion, "id") == row.id;
}

/// Choices less those that came to nothing.
Json without_rejected(store::Session& session, const Json& chosen, const Charge& charge) {
  Json kept = Json::array();
  for (const Json& choice : chosen) {
    const bool rejected =
        std::any_of(charge.rejected.begin(), charge.rejected.end(),
                    [&](const RejectedChoice& row) { return is_about(session, row, choice); });
    if (!rejected) {
      kept.push_back(choice);
    }
  }
  return kept;
}

std::optional<Points> points_agreed(const Json& chosen, const ChargedDiscount& charged) {
  for (const Json& choice : chosen) {
    if (is_choice_of(choice, charged.source, charged.id)) {
      const std::int64_t points = wire::integer_at(member(choice, "reward"), "points");
      return points > 0 ? std::optional{Points::of(points)} : std::nullopt;
    }
  }
  return std::nullopt;
}

void time_out(Call& call, const HeldDiscount& discount, Json& notices) {
  change_discount(call, discount, Command::timed_out);
  notices.push_back(notice_of(discount, "REMOVED", "HOLD_EXPIRED", discount.points()));
}

/// Ends discounts whose time is over; the ledger has given their points back, or does so now.
Json end_lapsed(Call& call, const Checkout& checkout) {
  Json notices = Json::array();
  for (const HeldDiscount& discount : open_discounts(call.store, checkout)) {
    if (discount.has_lapsed(call.now)) {
      time_out(call, discount, notices);
    }
  }
  return notices;
}

/// Choices less those of discounts that ended.
Json without_ended(const Json& chosen, const Json& notices) {
  Json left = Json::array();
  for (const Json& choice : chosen) {
    const bool is_over = std::any_of(notices.begin(), notices.end(), [&choice](const Json& notice) {
      return is_choice_of(choice, Source::reward, text_at(notice, "rewardId")) ||
             is_choice_of(choice, Source::coupon, text_at(notice, "loyaltyCouponId")) ||
             is_choice_of(choice, Source::referral, text_at(notice, "referralRewardId"));
    });
    if (!is_over) {
      left.push_back(choice);
    }
  }
  return left;
}

/// Makes discounts and charge agree and writes the checkout with its notices.
Standing reconcile(Call& call, const Checkout& checkout, const Json& chosen, Charge charge,
                   Json notices, bool tell) {
  const Duration lifetime = hold_lifetime(call);
  Standing standing{.checkout = checkout, .discounts = {}, .charge = {}, .released = {}};
  std::vector<HeldDiscount> open = open_discounts(call.store, checkout);
  // What goes, goes first: what comes may need its points.
  for (const HeldDiscount& discount : open) {
    if (row_of(charge, discount) != nullptr) {
      continue;
    }
    change_discount(call, discount, Command::remove);
    standing.released += discount.points();
    if (tell) {
      const RejectedChoice* rejected = charge.rejection(discount.source(), discount.source_id());
      notices.push_back(notice_of(discount, "REMOVED",
                                  rejected ? name_of(rejected->code) : "NOT_COMBINABLE",
                                  discount.points()));
    }
  }
  const std::optional<store::AccountRow> account =
      shopper_of_contact(call, checkout.contact_id()).account;
  std::vector<const ChargedDiscount*> fresh;
  for (const ChargedDiscount& row : charge.discounts) {
    const auto mine = std::find_if(open.begin(), open.end(), [&row](const HeldDiscount& one) {
      return one.source() == row.source && one.source_id() == row.id;
    });
    if (mine == open.end()) {
      if (needs_document(row.source)) {
        fresh.push_back(&row);
      }
      continue;
    }
    if (row.points.value_or(no_points) == mine->points()) {
      standing.discounts.push_back(keep_discount(call, *mine, row.amount, lifetime));
      continue;
    }
    const Points less = mine->points() - row.points.value_or(no_points);
    standing.discounts.push_back(
        hold_anew(call, *mine, account.value().id, row, points_agreed(chosen, row)));
    if (less > no_points) {
      standing.released += less;
      if (tell) {
        notices.push_back(notice_of(*mine, "REDUCED", "NOTHING_TO_DISCOUNT", less));
      }
    }
  }
  for (const ChargedDiscount* row : fresh) {
    if (!account) {
      throw Refused{Code::account_not_found};
    }
    standing.discounts.push_back(
        begin_discount(call, checkout.id(), *account, *row, points_agreed(chosen, *row)));
  }
  Json body = checkout.body();
  body["chosen"] = without_rejected(call.store, chosen, charge);
  body["total"] = charge.total.minor_units();
  body["notices"] = std::move(notices);
  body["discountIds"] = Json::array();
  for (const HeldDiscount& discount : standing.discounts) {
    body["discountIds"].push_back(discount.id());
  }
  if (standing.discounts.empty()) {
    body.erase("dueAt");
  } else {
    body["dueAt"] = wire::time_text(call.now + lifetime);
  }
  standing.checkout = write_checkout(call, checkout, body);
  standing.charge = std::move(charge);
  return standing;
}

}  // namespace

Checkout::Checkout(store::Document document)
    : document_{std::move(document)}, body_(body_of(document_)) {}

Json Checkout::chosen() const {
  const Json& chosen = member(body_, "chosen");
  return chosen.is_array() ? chosen : Json::array();
}

Json Checkout::shown() const {
  Json shown = entity_of(document_);
  shown["intent"] = {{"chosen", chosen()}};
  for (const char* own : {"chosen", "discountIds", "dueAt"}) {
    shown.erase(own);
  }
  return shown;
}

Checkout require_checkout(Call& call, std::string_view id) {
  std::optional<store::Document> document = call.store.get(store::Kind::checkout, id);
  if (!document) {
    throw Refused{Code::checkout_not_found};
  }
  Checkout checkout{*std::move(document)};
  using Identity = Caller::Identity;
  const bool sees_all = call.caller.identity != Identity::anonymous && !call.is_member();
  const std::string owner = checkout.contact_id();
  if (!sees_all && !owner.empty() && owner != call.caller.contact_id) {
    throw Refused{Code::checkout_not_found};
  }
  return checkout;
}

Checkout require_open_checkout(Call& call, std::string_view id) {
  Checkout checkout = require_checkout(call, id);
  if (checkout.is_completed()) {
    throw Refused{Code::checkout_completed};
  }
  return checkout;
}

Checkout create_checkout(Call& call, const Json& checkout) {
  Json body{{"cart", member(checkout, "cart")}, {"status", "OPEN"}, {"chosen", Json::array()}};
  if (const std::string contact = text_at(checkout, "contactId"); !contact.empty()) {
    body["contactId"] = contact;
  }
  store::Document document = new_document(call, body);
  if (const std::string id = text_at(checkout, "id"); !id.empty()) {
    document.id = id;
  }
  call.store.insert(store::Kind::checkout, document);
  return Checkout{std::move(document)};
}

std::vector<HeldDiscount> open_discounts(store::Session& session, const Checkout& checkout) {
  std::vector<HeldDiscount> open;
  const Json& ids = member(checkout.body(), "discountIds");
  if (!ids.is_array()) {
    return open;
  }
  for (const Json& id : ids) {
    HeldDiscount discount = require_discount(session, id.get<std::string>());
    if (discount.is_open()) {
      open.push_back(std::move(discount));
    }
  }
  return open;
}

Points held_by(const std::vector<HeldDiscount>& discounts, Instant now) {
  Points held;
  for (const HeldDiscount& discount : discounts) {
    if (!discount.hold_id().empty() && !discount.has_lapsed(now)) {
      held += discount.points();
    }
  }
  return held;
}

Charge price(Call& call, const Checkout& checkout, const Json& chosen, const Json& want) {
  const Shopper shopper = shopper_of_contact(call, checkout.contact_id());
  const Points held = held_by(open_discounts(call.store, checkout), call.now);
  const std::string cart = wire::text_of(checkout.cart());
  const std::string intent = intent_text(chosen);
  const std::string wanted = want.is_array() ? wire::text_of(want) : std::string{};
  return charge(call, shopper, held, {cart, intent, wanted}, call.now);
}

Charge price_of_applied(Call& call, const Checkout& checkout, const Json& want) {
  return price_agreed(call, checkout, open_discounts(call.store, checkout), want).charge;
}

Standing settle(Call& call, const Checkout& checkout, const Json& chosen, Charge charge) {
  return reconcile(call, checkout, by_id(call, checkout, chosen), std::move(charge),
                   end_lapsed(call, checkout), /*tell=*/false);
}

Standing reevaluate(Call& call, const Checkout& checkout, const Json& want) {
  Json notices = end_lapsed(call, checkout);
  // Whose time is over is not chosen any more.
  const Json chosen = without_ended(checkout.chosen(), notices);
  Json body = checkout.body();
  body["chosen"] = chosen;
  const Checkout current =
      body == checkout.body() ? checkout : write_checkout(call, checkout, body);
  Priced priced = price_agreed(call, current, open_discounts(call.store, current), want);
  return reconcile(call, current, chosen, std::move(priced.charge), std::move(notices),
                   /*tell=*/true);
}

void abandon(Call& call, const Checkout& checkout) {
  Json notices = Json::array();
  for (const HeldDiscount& discount : open_discounts(call.store, checkout)) {
    time_out(call, discount, notices);
  }
  Json body = checkout.body();
  body["chosen"] = without_ended(checkout.chosen(), notices);
  body["notices"] = std::move(notices);
  body["discountIds"] = Json::array();
  body.erase("dueAt");
  write_checkout(call, checkout, body);
}

Checkout hand_over(Call& call, const Checkout& checkout, std::string_view contact_id) {
  if (contact_id == checkout.contact_id()) {
    return checkout;
  }
  for (const HeldDiscount& discount : open_discounts(call.store, checkout)) {
    change_discount(call, discount, Command::remove);
  }
  Json body = checkout.body();
  body["discountIds"] = Json::array();
  if (!checkout.contact_id().empty()) {
    body["chosen"] = Json::array();
  }
  if (contact_id.empty()) {
    body.erase("contactId");
  } else {
    body["contactId"] = std::string{contact_id};
  }
  return write_checkout(call, checkout, body);
}

Standing remove_discount(Call& call, const Checkout& checkout, std::string_view discount_id) {
  const HeldDiscount discount = require_discount(call.store, discount_id);
  if (discount.checkout_id() != checkout.id()) {
    throw Refused{Code::discount_not_found};
  }
  const HeldDiscount removed = change_discount(call, discount, Command::remove);
  Json chosen = Json::array();
  for (const Json& choice : checkout.chosen()) {
    if (!is_choice_of(choice, removed.source(), removed.source_id())) {
      chosen.push_back(choice);
    }
  }
  Standing standing = settle(call, checkout, chosen, price(call, checkout, chosen));
  standing.released += discount.is_open() ? discount.points() : no_points;
  return standing;
}

Checkout write_checkout(Call& call, const Checkout& before, const Json& body) {
  store::Document document = next_revision(call, before.document(), body);
  call.store.update(store::Kind::checkout, document);
  return Checkout{std::move(document)};
}

std::string intent_text(const Json& chosen) { return wire::text_of(Json{{"chosen", chosen}}); }

bool is_choice_of(const Json& choice, Source source, std::string_view id) {
  if (source == Source::promotion || id.empty()) {
    return false;
  }
  return text_at(member(choice, choice_name(source)), source == Source::code ? "text" : "id") == id;
}

}  // namespace loyalty::service
