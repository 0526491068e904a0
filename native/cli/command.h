#pragma once

#include <span>
#include <string_view>

#include "native/cli/arguments.h"
#include "native/cli/session.h"

namespace loyalty::cli {

/// One command of the program. Dispatch, help and shell completion all follow from these.
struct Command {
  std::string_view name;
  std::string_view summary;  ///< one line, for the list of commands
  std::string_view usage;    ///< what follows the name
  std::string_view about;    ///< what it does, and with what
  std::string_view examples;
  std::span<const Flag> flags;
  OperandCount operands;
  std::string_view operand_choices;  ///< as Flag::choices; `FILE`: a file; empty: none
  Exit (*run)(const Arguments& arguments, Session& session);
};

/// All commands, in the order in which help lists them.
std::span<const Command> commands();

}  // namespace loyalty::cli
