#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/zone.h"

/// The system's time zone files (TZif, RFC 8536), read into the core's tables. The core never
/// touches the machine's zone; this is where a name becomes a table.
namespace loyalty::service {

inline constexpr std::string_view zone_folder = "/usr/share/zoneinfo";

/// Whether the text is a name of the IANA database by its form: letters, digits, `_`, `+` and `-`
/// in up to four parts divided by `/`, such as `America/Argentina/Ushuaia`. Never a path out of the
/// folder, and none of the folder's files that name no place (`posix/…`, `right/…`, `localtime`).
bool is_zone_name(std::string_view name);

/// Reads the contents of a zone file of version 2 or later: transitions from 1970 on, and the rule
/// of its last line for the years after. Nothing for anything else.
std::optional<ZoneTable> parse_zone_file(std::string_view bytes);

/// The table of a zone by its name. `UTC` needs no file. Nothing for names without a readable file.
std::optional<ZoneTable> load_zone(std::string_view name, std::string_view folder = zone_folder);

}  // namespace loyalty::service
