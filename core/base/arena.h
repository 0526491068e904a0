#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace loyalty {

/// Memory for the parts of one document: taken piece by piece, given back all at once.
///
/// reset() keeps the memory, so a warm arena never touches the heap. What it hands out is valid
/// until reset() or destruction. Only for types without a destructor.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&& other) noexcept
      : first_{std::exchange(other.first_, nullptr)},
        current_{std::exchange(other.current_, nullptr)},
        used_{std::exchange(other.used_, 0)} {}
  Arena& operator=(Arena&& other) noexcept {
    std::swap(first_, other.first_);
    std::swap(current_, other.current_);
    std::swap(used_, other.used_);
    return *this;
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  /// `count` value-initialised elements.
  template <class T>
  std::span<T> array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(alignof(T) <= 8, "a block starts at a multiple of 8 on every platform, no more");
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

  /// Room for objects of any type that the caller puts there.
  char* room(std::size_t bytes) {
    return static_cast<char*>(take(bytes, alignof(std::max_align_t)));
  }

  std::string_view copy(std::string_view text) {
    char* to = characters(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      to[i] = text[i];
    }
    return {to, text.size()};
  }

  void reset() {
    current_ = first_;
    used_ = 0;
  }

 private:
  /// The head of a block; its bytes follow.
  struct alignas(std::max_align_t) Block {
    Block* next;
    std::size_t size;
    char* bytes() { return reinterpret_cast<char*>(this + 1); }
  };

  void* take(std::size_t bytes, std::size_t alignment) {
    if (current_ != nullptr) {
      const std::size_t at = (used_ + alignment - 1) & ~(alignment - 1);
      if (at + bytes <= current_->size) {
        used_ = at + bytes;
        return current_->bytes() + at;
      }
    }
    return take_from_next(bytes);
  }
  void* take_from_next(std::size_t bytes);

  Block* first_ = nullptr;
  Block* current_ = nullptr;
  std::size_t used_ = 0;
};

}  // namespace loyalty
