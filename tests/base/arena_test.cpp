#include "core/base/arena.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

template <class T>
bool is_aligned(const T* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer) % alignof(T) == 0;
}

struct Seven {
  alignas(8) std::uint8_t byte = 7;
};

TEST(Arena, AlignsWhatItHandsOut) {
  Arena arena;
  for (int i = 0; i < 3'000; ++i) {
    arena.characters(1);
    EXPECT_TRUE(is_aligned(arena.array<std::uint64_t>(1).data()));
    EXPECT_TRUE(is_aligned(arena.array<std::uint16_t>(1).data()));
    EXPECT_TRUE(is_aligned(arena.array<Seven>(1).data()));
    EXPECT_TRUE(is_aligned(arena.array<std::uint32_t>(3).data()));
  }
}

TEST(Arena, PutsPiecesBesideEachOther) {
  Arena arena;
  const char* a = arena.characters(3);
  EXPECT_EQ(arena.characters(1), a + 3);
  EXPECT_EQ(reinterpret_cast<const char*>(arena.array<std::uint64_t>(1).data()), a + 8);
  EXPECT_EQ(arena.characters(1), a + 16);
}

TEST(Arena, InitialisesEveryElement) {
  Arena arena;
  char* dirt = arena.characters(1'000);
  std::fill_n(dirt, 1'000, '\xFF');
  arena.reset();
  const std::span<std::uint64_t> numbers = arena.array<std::uint64_t>(100);
  ASSERT_EQ(static_cast<void*>(numbers.data()), static_cast<void*>(dirt));
  EXPECT_EQ(std::count(numbers.begin(), numbers.end(), 0U), 100);
  for (const Seven& element : arena.array<Seven>(5)) {
    EXPECT_EQ(element.byte, 7);
  }
}

TEST(Arena, GivesNothingForNothing) {
  Arena arena;
  EXPECT_TRUE(arena.array<int>(0).empty());
  EXPECT_EQ(arena.copy(""), "");
}

TEST(Arena, CopiesTexts) {
  Arena arena;
  std::string text = "mug";
  const std::string_view copy = arena.copy(text);
  text = "gone";
  EXPECT_EQ(copy, "mug");
  EXPECT_EQ(arena.copy(std::string_view{"a\0b", 3}), std::string_view("a\0b", 3));
}

TEST(Arena, TakesNoNewMemoryAfterAReset) {
  Arena arena;
  const char* first[20];
  for (const char*& piece : first) {
    piece = arena.characters(5'000);  // three to a block
  }
  for (int round = 0; round < 3; ++round) {
    arena.reset();
    for (const char* piece : first) {
      EXPECT_EQ(arena.characters(5'000), piece);
    }
  }
}

TEST(Arena, GivesALargePieceABlockOfItsOwn) {
  Arena arena;
  const char* small = arena.characters(10);
  char* large = arena.characters(100'000);
  std::fill_n(large, 100'000, 'x');
  const char* after = arena.characters(16'384);
  EXPECT_TRUE(after + 16'384 <= large || after >= large + 100'000);
  arena.reset();
  EXPECT_EQ(arena.characters(16'384), small);  // the first block, to its last byte
  EXPECT_EQ(arena.characters(1), large);       // the next one
  EXPECT_EQ(arena.characters(99'999), large + 1);
  EXPECT_EQ(arena.characters(1), after);
}

TEST(Arena, SkipsBlocksThatAreTooSmallUntilTheNextReset) {
  Arena arena;
  const char* small = arena.characters(16'384);
  const char* large = arena.characters(50'000);
  arena.reset();
  EXPECT_EQ(arena.characters(20'000), large);
  EXPECT_EQ(arena.characters(20'000), large + 20'000);
  arena.reset();
  EXPECT_EQ(arena.characters(1), small);
}

TEST(Arena, KeepsItsPiecesWhenItMoves) {
  Arena arena;
  const std::string_view text = arena.copy("mug");
  Arena moved = std::move(arena);
  EXPECT_EQ(text, "mug");
  EXPECT_EQ(moved.characters(1), text.data() + 3);
}

}  // namespace
}  // namespace loyalty
