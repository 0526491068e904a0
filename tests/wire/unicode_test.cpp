#include "native/wire/unicode.h"

#include <gtest/gtest.h>

namespace loyalty::wire {
namespace {

TEST(Unicode, AcceptsTheFirstAndLastCodePointOfEveryLength) {
  EXPECT_TRUE(valid_utf8(""));
  EXPECT_TRUE(valid_utf8("\x7F"));
  EXPECT_TRUE(valid_utf8("\xC2\x80"));
  EXPECT_TRUE(valid_utf8("\xDF\xBF"));
  EXPECT_TRUE(valid_utf8("\xE0\xA0\x80"));
  EXPECT_TRUE(valid_utf8("\xED\x9F\xBF"));
  EXPECT_TRUE(valid_utf8("\xEE\x80\x80"));
  EXPECT_TRUE(valid_utf8("\xEF\xBF\xBF"));
  EXPECT_TRUE(valid_utf8("\xF0\x90\x80\x80"));
  EXPECT_TRUE(valid_utf8("\xF4\x8F\xBF\xBF"));
}

TEST(Unicode, RefusesOverlongFormsSurrogatesAndCutSequences) {
  EXPECT_FALSE(valid_utf8("\xC0\x80"));
  EXPECT_FALSE(valid_utf8("\xC1\xBF"));
  EXPECT_FALSE(valid_utf8("\xE0\x9F\xBF"));
  EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(valid_utf8("\xF0\x8F\xBF\xBF"));
  EXPECT_FALSE(valid_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(valid_utf8("\xF5\x80\x80\x80"));
  EXPECT_FALSE(valid_utf8("\x80"));
  EXPECT_FALSE(valid_utf8("a\xE2\x82"));
  EXPECT_FALSE(valid_utf8("\xE2\x28\xA1"));
  EXPECT_FALSE(valid_utf8("\xF0\x9F\x98"));
}

TEST(Unicode, CountsCodePointsNotBytes) {
  EXPECT_EQ(code_points(""), 0u);
  EXPECT_EQ(code_points("abc"), 3u);
  EXPECT_EQ(code_points("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3u);
}

}  // namespace
}  // namespace loyalty::wire
