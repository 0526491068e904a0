#pragma once

#include <span>
#include <string_view>

#include "native/cli/session.h"

namespace loyalty::cli {

/// Runs the program with the words after its name; the whole of it but main().
Exit run(std::span<const std::string_view> words, Session& session);

}  // namespace loyalty::cli
