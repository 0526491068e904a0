#include "native/text/utf8.h"

#include <cstdint>

namespace loyalty::cli {
namespace {

struct CodePoint {
  std::uint32_t value;
  std::size_t bytes;
};

/// The first code point of a text that is not empty. Documents are valid UTF-8; for file names and
/// the like a stray byte counts as one code point of its own.
CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(0);
  const std::size_t bytes = lead < 0x80   ? 1
                            : lead < 0xC2 ? 0
                            : lead < 0xE0 ? 2
                            : lead < 0xF0 ? 3
                            : lead < 0xF5 ? 4
                                          : 0;
  if (bytes <= 1 || bytes > text.size()) {
    return {bytes == 1 ? lead : 0xFFFD, 1};
  }
  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) {
      return {0xFFFD, 1};
    }
    value = value << 6 | (byte(i) & 0x3FU);
  }
  return {value, bytes};
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

template <std::size_t N>
bool in(const Range (&ranges)[N], std::uint32_t value) {
  for (const Range& range : ranges) {
    if (value >= range.first && value <= range.last) {
      return true;
    }
  }
  return false;
}

/// Marks and joiners that sit on the character before them.
constexpr Range no_columns[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x200B, 0x200D}, {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};

/// Unicode's East Asian Width W and F in broad strokes, and emoji.
constexpr Range two_columns[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},  {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

/// C0 and C1 controls, line separators, and marks that reorder what stands around them.
constexpr Range refused[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                             {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}};

std::size_t columns_of(std::uint32_t value) {
  return in(no_columns, value) ? 0 : in(two_columns, value) ? 2 : 1;
}

std::string escaped(std::uint32_t value) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text = value < 0x100 ? "\\x" : "\\u";
  for (int shift = value < 0x100 ? 4 : 12; shift >= 0; shift -= 4) {
    text += digits[value >> shift & 0xFU];
  }
  return text;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint point = first_of(text);
    columns += columns_of(point.value);
    text.remove_prefix(point.bytes);
  }
  return columns;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_of(text);
    if (point.value == 0xFFFD && point.bytes == 1) {
      out += "\xEF\xBF\xBD";
    } else if (in(refused, point.value)) {
      out += escaped(point.value);
    } else {
      out += text.substr(0, point.bytes);
    }
    text.remove_prefix(point.bytes);
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t columns_max) {
  if (columns_of(text) <= columns_max) {
    return std::string{text};
  }
  std::size_t columns = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const CodePoint point = first_of(text.substr(bytes));
    if (columns + columns_of(point.value) + 1 > columns_max) {
      break;
    }
    columns += columns_of(point.value);
    bytes += point.bytes;
  }
  return std::string{text.substr(0, bytes)} + "…";
}

}  // namespace loyalty::cli
