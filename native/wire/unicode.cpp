#include "native/wire/unicode.h"

#include <algorithm>
#include <cstdint>

namespace loyalty::wire {
namespace {

/// One row of the Unicode standard's table of well-formed sequences: a range of first bytes, the
/// range of the second, and how many bytes there are.
struct Form {
  unsigned char first_low, first_high, second_low, second_high;
  std::uint8_t bytes;
};
constexpr Form forms[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

bool within(unsigned char byte, unsigned char low, unsigned char high) {
  return low <= byte && byte <= high;
}

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool continuation(unsigned char byte) { return within(byte, 0x80, 0xBF); }

}  // namespace

bool valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const unsigned char first = byte_at(text, at);
    if (first < 0x80) {
      ++at;
      continue;
    }
    const Form* form = std::find_if(std::begin(forms), std::end(forms), [first](const Form& row) {
      return within(first, row.first_low, row.first_high);
    });
    if (form == std::end(forms) || text.size() - at < form->bytes ||
        !within(byte_at(text, at + 1), form->second_low, form->second_high)) {
      return false;
    }
    for (std::size_t i = 2; i < form->bytes; ++i) {
      if (!continuation(byte_at(text, at + i))) {
        return false;
      }
    }
    at += form->bytes;
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return !continuation(static_cast<unsigned char>(c));
  }));
}

}  // namespace loyalty::wire
