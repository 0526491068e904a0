#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/base/check.h"

namespace loyalty::test {

/// An empty folder for one test's store. Of its own name each time: what a killed test left behind
/// is nobody's. Whoever asked for it removes it.
inline std::filesystem::path new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "loyalty-XXXXXX").string();
  LOYALTY_CHECK(::mkdtemp(name.data()) != nullptr);
  return name;
}

}  // namespace loyalty::test
