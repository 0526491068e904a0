#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>

/// Chance that can be repeated: every case has a seed of its own, which its failure prints.
namespace loyalty::property {

/// SplitMix64.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  /// Both bounds inclusive.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// True once in `n` times.
  bool one_in(std::uint64_t n) { return next() % n == 0; }

  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }

 private:
  std::uint64_t state_;
};

/// The seed of the first case: LOYALTY_SEED, or always the same one.
inline std::uint64_t first_seed() {
  const char* const text = std::getenv("LOYALTY_SEED");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : 20'250'301;
}

/// How many cases to run: `usual` times LOYALTY_CASES_FACTOR, at least one.
inline std::uint64_t cases(std::uint64_t usual) {
  const char* const text = std::getenv("LOYALTY_CASES_FACTOR");
  const double factor = text != nullptr ? std::strtod(text, nullptr) : 1.0;
  const auto count = static_cast<std::uint64_t>(static_cast<double>(usual) * factor);
  return count > 0 ? count : 1;
}

/// Runs `body(random, seed)` for each case. A failure's trace names the seed that repeats it first.
#define LOYALTY_FOR_EACH_CASE(usual, random)                                              \
  for (std::uint64_t loyalty_case = 0, loyalty_cases = ::loyalty::property::cases(usual); \
       loyalty_case < loyalty_cases && !::testing::Test::HasFailure(); ++loyalty_case)    \
    if (::loyalty::property::Random random{::loyalty::property::first_seed() + loyalty_case}; true)

inline std::string repeat_with(std::uint64_t number_of_case) {
  return "repeat with LOYALTY_SEED=" + std::to_string(first_seed() + number_of_case);
}

}  // namespace loyalty::property
