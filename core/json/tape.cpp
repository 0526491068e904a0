#include "core/json/tape.h"

#include <charconv>

namespace loyalty {

void append_pointer_step(std::string& pointer, std::string_view key) {
  pointer += '/';
  for (const char c : key) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

void append_pointer_step(std::string& pointer, std::size_t index) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, index).ptr;
  pointer += '/';
  pointer.append(digits, end);
}

// Walked from the top only when there is an error to report, so that decoding itself keeps no path.
std::string pointer_to(const Tape& tape, Tape::Position at) {
  std::string pointer;
  Tape::Position container = 0;
  while (container != at) {
    const bool is_object = tape.type(container) == TokenType::object;
    Tape::Position child = container + 1;
    std::size_t index = 0;
    Tape::Position value = child + (is_object ? 1 : 0);
    while (tape.next(value) <= at) {
      child = tape.next(value);
      value = child + (is_object ? 1 : 0);
      ++index;
    }
    if (is_object) {
      append_pointer_step(pointer, tape.text(child));
    } else {
      append_pointer_step(pointer, index);
    }
    if (at <= value) {
      break;
    }
    container = value;
  }
  return pointer;
}

}  // namespace loyalty
