#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace loyalty {

/// Texts one behind the other, each with a zero behind it: the tables of names of a preview build,
/// which so take half the room of views. Searched one by one.
struct JoinedTexts {
  const char* first = nullptr;
  std::uint8_t count = 0;

  /// The place of a text, or the count.
  std::size_t find(std::string_view text) const;
};

namespace joining {

template <class Entry>
constexpr std::string_view text_of(const Entry& entry) {
  if constexpr (requires { entry.name; }) {
    return entry.name;
  } else {
    return entry;
  }
}

template <const auto& list>
consteval std::size_t size_of_all() {
  std::size_t size = 0;
  for (const auto& entry : list) {
    size += text_of(entry).size() + 1;
  }
  return size;
}

template <const auto& list>
consteval auto join() {
  std::array<char, size_of_all<list>()> all{};
  std::size_t at = 0;
  for (const auto& entry : list) {
    for (const char c : text_of(entry)) {
      all[at++] = c;
    }
    ++at;
  }
  return all;
}

template <const auto& list>
inline constexpr auto all_of = join<list>();

}  // namespace joining

/// A list of texts, or the names in a list of rows, joined by the compiler.
template <const auto& list>
constexpr JoinedTexts joined() {
  return {joining::all_of<list>.data(), static_cast<std::uint8_t>(std::size(list))};
}

}  // namespace loyalty
