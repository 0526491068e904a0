#include "native/service/checkout/used_up.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/check.h"
#include "native/service/program/uses.h"

namespace loyalty::service {
namespace {

using Limits = std::unordered_map<std::string_view, const UseLimits*>;

bool is_limited(const Promotion& promotion) {
  return promotion.trigger == Trigger::automatic &&
         (promotion.limits.uses_left || promotion.limits.uses_left_for_customer ||
          promotion.limits.budget_left);
}

/// Few promotions have limits, and finding them takes a walk through the catalog: made once a
/// catalog and thread.
const Limits& limits_of(const std::shared_ptr<const PublishedCatalog>& catalog) {
  struct Kept {
    std::weak_ptr<const PublishedCatalog> catalog;
    Limits limits;  // borrows from the catalog
  };
  constexpr std::size_t kept_max = 64;
  thread_local std::unordered_map<const PublishedCatalog*, Kept> kept;
  if (kept.size() > kept_max) {
    kept.clear();
  }
  Kept& mine = kept[catalog.get()];
  if (mine.catalog.lock() == catalog) {
    return mine.limits;
  }
  mine = {catalog, {}};
  for (const Promotion& promotion : catalog->document->catalog().promotions) {
    if (is_limited(promotion)) {
      mine.limits.emplace(promotion.id.text(), &promotion.limits);
    }
  }
  return mine.limits;
}

}  // namespace

std::vector<UsedUp> used_up(store::Session& session,
                            const std::shared_ptr<const PublishedCatalog>& catalog,
                            std::string_view contact_id, const Quote& quote) {
  std::vector<UsedUp> found;
  const Limits& limits = limits_of(catalog);
  if (limits.empty()) {
    return found;
  }
  for (const Discount& discount : quote.discounts) {
    const auto at = discount.source == Source::promotion ? limits.find(discount.id) : limits.end();
    if (at == limits.end()) {
      continue;
    }
    const UseLimits& allowed = *at->second;
    const Uses uses = uses_of(session, discount.id);
    const std::string id{discount.id};
    if (allowed.uses_left && uses.times >= *allowed.uses_left) {
      found.push_back({id, "usesLeft"});
    } else if (allowed.uses_left_for_customer && !contact_id.empty() &&
               uses_by(session, discount.id, contact_id) >= *allowed.uses_left_for_customer) {
      found.push_back({id, "usesLeftForCustomer"});
    } else if (allowed.budget_left && uses.amount + discount.amount > *allowed.budget_left) {
      found.push_back({id, "budgetLeft"});
    }
  }
  return found;
}

Json with_used_up(Json catalog, const std::vector<UsedUp>& by) {
  for (Json& promotion : catalog["promotions"]) {
    for (const UsedUp& one : by) {
      if (wire::text_at(promotion, "id") == one.promotion_id) {
        promotion["limits"][one.limit] = 0;
      }
    }
  }
  return catalog;
}

std::shared_ptr<const ReducedCatalog> reduced(
    const std::shared_ptr<const PublishedCatalog>& catalog, const std::vector<UsedUp>& by) {
  struct Kept {
    std::shared_ptr<const PublishedCatalog> catalog;
    std::vector<UsedUp> by;
    std::shared_ptr<const ReducedCatalog> reduced;
  };
  constexpr std::size_t kept_max = 4;
  thread_local std::vector<Kept> kept;
  for (const Kept& one : kept) {
    if (one.catalog == catalog && one.by == by) {
      return one.reduced;
    }
  }
  const Json json = with_used_up(Json::parse(catalog->public_json), by);
  auto made = std::make_shared<ReducedCatalog>();
  Result<std::unique_ptr<CatalogDocument>> document =
      CatalogDocument::from_json(wire::text_of(json));
  LOYALTY_CHECK(document.ok());
  made->document = std::move(document.value());
  made->compiled = std::make_unique<CompiledCatalog>(made->document->catalog());
  if (kept.size() == kept_max) {
    kept.erase(kept.begin());
  }
  kept.push_back({catalog, by, made});
  return made;
}

}  // namespace loyalty::service
