#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loyalty::cli {

/// Columns that a text takes on a terminal: code points, combining marks as none, East Asian wide
/// ones as two. Good enough to align product names.
std::size_t columns_of(std::string_view text);

/// The text as it may stand on a terminal. Names come out of documents: what would move the cursor,
/// colour the screen or reverse the direction of text becomes a visible `\x1b` or `\u202e`.
std::string printable(std::string_view text);

/// At most `columns_max` columns, with an ellipsis in place of what was cut off.
std::string shortened(std::string_view text, std::size_t columns_max);

}  // namespace loyalty::cli
