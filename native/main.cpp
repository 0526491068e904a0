#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "native/cli/run.h"

namespace {

bool without_colour() {
  const char* const asked = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return (asked != nullptr && *asked != '\0') || terminal == nullptr ||
         std::string_view{terminal} == "dumb";
}

loyalty::Instant now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return loyalty::Instant::from_ms(
      std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count());
}

}  // namespace

int main(int count, char** words) {
  // A reader that leaves is told by the write that fails, so that the exit code stays ours.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  loyalty::cli::Output out{STDOUT_FILENO};
  loyalty::cli::Output err{STDERR_FILENO};
  loyalty::cli::Session session{.standard_input = STDIN_FILENO,
                                .out = out,
                                .err = err,
                                .out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
                                .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
                                .no_colour = without_colour(),
                                .now = now()};
  const std::vector<std::string_view> arguments(words + (count > 0 ? 1 : 0), words + count);
  return static_cast<int>(loyalty::cli::run(arguments, session));
}
