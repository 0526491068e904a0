#include "core/base/error.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

/// The public names in the order in which defects are checked.
constexpr std::string_view names[] = {
    "",
    "INVALID_JSON",
    "INVALID_UTF8",
    "DUPLICATE_KEY",
    "TOO_DEEP",
    "TOO_LARGE",
    "TOO_MANY",
    "MISSING_FIELD",
    "WRONG_TYPE",
    "NOT_AN_INTEGER",
    "OUT_OF_RANGE",
    "UNKNOWN_VALUE",
    "UNKNOWN_FIELD",
    "DUPLICATE_ID",
    "UNKNOWN_REFERENCE",
    "CURRENCY_UNKNOWN",
    "CURRENCY_MISMATCH",
    "INVALID_TIME",
};

TEST(Error, HasAPublicNameForEveryCodeInCheckingOrder) {
  ASSERT_EQ(std::size(names), static_cast<std::size_t>(error_codes));
  for (int i = 0; i < error_codes; ++i) {
    EXPECT_EQ(name_of(static_cast<ErrorCode>(i)), names[i]);
  }
}

TEST(Error, HasASentenceOfItsOwnForEveryCode) {
  std::set<std::string_view> sentences;
  for (int i = 1; i < error_codes; ++i) {
    const std::string_view sentence = sentence_of(static_cast<ErrorCode>(i));
    ASSERT_FALSE(sentence.empty()) << names[i];
    EXPECT_EQ(sentence.front(), 'T') << sentence;
    EXPECT_EQ(sentence.back(), '.') << sentence;
    EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
  }
}

TEST(Error, IsNoneWithoutADefect) {
  const Error error;
  EXPECT_EQ(error.code, ErrorCode::none);
  EXPECT_EQ(sentence_of(error.code), "");
}

}  // namespace
}  // namespace loyalty
