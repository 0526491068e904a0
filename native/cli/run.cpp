#include "native/cli/run.h"

#include <string>
#include <vector>

#include "core/base/version.h"
#include "native/cli/command.h"
#include "native/cli/help.h"

namespace loyalty::cli {
namespace {

Exit usage_error(Session& session, std::string_view about, std::string_view sentence,
                 std::string_view hint) {
  const Style style = session.err_style();
  session.err << style(Role::bad, about) << ": " << sentence << "\n"
              << style(Role::quiet, hint) << "\n";
  return Exit::usage;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) {
      return &command;
    }
  }
  return nullptr;
}

Exit unknown_command(std::string_view word, Session& session) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) {
    names.push_back(command.name);
  }
  const std::string_view near = nearest(word, names);
  std::string sentence = "there is no command '" + std::string{word} + "'";
  sentence += near.empty() ? "." : "; did you mean " + std::string{near} + "?";
  return usage_error(session, "loyalty", sentence, "See: loyalty --help");
}

/// `--color` overrides what the terminal and the environment say.
void apply_colour(const Arguments& arguments, Session& session) {
  const std::string_view colour = arguments.value_of("color").value_or("auto");
  if (colour == "always") {
    session.out_is_terminal = true;
    session.no_colour = false;
  } else if (colour == "never") {
    session.no_colour = true;
  }
}

Exit run_command(const Command& command, std::span<const std::string_view> words,
                 Session& session) {
  const std::string name = "loyalty " + std::string{command.name};
  const auto parsed = parse_arguments(words, command.flags, command.operands);
  if (!parsed.ok()) {
    return usage_error(session, name, parsed.error(), "See: " + name + " --help");
  }
  apply_colour(parsed.value(), session);
  if (parsed.value().has("help")) {
    session.out << command_help(command, session.out_style());
    return Exit::ok;
  }
  return command.run(parsed.value(), session);
}

Exit dispatch(std::span<const std::string_view> words, Session& session) {
  if (words.empty()) {
    session.err << program_help(session.err_style());
    return Exit::usage;
  }
  const std::string_view first = words.front();
  if (first == "--version") {
    session.out << "loyalty " << core_version << "\n";
    return Exit::ok;
  }
  const bool help = first == "--help" || first == "-h" || first == "help";
  if (help && words.size() == 1) {
    session.out << program_help(session.out_style());
    return Exit::ok;
  }
  const std::string_view name = help ? words[1] : first;
  const Command* const command = find_command(name);
  if (command == nullptr) {
    return unknown_command(name, session);
  }
  constexpr std::string_view help_flag[] = {"--help"};
  return run_command(*command, help ? std::span{help_flag} : words.subspan(1), session);
}

}  // namespace

Exit run(std::span<const std::string_view> words, Session& session) {
  const Exit exit = dispatch(words, session);
  session.out.flush();
  session.err.flush();
  if (session.out.broken_pipe()) {
    return Exit::ok;  // the reader has what it wanted
  }
  if (session.out.failed()) {
    session.err << "loyalty: the output cannot be written.\n";
    session.err.flush();
    return Exit::file;
  }
  return exit;
}

}  // namespace loyalty::cli
