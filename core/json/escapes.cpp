#include "core/json/escapes.h"

namespace loyalty {
namespace {

char* put_code_point(char* out, int code) {
  const auto put = [&out](int byte) { *out++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  return out;
}

char unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

int sequence_bytes(const char* p, const char* end) {
  const auto byte = [p](int i) { return static_cast<unsigned char>(p[i]); };
  const auto continues = [&](int i) { return end - p > i && (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0xC2 || first > 0xF4 || !continues(1)) {
    return 0;
  }
  if (first < 0xE0) {
    return 2;
  }
  if (first < 0xF0) {
    const bool is_overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool is_surrogate = first == 0xED && byte(1) >= 0xA0;
    return continues(2) && !is_overlong && !is_surrogate ? 3 : 0;
  }
  const bool is_overlong = first == 0xF0 && byte(1) < 0x90;
  const bool is_beyond_unicode = first == 0xF4 && byte(1) >= 0x90;
  return continues(2) && continues(3) && !is_overlong && !is_beyond_unicode ? 4 : 0;
}

int hex4(const char* p, const char* end) {
  if (end - p < 4) {
    return -1;
  }
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = p[i];
    int digit = -1;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = c - 'A' + 10;
    } else {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

std::string_view unescape(const char* p, const char* end, Arena& arena) {
  char* const first = arena.characters(static_cast<std::size_t>(end - p));
  char* out = first;
  while (p != end) {
    if (*p != '\\') {
      *out++ = *p++;
    } else if (p[1] != 'u') {
      *out++ = unescaped(p[1]);
      p += 2;
    } else {
      int code = hex4(p + 2, end);
      p += 6;
      if (is_high_surrogate(code)) {
        code = 0x10000 + ((code - 0xD800) << 10) + (hex4(p + 2, end) - 0xDC00);
        p += 6;
      }
      out = put_code_point(out, code);
    }
  }
  return {first, static_cast<std::size_t>(out - first)};
}

}  // namespace loyalty
