#pragma once

#include <string>

#include "native/cli/command.h"
#include "native/text/style.h"

namespace loyalty::cli {

std::string program_help(const Style& style);
std::string command_help(const Command& command, const Style& style);

}  // namespace loyalty::cli
