#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/json/tape.h"

namespace loyalty {

/// Reads CBOR (RFC 8949) into a tape: the documents of the contract as a program hands them over
/// that holds them as objects already. The same document gives the same tokens as its JSON text,
/// and the same defect the same error.
///
/// - Whole numbers, texts, arrays and maps of definite length, true, false and null; undefined is
///   null. Any float is a `fraction` token, as is a JSON number with fraction or exponent.
/// - Tags 2 and 3 make whole numbers of byte strings. Tag 27 before a text says that the sender
///   could not write it as UTF-8: it is INVALID_UTF8.
/// - All else is INVALID_JSON: byte strings, other tags, indefinite lengths, keys that are no text.
///
/// Order of defects, limits and paths are those of Reader, with two differences: below level 32
/// maps may have any keys, and a document of more than `tokens_max` tokens is TOO_LARGE.
class CborReader {
 public:
  /// Keys and values of a document. In the memory that a page grants, a document of the largest
  /// size that is nothing but small numbers would have no room; what means something stays far
  /// below.
  static constexpr Tape::Position tokens_max = Tape::Position{1} << 18;

  /// The tape borrows `bytes`. Warm, nothing here touches the heap.
  std::optional<Error> read(std::string_view bytes, std::size_t bytes_max);

  /// The same, telling only what is wrong: for those who do not show where.
  ErrorCode accept(std::string_view bytes, std::size_t bytes_max);

  const Tape& tape() const { return tape_; }

 private:
  Tape tape_;
  Buffer<Tape::Position> keys_;  ///< for finding duplicates in large objects
};

}  // namespace loyalty
