#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>

#include "core/base/check.h"

namespace loyalty {

/// The memory of a Buffer: the same code for elements of all types.
class RawBuffer {
 protected:
  RawBuffer() = default;
  RawBuffer(RawBuffer&& other) noexcept;
  RawBuffer& operator=(RawBuffer&& other) noexcept;
  RawBuffer(const RawBuffer&) = delete;
  RawBuffer& operator=(const RawBuffer&) = delete;
  ~RawBuffer();

  /// Makes room for `capacity` elements of `bytes` each, or for twice as many as before.
  void grow(std::size_t capacity, std::size_t bytes);
  /// Makes these elements the only ones. They may not be the buffer's own.
  void copy(const void* elements, std::size_t count, std::size_t bytes);

  void* memory_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// A growing array of plain data. Keeps its memory until it is destroyed, so that a warm one never
/// touches the heap. Elements move when it grows.
///
/// For types that can be copied as bytes; all of them share the code that grows and copies.
template <class T>
class Buffer : private RawBuffer {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= alignof(std::max_align_t));

 public:
  using value_type = T;

  Buffer() = default;
  explicit Buffer(std::size_t size) { resize(size); }
  Buffer(Buffer&&) noexcept = default;
  Buffer& operator=(Buffer&&) noexcept = default;
  Buffer(const Buffer& other) : RawBuffer{} { copy(other.memory_, other.size_, sizeof(T)); }
  Buffer& operator=(const Buffer& other) {
    if (this != &other) {
      copy(other.memory_, other.size_, sizeof(T));
    }
    return *this;
  }
  ~Buffer() = default;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return static_cast<T*>(memory_); }
  const T* data() const { return static_cast<const T*>(memory_); }
  T* begin() { return data(); }
  const T* begin() const { return data(); }
  T* end() { return data() + size_; }
  const T* end() const { return data() + size_; }

  T& operator[](std::size_t at) {
    check(at);
    return data()[at];
  }
  const T& operator[](std::size_t at) const {
    check(at);
    return data()[at];
  }
  T& front() { return (*this)[0]; }
  const T& front() const { return (*this)[0]; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  void clear() { size_ = 0; }
  void pop_back() {
    check(0);
    --size_;
  }
  void reserve(std::size_t capacity) {
    if (capacity > capacity_) {
      grow(capacity, sizeof(T));
    }
  }
  /// New elements are value-initialised.
  void resize(std::size_t size) {
    reserve(size);
    for (std::size_t at = size_; at < size; ++at) {
      new (data() + at) T{};
    }
    size_ = size;
  }
  T& emplace_back() { return *new (room_for_one()) T{}; }
  void push_back(const T& value) {
    const T copied = value;  // it may be an element
    new (room_for_one()) T(copied);
  }
  void assign(std::size_t count, const T& value) {
    const T copied = value;
    reserve(count);
    size_ = count;
    for (T& element : *this) {
      element = copied;
    }
  }
  void assign(std::span<const T> elements) { copy(elements.data(), elements.size(), sizeof(T)); }
  void erase(std::size_t at) {
    check(at);
    std::memmove(data() + at, data() + at + 1, (size_ - at - 1) * sizeof(T));
    --size_;
  }

 private:
  void check([[maybe_unused]] std::size_t at) const {
#ifndef NDEBUG
    LOYALTY_CHECK(at < size_);
#endif
  }
  T* room_for_one() {
    if (size_ == capacity_) {
      grow(size_ + 1, sizeof(T));
    }
    return data() + size_++;
  }
};

}  // namespace loyalty
