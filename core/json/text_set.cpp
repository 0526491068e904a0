#include "core/json/text_set.h"

#include "core/base/build.h"

namespace loyalty {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * odd;
  return hash ^ (hash >> 29);
}

std::uint64_t hash_exact(std::string_view text) {
  std::uint64_t hash = text.size();
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = mixed(hash, word);
    text.remove_prefix(8);
  }
  std::uint64_t word = 0;
  for (const char c : text) {
    word = (word << 8) | static_cast<unsigned char>(c);
  }
  return mixed(hash, word);
}

std::uint64_t hash_folded(std::string_view text) {
  std::uint64_t hash = text.size();
  std::uint64_t word = 0;
  std::size_t count = 0;
  for (const char c : text) {
    word = (word << 8) | static_cast<unsigned char>(lower(c));
    if (++count % 8 == 0) {
      hash = mixed(hash, word);
      word = 0;
    }
  }
  return mixed(hash, word);
}

}  // namespace

std::string_view without_spaces_around(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

bool equal_folded(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) {
      return false;
    }
  }
  return true;
}

void TextSet::begin(std::size_t count, TextCase text_case) {
  std::size_t slots = 16;
  while (slots < count * 2) {
    slots *= 2;
  }
  if (slots > slots_.size()) {
    slots_.assign(slots, {});
    round_ = 0;
  }
  mask_ = slots - 1;
  case_ = text_case;
  if (++round_ == 0) {  // after four thousand million rounds
    slots_.assign(slots_.size(), {});
    round_ = 1;
  }
}

bool TextSet::insert(std::string_view text) {
  const bool is_folded = case_ == TextCase::folded;
  if (is_folded) {
    text = without_spaces_around(text);
  }
  // What is equal is so without regard to case too; the other hash is only faster.
  const std::uint64_t hash = is_folded || preview_only ? hash_folded(text) : hash_exact(text);
  for (std::size_t at = (hash >> 20) & mask_;; at = (at + 1) & mask_) {
    Slot& slot = slots_[at];
    if (slot.round != round_) {
      slot = {text.data(), static_cast<std::uint32_t>(text.size()), round_};
      return true;
    }
    const std::string_view known{slot.text, slot.size};
    if (is_folded ? equal_folded(known, text) : known == text) {
      return false;
    }
  }
}

}  // namespace loyalty
