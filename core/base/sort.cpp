#include "core/base/sort.h"

#include <cstddef>
#include <utility>

namespace loyalty {

// By a heap, which is built from the back and then emptied to the back.
void sort_keys(std::span<std::uint64_t> keys) {
  std::uint64_t* const first = keys.data();
  std::size_t to_heap = keys.size() / 2;
  std::size_t end = keys.size();
  while (end > 1) {
    if (to_heap > 0) {
      --to_heap;
    } else {
      --end;
      std::swap(first[0], first[end]);
    }
    const std::uint64_t moved = first[to_heap];
    std::size_t at = to_heap;
    for (std::size_t child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && first[child] < first[child + 1]) {
        ++child;
      }
      if (first[child] <= moved) {
        break;
      }
      first[at] = first[child];
      at = child;
    }
    first[at] = moved;
  }
}

}  // namespace loyalty
