#include "native/service/checkout/applying.h"

#include <algorithm>

#include "native/service/checkout/coupons.h"
#include "native/service/program/rewards.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

/// The first choice that came to nothing on its own account, not by being replaced.
const RejectedChoice* first_rejection(const Charge& charge) {
  const auto at = std::find_if(
      charge.rejected.begin(), charge.rejected.end(),
      [](const RejectedChoice& row) { return row.code != RejectionCode::not_combinable; });
  return at == charge.rejected.end() ? nullptr : &*at;
}

bool has_choice(const Charge& charge) {
  return std::any_of(charge.discounts.begin(), charge.discounts.end(),
                     [](const ChargedDiscount& row) { return row.source != Source::promotion; });
}

void require_revision_of(std::int64_t current, std::int64_t given) {
  if (current != given) {
    throw Refused{Code::revision_mismatch, {{"currentRevision", std::to_string(current)}}};
  }
}

void check_reward(Call& call, const SingleChoice& choice) {
  const std::optional<store::Document> reward = call.store.get(store::Kind::reward, choice.id);
  if (!reward) {
    throw Refused{Code::reward_not_found};
  }
  require_revision_of(reward->revision, choice.revision);
  if (!wire::truth_at(reward_json(*reward), "active")) {
    throw Refused{Code::reward_not_active};
  }
  if (choice.points && text_at(reward_json(*reward), "type") != "DISCOUNT_AMOUNT") {
    throw Refused::invalid("reward.pointsToSpend", "UNKNOWN_FIELD",
                           "must be left out for rewards with a fixed cost");
  }
}

void check_coupon(Call& call, const Shopper& shopper, const SingleChoice& choice) {
  const LoyaltyCoupon coupon = require_coupon(call.store, choice.id);
  if (!shopper.account || coupon.account_id() != shopper.account->id) {
    throw Refused{Code::coupon_belongs_to_another_account};
  }
  require_revision_of(coupon.document().revision, choice.revision);
}

void check_referral(Call& call, const SingleChoice& choice) {
  const std::optional<store::Document> reward =
      call.store.get(store::Kind::referral_reward, choice.id);
  if (!reward) {
    throw Refused{Code::reward_not_found};
  }
  require_revision_of(reward->revision, choice.revision);
}

void check_current(Call& call, const Shopper& shopper, const SingleChoice& choice) {
  switch (choice.source) {
    case Source::reward:
      check_reward(call, choice);
      break;
    case Source::coupon:
      check_coupon(call, shopper, choice);
      break;
    default:
      check_referral(call, choice);
  }
}

Json entry_of(const SingleChoice& choice) {
  Json entry{{"id", choice.id}};
  if (choice.points) {
    entry["points"] = choice.points->count();
  }
  switch (choice.source) {
    case Source::reward:
      return {{"reward", entry}};
    case Source::coupon:
      return {{"coupon", entry}};
    default:
      return {{"referralReward", entry}};
  }
}

/// The choices with one more, last; as they are where it is among them.
Json with_entry(const Json& chosen, const Json& entry, const SingleChoice& choice) {
  if (std::find(chosen.begin(), chosen.end(), entry) != chosen.end()) {
    return chosen;
  }
  Json with = Json::array();
  for (const Json& one : chosen) {
    if (!is_choice_of(one, choice.source, choice.id)) {
      with.push_back(one);
    }
  }
  with.push_back(entry);
  return with;
}

}  // namespace

bool is_same(Call& call, const Checkout& checkout, const Json& chosen, const Preview& preview,
             const Charge& charge) {
  if (preview.digest.empty() || preview.now < call.now - clock_tolerance ||
      call.now + clock_tolerance < preview.now) {
    return false;
  }
  const Shopper shopper = shopper_of_contact(call, checkout.contact_id());
  const Points held = held_by(open_discounts(call.store, checkout), call.now);
  const std::string intent = intent_text(chosen);
  const auto digest_is_of = [&](const Json& document) {
    const std::string cart = wire::text_of(document);
    const Question question{cart, intent};
    OpenQuote open{call, shopper, held, question};
    if (open.error()) {
      refuse_document(*open.error());
    }
    const Quote& seen = open.at(preview.now);
    const Digest digest = open.digest(seen, preview.now);
    return text_of(digest) == preview.digest && open.engine().essence(seen) == charge.essence;
  };
  // What a page computed over its own cart; or what this server answered, over the stored one.
  return (preview.cart.is_object() && digest_is_of(preview.cart)) || digest_is_of(checkout.cart());
}

Standing apply_choice(Call& call, const Checkout& checkout, const Json& chosen,
                      const Preview& preview) {
  Charge charge = price(call, checkout, chosen);
  const bool has_preview = !preview.digest.empty() || preview.total;
  const bool differs =
      (!preview.digest.empty() && !is_same(call, checkout, chosen, preview, charge)) ||
      (preview.total && *preview.total != charge.total);
  if (differs || !has_preview) {
    if (const RejectedChoice* rejected = first_rejection(charge)) {
      throw refusal_of(*rejected, json_of(charge.quote));
    }
  }
  if (differs) {
    throw Refused{Code::quote_changed,
                  {{"quote", json_of(charge.quote)}, {"digest", charge.digest}}};
  }
  if (!chosen.empty() && !has_choice(charge) && !charge.rejected.empty()) {
    throw refusal_of(charge.rejected.front(), json_of(charge.quote));
  }
  return settle(call, checkout, chosen, std::move(charge));
}

HeldDiscount apply_single(Call& call, const Checkout& checkout, const SingleChoice& choice) {
  const Shopper shopper = shopper_of_contact(call, checkout.contact_id());
  // Points are spent by members of the site; a guest's order earns all the same.
  if (shopper.is_guest() || (shopper.account && shopper.account->member_id.empty())) {
    throw Refused{Code::member_required};
  }
  check_current(call, shopper, choice);
  const Json chosen = with_entry(checkout.chosen(), entry_of(choice), choice);
  Charge charge = price(call, checkout, chosen);
  if (const RejectedChoice* rejected = charge.rejection(choice.source, choice.id)) {
    throw refusal_of(*rejected, json_of(charge.quote));
  }
  const Standing standing = settle(call, checkout, chosen, std::move(charge));
  for (const HeldDiscount& discount : standing.discounts) {
    if (discount.source() == choice.source && discount.source_id() == choice.id) {
      return discount;
    }
  }
  throw Refused{Code::nothing_to_discount};
}

}  // namespace loyalty::service
