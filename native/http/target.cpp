#include "native/http/target.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace loyalty::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> decode(std::string_view text, char plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i] == '+' ? plus : text[i]);
      continue;
    }
    if (text.size() - i < 3) {
      return std::nullopt;
    }
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  if (out.find('\0') != std::string::npos || !is_utf8(out)) {
    return std::nullopt;
  }
  return out;
}

/// The forms of UTF-8 by their first byte; the second byte's range keeps overlong forms, surrogates
/// and numbers above U+10FFFF out.
struct Utf8Form {
  unsigned char first_min;
  unsigned char first_max;
  std::size_t following;
  unsigned char second_min;
  unsigned char second_max;
};

constexpr std::array<Utf8Form, 9> utf8_forms = {{
    {0x00, 0x7f, 0, 0x80, 0xbf},
    {0xc2, 0xdf, 1, 0x80, 0xbf},
    {0xe0, 0xe0, 2, 0xa0, 0xbf},
    {0xe1, 0xec, 2, 0x80, 0xbf},
    {0xed, 0xed, 2, 0x80, 0x9f},
    {0xee, 0xef, 2, 0x80, 0xbf},
    {0xf0, 0xf0, 3, 0x90, 0xbf},
    {0xf1, 0xf3, 3, 0x80, 0xbf},
    {0xf4, 0xf4, 3, 0x80, 0x8f},
}};

/// Bytes of the character that text begins with; 0: none.
std::size_t utf8_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (const Utf8Form& form : utf8_forms) {
    if (byte(0) < form.first_min || byte(0) > form.first_max) {
      continue;
    }
    if (text.size() <= form.following) {
      return 0;
    }
    for (std::size_t i = 1; i <= form.following; ++i) {
      const unsigned char min = i == 1 ? form.second_min : 0x80;
      const unsigned char max = i == 1 ? form.second_max : 0xbf;
      if (byte(i) < min || byte(i) > max) {
        return 0;
      }
    }
    return form.following + 1;
  }
  return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = utf8_size(text);
    if (size == 0) {
      return false;
    }
    text.remove_prefix(size);
  }
  return true;
}

std::optional<std::string> decode_segment(std::string_view text) { return decode(text, '+'); }

std::optional<std::vector<std::string>> path_segments(std::string_view path) {
  if (!path.starts_with('/')) {
    return std::nullopt;
  }
  path.remove_prefix(1);
  std::vector<std::string> segments;
  for (;;) {
    const std::size_t slash = path.find('/');
    std::optional<std::string> segment = decode_segment(path.substr(0, slash));
    if (!segment) {
      return std::nullopt;
    }
    segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) {
      return segments;
    }
    path.remove_prefix(slash + 1);
  }
}

std::optional<std::vector<QueryPair>> parse_query(std::string_view query) {
  std::vector<QueryPair> pairs;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view part = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (part.empty()) {
      continue;
    }
    const std::size_t equals = part.find('=');
    std::optional<std::string> name = decode(part.substr(0, equals), ' ');
    std::optional<std::string> value = decode(
        equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1), ' ');
    if (!name || name->empty() || !value) {
      return std::nullopt;
    }
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::string encode_segment(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const char lower = static_cast<char>(c | 0x20);
    if ((c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') ||
        std::string_view("-._~").find(c) != std::string_view::npos) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 0xf]);
  }
  return out;
}

}  // namespace loyalty::http
