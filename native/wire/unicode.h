#pragma once

#include <cstddef>
#include <string_view>

/// What the server needs to know of UTF-8.
namespace loyalty::wire {

/// False for overlong forms, surrogates, code points beyond U+10FFFF and cut sequences.
bool valid_utf8(std::string_view text);

/// Code points of valid UTF-8.
std::size_t code_points(std::string_view text);

}  // namespace loyalty::wire
