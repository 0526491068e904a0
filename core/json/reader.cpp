#include "core/json/reader.h"

#include <algorithm>
#include <bit>

#include "core/base/limits.h"
#include "core/json/escapes.h"

namespace loyalty {
namespace {

/// Where reading stands when something is wrong: decides which value the path leads to.
enum class Place { value, key, between };

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

class Parser {
 public:
  Parser(std::string_view text, Tape& tape, Arena& arena, std::vector<Tape::Position>& keys,
         std::vector<std::uint64_t>& too_deep)
      : begin_{text.data()},
        end_{text.data() + text.size()},
        tape_{tape},
        arena_{arena},
        keys_{keys},
        too_deep_{too_deep} {}

  std::optional<Error> parse() {
    read_document();
    if (error_.code == ErrorCode::none) {
      return std::nullopt;
    }
    return std::move(error_);
  }

 private:
  struct Frame {
    Tape::Position token;
    std::uint32_t count;
    std::uint64_t key_bits;  ///< which hashes of keys have been seen
  };

  static constexpr std::uint32_t few_keys = 32;

  const char* skip_space(const char* p) const {
    while (p != end_ && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')) {
      ++p;
    }
    return p;
  }

  bool too_deep() const { return deep_levels_ != 0; }

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
    if (depth_ == limits::nesting_max) {
      open_too_deep(is_object);
      return frame;
    }
    Frame& inner = frames_[depth_++];
    inner = {tape_.open(is_object ? TokenType::object : TokenType::array), 0, 0};
    return &inner;
  }

  Frame* close(Frame* frame) {
    if (too_deep()) {
      close_too_deep();
      return frame;
    }
    if (frame->count > few_keys && tape_.type(frame->token) == TokenType::object) {
      check_many_keys(frame->token, frame->count);
    }
    tape_.close(frame->token, frame->count);
    --depth_;
    return depth_ == 0 ? nullptr : frame - 1;
  }

  // Beyond the limit nothing is kept but one bit a level, so that nesting costs no memory to speak
  // of and still all of the text is known to be JSON before TOO_DEEP is reported.
  void open_too_deep(bool is_object) {
    if (!too_deep()) {
      deep_at_ = tape_.size();
      record(ErrorCode::too_deep, Place::value);
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

  // Most objects have few keys that differ in length or ends: one bit for each hash of a key tells
  // that it is new without looking at the others. Objects with many keys are sorted when they end.
  void check_key(Frame& frame) {
    const Tape::Position at = tape_.size() - 1;
    const std::string_view key = tape_.text(at);
    const std::uint64_t bit = std::uint64_t{1} << key_hash(key);
    if ((frame.key_bits & bit) != 0 && frame.count <= few_keys) {
      for (Tape::Position k = frame.token + 1; k != at; k = tape_.next(k + 1)) {
        if (tape_.text(k) == key && !tape_[k].damaged && !tape_[at].damaged) {
          record(ErrorCode::duplicate_key, Place::key, key);
          break;
        }
      }
    }
    frame.key_bits |= bit;
  }

  static unsigned key_hash(std::string_view key) {
    if (key.empty()) {
      return 0;
    }
    const auto front = static_cast<unsigned char>(key.front());
    const auto back = static_cast<unsigned char>(key.back());
    return (static_cast<unsigned>(key.size()) * 11 + front * 5U + back) & 63;
  }

  void check_many_keys(Tape::Position object, std::uint32_t count) {
    keys_.clear();
    Tape::Position key = object + 1;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!tape_[key].damaged) {
        keys_.push_back(key);
      }
      key = tape_.next(key + 1);
    }
    std::sort(keys_.begin(), keys_.end(), [this](Tape::Position a, Tape::Position b) {
      const int order = tape_.text(a).compare(tape_.text(b));
      return order != 0 ? order < 0 : a < b;
    });
    Tape::Position first = 0;
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      if (tape_.text(keys_[i - 1]) == tape_.text(keys_[i]) && (first == 0 || keys_[i] < first)) {
        first = keys_[i];
      }
    }
    if (first != 0) {
      record(ErrorCode::duplicate_key, Place::key, tape_.text(first));
    }
  }

  const char* stop(const char* p) {
    stopped_ = p;
    return nullptr;
  }

  void broken(const char* p, Place place) {
    record(ErrorCode::invalid_json, place);
    error_.message += " It breaks at byte ";
    error_.message += std::to_string(p - begin_);
    error_.message += '.';
  }

  void record(ErrorCode code, Place place, std::string_view key = {}) {
    if (error_.code != ErrorCode::none && error_.code <= code) {
      return;
    }
    error_.code = code;
    error_.path = path_to(place);
    if (code == ErrorCode::duplicate_key) {
      append_pointer_step(error_.path, key);
    }
    error_.message = sentence_of(code);
  }

  /// The path as the open containers tell it: those that are not closed have no size on the tape
  /// yet.
  std::string path_to(Place place) const {
    std::string path;
    for (std::size_t i = 0; i < depth_; ++i) {
      const bool is_last = i + 1 == depth_;
      if (is_last && place != Place::value && !too_deep()) {
        break;
      }
      const Tape::Position child = !is_last     ? frames_[i + 1].token
                                   : too_deep() ? deep_at_
                                                : tape_.size();
      if (tape_.type(frames_[i].token) == TokenType::array) {
        append_pointer_step(path, frames_[i].count);
      } else if (tape_[child - 1].damaged) {
        break;
      } else {
        append_pointer_step(path, tape_.text(child - 1));
      }
    }
    return path;
  }

  const char* begin_;
  const char* end_;
  Tape& tape_;
  Arena& arena_;
  std::vector<Tape::Position>& keys_;
  std::vector<std::uint64_t>& too_deep_;
  Frame frames_[limits::nesting_max];
  std::size_t depth_ = 0;
  std::size_t deep_levels_ = 0;
  Tape::Position deep_at_ = 0;
  const char* stopped_ = nullptr;
  Error error_;
};

}  // namespace

std::optional<Error> Reader::read(std::string_view text, std::size_t bytes_max, Arena& strings) {
  tape_.clear();
  if (text.size() > bytes_max) {
    Error error{ErrorCode::too_large, "", std::string(sentence_of(ErrorCode::too_large))};
    error.message += " At most " + std::to_string(bytes_max) + " bytes.";
    return error;
  }
  return Parser{text, tape_, strings, keys_, too_deep_}.parse();
}

}  // namespace loyalty
