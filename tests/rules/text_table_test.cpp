#include "core/rules/text_table.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

std::vector<std::string> many_texts(const std::string& prefix, int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    texts.push_back(prefix + std::to_string(i));
  }
  return texts;
}

TEST(TextTable, NumbersTextsInOrderOfArrival) {
  TextTable table;
  EXPECT_EQ(table.intern("mugs"), 0U);
  EXPECT_EQ(table.intern("tea"), 1U);
  EXPECT_EQ(table.intern("mugs"), 0U);
  EXPECT_EQ(table.intern("shirts"), 2U);
  EXPECT_EQ(table.size(), 3U);
  EXPECT_EQ(table.text(1), "tea");
}

TEST(TextTable, FindsWhatItHasAndNothingElse) {
  TextTable table;
  EXPECT_EQ(table.find("mugs"), TextTable::none);
  EXPECT_EQ(table.find(""), TextTable::none);
  table.intern("mugs");
  EXPECT_EQ(table.find("mugs"), 0U);
  EXPECT_EQ(table.find(std::string("mu") + "gs"), 0U);
  EXPECT_EQ(table.find("Mugs"), TextTable::none);
  EXPECT_EQ(table.find("mug"), TextTable::none);
  EXPECT_EQ(table.find(""), TextTable::none);
  EXPECT_EQ(table.size(), 1U);
}

TEST(TextTable, TellsSimilarTextsApart) {
  const std::vector<std::string_view> texts = {"",
                                               std::string_view("\0", 1),
                                               std::string_view("\0\0", 2),
                                               "a",
                                               "aa",
                                               "ab",
                                               "12345678",
                                               "123456789",
                                               "1234567812345678",
                                               "1234567812345679",
                                               "2234567812345678",
                                               "\xC3\xA4"};
  TextTable table;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(table.intern(texts[i]), i);
  }
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(table.find(texts[i]), i);
  }
}

TEST(TextTable, KeepsItsNumbersAsItGrows) {
  const std::vector<std::string> texts = many_texts("tag-", 20'000);
  const std::vector<std::string> others = many_texts("other-", 2'000);
  TextTable table;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(table.intern(texts[i]), i);
    ASSERT_EQ(table.find(texts[i / 2]), i / 2);
  }
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    ASSERT_EQ(table.find(texts[i]), i);
    ASSERT_EQ(table.text(i), texts[i]);
  }
  for (const std::string& other : others) {
    ASSERT_EQ(table.find(other), TextTable::none);
  }
}

TEST(TextTable, BeginsAnewWhenCleared) {
  const std::vector<std::string> texts = many_texts("tag-", 500);
  TextTable table;
  table.clear();
  for (int round = 0; round < 3; ++round) {
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      ASSERT_EQ(table.intern(texts[texts.size() - 1 - i]), i);
    }
    table.clear();
    EXPECT_EQ(table.size(), 0U);
    for (const std::string& text : texts) {
      ASSERT_EQ(table.find(text), TextTable::none);
    }
  }
}

}  // namespace
}  // namespace loyalty
