#include <string>
#include <string_view>

#include "native/serve/config.h"
#include "native/wire/json.h"

namespace loyalty::serve {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;
using Parsed = Result<Pairs, std::string>;

constexpr std::size_t file_bytes_max = 64 * 1'024;
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The value of a line; nothing where quotes do not end or something follows them.
std::optional<std::string> value_of(std::string_view text) {
  if (!text.starts_with('"') && !text.starts_with('\'')) {
    return std::string{trimmed(text.substr(0, text.find('#')))};
  }
  const std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view rest = trimmed(text.substr(end + 1));
  if (!rest.empty() && !rest.starts_with('#')) {
    return std::nullopt;
  }
  return std::string{text.substr(1, end - 1)};
}

Parsed parse_json(std::string_view text) {
  const auto read = wire::parse(text, file_bytes_max);
  if (!read.ok()) {
    return read.error().path + ": " + read.error().message;
  }
  Pairs pairs;
  for (const auto& [name, value] : read.value().items()) {
    if (value.is_structured() || value.is_null()) {
      return "'" + name + "' must be a text, a number or a truth value";
    }
    pairs.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return pairs;
}

Parsed parse_lines(std::string_view text) {
  Pairs pairs;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view whole = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), whole.size() + 1));
    const std::string_view line = trimmed(whole);
    if (line.empty() || line.starts_with('#') || line.starts_with(';')) {
      continue;
    }
    const std::string place = "line " + std::to_string(number);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      return place + " must be: name = value";
    }
    const std::string name{trimmed(line.substr(0, equals))};
    const auto value = value_of(trimmed(line.substr(equals + 1)));
    if (!value) {
      return place + ": the quotes of '" + name + "' do not end";
    }
    for (const auto& pair : pairs) {
      if (pair.first == name) {
        return place + ": '" + name + "' is there twice";
      }
    }
    pairs.emplace_back(name, *value);
  }
  return pairs;
}

}  // namespace

Result<Pairs, std::string> parse_config_file(std::string_view text) {
  if (text.size() > file_bytes_max) {
    return std::string{"the file is larger than a configuration can be"};
  }
  return trimmed(text).starts_with('{') ? parse_json(text) : parse_lines(text);
}

}  // namespace loyalty::serve
