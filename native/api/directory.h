#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "native/api/identity.h"
#include "native/store/store.h"

namespace loyalty::api {

/// All sites and live keys, as they were at one moment.
class Roster {
 public:
  Roster(std::vector<Site> sites, std::vector<ApiKey> keys);

  const Site* site(std::string_view id) const;
  const Site* site_of(store::TenantId tenant) const;
  const ApiKey* key(std::string_view prefix) const;
  const std::vector<Site>& sites() const { return sites_; }

 private:
  std::vector<Site> sites_;  ///< in the order of creation
  std::vector<ApiKey> keys_;
  std::map<std::string_view, const Site*> by_id_;
  std::map<store::TenantId, const Site*> by_tenant_;
  std::map<std::string_view, const ApiKey*> by_prefix_;
};

/// Keeps the roster in memory, so that nobody waits for the store to be recognised. Safe to use
/// from any thread.
class Directory {
 public:
  explicit Directory(store::Store& store) : store_{store} {}

  /// As of the last change. Throws what the store throws where it has to be read.
  std::shared_ptr<const Roster> roster();

  /// Told after every commit that may have changed sites or keys: from now on they are other.
  void changed();

 private:
  store::Store& store_;
  std::mutex mutex_;
  std::shared_ptr<const Roster> roster_;
};

}  // namespace loyalty::api
