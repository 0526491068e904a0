#include "native/wire/json.h"

#include <gtest/gtest.h>

namespace loyalty::wire {
namespace {

Error error_of(std::string_view text, std::size_t bytes_max = 1'000) {
  auto read = parse(text, bytes_max);
  return read.ok() ? Error{} : read.error();
}

TEST(JsonText, IsReadIntoATree) {
  const auto read = parse(R"({"b":[1,-2,true,null],"a":"é","c":4.5})", 1'000);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(text_of(read.value()), R"({"a":"é","b":[1,-2,true,null],"c":4.5})");
}

TEST(JsonText, KeepsWholeNumbersOf64Bits) {
  const auto read = parse("[9223372036854775807,-9223372036854775808]", 1'000);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value()[0].get<std::int64_t>(), INT64_MAX);
  EXPECT_EQ(read.value()[1].get<std::int64_t>(), INT64_MIN);
}

TEST(JsonText, RefusesWholeNumbersBeyond64BitsWithTheirPlace) {
  for (const char* number :
       {"9223372036854775808", "-9223372036854775809", "123456789012345678901234567890"}) {
    const Error error = error_of(std::string{R"({"a":[0,)"} + number + "]}");
    EXPECT_EQ(error.code, ErrorCode::out_of_range) << number;
    EXPECT_EQ(error.path, "/a/1") << number;
  }
}

TEST(JsonText, RefusesNumbersThatNoDoubleHolds) {
  EXPECT_EQ(error_of("[1e999]").code, ErrorCode::out_of_range);
}

TEST(JsonText, RefusesAKeyTwice) {
  const Error error = error_of(R"({"x":{"a":1,"\u0061":2}})");
  EXPECT_EQ(error.code, ErrorCode::duplicate_key);
  EXPECT_EQ(error.path, "/x/a");
}

TEST(JsonText, RefusesMoreThanThirtyTwoLevels) {
  const std::string fine = std::string(32, '[') + std::string(32, ']');
  const std::string deep = std::string(33, '[') + std::string(33, ']');
  EXPECT_TRUE(parse(fine, 1'000).ok());
  EXPECT_EQ(error_of(deep).code, ErrorCode::too_deep);
}

TEST(JsonText, RefusesInvalidUtf8AndByteOrderMarks) {
  EXPECT_EQ(error_of("[\"\xC0\x80\"]").code, ErrorCode::invalid_utf8);
  EXPECT_EQ(error_of(R"(["\ud800"])").code, ErrorCode::invalid_utf8);
  EXPECT_EQ(error_of("\xEF\xBB\xBF{}").code, ErrorCode::invalid_json);
}

TEST(JsonText, RefusesMoreBytesThanAllowed) {
  EXPECT_TRUE(parse("[1,2]", 5).ok());
  EXPECT_EQ(error_of("[1,2]", 4).code, ErrorCode::too_large);
}

TEST(JsonText, RefusesWhatIsNoJson) {
  for (const char* text : {"", "{", "{}{}", "[1,]", "{'a':1}", "NaN", "[01]", "// c\n{}"}) {
    EXPECT_EQ(error_of(text).code, ErrorCode::invalid_json) << text;
  }
}

TEST(JsonText, IsWrittenWhateverIsInIt) {
  EXPECT_EQ(text_of(Json{{"a", "x\xFFy"}}), "{\"a\":\"x\xEF\xBF\xBDy\"}");
}

TEST(JsonText, ErrorsOfOneTextDoNotReachTheNext) {
  EXPECT_FALSE(parse("[", 10).ok());
  EXPECT_TRUE(parse("[1]", 10).ok());
}

TEST(JsonMembers, AreReadWithoutAskingWhetherTheyAreThere) {
  const Json object{{"name", "Anna"}, {"points", 7}, {"on", true}, {"half", 0.5}};
  EXPECT_EQ(text_at(object, "name"), "Anna");
  EXPECT_EQ(text_at(object, "points"), "");
  EXPECT_EQ(integer_at(object, "points"), 7);
  EXPECT_EQ(integer_at(object, "half", 3), 3);
  EXPECT_EQ(integer_at(object, "none", -1), -1);
  EXPECT_TRUE(truth_at(object, "on"));
  EXPECT_TRUE(truth_at(object, "none", true));
  EXPECT_TRUE(member(object, "none").is_null());
  EXPECT_TRUE(member(Json::array(), "none").is_null());
}

}  // namespace
}  // namespace loyalty::wire
