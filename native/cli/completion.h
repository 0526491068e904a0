#pragma once

#include <string>
#include <string_view>

namespace loyalty::cli {

/// The completion script of a shell (bash, zsh, fish), made from the table of commands.
std::string completion_script(std::string_view shell);

}  // namespace loyalty::cli
