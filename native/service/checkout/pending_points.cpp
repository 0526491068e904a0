#include "native/service/checkout/pending_points.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/rules/earning.h"
#include "native/service/checkout/earned_bases.h"
#include "native/service/checkout/orders.h"
#include "native/service/program/catalogs.h"

namespace loyalty::service {

using wire::member;
using wire::text_at;

Points points_when_paid(Call& call, const Json& order) {
  const std::string contact = text_at(order, "contactId");
  const Json& bases = member(order, "bases");
  if (contact.empty() || order.contains("paidDate") || text_at(order, "status") == "CANCELED" ||
      !bases.is_array() || bases.empty()) {
    return no_points;
  }
  const std::optional<store::AccountRow> account = call.store.account_of_contact(contact);
  const TierId tier{account ? std::string_view{account->tier_id} : std::string_view{}};
  const std::shared_ptr<const PublishedCatalog> published = call.catalogs.catalog(call.store);
  const Catalog& catalog = published->document->catalog();
  const std::vector<RuleBase> counted = rule_bases(bases);
  Points points;
  for (const EarningRule& rule : catalog.earning_rules) {
    const EarningConfig* config = config_for(rule, tier, catalog.tiers_active);
    const auto base = std::find_if(counted.begin(), counted.end(), [&rule](const RuleBase& one) {
      return one.rule_id == rule.id.text();
    });
    if (config != nullptr && base != counted.end() && rule.status == RuleStatus::active &&
        earns_when_paid(rule.trigger)) {
      points +=
          rule_points(rule, *config, base->base, catalog.currency, catalog.policy.earn_rounding);
    }
  }
  return points;
}

}  // namespace loyalty::service
