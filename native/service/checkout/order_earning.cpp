#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/rules/earning.h"
#include "native/service/checkout/earned_bases.h"
#include "native/service/checkout/order_explanation.h"
#include "native/service/checkout/order_requests.h"
#include "native/service/checkout/pending_points.h"
#include "native/service/program/award_records.h"
#include "native/wire/money_text.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::text_at;

std::string points_text(std::int64_t points) {
  return std::to_string(points) + (points == 1 ? " point" : " points");
}

/// What the rules gave to the order, as it is kept to be taken back.
Json records_of(store::Session& session, const Order& order) {
  const auto kept = session.claimed(award_event_scope, event_id_of(order));
  return kept ? Json::parse(*kept) : Json::array();
}

const Json* record_of(const Json& records, std::string_view rule_id) {
  const auto at = std::find_if(records.begin(), records.end(), [rule_id](const Json& one) {
    return text_at(one, "ruleId") == rule_id;
  });
  return at == records.end() ? nullptr : &*at;
}

struct Finding {
  const char* outcome = "NOT_EARNED";
  std::optional<std::int64_t> points = {};
  const char* reason = nullptr;
  std::string text;
};

Finding no(const char* reason, std::string text) {
  return {.reason = reason, .text = std::move(text)};
}

Json row_of(std::string_view id, std::string_view name, Finding finding) {
  Json row{{"ruleId", id},
           {"ruleName", name},
           {"outcome", finding.outcome},
           {"text", std::move(finding.text)}};
  if (finding.points) {
    row["points"] = *finding.points;
  }
  if (finding.reason != nullptr) {
    row["reason"] = finding.reason;
  }
  return row;
}

Finding earned(const Json& record) {
  const std::int64_t granted = integer_at(record, "points");
  const std::int64_t reversed = integer_at(record, "reversed");
  Finding finding{
      .outcome = "EARNED", .points = granted - reversed, .text = "Earned " + points_text(granted)};
  if (const std::int64_t lost = integer_at(record, "lost"); lost > 0) {
    finding.reason = "LIMIT_REACHED";
    finding.text += "; " + points_text(lost) + " more did not fit on the account";
  } else if (const std::int64_t most = integer_at(record, "maxPoints");
             most > 0 && granted == most) {
    finding.reason = "LIMIT_REACHED";
    finding.text += ", the most that this rule gives for one order";
  }
  if (reversed > 0) {
    finding.reason = "REVERSED";
    finding.text += "; " + points_text(reversed) + " were taken back after a return";
  }
  finding.text += ".";
  return finding;
}

/// One order against the rules of when it was placed.
class Earning {
 public:
  Earning(Call& call, const Order& order, const OrderRequest& kept, const Catalog& catalog)
      : call_{call},
        order_{order},
        kept_{kept},
        catalog_{catalog},
        records_(records_of(call.store, order)) {}

  Json json() const {
    Json rows = Json::array();
    for (const EarningRule& rule : catalog_.earning_rules) {
      if (earns_when_placed(rule.trigger) || earns_when_paid(rule.trigger)) {
        rows.push_back(row_of(rule.id.text(), rule.title, finding_of(rule)));
      }
    }
    return rows;
  }

 private:
  Finding finding_of(const EarningRule& rule) const {
    const Json* record = record_of(records_, rule.id.text());
    if (record != nullptr && integer_at(*record, "points") > 0) {
      return earned(*record);
    }
    if (std::optional<Finding> obstacle = before_money(rule)) {
      return *std::move(obstacle);
    }
    const EarningConfig* config = config_for(rule, tier(), catalog_.tiers_active);
    if (config == nullptr) {
      return no("NOT_FOR_TIER", "The rule gives nothing in the member's tier.");
    }
    const Money base = base_of(rule);
    const Points points =
        rule_points(rule, *config, base, catalog_.currency, catalog_.policy.earn_rounding);
    if (points == no_points) {
      return nothing(rule, *config, base);
    }
    return without_record(rule, points);
  }

