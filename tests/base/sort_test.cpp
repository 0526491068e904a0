#include "core/base/sort.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

/// Numbers that look random and are the same everywhere.
std::vector<std::uint64_t> numbers(std::size_t count, std::uint64_t below) {
  std::vector<std::uint64_t> made;
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    made.push_back((state >> 11) % below);
  }
  return made;
}

void expect_sorted_like_the_library(std::vector<std::uint64_t> keys) {
  std::vector<std::uint64_t> expected = keys;
  std::sort(expected.begin(), expected.end());
  sort_keys(keys);
  EXPECT_EQ(keys, expected);
}

TEST(SortKeys, SortsListsOfAllSmallSizes) {
  for (std::size_t size = 0; size <= 70; ++size) {
    expect_sorted_like_the_library(numbers(size, UINT64_MAX));
  }
}

TEST(SortKeys, KeepsEqualKeys) { expect_sorted_like_the_library(numbers(500, 7)); }

TEST(SortKeys, ComparesAllBits) {
  expect_sorted_like_the_library({UINT64_MAX, 0, std::uint64_t{1} << 63, 1, UINT64_MAX - 1});
}

TEST(SortKeys, SortsWhatIsInOrderOrReversed) {
  std::vector<std::uint64_t> keys = numbers(300, 1'000'000);
  std::sort(keys.begin(), keys.end());
  expect_sorted_like_the_library(keys);
  std::reverse(keys.begin(), keys.end());
  expect_sorted_like_the_library(keys);
}

TEST(SortKeys, SortsAMillion) { expect_sorted_like_the_library(numbers(1'000'000, UINT64_MAX)); }

}  // namespace
}  // namespace loyalty
