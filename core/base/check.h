#pragma once

/// Our own bug stops the process, or traps the Wasm instance; input can never reach a check.
///
/// On in every build. Where a document could trigger one, the decoder is at fault.
#define LOYALTY_CHECK(condition)             \
  do {                                       \
    if (__builtin_expect(!(condition), 0)) { \
      __builtin_trap();                      \
    }                                        \
  } while (false)
