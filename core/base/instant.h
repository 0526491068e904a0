#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/limits.h"

namespace loyalty {

/// A length of time in milliseconds.
class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration milliseconds(std::int64_t n) { return Duration{n}; }
  static constexpr Duration seconds(std::int64_t n) { return Duration{n * 1'000}; }
  static constexpr Duration minutes(std::int64_t n) { return Duration{n * 60'000}; }
  static constexpr Duration days(std::int64_t n) { return Duration{n * 86'400'000}; }

  constexpr std::int64_t in_milliseconds() const { return ms_; }
  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return Duration{a.ms_ + b.ms_}; }

 private:
  explicit constexpr Duration(std::int64_t ms) : ms_{ms} {}
  std::int64_t ms_ = 0;
};

/// A point in time, in milliseconds of UTC since 1970 (no leap seconds). The core never reads a
/// clock: an instant is always an argument.
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_ms(std::int64_t ms) { return Instant{ms}; }
  static constexpr Instant min() { return Instant{0}; }
  /// After every instant that a document can name.
  static constexpr Instant max() { return Instant{limits::instant_ms_max}; }

  constexpr std::int64_t ms() const { return ms_; }
  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant a, Duration d) {
    return Instant{a.ms_ + d.in_milliseconds()};
  }
  friend constexpr Instant operator-(Instant a, Duration d) {
    return Instant{a.ms_ - d.in_milliseconds()};
  }
  friend constexpr Duration operator-(Instant a, Instant b) {
    return Duration::milliseconds(a.ms_ - b.ms_);
  }

 private:
  explicit constexpr Instant(std::int64_t ms) : ms_{ms} {}
  std::int64_t ms_ = 0;
};

/// Reads RFC 3339 in UTC: `2025-03-01T00:00:00Z`, with at most three decimals of a second; `+00:00`
/// is UTC too. Nothing for any other offset, for a leap second, or outside 1970 to 2199.
std::optional<Instant> parse_instant(std::string_view text);

/// Writes `2025-03-01T00:00:00Z`, with `.123` only where milliseconds are not zero.
/// Returns the number of bytes written, at most `instant_text_bytes`.
inline constexpr int instant_text_bytes = 24;
int format_instant(Instant instant, char* out);

}  // namespace loyalty
