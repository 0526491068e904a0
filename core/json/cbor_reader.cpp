#include "core/json/cbor_reader.h"

#include <cstdint>

#include "core/json/escapes.h"
#include "core/json/tape_builder.h"

namespace loyalty {
namespace {

enum Major : unsigned { uint, negative, bytes, text, array, map, tag, simple };

constexpr std::uint64_t tag_bignum = 2;
constexpr std::uint64_t tag_negative_bignum = 3;
constexpr std::uint64_t tag_damaged_text = 27;

constexpr std::uint64_t simple_false = 20;
constexpr std::uint64_t simple_true = 21;
constexpr std::uint64_t simple_null = 22;
constexpr std::uint64_t simple_undefined = 23;

constexpr unsigned one_byte = 24;  ///< from here on the value follows the first byte
constexpr unsigned two_bytes = 25;
constexpr unsigned eight_bytes = 27;

/// The start of every item: what it is and a number, which is its value, length or count.
struct Head {
  unsigned major;
  unsigned info;
  std::uint64_t value;
};

/// Whether a text is UTF-8.
bool is_utf8(const char* p, const char* end) {
  while (p != end) {
    if (static_cast<unsigned char>(*p) < 0x80) {
      ++p;
      continue;
    }
    const int sequence = sequence_bytes(p, end);
    if (sequence == 0) {
      return false;
    }
    p += sequence;
  }
  return true;
}

class Parser : private TapeBuilder {
 public:
  Parser(std::string_view document, Tape& tape, Buffer<Tape::Position>& keys)
      : TapeBuilder{tape, keys},
        begin_{document.data()},
        at_{document.data()},
        end_{document.data() + document.size()} {}

  using TapeBuilder::code;
  using TapeBuilder::take_error;

  /// False where the document has more tokens than are read; then nothing is known of the rest.
  bool parse() {
    do {
      if (tape_.size() >= CborReader::tokens_max) {
        return false;
      }
      if (frame_ != nullptr && !too_deep() && tape_.type(frame_->token) == TokenType::object &&
          !read_key()) {
        broken(Place::key);
        return true;
      }
      opened_ = false;
      if (!read_value()) {
        broken(Place::value);
        return true;
      }
    } while (opened_ || !complete());
    if (at_ != end_) {
      item_ = at_;
      broken(Place::between);
    }
    return true;
  }

 private:
  /// After a value: closes all that ends with it. True when nothing is open any more.
  bool complete() {
    if (too_deep()) {
      tape_.truncate(deep_at_);
      if (--deep_levels_ != 0) {
        return false;
      }
      tape_.add(TokenType::null, 0);
    }
    while (frame_ != nullptr) {
      if (++frame_->count != sizes_[level_]) {
        return false;
      }
      frame_ = close_container(frame_);
      --level_;
    }
    return true;
  }

  std::size_t bytes_left() const { return static_cast<std::size_t>(end_ - at_); }

  /// False where no item can start like this; then nothing is taken.
  bool read_head(Head& head) {
    item_ = at_;
    if (at_ == end_) {
      return false;
    }
    const unsigned first = static_cast<unsigned char>(*at_);
    head = {first >> 5U, first & 31U, first & 31U};
    if (head.info < one_byte) {
      ++at_;
      return true;
    }
    if (head.info > eight_bytes) {
      return false;
    }
    const std::size_t size = std::size_t{1} << (head.info - one_byte);
    if (bytes_left() <= size) {
      return false;
    }
    head.value = 0;
    ++at_;
    for (std::size_t i = 0; i < size; ++i) {
      head.value = head.value << 8 | static_cast<unsigned char>(*at_++);
    }
    return true;
  }

  bool read_key() {
    Head head{};
    if (!read_head(head)) {
      return false;
    }
    if (head.major == Major::tag) {
      if (!read_damaged_text(head, Place::key)) {
        return false;
      }
    } else if (head.major != Major::text || !read_text(head, Place::key)) {
      return false;
    }
    check_key(*frame_);
    return true;
  }

  bool read_value() {
    Head head{};
    if (!read_head(head)) {
      return false;
    }
    switch (head.major) {
      case Major::uint:
      case Major::negative:
        add_integer(head.value, head.major == Major::negative);
        return true;
      case Major::text:
        return read_text(head, Place::value);
      case Major::array:
      case Major::map:
        return open(head);
      case Major::tag:
        return head.value == tag_damaged_text ? read_damaged_text(head, Place::value)
                                              : read_bignum(head);
      case Major::simple:
        return read_simple(head);
      default:
        return false;
    }
  }

