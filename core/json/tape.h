#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/check.h"

namespace loyalty {

enum class TokenType : std::uint8_t {
  null,
  boolean,
  integer,   ///< a plain whole number within 64 bits
  big,       ///< a plain whole number beyond 64 bits
  fraction,  ///< a number with fraction or exponent, or -0
  string,
  array,
  object,
};

/// One step of a document. An object holds key, value, key, value ...; keys are strings.
struct Token {
  union {
    std::int64_t number;  ///< integer; boolean: 0 or 1; array and object: count of entries
    const char* text;     ///< string
  };
  std::uint32_t size;  ///< string: bytes; array and object: tokens of the whole, itself included
  TokenType type;
  bool damaged;  ///< a string that is not UTF-8: it must not be shown
};

/// A document as a flat row of tokens, the form that every decoder reads.
///
/// Whatever can produce tokens can feed the decoders: the JSON reader is one source. The memory is
/// kept from document to document, so a warm tape never touches the heap. Strings are borrowed.
///
/// Positions count tokens; the whole document is at position 0, so no field of an object is at 0.
class Tape {
 public:
  using Position = std::uint32_t;

  void clear() { size_ = 0; }
  bool empty() const { return size_ == 0; }
  Position size() const { return size_; }
  void truncate(Position size) { size_ = size; }

  const Token& operator[](Position at) const { return tokens_[at]; }
  Token& operator[](Position at) { return tokens_[at]; }

  TokenType type(Position at) const { return tokens_[at].type; }
  std::int64_t number(Position at) const { return tokens_[at].number; }
  std::string_view text(Position at) const { return {tokens_[at].text, tokens_[at].size}; }
  /// Entries of an array or object.
  std::size_t count(Position at) const { return static_cast<std::size_t>(tokens_[at].number); }
  /// The position after a value with everything in it.
  Position next(Position at) const {
    return at + (tokens_[at].type >= TokenType::array ? tokens_[at].size : 1);
  }

  // Building. close() completes what open() began; everything added between is inside.
  void add(TokenType type, std::int64_t number) {
    Token& token = grow();
    token.number = number;
    token.size = 0;
    token.type = type;
    token.damaged = false;
  }
  void add_string(std::string_view text, bool damaged = false) {
    Token& token = grow();
    token.text = text.data();
    token.size = static_cast<std::uint32_t>(text.size());
    token.type = TokenType::string;
    token.damaged = damaged;
  }
  Position open(TokenType type) {
    add(type, 0);
    return size_ - 1;
  }
  void close(Position at, std::size_t count) {
    tokens_[at].number = static_cast<std::int64_t>(count);
    tokens_[at].size = size_ - at;
  }

 private:
  Token& grow() {
    if (size_ == capacity_) {
      enlarge();
    }
    return tokens_[size_++];
  }
  void enlarge() {
    LOYALTY_CHECK(capacity_ < (Position{1} << 31));
    const Position capacity = capacity_ == 0 ? 512 : capacity_ * 2;
    std::unique_ptr<Token[]> tokens{new Token[capacity]};
    if (size_ != 0) {
      std::memcpy(tokens.get(), tokens_.get(), size_ * sizeof(Token));
    }
    tokens_ = std::move(tokens);
    capacity_ = capacity;
  }

  std::unique_ptr<Token[]> tokens_;
  Position size_ = 0;
  Position capacity_ = 0;
};

/// Appends one step to a JSON pointer (RFC 6901: `~` becomes `~0`, `/` becomes `~1`).
void append_pointer_step(std::string& pointer, std::string_view key);
void append_pointer_step(std::string& pointer, std::size_t index);

/// The JSON pointer of a value, or of a key (then of the value that it names).
std::string pointer_to(const Tape& tape, Tape::Position at);

}  // namespace loyalty
