#pragma once

#include "core/base/instant.h"
#include "native/io/output.h"
#include "native/text/style.h"

namespace loyalty::cli {

/// What the program ends with; `loyalty --help` explains them.
enum class Exit : int {
  ok = 0,
  bad_document = 1,  ///< an answer was an error in a document
  usage = 2,
  file = 3,      ///< something could not be read or written
  findings = 4,  ///< lint found what it fails on
};

/// What the program runs in: its streams, what is known of the terminal, and the time, which only
/// `lint` reads.
struct Session {
  int standard_input = 0;
  Output& out;
  Output& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_colour = false;  ///< NO_COLOR is set, or the terminal is dumb
  Instant now;

  Style out_style() const { return Style{out_is_terminal && !no_colour}; }
  Style err_style() const { return Style{err_is_terminal && !no_colour}; }
};

}  // namespace loyalty::cli
