#include "core/base/buffer.h"

#include <utility>

namespace loyalty {

RawBuffer::RawBuffer(RawBuffer&& other) noexcept
    : memory_{std::exchange(other.memory_, nullptr)},
      size_{std::exchange(other.size_, 0)},
      capacity_{std::exchange(other.capacity_, 0)} {}

RawBuffer& RawBuffer::operator=(RawBuffer&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

RawBuffer::~RawBuffer() { ::operator delete(memory_); }

void RawBuffer::grow(std::size_t capacity, std::size_t bytes) {
  if (capacity < capacity_ * 2) {
    capacity = capacity_ * 2;
  }
  void* const memory = ::operator new(capacity* bytes);
  if (size_ != 0) {
    std::memcpy(memory, memory_, size_ * bytes);
  }
  ::operator delete(memory_);
  memory_ = memory;
  capacity_ = capacity;
}

void RawBuffer::copy(const void* elements, std::size_t count, std::size_t bytes) {
  size_ = 0;  // nothing to keep
  if (count > capacity_) {
    grow(count, bytes);
  }
  if (count != 0) {
    std::memcpy(memory_, elements, count * bytes);
  }
  size_ = count;
}

}  // namespace loyalty
