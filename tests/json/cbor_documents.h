#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/json/tape.h"

namespace loyalty::test {

/// The CBOR of a document that stands on a tape. What a tape does not keep is made up: the value
/// of a fraction, of a number beyond 64 bits, of a damaged text.
std::string cbor_of(const Tape& tape);

// Pieces to make documents of by hand.
std::string cbor_head(unsigned major, std::uint64_t number);
std::string cbor_text(std::string_view text);

}  // namespace loyalty::test
