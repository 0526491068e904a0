#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/buffer.h"

namespace loyalty {

/// Numbers texts: equal texts get the same number, counted from 0 in order of arrival.
/// Borrows the texts. Reuses its memory after clear().
class TextTable {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::string_view text(std::uint32_t number) const { return texts_[number]; }

  /// The number of a text, or `none`.
  std::uint32_t find(std::string_view text) const {
    if (texts_.empty()) {
      return none;
    }
    for (std::size_t at = hash(text) & mask_;; at = (at + 1) & mask_) {
      const std::uint32_t number = places_[at];
      if (number == none || texts_[number] == text) {
        return number;
      }
    }
  }

  std::uint32_t intern(std::string_view text) {
    if ((texts_.size() + 1) * 2 > places_.size()) {
      grow();
    }
    std::size_t at = hash(text) & mask_;
    for (; places_[at] != none; at = (at + 1) & mask_) {
      if (texts_[places_[at]] == text) {
        return places_[at];
      }
    }
    places_[at] = size();
    texts_.push_back(text);
    return size() - 1;
  }

  void clear() {
    if (!texts_.empty()) {
      texts_.clear();
      places_.assign(places_.size(), none);
    }
  }

 private:
  static std::size_t hash(std::string_view text) {
    constexpr std::uint64_t factor = 0x9E37'79B9'7F4A'7C15U;
    std::uint64_t h = text.size() * factor;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + at, 8);
      h = (h ^ word) * factor;
      h ^= h >> 32;
    }
    for (; at < text.size(); ++at) {
      h = (h ^ static_cast<unsigned char>(text[at])) * factor;
    }
    return static_cast<std::size_t>(h ^ h >> 29);
  }

  void grow() {
    places_.assign(places_.empty() ? 64 : places_.size() * 2, none);
    mask_ = places_.size() - 1;
    for (std::uint32_t number = 0; number < size(); ++number) {
      std::size_t at = hash(texts_[number]) & mask_;
      while (places_[at] != none) {
        at = (at + 1) & mask_;
      }
      places_[at] = number;
    }
  }

  Buffer<std::string_view> texts_;
  Buffer<std::uint32_t> places_;
  std::size_t mask_ = 0;
};

}  // namespace loyalty
