// What a module without glue would ask of its page. It asks nothing: the page sees that memory grew
// by its buffer, and the end of the program is a trap.

#include <cstddef>

extern "C" {

void emscripten_notify_memory_growth(std::size_t) {}

[[noreturn]] void _Exit(int) { __builtin_trap(); }
}
