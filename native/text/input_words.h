#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace loyalty::cli {

/// An error of a whole text in words that fit it: an empty one, one with a byte order mark, one
/// that is longer than `bytes_max`, whole MiB. Other errors stay as they are; code and path always
/// do.
inline Error said_of_input(Error error, std::string_view text, std::size_t bytes_max) {
  if (error.code == ErrorCode::too_large && error.path.empty()) {
    error.message = "It is larger than the limit of " + std::to_string(bytes_max >> 20) + " MiB.";
  } else if (error.code != ErrorCode::invalid_json && error.code != ErrorCode::invalid_utf8) {
    return error;
  } else if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    error.message = "The input is empty.";
  } else if (text.starts_with("\xEF\xBB\xBF")) {
    error.message = "The input begins with a byte order mark; it has to be plain UTF-8.";
  }
  return error;
}

}  // namespace loyalty::cli
