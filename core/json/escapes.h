#pragma once

#include <string_view>

#include "core/base/arena.h"

/// What the reader knows about the inside of JSON texts: UTF-8 (RFC 3629) and escapes (RFC 8259).
namespace loyalty {

/// Bytes of the UTF-8 sequence at `p`, which is not ASCII; 0 if it is none.
int sequence_bytes(const char* p, const char* end);

/// The value of four hex digits, or -1.
int hex4(const char* p, const char* end);

inline bool is_high_surrogate(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
inline bool is_low_surrogate(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/// The text between the quotes without its escapes, which are known to be right. Never longer.
std::string_view unescape(const char* p, const char* end, Arena& arena);

}  // namespace loyalty
