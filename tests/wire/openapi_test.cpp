#include <gtest/gtest.h>

#include "native/wire/schema.h"

namespace loyalty::wire {
namespace {

void expect(const Schema& schema, const char* json) {
  EXPECT_EQ(openapi(schema), Json::parse(json)) << openapi(schema).dump();
}

TEST(OpenApi, DescribesPlainValues) {
  expect(integer(1, 5), R"({"type":"integer","minimum":1,"maximum":5})");
  expect(text(1, 50), R"({"type":"string","minLength":1,"maxLength":50})");
  expect(text(0, 0), R"({"type":"string"})");
  expect(guid(), R"({"type":"string","format":"uuid"})");
  expect(boolean(), R"({"type":"boolean"})");
  expect(enumeration({"A", "B"}), R"({"type":"string","enum":["A","B"]})");
  expect(timestamp(), R"({"type":"string","format":"date-time"})");
  expect(date(), R"({"type":"string","format":"date"})");
  expect(any(), "{}");
}

TEST(OpenApi, DescribesNumbersThatTravelAsText) {
  expect(integer_text(1, 9),
         R"({"type":["string","integer"],"format":"int64","description":"From 1 to 9."})");
  expect(decimal(2, 1, 999'999'999).describe("Money off."),
         R"({"type":["string","number"],"format":"decimal",
             "description":"Money off. From 0.01 to 9999999.99. At most 2 decimals."})");
}

TEST(OpenApi, DescribesLists) {
  expect(
      array(guid(), 1, 20),
      R"({"type":"array","items":{"type":"string","format":"uuid"},"minItems":1,"maxItems":20})");
}

TEST(OpenApi, DescribesObjects) {
  expect(object({required("id", guid()), read_only("createdDate", timestamp()),
                 optional("name", text(0, 5))}),
         R"({"type":"object","required":["id"],"additionalProperties":false,"properties":{
             "id":{"type":"string","format":"uuid"},
             "createdDate":{"type":"string","format":"date-time","readOnly":true},
             "name":{"type":"string","maxLength":5}}})");
  expect(object({}).open(), R"({"type":"object","properties":{}})");
}

TEST(OpenApi, DescribesOneOfs) {
  const Schema exactly =
      object({optional("a", any()), optional("b", any())}).exactly_one_of({"a", "b"});
  EXPECT_EQ(openapi(exactly)["allOf"],
            Json::parse(R"([{"oneOf":[{"required":["a"]},{"required":["b"]}]}])"));
  const Schema at_most =
      object({optional("a", any()), optional("b", any())}).at_most_one_of({"a", "b"});
  EXPECT_EQ(openapi(at_most)["allOf"],
            Json::parse(R"([{"not":{"anyOf":[{"required":["a","b"]}]}}])"));
}

}  // namespace
}  // namespace loyalty::wire