  /// What stands in the way whatever the order is worth.
  std::optional<Finding> before_money(const EarningRule& rule) const {
    if (order_.contact_id().empty()) {
      return no("GUEST", "Guests earn nothing: the order has no member.");
    }
    if (catalog_.program.status == ProgramStatus::draft) {
      return no("PROGRAM_NOT_ACTIVE", "The program had not started when the order was placed.");
    }
    if (catalog_.program.status == ProgramStatus::paused) {
      return no("PROGRAM_PAUSED", "The program was paused when the order was placed.");
    }
    if (rule.status == RuleStatus::paused) {
      return no("RULE_PAUSED", "The rule was paused when the order was placed.");
    }
    return std::nullopt;
  }

  Finding nothing(const EarningRule& rule, const EarningConfig& config, Money base) const {
    if (base > no_money && config.money_amount > 0) {
      return no("BELOW_MINIMUM",
                "The rule gives points for every " +
                    wire::price_text(step_of(config, catalog_.currency), catalog_.currency) +
                    ", and only " + wire::price_text(base, catalog_.currency) + " counted.");
    }
    if (integer_at(member(order_.body(), "amounts"), "itemsNet") == 0) {
      return no("NOTHING_PAID", "Discounts covered all goods, so no money was left that counts.");
    }
    return no("NOT_IN_SCOPE", rule.scope ? "None of the products is one that the rule is about."
                                         : "None of the lines counts for this rule.");
  }

  /// The order is worth points by this rule, and it has none.
  Finding without_record(const EarningRule& rule, Points points) const {
    if (awarded_once(call_, rule.id.text(), order_.contact_id())) {
      return no("LIMIT_REACHED", "The rule gives points once, and the member has had them.");
    }
    if (order_.is_canceled()) {
      return no("ORDER_CANCELED", "The order was canceled.");
    }
    if (!order_.was_paid() && !earns_when_placed(rule.trigger)) {
      return {.outcome = "PENDING",
              .points = points.count(),
              .reason = "NOT_PAID",
              .text = points_text(points.count()) + " will be earned when the order is paid."};
    }
    return no("NOT_ACTIVE_WHEN_PAID",
              "The rule or the program was not active when the points were due.");
  }

  TierId tier() const {
    const Json& tier = member(member(kept_.request, "account"), "tierId");
    return tier.is_string() ? TierId{tier.get_ref<const std::string&>()} : TierId{};
  }

  /// As the order keeps it for the rules that it would earn by; of others by its lines.
  Money base_of(const EarningRule& rule) const {
    for (const RuleBase& base : rule_bases(member(order_.body(), "bases"))) {
      if (base.rule_id == rule.id.text()) {
        return base.base;
      }
    }
    const EarnedPoints asked{std::string{rule.id.text()}, no_money, no_points};
    const Json bases = earned_bases(catalog_, member(kept_.request, "cart"),
                                    member(member(order_.body(), "quote"), "lines"), {&asked, 1});
    Money base;
    for (const Json& part : bases[0]["lines"]) {
      base += Money::minor(part.get<std::int64_t>());
    }
    return base;
  }

  Call& call_;
  const Order& order_;
  const OrderRequest& kept_;
  const Catalog& catalog_;
  Json records_;
};

std::string title_of(store::Session& session, const std::string& rule_id) {
  const auto rule = session.get(store::Kind::earning_rule, rule_id);
  return rule ? text_at(Json::parse(rule->body), "title") : rule_id;
}

}  // namespace

Json earning_of(Call& call, const Order& order) {
  const std::optional<OrderRequest> kept = request_of(call.store, order);
  const Json catalog = kept ? catalog_of_version(call.store, kept->catalog_version) : Json();
  if (!catalog.is_null()) {
    const auto document = CatalogDocument::from_json(wire::text_of(catalog));
    if (document.ok()) {
      return Earning{call, order, *kept, document.value()->catalog()}.json();
    }
  }
  Json rows = Json::array();
  for (const Json& record : records_of(call.store, order)) {
    const std::string id = text_at(record, "ruleId");
    rows.push_back(row_of(id, title_of(call.store, id), earned(record)));
  }
  return rows;
}

}  // namespace loyalty::service
