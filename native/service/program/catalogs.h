#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/json/decode.h"
#include "core/rules/compiled_catalog.h"
#include "native/service/program/program.h"

namespace loyalty::service {

/// What the core's form of an earning rule does not say.
struct RuleFacts {
  std::string trigger_app_id;
  std::string payload_field;  ///< where the amount stands in a trigger's payload; may be empty
  bool once_per_person = false;
};

/// A site's rules as one catalog document, compiled: what quotes are computed from.
struct PublishedCatalog {
  std::int64_t version = 0;
  std::string json;  ///< the whole catalog in the core's form
  std::string
      public_json;     ///< without what only a server may know: code promotions, uses left (T22)
  std::string digest;  ///< of the public document
  std::unique_ptr<CatalogDocument> document;
  std::unique_ptr<CompiledCatalog> compiled;
  /// The public catalog, for computing what a browser computes, digest included: `resolved` then
  /// holds what was entered. The whole one's objects where nothing is private.
  const Catalog& public_catalog() const {
    return public_document ? public_document->catalog() : document->catalog();
  }
  const CompiledCatalog& public_compiled() const { return public_only ? *public_only : *compiled; }
  std::vector<RuleFacts> rule_facts;  ///< in the order of the catalog's earning rules

  std::unique_ptr<CatalogDocument> public_document;  ///< null where nothing is private
  std::unique_ptr<CompiledCatalog> public_only;      ///< likewise
};

/// What is kept of each site between calls. Safe to use from any thread. An entry is used as long
/// as the site's program document in the store is the entry's; every change gives that document a
/// stamp of its own, so what is read of a change that is then undone is never taken for another.
class Catalogs {
 public:
  /// The state as committed; reads the documents where the version moved on. On a thread that
  /// changes programs, as its transaction sees it.
  std::shared_ptr<const ProgramState> state(store::Session& session);
  /// The catalog of that state, compiled at most once a version.
  std::shared_ptr<const PublishedCatalog> catalog(store::Session& session);
  /// Told after every commit that changed a site's catalog version, so that readers need not ask
  /// the store.
  void committed(store::TenantId tenant, std::int64_t version);
  /// Told by a transaction that changes a site's program: until its end is known, its thread asks
  /// the store.
  void changing(store::TenantId tenant);

 private:
  struct Kept {
    std::string text;  ///< of the program document that `state` was made from
    std::shared_ptr<const ProgramState> state;
    std::shared_ptr<const PublishedCatalog> catalog;
    std::shared_ptr<const ProgramState> catalog_state;  ///< that `catalog` was made from
  };
  struct Site {
    std::int64_t version = -1;  ///< the one committed, as far as is known; -1: ask the store
    Kept shared;
    std::thread::id writer;  ///< whose transaction may see another version; or nobody
    Kept own;                ///< of that transaction, for nobody else
  };
  Kept& kept(Site& site);

  std::mutex mutex_;
  std::unordered_map<store::TenantId, Site> sites_;
};

/// Assembles the catalog from the site's documents. The public API's rewards, scopes and rules are
/// told in the core's words here and nowhere else (SCOPES.md).
Json assemble_catalog(store::Session& session, const ProgramState& state);

/// What of an assembled catalog a browser may see: without code promotions, what the limits still
/// allow, rewards that are not active and rules that are paused.
Json public_part(const Json& catalog);

/// The core's effect, conditions and scope of a coupon by its public specification
/// (moneyOffAmount, percentOffRate, freeShipping, fixedPriceAmount, buyXGetY; scope or
/// minimumSubtotal; limitedToOneItem, appliesToSubscriptions, discountedCycleCount):
/// {"conditions"?,"effects"}. Throws VALIDATION where an amount is finer than the currency.
Json coupon_rules(const Json& specification, Currency currency);

/// The specification of the coupon that a coupon reward gives in one of its configs: kind and value
/// of the config, and what the reward says of scope, minimum and subscriptions.
Json coupon_specification(const Json& reward, const Json& config);

/// Tags that follow from a line's own: `stores/product:p1` is also of `stores/product` and of
/// `stores`, by which rules for a whole shop find it. Adds those that are missing, up to the most
/// that a line may have.
void complete_tags(Json& cart);

}  // namespace loyalty::service
