#include "native/cli/completion.h"

#include "native/cli/command.h"

namespace loyalty::cli {
namespace {

using Text = std::string;

Text command_names() {
  Text names;
  for (const Command& command : commands()) {
    names += names.empty() ? "" : " ";
    names += command.name;
  }
  return names;
}

Text flag_names(const Command& command) {
  Text names;
  for (const Flag& flag : command.flags) {
    names += names.empty() ? "--" : " --";
    names += flag.name;
  }
  return names;
}

/// In single quotes of any of the shells.
Text quoted(std::string_view text) {
  Text out = "'";
  for (const char c : text) {
    out += c == '\'' ? Text{"'\\''"} : Text{c};
  }
  return out + "'";
}

Text bash() {
  Text out =
      "# bash completion for loyalty:  source <(loyalty completion bash)\n"
      "_loyalty() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    mapfile -t COMPREPLY < <(compgen -W '" +
      command_names() +
      " --help --version' -- \"$word\")\n"
      "    return\n"
      "  fi\n"
      "  local flags='' values=''\n"
      "  case ${COMP_WORDS[1]} in\n";
  for (const Command& command : commands()) {
    out += "    " + Text{command.name} + ")\n      flags='" + flag_names(command) + "'\n";
    if (!command.operand_choices.empty() && command.operand_choices != "FILE") {
      out += "      values='" + Text{command.operand_choices} + "'\n";
    }
    out += "      case $before in\n";
    for (const Flag& flag : command.flags) {
      if (!flag.choices.empty()) {
        out +=
            "        --" + Text{flag.name} + ") values='" + Text{flag.choices} + "' flags='' ;;\n";
      } else if (!flag.value.empty()) {
        out += "        --" + Text{flag.name} + ") flags='' ;;\n";
      }
    }
    out += "        *) ;;\n      esac\n      ;;\n";
  }
  out +=
      "    *) ;;\n"
      "  esac\n"
      "  if [[ $word == -* && -n $flags ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$flags\" -- \"$word\")\n"
      "  elif [[ -n $values ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$word\")\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _loyalty loyalty\n";
  return out;
}

/// Brackets and colons mean something inside a zsh argument specification.
Text zsh_text(std::string_view text) {
  Text out;
  for (const char c : text) {
    out += c == '[' || c == ']' || c == ':' ? Text{'\\'} + c : Text{c};
  }
  return out;
}

Text zsh_flag(const Flag& flag) {
  Text out =
      "--" + Text{flag.name} + (flag.value.empty() ? "" : "=") + "[" + zsh_text(flag.help) + "]";
  if (!flag.value.empty()) {
    out += ":" + Text{flag.value} + ":" +
           (flag.choices.empty() ? Text{"_files"} : "(" + Text{flag.choices} + ")");
  }
  return quoted(out);
}

Text zsh() {
  Text out =
      "#compdef loyalty\n"
      "# zsh completion for loyalty:  loyalty completion zsh > ~/.zfunc/_loyalty\n"
      "_loyalty() {\n"
      "  local -a commands=(\n";
  for (const Command& command : commands()) {
    out += "    " + quoted(Text{command.name} + ":" + zsh_text(command.summary)) + "\n";
  }
  out +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $command in\n";
  for (const Command& command : commands()) {
    out += "    " + Text{command.name} + ")\n      _arguments";
    for (const Flag& flag : command.flags) {
      out += " \\\n        " + zsh_flag(flag);
    }
    if (!command.operand_choices.empty()) {
      out += " \\\n        " + quoted(command.operand_choices == "FILE"
                                          ? Text{"*:file:_files"}
                                          : "1:value:(" + Text{command.operand_choices} + ")");
    }
    out += "\n      ;;\n";
  }
  out +=
      "  esac\n"
      "}\n"
      "if [[ $funcstack[1] == _loyalty ]]; then\n"
      "  _loyalty \"$@\"\n"
      "else\n"
      "  compdef _loyalty loyalty\n"
      "fi\n";
  return out;
}

Text fish() {
  Text out =
      "# fish completion for loyalty:  loyalty completion fish | source\n"
      "complete -c loyalty -n __fish_use_subcommand -l help -d 'what the program does'\n"
      "complete -c loyalty -n __fish_use_subcommand -l version -d 'its version'\n";
  for (const Command& command : commands()) {
    const Text name{command.name};
    const Text seen = " -n '__fish_seen_subcommand_from " + name + "'";
    out += "complete -c loyalty -f -n __fish_use_subcommand -a " + name + " -d " +
           quoted(command.summary) + "\n";
    if (command.operand_choices == "FILE") {
      out += "complete -c loyalty -F" + seen + "\n";
    } else if (!command.operand_choices.empty()) {
      out += "complete -c loyalty -f" + seen + " -a " + quoted(command.operand_choices) + "\n";
    }
    for (const Flag& flag : command.flags) {
      out += "complete -c loyalty" + seen + " -l " + Text{flag.name};
      out += flag.value.empty()     ? ""
             : flag.choices.empty() ? " -r"
                                    : " -x -a " + quoted(flag.choices);
      out += " -d " + quoted(flag.help) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string completion_script(std::string_view shell) {
  return shell == "bash" ? bash() : shell == "zsh" ? zsh() : fish();
}

}  // namespace loyalty::cli
