// The heap of the preview build: a few hundred bytes of code where a general one takes thousands.
//
// Memory is asked for in few and long-lived pieces (buffers that grow, blocks of arenas), so a free
// piece only has to find the next request of its own size. Sizes are rounded up to one of four
// steps between powers of two; each has its list of free pieces.

#include <cstddef>
#include <cstdint>
#include <new>

extern "C" unsigned char __heap_base;  // where the linker's data and stack end

namespace {

/// Stands before every piece; keeps what follows at a multiple of 8.
struct alignas(8) Head {
  std::size_t step;
};

/// A piece that is free holds the next one.
struct Free {
  Free* next;
};

constexpr std::size_t smallest = 32;
constexpr std::size_t page_bits = 16;

Free* free_pieces[128];
std::uintptr_t end_of_used = 0;

/// Rounds a size up to the next step; the number of the step.
std::size_t round_up(std::size_t& bytes) {
  if (bytes < smallest) {
    bytes = smallest;
  }
  const auto log = static_cast<unsigned>(31 - __builtin_clz(static_cast<unsigned>(bytes - 1)));
  const unsigned quarter = log - 2;
  const std::size_t quarters = ((bytes - 1) >> quarter) + 1;  // 5 to 8
  bytes = quarters << quarter;
  return log * 4 + quarters - 5;
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (bytes > (std::size_t{1} << 30)) {
    __builtin_trap();
  }
  bytes += sizeof(Head);
  const std::size_t step = round_up(bytes);
  if (Free* const piece = free_pieces[step]) {
    free_pieces[step] = piece->next;
    return piece;
  }
  if (end_of_used == 0) {
    end_of_used = (reinterpret_cast<std::uintptr_t>(&__heap_base) + 7) & ~std::uintptr_t{7};
  }
  auto* const head = reinterpret_cast<Head*>(end_of_used);
  end_of_used += bytes;
  const std::size_t pages = (end_of_used + (std::size_t{1} << page_bits) - 1) >> page_bits;
  const std::size_t held = __builtin_wasm_memory_size(0);
  if (pages > held && __builtin_wasm_memory_grow(0, pages - held) == SIZE_MAX) {
    __builtin_trap();
  }
  head->step = step;
  return head + 1;
}

void operator delete(void* memory) noexcept {
  if (memory == nullptr) {
    return;
  }
  auto* const piece = static_cast<Free*>(memory);
  Free*& list = free_pieces[(static_cast<Head*>(memory) - 1)->step];
  piece->next = list;
  list = piece;
}

// What is made as an array or given back with its size is nothing special.
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void operator delete[](void* memory) noexcept { operator delete(memory); }
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { operator delete(memory); }
