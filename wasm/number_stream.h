#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/base/instant.h"
#include "core/money/money.h"
#include "core/money/points.h"

namespace loyalty::wasm {

/// A row of doubles that a page reads as a Float64Array. Every number of a quote is a whole number
/// that a double holds exactly (core/base/limits.h). The memory is kept from row to row.
class NumberStream {
 public:
  void clear() { size_ = 0; }
  const double* data() const { return numbers_.get(); }
  std::size_t size() const { return size_; }

  void put(double number) {
    if (size_ == capacity_) {
      enlarge();
    }
    numbers_[size_++] = number;
  }
  void put(std::int64_t number) { put(static_cast<double>(number)); }
  void put(Money amount) { put(amount.minor_units()); }
  void put(Points points) { put(points.count()); }
  void put(Instant instant) { put(instant.ms()); }
  void put_flag(bool flag) { put(flag ? 1.0 : 0.0); }
  void put_count(std::size_t count) { put(static_cast<double>(count)); }
  /// The position of an enumerator.
  template <class Enum>
  void put_position(Enum of) {
    put(static_cast<double>(of));
  }
  /// −1 where there is none: no amount and no points of a quote that may be absent is negative.
  template <class T>
  void put(const std::optional<T>& value) {
    if (value) {
      put(*value);
    } else {
      put(-1.0);
    }
  }
  /// Address + bytes × 2^32; 0 for none.
  void put(std::string_view text);

 private:
  void enlarge();

  std::unique_ptr<double[]> numbers_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace loyalty::wasm
