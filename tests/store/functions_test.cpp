#include "native/store/sqlite/functions.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/store/naive_query.h"

namespace loyalty::store::sqlite {
namespace {

TEST(ContainsRoughly, OneLetterMayBeWrongMissingOrTooMany) {
  EXPECT_TRUE(contains_roughly("Anna Smith", "smith"));
  EXPECT_TRUE(contains_roughly("Anna Smith", "smyth"));
  EXPECT_TRUE(contains_roughly("Anna Smith", "smth"));
  EXPECT_TRUE(contains_roughly("Anna Smith", "smiith"));
  EXPECT_FALSE(contains_roughly("Anna Smith", "smyht"));
  EXPECT_FALSE(contains_roughly("Anna Smith", "smithson"));
  EXPECT_FALSE(contains_roughly("", "ab"));
}

TEST(ContainsRoughly, ALetterIsACodePoint) {
  EXPECT_TRUE(contains_roughly("Zoë", "zoe"));
  EXPECT_TRUE(contains_roughly("naïve", "naive"));
  EXPECT_TRUE(contains_roughly("\xF0\x9F\x98\x80nn", "ann"));
}

TEST(ContainsRoughly, IsWhatItsDefinitionSays) {
  std::mt19937 engine{7};
  const auto word = [&](std::size_t longest) {
    std::string text;
    for (std::size_t i = engine() % (longest + 1); i > 0; --i) {
      text += "abAB"[engine() % 4];
    }
    return text;
  };
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = word(8);
    const std::string looked_for = word(5);
    ASSERT_EQ(contains_roughly(text, looked_for), naive_contains_roughly(text, looked_for))
        << text << " / " << looked_for;
  }
}

}  // namespace
}  // namespace loyalty::store::sqlite
