#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/buffer.h"

namespace loyalty {

enum class TextCase : std::uint8_t {
  exact,
  folded,  ///< without regard to ASCII case and to spaces around
};

/// Finds the second occurrence of a text in a list, also in a list of a million.
///
/// Borrows the texts. Its memory is reused: begin() forgets all texts without clearing it.
class TextSet {
 public:
  /// Starts anew for at most `count` texts.
  void begin(std::size_t count, TextCase text_case = TextCase::exact);

  /// Whether the text is new in the set.
  bool insert(std::string_view text);

 private:
  struct Slot {
    const char* text = nullptr;
    std::uint32_t size = 0;
    std::uint32_t round = 0;  ///< of begin(); slots of earlier rounds are free
  };

  Buffer<Slot> slots_;
  std::size_t mask_ = 0;
  std::uint32_t round_ = 0;
  TextCase case_ = TextCase::exact;
};

std::string_view without_spaces_around(std::string_view text);
bool equal_folded(std::string_view a, std::string_view b);

}  // namespace loyalty
