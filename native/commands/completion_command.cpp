#include "native/cli/completion.h"
#include "native/commands/commands.h"

namespace loyalty::cli {

Exit completion_command(const Arguments& arguments, Session& session) {
  const std::string_view shell = arguments.operands().front();
  if (shell != "bash" && shell != "zsh" && shell != "fish") {
    session.err << "loyalty completion: it knows bash, zsh and fish, not '" << shell << "'.\n";
    return Exit::usage;
  }
  session.out << completion_script(shell);
  return Exit::ok;
}

}  // namespace loyalty::cli
