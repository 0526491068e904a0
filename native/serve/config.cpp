#include "native/serve/config.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace loyalty::serve {
namespace {

using Problem = std::optional<std::string>;

template <class Number>
Problem set_number(Number& to, std::string_view text, Number min, Number max) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < min || number > max) {
    return "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max);
  }
  to = number;
  return std::nullopt;
}

Problem set_text(std::string& to, std::string_view text) {
  if (text.empty()) {
    return "must not be empty";
  }
  to = text;
  return std::nullopt;
}

Problem set_switch(bool& to, std::string_view text) {
  const bool on = text == "on" || text == "true";
  if (!on && text != "off" && text != "false") {
    return "must be on or off";
  }
  to = on;
  return std::nullopt;
}

Problem set_instant(std::optional<Instant>& to, std::string_view text) {
  to = parse_instant(text);
  return to ? Problem{} : "must be a time such as 2026-01-15T10:00:00Z";
}

Problem set_level(LogLevel& to, std::string_view text) {
  constexpr std::array<std::string_view, 3> names = {"error", "warning", "info"};
  const auto* const found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    return "must be error, warning or info";
  }
  to = static_cast<LogLevel>(found - names.begin());
  return std::nullopt;
}

Problem set_url(std::string& to, std::string_view text) {
  const bool has_scheme = text.starts_with("https://") || text.starts_with("http://");
  if (!has_scheme || text.ends_with('/') || text.find_first_of(" \"<>?#") != text.npos) {
    return "must be an address such as https://loyalty.example, without a slash at its end";
  }
  to = text;
  return std::nullopt;
}

void set_list(std::vector<std::string>& to, std::string_view text) {
  to.clear();
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find_first_of(", "));
    if (!one.empty()) {
      to.emplace_back(one);
    }
    text.remove_prefix(std::min(text.size(), one.size() + 1));
  }
}

using Text = std::string_view;
constexpr Setting table[] = {
    {"address", [](Config& c, Text text) { return set_text(c.address, text); }},
    {"port",
     [](Config& c, Text text) { return set_number<std::uint16_t>(c.port, text, 0, 65'535); }},
    {"data", [](Config& c, Text text) { return set_text(c.data, text); }},
    {"public-url", [](Config& c, Text text) { return set_url(c.public_url, text); }},
    {"web",
     [](Config& c, Text text) -> Problem {
       c.web = std::string{text};
       return std::nullopt;
     }},
    {"virtual-clock", [](Config& c, Text text) { return set_instant(c.virtual_clock, text); }},
    {"log", [](Config& c, Text text) { return set_text(c.log, text); }},
    {"log-level", [](Config& c, Text text) { return set_level(c.log_level, text); }},
    {"rate-limits", [](Config& c, Text text) { return set_switch(c.rate_limits, text); }},
    {"loops", [](Config& c, Text text) { return set_number<unsigned>(c.loops, text, 0, 256); }},
    {"trusted-proxies",
     [](Config& c, Text text) -> Problem {
       set_list(c.trusted_proxies, text);
       return std::nullopt;
     }},
    {"drain-seconds",
     [](Config& c, Text text) { return set_number<unsigned>(c.drain_seconds, text, 0, 3'600); }},
    {"cache-megabytes",
     [](Config& c, Text text) { return set_number<unsigned>(c.cache_megabytes, text, 1, 65'536); }},
    {"allow-data-loss", [](Config& c, Text text) { return set_switch(c.allow_data_loss, text); }},
};

const Setting* setting_of(std::string_view name) {
  const auto* const found = std::find_if(std::begin(table), std::end(table),
                                         [name](const Setting& one) { return one.name == name; });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace

bool Config::is_local() const {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

std::span<const Setting> settings() { return table; }

std::string variable_of(std::string_view setting) {
  std::string name = "LOYALTY_";
  for (const char c : setting) {
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return name;
}

Result<Config, std::string> read_config(const Sources& sources) {
  using Pair = std::pair<std::string, std::string>;
  std::vector<Pair> in_file;
  if (!sources.file.empty()) {
    auto parsed = parse_config_file(sources.file);
    if (!parsed.ok()) {
      return sources.file_name + ": " + parsed.error();
    }
    in_file = std::move(parsed.value());
  }
  for (const auto& [name, text] : in_file) {
    if (setting_of(name) == nullptr) {
      return sources.file_name + ": there is no setting '" + name + "'";
    }
  }
  const auto in = [](const std::vector<Pair>& pairs, std::string_view name) -> const std::string* {
    const auto found = std::find_if(pairs.begin(), pairs.end(),
                                    [name](const Pair& pair) { return pair.first == name; });
    return found == pairs.end() ? nullptr : &found->second;
  };

  Config config;
  for (const Setting& setting : table) {
    const std::string variable = variable_of(setting.name);
    const char* const in_environment = sources.variable ? sources.variable(variable) : nullptr;
    const std::string* const flag = in(sources.flags, setting.name);
    const std::string* const line = in(in_file, setting.name);
    std::string source;
    std::string_view text;
    if (flag != nullptr) {
      source = "--" + std::string{setting.name};
      text = *flag;
    } else if (in_environment != nullptr) {
      source = variable;
      text = in_environment;
    } else if (line != nullptr) {
      source = sources.file_name + ": " + std::string{setting.name};
      text = *line;
    } else {
      continue;
    }
    if (const Problem problem = setting.set(config, text)) {
      return source + " " + *problem + ", not '" + std::string{text} + "'";
    }
  }
  if (config.allow_data_loss && !config.is_local()) {
    return std::string{"allow-data-loss is for measurements on this machine only"};
  }
  return config;
}

}  // namespace loyalty::serve
