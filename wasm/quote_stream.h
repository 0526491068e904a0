#pragma once

#include "core/model/quote.h"
#include "wasm/number_stream.h"

namespace loyalty::wasm {

/// How many doubles the header has, and which of them says how long the stream is.
inline constexpr int header_size = 23;
inline constexpr int header_stream_size = 21;

/// The sums and counts of a quote, in the order of ABI.md.
void write_header(const Quote& quote, double (&header)[header_size]);

/// All the rest of a quote, in the order of ABI.md. The texts stay where the quote has them.
void write_detail(const Quote& quote, NumberStream& to);

}  // namespace loyalty::wasm
