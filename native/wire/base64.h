#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Bytes as text: the URL-safe alphabet of RFC 4648, without padding.
namespace loyalty::wire {

std::string base64url(std::string_view bytes);

/// Nothing for other characters, padding, or bits left over.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace loyalty::wire
