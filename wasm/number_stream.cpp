#include "wasm/number_stream.h"

#include <cstring>
#include <utility>

namespace loyalty::wasm {

void NumberStream::put(std::string_view text) {
  constexpr double two_to_32 = 4294967296.0;
  put(static_cast<double>(reinterpret_cast<std::uintptr_t>(text.data())) +
      static_cast<double>(text.size()) * two_to_32);
}

void NumberStream::enlarge() {
  const std::size_t capacity = capacity_ == 0 ? 256 : capacity_ * 2;
  std::unique_ptr<double[]> numbers{new double[capacity]};
  if (size_ != 0) {
    std::memcpy(numbers.get(), numbers_.get(), size_ * sizeof(double));
  }
  numbers_ = std::move(numbers);
  capacity_ = capacity;
}

}  // namespace loyalty::wasm
