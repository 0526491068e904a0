#include "tests/store/store_fixture.h"

#include <filesystem>
#include <stdexcept>

#include <stdlib.h>

#include "tests/store/new_folder.h"

namespace loyalty::store {

std::vector<Factory> all_stores() {
  return {{"Sqlite", [](const std::string& folder) {
             return open_sqlite({.path = folder + "/store.db", .cache_bytes = 4u << 20});
           }}};
}

Folder::Folder() : path_{test::new_folder().string()} {}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write(Store& store, TenantId tenant, const std::function<void(Session&)>& run) {
  Work work{tenant, run, nullptr};
  store.write({&work, 1});
  if (work.failure != nullptr) {
    std::rethrow_exception(work.failure);
  }
}

std::string name_of_store(const testing::TestParamInfo<Factory>& info) { return info.param.name; }

}  // namespace loyalty::store
