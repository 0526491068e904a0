#include "core/base/arena.h"

namespace loyalty {
namespace {

constexpr std::size_t block_bytes = std::size_t{16} << 10;

}  // namespace

Arena::~Arena() {
  while (first_ != nullptr) {
    Block* const block = std::exchange(first_, first_->next);
    ::operator delete(block);
  }
}

/// The first of the blocks behind that has room, or a new one.
void* Arena::take_from_next(std::size_t bytes) {
  Block** link = current_ != nullptr ? &current_->next : &first_;
  while (*link != nullptr && (*link)->size < bytes) {
    link = &(*link)->next;
  }
  if (*link == nullptr) {
    const std::size_t size = bytes > block_bytes ? bytes : block_bytes;
    *link = new (::operator new(sizeof(Block) + size)) Block{nullptr, size};
  }
  current_ = *link;
  used_ = bytes;
  return current_->bytes();
}

}  // namespace loyalty
