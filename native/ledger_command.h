#pragma once

#include <iosfwd>

namespace loyalty {

/// The command `loyalty ledger`: JSON lines in, JSON lines out; LEDGER.md has the formats.
///
/// The first line is the setup, each further one an operation. Every line gets one answer, in
/// order; a bad line is reported in its place and changes nothing. The last line is the final
/// state. Empty lines are skipped.
///
/// Returns 0, or 1 where any line was no valid document. A refusal is an answer, not a failure.
int run_ledger(std::istream& in, std::ostream& out);

}  // namespace loyalty
