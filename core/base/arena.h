#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace loyalty {

/// Memory for the parts of one document: taken piece by piece, given back all at once.
///
/// reset() keeps the memory, so a warm arena never touches the heap. What it hands out is valid
/// until reset() or destruction. Only for types without a destructor.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  /// `count` value-initialised elements.
  template <class T>
  std::span<T> array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) {
      return {};
    }
    T* first = static_cast<T*>(take(count * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < count; ++i) {
      new (first + i) T{};
    }
    return {first, count};
  }

  /// `count` characters for the caller to fill.
  char* characters(std::size_t count) { return static_cast<char*>(take(count, 1)); }

  std::string_view copy(std::string_view text) {
    char* to = characters(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      to[i] = text[i];
    }
    return {to, text.size()};
  }

  void reset() {
    block_ = 0;
    used_ = 0;
  }

 private:
  static constexpr std::size_t block_bytes = std::size_t{16} << 10;

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  void* take(std::size_t bytes, std::size_t alignment) {
    while (block_ < blocks_.size()) {
      const std::size_t at = (used_ + alignment - 1) / alignment * alignment;
      if (at + bytes <= blocks_[block_].size) {
        used_ = at + bytes;
        return blocks_[block_].bytes.get() + at;
      }
      ++block_;
      used_ = 0;
    }
    const std::size_t size = bytes > block_bytes ? bytes : block_bytes;
    blocks_.push_back({std::unique_ptr<std::byte[]>(new std::byte[size]), size});
    used_ = bytes;
    return blocks_.back().bytes.get();
  }

  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace loyalty
