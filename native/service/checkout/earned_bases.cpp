#include "native/service/checkout/earned_bases.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/rules/refund.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;

/// Triggers of orders that only take the lines of their own application, by the tags' prefix.
struct TriggerPrefix {
  std::string_view trigger;
  std::string_view prefix;
};
constexpr TriggerPrefix trigger_prefixes[] = {
    {"stores/OrderPaid", "stores/"},
    {"bookings/BookingConfirmed", "bookings/"},
    {"events/OrderConfirmed", "events/"},
    {"wix_pricing_plans-plan_purchased", "pricingPlans/"},
    {"wix_restaurants_orders-order_submitted", "restaurants/"},
    {"restaurants-order-is-pending", "restaurants/"},
};

/// A line's first tag of an application names the one that it belongs to; empty: all.
std::string_view application_of(const Json& tags) {
  for (const Json& tag : tags) {
    const auto& text = tag.get_ref<const std::string&>();
    for (const TriggerPrefix& one : trigger_prefixes) {
      if (text.starts_with(one.prefix)) {
        return one.prefix;
      }
    }
  }
  return {};
}

bool has_any(const Json& tags, Texts wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&tags](std::string_view text) {
    return std::find(tags.begin(), tags.end(), text) != tags.end();
  });
}

bool is_in(const Scope& scope, const Json& line) {
  const Json& tags = member(line, "tags");
  const Money price = Money::minor(integer_at(line, "unitPrice"));
  return (scope.include.empty() || has_any(tags, scope.include)) && !has_any(tags, scope.exclude) &&
         (!scope.min_unit_price || price >= *scope.min_unit_price) &&
         (!scope.max_unit_price || price <= *scope.max_unit_price);
}

bool counts(const EarningRule& rule, const Json& line) {
  if (text_at(line, "kind") == "giftCard" || (rule.scope && !is_in(*rule.scope, line))) {
    return false;
  }
  for (const TriggerPrefix& one : trigger_prefixes) {
    if (one.trigger == rule.trigger) {
      const std::string_view own = application_of(member(line, "tags"));
      return own.empty() || own == one.prefix;
    }
  }
  return true;
}

std::int64_t amount_of(EarnBase base, bool includes_tax, const Json& quoted) {
  switch (base) {
    case EarnBase::subtotal:
      return integer_at(quoted, "subtotal");
    case EarnBase::after_discounts:
      return integer_at(quoted, "net");
    case EarnBase::total:
      return integer_at(quoted, "net") - (includes_tax ? integer_at(quoted, "tax") : 0);
  }
  return 0;
}

const EarningRule* find_rule(const Catalog& catalog, std::string_view id) {
  const auto at = std::find_if(catalog.earning_rules.begin(), catalog.earning_rules.end(),
                               [id](const EarningRule& rule) { return rule.id.text() == id; });
  return at == catalog.earning_rules.end() ? nullptr : &*at;
}

}  // namespace

Json earned_bases(const Catalog& catalog, const Json& cart, const Json& lines,
                  std::span<const EarnedPoints> earned) {
  const bool includes_tax = wire::truth_at(cart, "pricesIncludeTax");
  const Json& cart_lines = member(cart, "lines");
  Json bases = Json::array();
  for (const EarnedPoints& one : earned) {
    const EarningRule* rule = find_rule(catalog, one.rule_id);
    Json parts = Json::array();
    for (std::size_t i = 0; rule != nullptr && i < cart_lines.size(); ++i) {
      const EarnBase base = rule->base.value_or(catalog.policy.earn_base);
      parts.push_back(counts(*rule, cart_lines[i]) ? amount_of(base, includes_tax, lines[i]) : 0);
    }
    bases.push_back(
        {{"ruleId", one.rule_id}, {"base", one.base.minor_units()}, {"lines", std::move(parts)}});
  }
  return bases;
}

std::vector<RuleBase> rule_bases(const Json& bases) {
  std::vector<RuleBase> all;
  for (const Json& one : bases) {
    all.push_back({text_at(one, "ruleId"), Money::minor(integer_at(one, "base"))});
  }
  return all;
}

std::vector<RuleBase> remaining_bases(const Json& bases, std::span<const std::int64_t> quantities,
                                      std::span<const std::int64_t> returned) {
  const bool all_back = std::equal(quantities.begin(), quantities.end(), returned.begin());
  std::vector<RuleBase> remaining = rule_bases(bases);
  for (std::size_t r = 0; r < remaining.size(); ++r) {
    const Json& parts = member(bases[r], "lines");
    for (std::size_t i = 0; i < parts.size(); ++i) {
      remaining[r].base -=
          returned_share(Money::minor(parts[i].get<std::int64_t>()), returned[i], quantities[i]);
    }
    remaining[r].base = all_back ? no_money : max(no_money, remaining[r].base);
  }
  return remaining;
}

}  // namespace loyalty::service
