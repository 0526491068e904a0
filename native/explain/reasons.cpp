#include "native/explain/reasons.h"

#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

std::string listed(Texts texts) {
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out += i == 0 ? "" : i + 1 == texts.size() ? " or " : ", ";
    out += tag_word(texts[i]);
  }
  return out;
}

std::string tier_list(std::span<const TierId> tiers, const Scene& scene) {
  std::string out;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    out += i == 0 ? "" : i + 1 == tiers.size() ? " or " : ", ";
    out += scene.tier_name(tiers[i]);
  }
  return out;
}

/// A fact in words; empty where there is none.
std::string fact_words(const Fact& fact, const Scene& scene) {
  switch (fact.kind) {
    case Fact::Kind::none:
      return "";
    case Fact::Kind::money:
      return scene.money_with_code(Money::minor(fact.number));
    case Fact::Kind::points:
      return scene.points(Points::of(fact.number));
    case Fact::Kind::quantity:
      return count(fact.number);
    case Fact::Kind::instant:
      return date(Instant::from_ms(fact.number));
    case Fact::Kind::text:
      return printable(fact.text);
    case Fact::Kind::texts:
      return listed(fact.texts);
    case Fact::Kind::tiers:
      return tier_list(fact.tiers, scene);
    case Fact::Kind::scope:
      return fact.scope != nullptr ? scope_words(*fact.scope, scene.catalog.currency) : "";
  }
  return "";
}

/// `It asks for X; …` where both are known.
std::string compared(const std::string& required, const std::string& actual, std::string_view has) {
  std::string out = "It asks for " + required;
  out += actual.empty() ? "." : "; " + std::string{has} + " " + actual + ".";
  return out;
}

std::string of_scope(const Fix& fix, const Scene& scene) {
  const std::string words =
      fix.scope != nullptr ? scope_words(*fix.scope, scene.catalog.currency) : "";
  return words.empty() ? "" : " of " + words;
}

}  // namespace

std::string reason_words(RejectionCode code) { return std::string{sentence_of(code)}; }

std::string reason_words(const Rejection& r, const Scene& scene) {
  const std::string required = fact_words(r.required, scene);
  const std::string actual = fact_words(r.actual, scene);
  switch (r.code) {
    case RejectionCode::minimum_subtotal_not_met:
      return compared(required + of_scope(r.fix, scene), actual, "the cart has");
    case RejectionCode::minimum_quantity_not_met:
      return compared(required + (r.fix.scope != nullptr ? of_scope(r.fix, scene) : " items"),
                      actual, "the cart has");
    case RejectionCode::insufficient_points:
      return compared(required, count(r.actual.number), "the account has");
    case RejectionCode::points_below_minimum:
      return "At least " + required + " have to be spent; chosen were " + actual + ".";
    case RejectionCode::points_off_step:
      return "It goes in steps; the nearest one below " + count(r.actual.number) + " is " +
             required + ".";
    case RejectionCode::reward_not_available_for_tier:
    case RejectionCode::tier_required:
      return required.empty() ? reason_words(r.code)
                              : "It is for " + required + "; the member's tier is " +
                                    scene.tier_name(scene.effective_tier()) + ".";
    case RejectionCode::not_started:
      return "It starts on " + required + ".";
    case RejectionCode::expired:
      return "It ended on " + required + ".";
    case RejectionCode::scope_not_in_cart:
      return required.empty() ? reason_words(r.code)
                              : "It is for " + required + "; the cart has none.";
    case RejectionCode::shipping_method_mismatch:
      return "It is for shipping by " + required +
             (actual.empty() ? "." : "; chosen is " + actual + ".");
    case RejectionCode::order_number_mismatch:
      return "It is for order number " + required + " of a customer" +
             (actual.empty() ? "." : "; this is number " + actual + ".");
    case RejectionCode::not_combinable:
      return actual.empty() ? reason_words(r.code)
                            : "It cannot be combined with " + scene.name_of(r.actual.text) + ".";
    default:
      return reason_words(r.code);
  }
}

std::string fix_words(const Fix& fix, RejectionCode code, const Fact& required, const Fact& actual,
                      const Scene& scene) {
  switch (fix.kind) {
    case Fix::Kind::none:
      return "";
    case Fix::Kind::add_amount:
      return "add " + scene.money_with_code(fix.amount) + of_scope(fix, scene);
    case Fix::Kind::add_quantity: {
      const std::string scope = of_scope(fix, scene);
      return "add " +
             (scope.empty() ? counted(fix.quantity, "item", "items") : count(fix.quantity) + scope);
    }
    case Fix::Kind::earn_points:
      return scene.points(fix.points.value_or(no_points)) + " more";
    case Fix::Kind::reach_tier:
      return "reach " + scene.tier_name(fix.tier) +
             (fix.points ? ", " + count(fix.points->count()) + " tier points more" : "");
    case Fix::Kind::sign_in:
      return "sign in";
    case Fix::Kind::wait:
      return "from " + date(fix.at);
    case Fix::Kind::choose:
      if (fix.points) {
        return "choose " + scene.points(*fix.points);
      }
      if (code == RejectionCode::shipping_method_mismatch) {
        return "choose " + fact_words(required, scene);
      }
      return code == RejectionCode::not_combinable && actual.kind == Fact::Kind::text
                 ? "choose it in place of " + scene.name_of(actual.text)
                 : "choose it instead";
  }
  return "";
}

}  // namespace loyalty::cli
