#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/instant.h"
#include "core/base/result.h"

/// How the server is to run.
namespace loyalty::serve {

enum class LogLevel : std::uint8_t { error, warning, info };

struct Config {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string data = "loyalty-data";
  std::string public_url;          ///< as clients reach the server; empty: as each request says
  std::optional<std::string> web;  ///< folder of pages; none: the one of the build, if there
  std::optional<Instant> virtual_clock;  ///< where it starts
  std::string log = "-";                 ///< file, or `-`: standard error
  LogLevel log_level = LogLevel::warning;
  bool rate_limits = true;
  unsigned loops = 0;  ///< 0: one a processor
  std::vector<std::string> trusted_proxies;
  unsigned drain_seconds = 30;
  unsigned cache_megabytes = 64;
  bool allow_data_loss = false;

  /// Only this machine can call.
  bool is_local() const;
};

/// One setting: `--name`, `LOYALTY_NAME`, or `name` in a file.
struct Setting {
  std::string_view name;
  /// Takes the text, or says what would be right.
  std::optional<std::string> (*set)(Config& config, std::string_view text);
};
std::span<const Setting> settings();

/// `LOYALTY_DRAIN_SECONDS` of `drain-seconds`.
std::string variable_of(std::string_view setting);

/// Where the settings come from. A later source is asked only for what the ones before do not say.
struct Sources {
  std::vector<std::pair<std::string, std::string>> flags;
  /// A variable of the environment; null where there is none.
  std::function<const char*(const std::string& name)> variable;
  std::string file_name;  ///< for error messages
  std::string file;       ///< text of the file; empty: none
};

/// Flags, then the environment, then the file, then the defaults. The error is a sentence that
/// names the source.
Result<Config, std::string> read_config(const Sources& sources);

/// The pairs of a file: `name = value` lines, as in TOML and INI, with `#` comments; or a JSON
/// object. The error is a sentence with the line.
Result<std::vector<std::pair<std::string, std::string>>, std::string> parse_config_file(
    std::string_view text);

}  // namespace loyalty::serve
