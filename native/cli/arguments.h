#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace loyalty::cli {

/// One flag of a command. Help, shell completion and the parser all read these.
struct Flag {
  std::string_view name;   ///< without the dashes
  std::string_view value;  ///< what it takes, `FILE`; empty: nothing
  std::string_view help;
  std::string_view choices;  ///< the values it can take, apart by spaces; empty: any
};

/// What a command line said after the name of the command.
class Arguments {
 public:
  bool has(std::string_view flag) const { return value_of(flag).has_value(); }
  std::optional<std::string_view> value_of(std::string_view flag) const;
  std::span<const std::string_view> operands() const { return operands_; }
  /// The first operand, or `-`: standard input.
  std::string_view file() const { return operands_.empty() ? "-" : operands_.front(); }

  void add_flag(std::string_view name, std::string_view value) { flags_.emplace_back(name, value); }
  void add_operand(std::string_view operand) { operands_.push_back(operand); }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> flags_;
  std::vector<std::string_view> operands_;
};

/// How many operands a command takes.
struct OperandCount {
  std::size_t min = 0;
  std::size_t max = 0;
};

/// Reads `--flag`, `--flag value`, `--flag=value`, operands, and `--` after which all are operands.
/// The error is a sentence with the nearest known flag, for a person who mistyped.
Result<Arguments, std::string> parse_arguments(std::span<const std::string_view> words,
                                               std::span<const Flag> flags, OperandCount operands);

/// The entry of `known` that is nearest to a mistyped word; empty where none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

/// Words apart by commas or spaces.
std::vector<std::string_view> split_words(std::string_view text);

}  // namespace loyalty::cli
