#include "native/api/directory.h"

#include <utility>

namespace loyalty::api {
namespace {

template <class Map, class Key>
auto found(const Map& map, const Key& key) -> typename Map::mapped_type {
  const auto at = map.find(key);
  return at == map.end() ? nullptr : at->second;
}

}  // namespace

Roster::Roster(std::vector<Site> sites, std::vector<ApiKey> keys)
    : sites_{std::move(sites)}, keys_{std::move(keys)} {
  for (const Site& site : sites_) {
    by_id_.emplace(site.id, &site);
    by_tenant_.emplace(site.tenant, &site);
  }
  for (const ApiKey& key : keys_) {
    if (!key.revoked) {
      by_prefix_.emplace(key.prefix, &key);
    }
  }
}

const Site* Roster::site(std::string_view id) const { return found(by_id_, id); }
const Site* Roster::site_of(store::TenantId tenant) const { return found(by_tenant_, tenant); }
const ApiKey* Roster::key(std::string_view prefix) const { return found(by_prefix_, prefix); }

std::shared_ptr<const Roster> Directory::roster() {
  const std::lock_guard lock{mutex_};
  if (!roster_) {
    // Under the lock: a change that is told of meanwhile waits, and then drops what was read.
    store_.read(store::system_tenant, [this](store::Session& system) {
      roster_ = std::make_shared<const Roster>(sites_of(system), keys_of(system));
    });
  }
  return roster_;
}

void Directory::changed() {
  const std::lock_guard lock{mutex_};
  roster_.reset();
}

}  // namespace loyalty::api
