#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The percent-encoded text of request targets, read strictly: whatever two readers could take for
/// different things is nothing here.
namespace loyalty::http {

/// One segment of a path, or the whole text between two delimiters, decoded. Nothing where an
/// escape is not `%` and two hex digits, or where the result has a NUL or is not UTF-8. `+` is a
/// plus.
std::optional<std::string> decode_segment(std::string_view text);

/// The segments of "/a/b%2Fc": "a", "b/c". A last empty one stands for a closing slash; "/" has
/// only that. Nothing where the path does not begin with a slash or a segment cannot be decoded.
std::optional<std::vector<std::string>> path_segments(std::string_view path);

using QueryPair = std::pair<std::string, std::string>;

/// The pairs of "a=1&b=x+y&c" in their order, decoded; `+` is a space, a missing `=` an empty
/// value. Empty pairs are skipped. Nothing where a part cannot be decoded, or a pair has no name.
std::optional<std::vector<QueryPair>> parse_query(std::string_view query);

/// Escapes all but letters, digits and `-._~`, so that decode_segment gives `text` back.
std::string encode_segment(std::string_view text);

/// Whether text is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace loyalty::http
