#include "native/store/sqlite/functions.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include <sqlite3.h>

#include "native/store/sqlite/connection.h"

namespace loyalty::store::sqlite {
namespace {

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains_folded(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return folded(a) == folded(b); }) != text.end() ||
         word.empty();
}

/// The letters of valid UTF-8, folded; each is a view of its bytes.
std::vector<std::string_view> letters(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) {
      ++end;
    }
    found.push_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

std::optional<std::string_view> text_of(sqlite3_value* value) {
  if (sqlite3_value_type(value) != SQLITE_TEXT) {
    return std::nullopt;
  }
  const void* bytes = sqlite3_value_blob(value);
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  return std::string_view{static_cast<const char*>(bytes), bytes == nullptr ? 0 : size};
}

template <bool (*test)(std::string_view, std::string_view)>
void answer(sqlite3_context* context, int, sqlite3_value** arguments) {
  const auto text = text_of(arguments[0]);
  const auto word = text_of(arguments[1]);
  if (!text || !word) {
    sqlite3_result_null(context);
    return;
  }
  try {
    sqlite3_result_int(context, test(*text, *word) ? 1 : 0);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

bool starts(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && equal_folded(text.substr(0, word.size()), word);
}

bool ends(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && equal_folded(text.substr(text.size() - word.size()), word);
}

}  // namespace

bool equal_folded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return folded(x) == folded(y); });
}

bool contains_roughly(std::string_view text, std::string_view word) {
  const auto in = letters(text);
  const auto wanted = letters(word);
  // Sellers: distances[j] is how far the first j letters of the word are from the nearest stretch
  // that ends here. A match may start anywhere, so distances[0] stays 0.
  std::vector<std::size_t> distances(wanted.size() + 1);
  for (std::size_t j = 0; j < distances.size(); ++j) {
    distances[j] = j;
  }
  bool found = distances.back() <= 1;
  for (const std::string_view letter : in) {
    std::size_t diagonal = distances[0];
    for (std::size_t j = 1; j < distances.size(); ++j) {
      const std::size_t replaced = diagonal + (equal_folded(letter, wanted[j - 1]) ? 0 : 1);
      diagonal = distances[j];
      distances[j] = std::min({replaced, diagonal + 1, distances[j - 1] + 1});
    }
    found = found || distances.back() <= 1;
  }
  return found;
}

void add_functions(Connection& connection) {
  struct Function {
    const char* name;
    void (*call)(sqlite3_context*, int, sqlite3_value**);
  };
  constexpr Function functions[] = {
      {"text_starts", answer<starts>},
      {"text_ends", answer<ends>},
      {"text_contains", answer<contains_folded>},
      {"text_resembles", answer<contains_roughly>},
  };
  for (const Function& function : functions) {
    const int code =
        sqlite3_create_function_v2(connection.handle(), function.name, 2,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                                   function.call, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
      connection.fail(code);
    }
  }
}

}  // namespace loyalty::store::sqlite
