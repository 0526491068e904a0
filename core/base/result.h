#pragma once

#include <utility>
#include <variant>

#include "core/base/check.h"
#include "core/base/error.h"

namespace loyalty {

/// A value, or why there is none. Asking for the value of a failure is our own bug.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_{std::in_place_index<0>, std::move(value)} {}  // NOLINT(google-explicit-constructor)
  Result(E error)
      : state_{std::in_place_index<1>, std::move(error)} {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const {
    LOYALTY_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T& value() {
    LOYALTY_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const E& error() const {
    LOYALTY_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, E> state_;
};

}  // namespace loyalty
