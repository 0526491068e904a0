#include "core/json/writer.h"

#include <charconv>

namespace loyalty {
namespace {

constexpr std::size_t escape_bytes_max = 6;

constexpr std::uint64_t each_byte = 0x0101010101010101;

/// Whether none of eight characters needs an escape. Unlike the reader's test this one lets all of
/// UTF-8 pass; controls are told from bytes above 0x9F by their clear top bits.
bool are_plain(std::uint64_t bytes) {
  const auto has_zero = [](std::uint64_t b) { return (b - each_byte) & ~b & (each_byte << 7); };
  const std::uint64_t controls = has_zero(bytes & (each_byte * 0xE0));
  return (has_zero(bytes ^ (each_byte * '"')) | has_zero(bytes ^ (each_byte * '\\')) | controls) ==
         0;
}

char* put_escaped(char* out, char c) {
  *out++ = '\\';
  switch (c) {
    case '"':
    case '\\':
      *out++ = c;
      return out;
    case '\b':
      *out++ = 'b';
      return out;
    case '\f':
      *out++ = 'f';
      return out;
    case '\n':
      *out++ = 'n';
      return out;
    case '\r':
      *out++ = 'r';
      return out;
    case '\t':
      *out++ = 't';
      return out;
    default:
      break;
  }
  constexpr char digits[] = "0123456789abcdef";
  out[0] = 'u';
  out[1] = '0';
  out[2] = '0';
  out[3] = digits[static_cast<unsigned char>(c) >> 4];
  out[4] = digits[static_cast<unsigned char>(c) & 15];
  return out + 5;
}

}  // namespace

void Writer::quoted(std::string_view text) {
  char* out = room(text.size() * escape_bytes_max + 2);
  *out++ = '"';
  const char* p = text.data();
  const char* const end = p + text.size();
  while (end - p >= 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, p, 8);
    if (!are_plain(bytes)) {
      break;
    }
    std::memcpy(out, &bytes, 8);
    p += 8;
    out += 8;
  }
  for (; p != end; ++p) {
    const char c = *p;
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) {
      out = put_escaped(out, c);
    } else {
      *out++ = c;
    }
  }
  *out++ = '"';
  use(out);
}

void Writer::key(std::string_view name) {
  comma();
  quoted(name);
  put(':');
  needs_comma_ = false;
}

void Writer::value(std::string_view text) {
  comma();
  quoted(text);
}

void Writer::value(std::int64_t number) {
  constexpr std::size_t digits_max = 20;
  comma();
  char* const out = room(digits_max);
  use(std::to_chars(out, out + digits_max, number).ptr);
}

void Writer::value(Instant instant) {
  char digits[instant_text_bytes];
  const int size = format_instant(instant, digits);
  value(std::string_view{digits, static_cast<std::size_t>(size)});
}

void Writer::word(std::string_view text) {
  comma();
  char* const out = room(text.size());
  std::memcpy(out, text.data(), text.size());
  use(out + text.size());
}

void Writer::enlarge(std::size_t count) {
  constexpr std::size_t smallest = 4'096;
  std::size_t capacity = capacity_ == 0 ? smallest : capacity_ * 2;
  while (capacity - size_ < count) {
    capacity *= 2;
  }
  std::unique_ptr<char[]> buffer{new char[capacity]};
  if (size_ != 0) {
    std::memcpy(buffer.get(), buffer_.get(), size_);
  }
  buffer_ = std::move(buffer);
  capacity_ = capacity;
}

}  // namespace loyalty
