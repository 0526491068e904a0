#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/json/tape.h"

namespace loyalty {

/// Reads JSON text (RFC 8259) into a tape, and refuses everything that readers are known to bend.
///
/// - Text is UTF-8 without byte order mark. Overlong forms, surrogates and code points beyond
///   U+10FFFF are INVALID_UTF8, in values and in keys; so is an escaped surrogate without its pair.
/// - The same key twice in an object, compared after unescaping, is DUPLICATE_KEY.
/// - Up to 32 levels of arrays and objects; the value one level deeper is TOO_DEEP.
/// - Plain integers are exact within 64 bits and `big` tokens beyond. Numbers with fraction or
/// exponent
///   are legal JSON and become `fraction` tokens, which no field accepts; so does `-0`, which is a
///   whole number that not every reader can tell from 0.
///
/// Of several defects the code that stands first in ErrorCode is reported, at its first place in
/// the text. Two exceptions keep reading cheap: the size is checked before anything is read, so a
/// text over the limit is TOO_LARGE whatever is in it; and keys below level 32 are not compared.
///
/// Paths lead to the value at fault. Where the fault is a key, or lies between values, they lead to
/// the array or object around it; a damaged key never appears in a path.
class Reader {
 public:
  /// The tape borrows `text`, and from `strings` the texts that had escapes. Warm, nothing here
  /// touches the heap.
  std::optional<Error> read(std::string_view text, std::size_t bytes_max, Arena& strings);

  const Tape& tape() const { return tape_; }

 private:
  Tape tape_;
  Buffer<Tape::Position> keys_;          ///< for finding duplicates in large objects
  std::vector<std::uint64_t> too_deep_;  ///< one bit a level beyond the limit: set for objects
};

}  // namespace loyalty
