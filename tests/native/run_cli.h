#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace loyalty::cli::testing {

/// What one run of the program said, and how it ended.
struct Ran {
  int exit = 0;
  std::string out;
  std::string err;
};

/// Runs the program in this process, not on a terminal, at 2025-11-20T00:00:00Z.
Ran run_cli(std::initializer_list<std::string_view> words, std::string_view standard_input = "");

/// The text of a file of the repository.
std::string file_text(std::string_view path);
/// Writes a file of its own into the temporary folder; returns its path.
std::string temporary_file(std::string_view text);
/// The lines of a text, without their newlines.
std::size_t count_lines(std::string_view text);

}  // namespace loyalty::cli::testing