  void add_integer(std::uint64_t value, bool is_negative) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      tape_.add(TokenType::big, 0);
    } else {
      const auto number = static_cast<std::int64_t>(value);
      tape_.add(TokenType::integer, is_negative ? -1 - number : number);
    }
  }

  bool read_text(const Head& head, Place place) {
    if (head.value > bytes_left()) {
      return false;
    }
    const auto size = static_cast<std::size_t>(head.value);
    const char* const first = at_;
    at_ += size;
    if (is_utf8(first, at_)) {
      tape_.add_string({first, size});
    } else {
      add_damaged(place);
    }
    return true;
  }

  bool read_damaged_text(const Head& outer, Place place) {
    Head head{};
    if (outer.value != tag_damaged_text || !read_head(head) || head.major != Major::text ||
        head.value > bytes_left()) {
      return false;
    }
    at_ += static_cast<std::size_t>(head.value);
    add_damaged(place);
    return true;
  }

  void add_damaged(Place place) {
    record(ErrorCode::invalid_utf8, place);
    tape_.add_string({}, true);
  }

  bool read_bignum(const Head& outer) {
    Head head{};
    if ((outer.value != tag_bignum && outer.value != tag_negative_bignum) || !read_head(head) ||
        head.major != Major::bytes || head.value > bytes_left()) {
      return false;
    }
    const char* const end = at_ + static_cast<std::size_t>(head.value);
    while (at_ != end && *at_ == 0) {
      ++at_;
    }
    std::uint64_t value = UINT64_MAX;
    if (end - at_ <= 8) {
      value = 0;
      for (; at_ != end; ++at_) {
        value = value << 8 | static_cast<unsigned char>(*at_);
      }
    }
    at_ = end;
    add_integer(value, outer.value == tag_negative_bignum);
    return true;
  }

  bool read_simple(const Head& head) {
    if (head.info >= two_bytes) {
      tape_.add(TokenType::fraction, 0);
      return true;
    }
    if (head.info == one_byte) {
      return false;
    }
    switch (head.value) {
      case simple_false:
      case simple_true:
        tape_.add(TokenType::boolean, head.value == simple_true ? 1 : 0);
        return true;
      case simple_null:
      case simple_undefined:
        tape_.add(TokenType::null, 0);
        return true;
      default:
        return false;
    }
  }

  bool open(const Head& head) {
    // Every entry takes a byte at least, and a map's entry two.
    const bool is_map = head.major == Major::map;
    const std::size_t most = is_map ? bytes_left() / 2 : bytes_left();
    if (head.value > most) {
      return false;
    }
    const auto count = static_cast<std::size_t>(head.value);
    if (too_deep() || at_limit()) {
      return open_too_deep(is_map ? count * 2 : count);
    }
    frame_ = open_container(is_map ? TokenType::object : TokenType::array);
    ++level_;
    if (count == 0) {
      frame_ = close_container(frame_);
      --level_;
      return true;
    }
    sizes_[level_] = static_cast<std::uint32_t>(count);
    opened_ = true;
    return true;
  }

  // Beyond the limit one number is kept: how many items are still to come, the one that is being
  // read included. There can be no more of them than bytes.
  bool open_too_deep(std::size_t items) {
    if (!too_deep()) {
      start_too_deep();
      deep_levels_ = 1;
    }
    deep_levels_ += items;
    return deep_levels_ - 1 <= bytes_left();
  }

  void broken(Place place) { TapeBuilder::broken(static_cast<std::size_t>(item_ - begin_), place); }

  const char* begin_;
  const char* at_;
  const char* item_ = nullptr;  ///< where the item starts that is being read
  const char* end_;
  Frame* frame_ = nullptr;
  bool opened_ = false;  ///< the value that was read last is a container with entries to come
  std::size_t level_ = 0;
  std::uint32_t sizes_[limits::nesting_max + 1] = {};
};

}  // namespace

std::optional<Error> CborReader::read(std::string_view bytes, std::size_t bytes_max) {
  tape_.clear();
  if (bytes.size() > bytes_max) {
    return TapeBuilder::too_large(bytes_max);
  }
  Parser parser{bytes, tape_, keys_};
  if (!parser.parse()) {
    return Error{ErrorCode::too_large, "",
                 std::string(sentence_of(ErrorCode::too_large)) + " At most " +
                     std::to_string(tokens_max) + " keys and values."};
  }
  return parser.take_error();
}

ErrorCode CborReader::accept(std::string_view bytes, std::size_t bytes_max) {
  tape_.clear();
  if (bytes.size() > bytes_max) {
    return ErrorCode::too_large;
  }
  Parser parser{bytes, tape_, keys_};
  return parser.parse() ? parser.code() : ErrorCode::too_large;
}

}  // namespace loyalty
