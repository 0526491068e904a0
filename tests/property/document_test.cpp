#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "core/json/door.h"
#include "core/json/encode.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// What holds for the documents of every cart (I-5, I-9, I-10).
namespace loyalty::property {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// The same document with the keys of every object in another order.
ordered_json shuffled(const json& value, Random& random) {
  if (value.is_array()) {
    ordered_json list = ordered_json::array();
    for (const json& entry : value) {
      list.push_back(shuffled(entry, random));
    }
    return list;
  }
  if (!value.is_object()) {
    return ordered_json::parse(value.dump());
  }
  std::vector<std::string> keys;
  for (const auto& [key, entry] : value.items()) {
    keys.push_back(key);
  }
  for (std::size_t i = keys.size(); i > 1; --i) {
    std::swap(keys[i - 1], keys[random.below(i)]);
  }
  ordered_json object = ordered_json::object();
  for (const std::string& key : keys) {
    object[key] = shuffled(value.at(key), random);
  }
  return object;
}

json request_of(World& world) {
  json request = json::parse(describe(world));
  request["want"] = {"explain", "offers", "nearMisses", "digest"};
  return request;
}

TEST(Documents, ShufflingKeysChangesNoByte) {  // I-5
  Door door;
  LOYALTY_FOR_EACH_CASE(2'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    const json request = request_of(world);
    const std::string answer{door.quote_whole(request.dump())};
    EXPECT_EQ(answer.substr(0, 9), R"({"ok":tru)") << answer;
    EXPECT_EQ(door.quote_whole(shuffled(request, random).dump(2)), answer) << describe(world);
  }
}

TEST(Documents, TwoDoorsGiveTheSameBytes) {  // I-9, RQ6: cold, warm, and against a held catalog
  Door warm;
  LOYALTY_FOR_EACH_CASE(1'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    json request = request_of(world);
    Door cold;
    const std::string answer{cold.quote_whole(request.dump())};
    EXPECT_EQ(warm.quote_whole(request.dump()), answer);
    const std::string catalog = request.at("catalog").dump();
    request.erase("catalog");
    EXPECT_FALSE(warm.open_catalog(catalog).has_value());
    EXPECT_EQ(warm.quote(request.dump()), answer) << describe(world);
  }
}

TEST(Documents, DecodingWhatWasEncodedGivesTheSameBytes) {  // I-10
  RequestDocument document;
  LOYALTY_FOR_EACH_CASE(5'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    const std::string text = describe(world);
    ASSERT_FALSE(document.read(text, nullptr).has_value()) << text;
    RequestParts parts;
    parts.catalog = &document.catalog();
    parts.account = document.account();
    parts.cart = &document.cart();
    parts.intent = &document.intent();
    parts.now = document.now();
    parts.resolved = document.resolved();
    Writer writer;
    encode(parts, writer);
    EXPECT_EQ(writer.text(), text);
  }
}

TEST(Documents, TheDigestSeesEveryInputAndNoWish) {  // Q18
  Door door;
  const auto digest_of = [&](const json& request) {
    const json answer = json::parse(door.quote_whole(request.dump()));
    return answer.at("value").at("digest").get<std::string>();
  };
  LOYALTY_FOR_EACH_CASE(500, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    json request = request_of(world);
    const std::string digest = digest_of(request);
    EXPECT_EQ(digest.size(), 64U);
    EXPECT_EQ(digest.find_first_not_of("0123456789abcdef"), std::string::npos);
    request["want"] = {"digest"};
    EXPECT_EQ(digest_of(request), digest);
    json changed = request;
    changed["catalog"]["version"] = "2";
    EXPECT_NE(digest_of(changed), digest);
    changed = request;
    changed["now"] = "2025-03-01T00:00:00.002Z";
    EXPECT_NE(digest_of(changed), digest);
    changed = request;
    changed["cart"]["id"] = "another";
    EXPECT_NE(digest_of(changed), digest);
  }
}

}  // namespace
}  // namespace loyalty::property
