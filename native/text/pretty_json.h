#pragma once

#include <string>
#include <string_view>

#include "native/text/style.h"

namespace loyalty::cli {

/// The same JSON with a line for each member and two spaces for each level. Lists of plain values,
/// and short objects of plain values, stay on one line. `json` is valid and has no spaces between
/// its tokens.
std::string pretty_json(std::string_view json, const Style& style);

/// Appends a JSON string, quoted.
void append_json_string(std::string& out, std::string_view text);

}  // namespace loyalty::cli
