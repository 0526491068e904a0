#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/quote.h"
#include "native/service/call.h"
#include "native/service/program/catalogs.h"

/// Automatic promotions whose use is limited. Their limits change with every order, so the shared
/// catalog leaves them out; a quote that uses one is checked against what is left.
namespace loyalty::service {

/// An automatic promotion of which not enough is left, and what of it.
struct UsedUp {
  std::string promotion_id;
  std::string limit;  ///< the limit's name in the core's form
  friend bool operator==(const UsedUp&, const UsedUp&) = default;
};

/// The promotions in a quote that may not be used once more by the contact.
std::vector<UsedUp> used_up(store::Session& session,
                            const std::shared_ptr<const PublishedCatalog>& catalog,
                            std::string_view contact_id, const Quote& quote);

/// A public catalog in which nothing is left of some promotions.
Json with_used_up(Json catalog, const std::vector<UsedUp>& by);

/// A catalog that differs from the public one in that nothing is left of some promotions.
struct ReducedCatalog {
  std::unique_ptr<CatalogDocument> document;
  std::unique_ptr<CompiledCatalog> compiled;
};
/// Compiled once for the same promotions of the same catalog, as long as others do not crowd it
/// out.
std::shared_ptr<const ReducedCatalog> reduced(
    const std::shared_ptr<const PublishedCatalog>& catalog, const std::vector<UsedUp>& by);

}  // namespace loyalty::service
