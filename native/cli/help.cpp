#include "native/cli/help.h"

#include "native/text/table.h"

namespace loyalty::cli {
namespace {

std::string heading(const Style& style, std::string_view text) {
  return "\n" + style(Role::title, text) + "\n";
}

/// Shell lines of the examples stand out from what is said about them.
std::string examples_of(std::string_view text, const Style& style) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const bool shell = line.starts_with("  $");
    out += shell ? style(Role::figure, line) : std::string{line};
    out += '\n';
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
  }
  return out;
}

}  // namespace

std::string program_help(const Style& style) {
  std::string out = style(Role::title, "loyalty");
  out += " decides prices, discounts and points of a checkout, and explains every cent.\n";
  out += heading(style, "Usage");
  out += "  loyalty <command> [flags] [FILE]     without FILE, or with -, standard input is read\n";
  out += "  A build leaves it at build/release/native/loyalty.\n";
  out += heading(style, "Commands");
  Table table{{Align::left, Align::left}};
  for (const Command& command : commands()) {
    table.row({std::string{command.name}, std::string{command.summary}},
              {Role::figure, Role::plain});
  }
  out += table.text(style);
  out += "\n  loyalty <command> --help tells more. Also: --help, --version.\n";
  out += heading(style, "Start here");
  out += examples_of(
      "  $ loyalty explain native/examples/coffee-shop.json     one cart, every number accounted "
      "for\n"
      "  $ loyalty lint native/examples/catalog-new.json        mistakes in the rules of a shop\n",
      style);
  out += heading(style, "Exit codes");
  out +=
      "  0  done\n"
      "  1  an answer is an error in a document; it names the field (with --jsonl: at least one "
      "line)\n"
      "  2  the command line is wrong\n"
      "  3  a file cannot be read, or output cannot be written\n"
      "  4  lint found errors (with --strict: or warnings)\n"
      "\n  A reader that closes the pipe early ends the program quietly, with 0.\n"
      "  Colours appear only on a terminal; NO_COLOR or --color never turns them off.\n";
  return out;
}

std::string command_help(const Command& command, const Style& style) {
  std::string out = style(Role::title, "loyalty " + std::string{command.name});
  out += ": " + std::string{command.summary} + "\n";
  out += heading(style, "Usage");
  out += "  loyalty " + std::string{command.name} + " " + std::string{command.usage} + "\n\n";
  out += command.about;
  out += heading(style, "Flags");
  Table table{{Align::left, Align::left}};
  for (const Flag& flag : command.flags) {
    std::string name = "--" + std::string{flag.name};
    name += flag.value.empty() ? "" : " " + std::string{flag.value};
    table.row({name, std::string{flag.help}}, {Role::figure, Role::plain});
  }
  out += table.text(style);
  if (!command.examples.empty()) {
    out += heading(style, "Examples");
    out += examples_of(command.examples, style);
  }
  out += "\n";
  out += style(Role::quiet, "Exit codes: 0 done, 1 error in a document, 2 usage, 3 file" +
                                std::string{command.name == "lint" ? ", 4 findings" : ""}) +
         "\n";
  return out;
}

}  // namespace loyalty::cli
