#pragma once

#include <compare>
#include <cstdint>

namespace loyalty {

/// Whole loyalty points. Points are not money: only a reward's rate turns one into the other.
class Points {
 public:
  constexpr Points() = default;
  static constexpr Points of(std::int64_t count) { return Points{count}; }

  constexpr std::int64_t count() const { return count_; }

  friend constexpr Points operator+(Points a, Points b) { return Points{a.count_ + b.count_}; }
  friend constexpr Points operator-(Points a, Points b) { return Points{a.count_ - b.count_}; }
  constexpr Points operator-() const { return Points{-count_}; }
  constexpr Points& operator+=(Points b) {
    count_ += b.count_;
    return *this;
  }
  constexpr Points& operator-=(Points b) {
    count_ -= b.count_;
    return *this;
  }
  friend constexpr auto operator<=>(Points, Points) = default;

 private:
  explicit constexpr Points(std::int64_t count) : count_{count} {}
  std::int64_t count_ = 0;
};

inline constexpr Points no_points{};

constexpr Points min(Points a, Points b) { return a < b ? a : b; }
constexpr Points max(Points a, Points b) { return a < b ? b : a; }

}  // namespace loyalty
