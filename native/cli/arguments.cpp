#include "native/cli/arguments.h"

#include <algorithm>
#include <cstddef>

namespace loyalty::cli {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

const Flag* find_flag(std::span<const Flag> flags, std::string_view name) {
  const auto found =
      std::find_if(flags.begin(), flags.end(), [&](const Flag& f) { return f.name == name; });
  return found == flags.end() ? nullptr : &*found;
}

std::string quoted(std::string_view text) { return "'" + std::string{text} + "'"; }

std::string unknown_flag(std::string_view name, std::span<const Flag> flags) {
  std::vector<std::string_view> names;
  for (const Flag& flag : flags) {
    names.push_back(flag.name);
  }
  const std::string_view near = nearest(name, names);
  std::string text = "there is no flag --" + std::string{name};
  text += near.empty() ? "." : "; did you mean --" + std::string{near} + "?";
  return text;
}

/// A sentence where the value is none that the flag takes.
std::optional<std::string> wrong_value(const Flag& flag, std::string_view value) {
  if (value.empty()) {
    return "--" + std::string{flag.name} + " needs a value: " + std::string{flag.value} + ".";
  }
  const std::vector<std::string_view> choices = split_words(flag.choices);
  if (choices.empty()) {
    return std::nullopt;
  }
  for (const std::string_view word : split_words(value)) {
    if (std::find(choices.begin(), choices.end(), word) == choices.end()) {
      const std::string_view near = nearest(word, choices);
      return "--" + std::string{flag.name} + " does not take " + quoted(word) +
             (near.empty() ? "; it takes " + std::string{flag.choices} + "."
                           : "; did you mean " + std::string{near} + "?");
    }
  }
  return std::nullopt;
}

class Parser {
 public:
  Parser(std::span<const std::string_view> words, std::span<const Flag> flags)
      : words_{words}, flags_{flags} {}

  std::optional<std::string> run(Arguments& arguments) {
    bool only_operands = false;
    while (at_ < words_.size()) {
      const std::string_view word = words_[at_++];
      if (only_operands || word == "-" || !word.starts_with('-')) {
        arguments.add_operand(word);
      } else if (word == "--") {
        only_operands = true;
      } else if (auto error = flag(word, arguments)) {
        return error;
      }
    }
    return std::nullopt;
  }

 private:
  std::optional<std::string> flag(std::string_view word, Arguments& arguments) {
    const std::string_view text = word == "-h" ? "--help" : word;
    const std::size_t equals = text.find('=');
    const bool has_value = equals != std::string_view::npos;
    const bool two_dashes = text.starts_with("--");
    const std::string_view head = text.substr(0, equals);
    const std::string_view name = head.substr(two_dashes ? 2 : 1);
    const Flag* const known = two_dashes ? find_flag(flags_, name) : nullptr;
    if (known == nullptr) {
      return unknown_flag(name, flags_);
    }
    if (known->value.empty()) {
      if (has_value) {
        return "--" + std::string{name} + " takes no value.";
      }
      arguments.add_flag(known->name, "");
      return std::nullopt;
    }
    const bool follows = at_ < words_.size() && !words_[at_].starts_with("--");
    const std::string_view value = has_value ? text.substr(equals + 1)
                                   : follows ? words_[at_++]
                                             : std::string_view{};
    arguments.add_flag(known->name, value);
    return wrong_value(*known, value);
  }

  std::span<const std::string_view> words_;
  std::span<const Flag> flags_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string_view> Arguments::value_of(std::string_view flag) const {
  for (auto entry = flags_.rbegin(); entry != flags_.rend(); ++entry) {
    if (entry->first == flag) {
      return entry->second;
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(", "), text.size());
    if (end > 0) {
      words.push_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const bool begins = word.size() >= 3 && candidate.starts_with(word);
    const std::size_t d = begins ? 1 : distance(word.substr(0, 64), candidate);
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

Result<Arguments, std::string> parse_arguments(std::span<const std::string_view> words,
                                               std::span<const Flag> flags, OperandCount operands) {
  Arguments arguments;
  if (auto error = Parser{words, flags}.run(arguments)) {
    return *error;
  }
  if (arguments.has("help")) {
    return arguments;
  }
  const std::size_t count = arguments.operands().size();
  if (count > operands.max) {
    return operands.max == 0
               ? "it takes no operand, but was given " + quoted(arguments.operands()[0]) + "."
               : quoted(arguments.operands()[operands.max]) + " is one operand too many.";
  }
  if (count < operands.min) {
    return std::string{"an operand is missing."};
  }
  return arguments;
}

}  // namespace loyalty::cli
