#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "core/json/encode.h"
#include "tests/json/documents.h"

/// Documents at edges that no table of fields reaches.
namespace loyalty {
namespace {

using nlohmann::json;

std::string outcome_of_text(const std::string& request) {
  RequestDocument document;
  const std::optional<Error> error = document.read(request, nullptr);
  return error ? std::string(name_of(error->code)) + " at " + error->path : "ok";
}

std::string outcome_of(const json& request) { return outcome_of_text(request.dump()); }

/// `{"k0":0,…}` with the given keys after them.
std::string object_of_many_keys(const std::string& more) {
  std::string text = "{";
  for (int i = 0; i < 50; ++i) {
    text += "\"k" + std::to_string(i) + "\":0,";
  }
  return text + more + "}";
}

TEST(ManyKeys, AreFoundTwiceWhereTheFirstIsRepeatedFirst) {
  EXPECT_EQ(outcome_of_text(object_of_many_keys(R"("a":1,"b":2,"b":3,"a":4)")),
            "DUPLICATE_KEY at /b");
  EXPECT_EQ(outcome_of_text(object_of_many_keys(R"("a":1,"b":2,"a":3,"b":4)")),
            "DUPLICATE_KEY at /a");
  EXPECT_EQ(outcome_of_text(object_of_many_keys(R"("":1,"":2)")), "DUPLICATE_KEY at /");
}

// What is no text has no name that could stand twice.
TEST(ManyKeys, AreComparedOnlyWhereTheyAreTexts) {
  EXPECT_EQ(outcome_of_text(object_of_many_keys("\"\xC3\":1,\"\xC3\":2")).substr(0, 12),
            "INVALID_UTF8");
  EXPECT_EQ(outcome_of_text(object_of_many_keys("\"\xC3\":1,\"a\":1,\"a\":2")).substr(0, 12),
            "INVALID_UTF8");
}

TEST(Utf8, OfThreeBytesIsNeitherOverlongNorASurrogate) {
  const auto code_of = [](const std::string& text) {
    const std::string outcome = outcome_of_text("{\"cart\":\"" + text + "\"}");
    return outcome.substr(0, outcome.find(' '));
  };
  EXPECT_EQ(code_of("\xE0\xA0\x80"), code_of("a"));  // U+0800, the first of three bytes
  EXPECT_EQ(code_of("\xED\x9F\xBF"), code_of("a"));  // U+D7FF, the last before the surrogates
  EXPECT_EQ(code_of("\xE0\x9F\xBF"), "INVALID_UTF8");
  EXPECT_EQ(code_of("\xED\xA0\x80"), "INVALID_UTF8");
  EXPECT_EQ(code_of("\xE0\xA0"), "INVALID_UTF8");
}

TEST(EmptyKey, IsAFieldLikeAnyOther) {
  json request = test::full_request();
  request["cart"][""] = 1;
  EXPECT_EQ(outcome_of(request), "ok");
  request["catalog"][""] = 1;
  EXPECT_EQ(outcome_of(request), "UNKNOWN_FIELD at /catalog/");
}

TEST(PointName, HasAtMostTwoHundredLocales) {
  json request = test::full_request();
  json& names = request["catalog"]["program"]["pointName"];
  names = json::object();
  for (int i = 0; i < 200; ++i) {
    names["l" + std::to_string(i)] = "points";
  }
  EXPECT_EQ(outcome_of(request), "ok");
  names["one more"] = "points";
  EXPECT_EQ(outcome_of(request), "TOO_MANY at /catalog/program/pointName");
}

// A threshold that is missing twice is not the same threshold twice.
TEST(Tiers, WithoutThresholdsMissThem) {
  json request = test::full_request();
  for (json& tier : request["catalog"]["tiers"]) {
    tier.erase("requiredPoints");
  }
  EXPECT_EQ(outcome_of(request), "MISSING_FIELD at /catalog/tiers/0/requiredPoints");
}

TEST(TooMany, IsSaidOfTheFirstListThatIs) {
  json request = test::full_request();
  json& lines = request["cart"]["lines"];
  const json line = lines[0];
  for (int i = 0; i < 65; ++i) {
    lines[0]["tags"].push_back("tag " + std::to_string(i));
  }
  lines.push_back(lines[0]);
  lines.back()["id"] = "another";
  EXPECT_EQ(outcome_of(request), "TOO_MANY at /cart/lines/0/tags");
}

TEST(RequestParts, MayLeaveTheCatalogOut) {
  RequestDocument document;
  const std::string text = test::full_request().dump();
  ASSERT_FALSE(document.read(text, nullptr));
  const RequestParts parts{.catalog = nullptr,
                           .catalog_digest = {},
                           .account = document.account(),
                           .cart = &document.cart(),
                           .intent = &document.intent(),
                           .now = document.now(),
                           .resolved = document.resolved()};
  Writer writer;
  encode(parts, writer);
  const json written = json::parse(writer.text());
  EXPECT_FALSE(written.contains("catalog"));
  EXPECT_TRUE(written.contains("cart"));
}

}  // namespace
}  // namespace loyalty
