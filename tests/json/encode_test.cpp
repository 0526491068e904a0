#include "core/json/encode.h"

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/decode.h"
#include "core/json/digest.h"
#include "tests/json/documents.h"

namespace loyalty {
namespace {

using nlohmann::json;

std::string canonical(const RequestDocument& document) {
  Writer writer;
  const RequestParts parts{.catalog = &document.catalog(),
                           .catalog_digest = {},
                           .account = document.account(),
                           .cart = &document.cart(),
                           .intent = &document.intent(),
                           .now = document.now(),
                           .resolved = document.resolved()};
  encode(parts, writer);
  return std::string{writer.text()};
}

std::string canonical_of(const std::string& text) {
  RequestDocument document;
  const std::optional<Error> error = document.read(text, nullptr);
  EXPECT_FALSE(error) << error->path << " " << error->message;
  return canonical(document);
}

/// The document as text with the keys of every object in random order and spaces in random places.
void shuffled(const json& value, std::mt19937_64& random, std::string& out) {
  const auto space = [&] { out += random() % 4 == 0 ? "\n  " : ""; };
  space();
  if (value.is_object()) {
    std::vector<std::string> keys;
    for (const auto& [key, unused] : value.items()) {
      keys.push_back(key);
    }
    std::shuffle(keys.begin(), keys.end(), random);
    out += '{';
    for (const std::string& key : keys) {
      out += (out.back() == '{' ? "" : ",") + json(key).dump();
      space();
      out += ':';
      shuffled(value[key], random, out);
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      out += i == 0 ? "" : ",";
      shuffled(value[i], random, out);
    }
    out += ']';
  } else {
    out += value.dump();
  }
  space();
}

// The other library keeps keys sorted bytewise and writes without spaces, so it is a judge of both.
TEST(Encode, WritesSortedKeysWithoutSpaces) {
  const std::string text = canonical_of(test::full_request().dump());
  EXPECT_EQ(json::parse(text).dump(), text);
}

TEST(Encode, GivesTheSameBytesWhenReadAgain) {
  const std::string text = canonical_of(test::full_request().dump());
  EXPECT_EQ(canonical_of(text), text);
}

TEST(Encode, GivesTheSameBytesForShuffledKeys) {
  const json request = test::full_request();
  const std::string expected = canonical_of(request.dump());
  std::mt19937_64 random{7};
  for (int i = 0; i < 200; ++i) {
    std::string text;
    shuffled(request, random, text);
    ASSERT_EQ(canonical_of(text), expected) << text;
  }
}

TEST(Encode, GivesTheSameErrorForShuffledKeys) {
  json request = test::full_request();
  request["cart"]["lines"][1]["quantity"] = 0;
  request["cart"]["fees"] = -1;
  request["account"]["held"] = -1;
  request["catalog"]["zzz"] = 1;
  request["catalog"]["aaa"] = 1;
  std::mt19937_64 random{8};
  for (int i = 0; i < 50; ++i) {
    std::string text;
    shuffled(request, random, text);
    RequestDocument document;
    EXPECT_EQ(document.read(text, nullptr)->path, "/account/held");
  }
  request["account"]["held"] = 1;
  request["cart"] = test::full_cart();
  for (int i = 0; i < 50; ++i) {
    std::string text;
    shuffled(request, random, text);
    RequestDocument document;
    EXPECT_EQ(document.read(text, nullptr)->path, "/catalog/aaa");
  }
}

/// Everything that the full documents say must come back, in the canonical form of its value.
void expect_covers(const json& canonical, const json& source, const std::string& at) {
  if (source.is_object()) {
    for (const auto& [key, value] : source.items()) {
      if (key == "profile" || key == "want") {
        continue;
      }
      ASSERT_TRUE(canonical.contains(key)) << at << "/" << key;
      expect_covers(canonical[key], value, at + "/" + key);
    }
  } else if (source.is_array()) {
    ASSERT_EQ(canonical.size(), source.size()) << at;
    for (std::size_t i = 0; i < source.size(); ++i) {
      expect_covers(canonical[i], source[i], at + "/" + std::to_string(i));
    }
  } else if (source.is_string() && canonical.is_number()) {
    EXPECT_EQ(std::to_string(canonical.get<std::int64_t>()), source.get<std::string>()) << at;
  } else {
    EXPECT_EQ(canonical, source) << at;
  }
}

TEST(Encode, LosesNothing) {
  const json request = test::full_request();
  expect_covers(json::parse(canonical_of(request.dump())), request, "");
}

TEST(Encode, WritesDefaultsOut) {
  const std::string text = canonical_of(
      R"({"now":"2025-01-01T00:00:00.500+00:00","cart":{"lines":[{"quantity":1,"unitPrice":5,"id":"l"}],)"
      R"("currency":"EUR"},"catalog":{"program":{"status":"DRAFT"},"currency":"EUR","version":"1",)"
      R"("promotions":[{"id":"p","trigger":"automatic","effects":[{"kind":"percent","ratePpm":1},)"
      R"({"kind":"buyXGetY","buy":1,"get":1},{"kind":"freeItem","productId":"i","quantity":1,)"
      R"("unitPrice":1},{"kind":"freeShipping"}]}]}})");
  EXPECT_EQ(
      text,
      R"({"account":null,"cart":{"currency":"EUR","fees":0,"lines":[{"discountable":true,"id":"l",)"
      R"("kind":"item","minUnitPrice":0,"quantity":1,"tags":[],"taxRatePpm":0,"unitPrice":5}],)"
      R"("pricesIncludeTax":false,"shipping":[],"wallets":[]},"catalog":{"currency":"EUR",)"
      R"("earningRules":[],"policy":{"basis":"target","compounding":"remaining",)"
      R"("conditionBasis":"beforeDiscounts","earnBase":"afterDiscounts","earnRounding":"wix",)"
      R"("maxCodes":1,"maxCoupons":1,"maxPointsRewards":1,"minPayable":0,"rounding":"halfUp",)"
      R"("split":"largestRemainder","taxRounding":"line"},"program":{"name":"","pointName":{},)"
      R"("status":"DRAFT"},"promotions":[{"conditions":{"membersOnly":false},"effects":[)"
      R"({"appliesToSubscriptions":false,"apply":"across","excludeDiscounted":false,"kind":"percent",)"
      R"("ratePpm":1,"target":"order"},{"appliesToSubscriptions":false,"apply":"across","buy":1,)"
      R"("excludeDiscounted":false,"get":1,"kind":"buyXGetY","pick":"cheapestInGroup",)"
      R"("ratePpm":1000000,"repeat":true,"target":"lines"},{"kind":"freeItem","productId":"i",)"
      R"("quantity":1,"target":"lines","unitPrice":1},{"appliesToSubscriptions":false,)"
      R"("apply":"across","excludeDiscounted":false,"kind":"freeShipping","target":"shipping"}],)"
      R"("exclusive":false,"id":"p","lane":"automatic","limits":{},"name":"","priority":0,)"
      R"("trigger":"automatic"}],"rewards":[],"tiers":[],"tiersActive":false,"timeZone":"UTC",)"
      R"("version":"1"},"intent":{"chosen":[]},"now":"2025-01-01T00:00:00.500Z","resolved":[]})");
  EXPECT_EQ(canonical_of(text), text);
}

TEST(Writer, EscapesWhatJsonWantsEscaped) {
  using namespace std::string_literals;
  const std::pair<std::string, const char*> rows[] = {
      {"", R"("")"},
      {"plain", R"("plain")"},
      {"a \"quoted\" text", R"("a \"quoted\" text")"},
      {"back\\slash and more", R"("back\\slash and more")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {"\0\x01\x1f\x7f"s, "\"\\u0000\\u0001\\u001f\x7f\""},
      {"slash / and \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80",
       "\"slash / and \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\""},
      {"eight by\nte", R"("eight by\nte")"},
  };
  for (const auto& [text, expected] : rows) {
    Writer writer;
    writer.value(std::string_view{text});
    EXPECT_EQ(writer.text(), expected);
    EXPECT_EQ(json::parse(writer.text()).get<std::string>(), text);
  }
  for (int c = 0; c < 0x80; ++c) {
    Writer writer;
    const std::string text = "0123456" + std::string(1, static_cast<char>(c)) + "89";
    writer.value(std::string_view{text});
    EXPECT_EQ(writer.text(), json(text).dump());
  }
}

TEST(Writer, WritesNumbersAndInstants) {
  Writer writer;
  writer.begin_array();
  writer.value(std::int64_t{0});
  writer.value(INT64_MIN);
  writer.value(INT64_MAX);
  writer.value(Money::minor(-5));
  writer.value(Instant::from_ms(0));
  writer.value(true);
  writer.null();
  writer.begin_object();
  writer.key(std::string_view{"a\""});
  writer.begin_array();
  writer.end_array();
  writer.key("b");
  writer.value("x");
  writer.end_object();
  writer.end_array();
  EXPECT_EQ(writer.text(),
            R"([0,-9223372036854775808,9223372036854775807,-5,"1970-01-01T00:00:00Z",true,null,)"
            R"({"a\"":[],"b":"x"}])");
  writer.clear();
  EXPECT_EQ(writer.text(), "");
}

TEST(Writer, GrowsAsFarAsItMust) {
  Writer writer;
  const std::string text(100'000, 'x');
  writer.begin_array();
  for (int i = 0; i < 10; ++i) {
    writer.value(std::string_view{text});
  }
  writer.end_array();
  EXPECT_EQ(writer.text().size(), 10 * 100'003 + 1U);
}

}  // namespace
}  // namespace loyalty
