#include "native/http/chunks.h"

#include <algorithm>
#include <array>

namespace loyalty::http {
namespace {

/// Nobody sends any; they are bounded so that none can be used to keep us reading for nothing.
constexpr std::size_t extension_bytes_max = 1024;
constexpr std::size_t trailer_bytes_max = 4096;
constexpr std::size_t digits_max = 16;

constexpr Refusal malformed{400, refusal::malformed, "the chunked body is malformed"};
constexpr Refusal too_large{413, refusal::too_large, "the body is larger than this server takes"};
constexpr Refusal long_extension{431, refusal::head_too_large, "chunk extensions are too long"};
constexpr Refusal long_trailer{431, refusal::head_too_large, "the trailer is too long"};

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

bool is_token(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// Fields that say where a message ends or where it goes belong in its head.
constexpr std::array<std::string_view, 7> head_only = {
    "connection", "content-length",    "host",   "proxy-connection",
    "trailer",    "transfer-encoding", "upgrade"};

/// "Name: value"; a trailer is dropped, yet what is none means that we lost the framing.
bool is_trailer(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) {
    return false;
  }
  const std::string_view name = line.substr(0, colon);
  return std::all_of(name.begin(), name.end(), is_token) &&
         std::all_of(line.begin(), line.end(), is_text) &&
         std::none_of(head_only.begin(), head_only.end(),
                      [&](std::string_view other) { return same_word(name, other); });
}

}  // namespace

std::optional<Refusal> Chunks::digit(char c, const std::string& body) {
  const int value = hex_value(c);
  if (value < 0 || ++digits_ > digits_max) {
    return malformed;
  }
  size_ = size_ * 16 + static_cast<std::uint64_t>(value);
  if (size_ > body_bytes_max_ - body.size()) {
    return too_large;
  }
  state_ = State::size;
  return std::nullopt;
}

std::optional<Refusal> Chunks::extension_byte(char c) {
  const bool may_end =
      state_ == State::size || state_ == State::extension_name || state_ == State::extension_value;
  if (c == '\r' && may_end) {
    state_ = State::size_cr;
    return std::nullopt;
  }
  if (++extension_bytes_ > extension_bytes_max) {
    return long_extension;
  }
  if (c == ';' && may_end) {
    state_ = State::extension_name_start;
    return std::nullopt;
  }
  if (c == '=' && state_ == State::extension_name) {
    state_ = State::extension_value_start;
    return std::nullopt;
  }
  if (!is_token(c)) {
    return malformed;
  }
  if (state_ == State::extension_name_start) {
    state_ = State::extension_name;
  } else if (state_ == State::extension_value_start) {
    state_ = State::extension_value;
  }
  return std::nullopt;
}

std::optional<Refusal> Chunks::trailer_byte(char c) {
  if (++trailer_bytes_ > trailer_bytes_max) {
    return long_trailer;
  }
  trailer_.push_back(c);
  if (c != '\n') {
    // A CR that no LF follows, an LF that no CR precedes: seen when the line ends, or by
    // is_trailer.
    return std::nullopt;
  }
  if (trailer_ == "\r\n") {
    state_ = State::end;
    return std::nullopt;
  }
  if (!trailer_.ends_with("\r\n") ||
      !is_trailer(std::string_view(trailer_).substr(0, trailer_.size() - 2))) {
    return malformed;
  }
  trailer_.clear();
  return std::nullopt;
}

std::optional<Refusal> Chunks::byte(char c, const std::string& body) {
  switch (state_) {
    case State::size_start:
      size_ = 0;
      digits_ = 0;
      return digit(c, body);
    case State::size:
      return c == ';' || c == '\r' ? extension_byte(c) : digit(c, body);
    case State::extension_name_start:
    case State::extension_name:
    case State::extension_value_start:
    case State::extension_value:
      return extension_byte(c);
    case State::size_cr:
      if (c != '\n') {
        return malformed;
      }
      state_ = size_ == 0 ? State::trailer : State::data;
      return std::nullopt;
    case State::data_end:
      state_ = State::data_cr;
      return c == '\r' ? std::nullopt : std::optional(malformed);
    case State::data_cr:
      state_ = State::size_start;
      return c == '\n' ? std::nullopt : std::optional(malformed);
    case State::trailer:
      return trailer_byte(c);
    case State::data:
    case State::end:
      break;
  }
  return malformed;
}

std::optional<Refusal> Chunks::feed(std::string_view& input, std::string& body) {
  while (!input.empty() && !ended()) {
    if (state_ == State::data) {
      const std::size_t n = static_cast<std::size_t>(std::min<std::uint64_t>(size_, input.size()));
      body.append(input.substr(0, n));
      input.remove_prefix(n);
      size_ -= n;
      if (size_ == 0) {
        state_ = State::data_end;
      }
      continue;
    }
    const char c = input.front();
    input.remove_prefix(1);
    if (const auto refused = byte(c, body)) {
      return refused;
    }
  }
  return std::nullopt;
}

}  // namespace loyalty::http
