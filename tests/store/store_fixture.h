#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "native/store/store.h"

/// What the suites of the store share. The suites named after StoreTest hold for every store: a new
/// one passes them when it is added to all_stores().
namespace loyalty::store {

struct Factory {
  std::string name;
  /// Opens the store in the folder, or makes it there.
  std::function<std::unique_ptr<Store>(const std::string& folder)> open;
};
std::vector<Factory> all_stores();
inline void PrintTo(const Factory& factory, std::ostream* out) { *out << factory.name; }

/// A folder of its own that goes with its owner.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline constexpr TenantId site = 7;
inline constexpr TenantId other_site = 8;

/// One work alone; throws what it throws.
void write(Store& store, TenantId tenant, const std::function<void(Session&)>& run);

/// What `run` gives back, read in one snapshot.
template <class Run>
auto read(Store& store, TenantId tenant, Run run) {
  std::optional<decltype(run(std::declval<Session&>()))> result;
  store.read(tenant, [&](Session& session) { result.emplace(run(session)); });
  return std::move(*result);
}

class StoreTest : public testing::TestWithParam<Factory> {
 protected:
  StoreTest() : store_{GetParam().open(folder_.path())} {}

  void write(const std::function<void(Session&)>& run) { store::write(*store_, site, run); }
  template <class Run>
  auto read(Run run) {
    return store::read(*store_, site, run);
  }
  Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = GetParam().open(folder_.path());
  }
  const Folder& folder() const { return folder_; }

 private:
  Folder folder_;
  std::unique_ptr<Store> store_;
};

std::string name_of_store(const testing::TestParamInfo<Factory>& info);

}  // namespace loyalty::store
