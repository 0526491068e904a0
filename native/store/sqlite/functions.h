#pragma once

#include <string_view>

namespace loyalty::store::sqlite {

class Connection;

/// Whether `text` contains `word` with at most one letter wrong, missing or too many, in any case
/// of ASCII letters. Letters are code points.
bool contains_roughly(std::string_view text, std::string_view word);

/// Whether they are equal in any case of ASCII letters.
bool equal_folded(std::string_view a, std::string_view b);

/// Lets SQL call text_starts, text_ends, text_contains and text_resembles(text, word): 1 or 0, and
/// NULL where one of them is no text.
void add_functions(Connection& connection);

}  // namespace loyalty::store::sqlite
