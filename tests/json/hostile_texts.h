#pragma once

#include <string>
#include <vector>

#include "core/base/error.h"

namespace loyalty::test {

/// A text that readers are known to accept, bend or choke on, and what ours says.
struct HostileText {
  std::string text;
  ErrorCode code;
  std::string path;
};

/// More than 300 of them.
std::vector<HostileText> hostile_texts();

}  // namespace loyalty::test
