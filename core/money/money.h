#pragma once

#include <compare>
#include <cstdint>

namespace loyalty {

/// An amount in minor units (cents) of the one currency of a catalog.
///
/// A bare number is not money: callers name the unit. The currency itself travels with the
/// documents; the core never sees two currencies in one computation.
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money minor(std::int64_t units) { return Money{units}; }

  constexpr std::int64_t minor_units() const { return units_; }

  friend constexpr Money operator+(Money a, Money b) { return Money{a.units_ + b.units_}; }
  friend constexpr Money operator-(Money a, Money b) { return Money{a.units_ - b.units_}; }
  friend constexpr Money operator*(Money a, std::int64_t count) { return Money{a.units_ * count}; }
  constexpr Money operator-() const { return Money{-units_}; }
  constexpr Money& operator+=(Money b) {
    units_ += b.units_;
    return *this;
  }
  constexpr Money& operator-=(Money b) {
    units_ -= b.units_;
    return *this;
  }
  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  explicit constexpr Money(std::int64_t units) : units_{units} {}
  std::int64_t units_ = 0;
};

inline constexpr Money no_money{};

constexpr Money min(Money a, Money b) { return a < b ? a : b; }
constexpr Money max(Money a, Money b) { return a < b ? b : a; }

}  // namespace loyalty
