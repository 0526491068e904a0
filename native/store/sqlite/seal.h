#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "core/base/instant.h"
#include "core/money/points.h"
#include "native/store/session.h"

namespace loyalty::store::sqlite {

/// A sum over the fields of a row, kept beside them, so that a bit that flips on the disk is
/// noticed when the row is read. Against accidents, not against people.
///
/// Every step can be undone, so one changed word (8 bytes of a text, a number) always changes it.
class Seal {
 public:
  void add(std::int64_t number) { mix(static_cast<std::uint64_t>(number)); }
  void add(bool truth) { mix(truth ? 1 : 0); }
  void add(Points points) { add(points.count()); }
  void add(Instant instant) { add(instant.ms()); }
  void add(const std::optional<Instant>& instant) {
    add(instant.has_value());
    add(instant.value_or(Instant{}).ms());
  }
  void add(std::string_view text) {
    mix(text.size());
    std::uint64_t word = 0;
    for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
      std::memcpy(&word, text.data(), sizeof word);
      mix(word);
    }
    word = 0;
    if (!text.empty()) {
      std::memcpy(&word, text.data(), text.size());
      mix(word);
    }
  }
  void add(const std::array<unsigned char, 32>& bytes) {
    std::uint64_t word = 0;
    for (std::size_t at = 0; at < bytes.size(); at += sizeof word) {
      std::memcpy(&word, bytes.data() + at, sizeof word);
      mix(word);
    }
  }

  std::int64_t value() const { return static_cast<std::int64_t>(sum_); }

 private:
  void mix(std::uint64_t word) {
    sum_ = (sum_ ^ word) * 0x9E3779B97F4A7C15u;  // odd, so it can be undone
    sum_ ^= sum_ >> 32;
  }

  std::uint64_t sum_ = 0x243F6A8885A308D3u;
};

template <class... Fields>
std::int64_t seal_of(const Fields&... fields) {
  Seal seal;
  (seal.add(fields), ...);
  return seal.value();
}

/// Throws Corrupt where a row is not what was written.
inline void require_seal(std::int64_t stored, std::int64_t expected) {
  if (stored != expected) {
    throw Corrupt{"a row is not what was written"};
  }
}

}  // namespace loyalty::store::sqlite
