#include "core/base/buffer.h"

#include <cstdint>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

struct Row {
  std::int64_t number = 7;
  bool flag = true;
};

template <class T>
std::vector<T> contents(const Buffer<T>& buffer) {
  return {buffer.begin(), buffer.end()};
}

TEST(Buffer, KeepsElementsWhileItGrows) {
  Buffer<std::uint32_t> buffer;
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    buffer.push_back(i);
  }
  ASSERT_EQ(buffer.size(), 1'000U);
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    EXPECT_EQ(buffer[i], i);
  }
}

TEST(Buffer, NewElementsHaveTheirDefaults) {
  Buffer<Row> buffer(2);
  buffer[0].number = 1;
  buffer.resize(3);
  buffer.emplace_back();
  EXPECT_EQ(buffer[0].number, 1);
  EXPECT_EQ(buffer[1].number, 7);
  EXPECT_EQ(buffer[2].number, 7);
  EXPECT_TRUE(buffer.back().flag);
  EXPECT_EQ(buffer.size(), 4U);
}

TEST(Buffer, ElementsThatComeBackHaveTheirDefaultsAgain) {
  Buffer<Row> buffer(2);
  buffer[1].number = 1;
  buffer.resize(1);
  buffer.resize(2);
  EXPECT_EQ(buffer[1].number, 7);
}

TEST(Buffer, AppendsAnElementOfItsOwnWhileItGrows) {
  Buffer<std::int64_t> buffer;
  buffer.push_back(42);
  for (int i = 0; i < 20; ++i) {
    buffer.push_back(buffer.front());
  }
  EXPECT_EQ(contents(buffer), std::vector<std::int64_t>(21, 42));
}

TEST(Buffer, ClearingKeepsTheMemory) {
  Buffer<int> buffer(10);
  const int* const before = buffer.data();
  buffer.clear();
  EXPECT_TRUE(buffer.empty());
  buffer.assign(10, 3);
  EXPECT_EQ(buffer.data(), before);
  EXPECT_EQ(contents(buffer), std::vector<int>(10, 3));
}

TEST(Buffer, AssignsWhatAnotherArrayHolds) {
  const std::vector<int> from{1, 2, 3};
  Buffer<int> buffer(7);
  buffer.assign(std::span<const int>{from});
  EXPECT_EQ(contents(buffer), from);
  buffer.assign(std::span<const int>{});
  EXPECT_TRUE(buffer.empty());
}

TEST(Buffer, CopiesAreApart) {
  Buffer<int> one;
  one.push_back(1);
  Buffer<int> other = one;
  other[0] = 2;
  EXPECT_EQ(one[0], 1);
  one = other;
  EXPECT_EQ(one[0], 2);
}

TEST(Buffer, MovingTakesTheMemoryAlong) {
  Buffer<int> one(3);
  const int* const memory = one.data();
  const Buffer<int> other = std::move(one);
  EXPECT_EQ(other.data(), memory);
  EXPECT_EQ(other.size(), 3U);
}

TEST(Buffer, ErasingMovesTheRestUp) {
  Buffer<int> buffer;
  for (const int i : {1, 2, 3, 4}) {
    buffer.push_back(i);
  }
  buffer.erase(1);
  buffer.erase(2);
  EXPECT_EQ(contents(buffer), (std::vector<int>{1, 3}));
  buffer.pop_back();
  EXPECT_EQ(contents(buffer), (std::vector<int>{1}));
}

}  // namespace
}  // namespace loyalty
