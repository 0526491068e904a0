#include "core/json/reader.h"

#include <bit>

#include "core/json/escapes.h"
#include "core/json/tape_builder.h"

namespace loyalty {
namespace {

constexpr std::uint64_t each_byte = 0x0101010101010101;
constexpr std::uint64_t high_bits = each_byte << 7;

/// Nonzero if one of eight characters is a quote, a backslash, a control or not ASCII. The lowest
/// high bit that is set marks the first of them; those above it may be false.
std::uint64_t special_bytes(std::uint64_t bytes) {
  const std::uint64_t quotes = (bytes ^ (each_byte * '"')) - each_byte;
  const std::uint64_t backslashes = (bytes ^ (each_byte * '\\')) - each_byte;
  const std::uint64_t controls = bytes - each_byte * 0x20;
  return (quotes | backslashes | controls | bytes) & high_bits;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser : private TapeBuilder {
 public:
  Parser(std::string_view text, Tape& tape, Arena& arena, Buffer<Tape::Position>& keys,
         std::vector<std::uint64_t>& too_deep)
      : TapeBuilder{tape, keys},
        begin_{text.data()},
        end_{text.data() + text.size()},
        arena_{arena},
        too_deep_{too_deep} {}

  std::optional<Error> parse() {
    read_document();
    return take_error();
  }

 private:
  const char* skip_space(const char* p) const {
    while (p != end_ && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) {
      ++p;
    }
    return p;
  }

  void read_document() {
    const char* p = begin_;
    Frame* frame = nullptr;
    bool in_object = false;

  value:
    p = skip_space(p);
    if (p == end_) {
      return broken(p, Place::value);
    }
    switch (*p) {
      case '"':
        p = read_string(p + 1, Place::value);
        break;
      case '{':
      case '[':
        in_object = *p == '{';
        frame = open(in_object, frame);
        p = skip_space(p + 1);
        if (p != end_ && *p == (in_object ? '}' : ']')) {
          goto close;
        }
        if (in_object) {
          goto key;
        }
        goto value;
      case 't':
        p = read_word(p, "true", TokenType::boolean, 1);
        break;
      case 'f':
        p = read_word(p, "false", TokenType::boolean, 0);
        break;
      case 'n':
        p = read_word(p, "null", TokenType::null, 0);
        break;
      default:
        p = read_number(p);
        break;
    }
    if (p == nullptr) {
      return broken(stopped_, Place::value);
    }

  after_value:
    p = skip_space(p);
    if (too_deep()) {
      tape_.truncate(deep_at_);
      in_object = deep_in_object();
    } else if (frame == nullptr) {
      if (p != end_) {
        broken(p, Place::between);
      }
      return;
    } else {
      ++frame->count;
      in_object = tape_.type(frame->token) == TokenType::object;
    }
    if (p == end_) {
      return broken(p, Place::between);
    }
    if (*p == ',') {
      p = skip_space(p + 1);
      if (in_object) {
        goto key;
      }
      goto value;
    }
    if (*p != (in_object ? '}' : ']')) {
      return broken(p, Place::between);
    }

  close:
    frame = close(frame);
    ++p;
    goto after_value;

  key:
    if (p == end_ || *p != '"') {
      return broken(p, Place::key);
    }
    p = read_string(p + 1, Place::key);
    if (p == nullptr) {
      return broken(stopped_, Place::key);
    }
    if (!too_deep()) {
      check_key(*frame);
    }
    p = skip_space(p);
    if (p == end_ || *p != ':') {
      return broken(p, Place::key);
    }
    ++p;
    goto value;
  }

  Frame* open(bool is_object, Frame* frame) {
    if (at_limit()) {
      open_too_deep(is_object);
      return frame;
    }
    return open_container(is_object ? TokenType::object : TokenType::array);
  }

  Frame* close(Frame* frame) {
    if (too_deep()) {
      close_too_deep();
      return frame;
    }
    return close_container(frame);
  }

  // Beyond the limit nothing is kept but one bit a level, so that nesting costs no memory to speak
  // of and still all of the text is known to be JSON before TOO_DEEP is reported.
  void open_too_deep(bool is_object) {
    if (!too_deep()) {
      start_too_deep();
    }
    const std::size_t word = deep_levels_ / 64;
    if (word == too_deep_.size()) {
      too_deep_.push_back(0);
    }
    const std::uint64_t bit = std::uint64_t{1} << (deep_levels_ % 64);
    too_deep_[word] = is_object ? too_deep_[word] | bit : too_deep_[word] & ~bit;
    ++deep_levels_;
  }

  bool deep_in_object() const {
    const std::size_t level = deep_levels_ - 1;
    return (too_deep_[level / 64] >> (level % 64) & 1) != 0;
  }

  void close_too_deep() {
    tape_.truncate(deep_at_);
    --deep_levels_;
    if (!too_deep()) {
      tape_.add(TokenType::null, 0);
    }
  }

  /// Reads what follows the opening quote; the position after the closing one, or null.
  const char* read_string(const char* p, Place place) {
    const char* const first = p;
    bool has_escapes = false;
    bool damaged = false;
    for (;;) {
      if constexpr (std::endian::native == std::endian::little) {
        while (end_ - p >= 8) {
          std::uint64_t bytes = 0;
          std::memcpy(&bytes, p, 8);
          const std::uint64_t special = special_bytes(bytes);
          if (special != 0) {
            p += std::countr_zero(special) / 8;
            break;
          }
          p += 8;
        }
      }
      if (p == end_) {
        return stop(p);
      }
      const char c = *p;
      if (c == '"') {
        break;
      }
      if (c == '\\') {
        has_escapes = true;
        p = check_escape(p, damaged);
        if (p == nullptr) {
          return nullptr;
        }
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        const int bytes = sequence_bytes(p, end_);
        damaged = damaged || bytes == 0;
        p += bytes == 0 ? 1 : bytes;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return stop(p);
      } else {
        ++p;
      }
    }
    if (damaged) {
      record(ErrorCode::invalid_utf8, place);
      tape_.add_string({}, true);
    } else if (has_escapes) {
      tape_.add_string(unescape(first, p, arena_));
    } else {
      tape_.add_string({first, static_cast<std::size_t>(p - first)});
    }
    return p + 1;
  }

  /// The position after the escape that starts at `p`, or null.
  const char* check_escape(const char* p, bool& damaged) {
    if (end_ - p < 2) {
      return stop(end_);
    }
    switch (p[1]) {
      case '"':
      case '\\':
      case '/':
      case 'b':
      case 'f':
      case 'n':
      case 'r':
      case 't':
        return p + 2;
      case 'u':
        break;
      default:
        return stop(p);
    }
    const int unit = hex4(p + 2, end_);
    if (unit < 0) {
      return stop(p);
    }
    if (is_high_surrogate(unit) && end_ - p >= 12 && p[6] == '\\' && p[7] == 'u' &&
        is_low_surrogate(hex4(p + 8, end_))) {
      return p + 12;
    }
    damaged = damaged || is_high_surrogate(unit) || is_low_surrogate(unit);
    return p + 6;
  }

  const char* read_word(const char* p, std::string_view word, TokenType type, std::int64_t number) {
    if (std::string_view(p, static_cast<std::size_t>(end_ - p)).substr(0, word.size()) != word) {
      return stop(p);
    }
    tape_.add(type, number);
    return p + word.size();
  }

  const char* skip_digits(const char* p) const {
    while (p != end_ && is_digit(*p)) {
      ++p;
    }
    return p;
  }

  const char* read_number(const char* p) {
    const bool is_negative = *p == '-';
    p += is_negative ? 1 : 0;
    const char* const first = p;
    std::uint64_t value = 0;
    while (p != end_ && is_digit(*p)) {
      value = value * 10 + static_cast<std::uint64_t>(*p - '0');
      ++p;
    }
    const auto digits = p - first;
    if (digits == 0 || (digits > 1 && *first == '0')) {
      return stop(first);
    }
    if (p != end_ && (*p == '.' || *p == 'e' || *p == 'E')) {
      return read_fraction(p);
    }
    constexpr auto int64_max = static_cast<std::uint64_t>(INT64_MAX);
    if (digits > 19 || value > int64_max + (is_negative ? 1U : 0U)) {
      tape_.add(TokenType::big, 0);
    } else if (is_negative && value == 0) {
      tape_.add(TokenType::fraction, 0);
    } else {
      tape_.add(TokenType::integer, static_cast<std::int64_t>(is_negative ? 0 - value : value));
    }
    return p;
  }

  const char* read_fraction(const char* p) {
    if (*p == '.') {
      const char* const first = p + 1;
      p = skip_digits(first);
      if (p == first) {
        return stop(p);
      }
    }
    if (p != end_ && (*p == 'e' || *p == 'E')) {
      ++p;
      if (p != end_ && (*p == '+' || *p == '-')) {
        ++p;
      }
      const char* const first = p;
      p = skip_digits(first);
      if (p == first) {
        return stop(p);
      }
    }
    tape_.add(TokenType::fraction, 0);
    return p;
  }

  const char* stop(const char* p) {
    stopped_ = p;
    return nullptr;
  }

  void broken(const char* p, Place place) {
    TapeBuilder::broken(static_cast<std::size_t>(p - begin_), place);
  }

  const char* begin_;
  const char* end_;
  Arena& arena_;
  std::vector<std::uint64_t>& too_deep_;
  const char* stopped_ = nullptr;
};

}  // namespace

std::optional<Error> Reader::read(std::string_view text, std::size_t bytes_max, Arena& strings) {
  tape_.clear();
  if (text.size() > bytes_max) {
    return TapeBuilder::too_large(bytes_max);
  }
  return Parser{text, tape_, strings, keys_, too_deep_}.parse();
}

}  // namespace loyalty
