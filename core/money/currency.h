#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace loyalty {

/// A currency of ISO 4217: its code and how many decimals its minor unit has (0, 2, 3 or 4).
class Currency {
 public:
  constexpr Currency() = default;

  /// Nothing for a code that ISO 4217 does not have (case matters).
  static std::optional<Currency> of(std::string_view code);

  constexpr std::string_view code() const { return {code_, 3}; }
  constexpr int exponent() const { return exponent_; }
  /// Minor units in one major unit: 100 for EUR, 1 for JPY, 1000 for KWD.
  constexpr std::int64_t minor_per_major() const {
    std::int64_t units = 1;
    for (int i = 0; i < exponent_; ++i) {
      units *= 10;
    }
    return units;
  }

  friend constexpr bool operator==(Currency a, Currency b) { return a.code() == b.code(); }

 private:
  constexpr Currency(std::string_view code, int exponent)
      : code_{code[0], code[1], code[2]}, exponent_{static_cast<std::int8_t>(exponent)} {}
  char code_[3] = {'X', 'X', 'X'};
  std::int8_t exponent_ = 0;
};

}  // namespace loyalty
