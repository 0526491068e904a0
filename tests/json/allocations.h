#pragma once

#include <cstdint>

namespace loyalty::test {

/// How often this program took memory from the heap so far.
std::int64_t allocations();

}  // namespace loyalty::test
