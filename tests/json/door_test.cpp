#include "core/json/door.h"

#include <cstdlib>
#include <new>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/version.h"
#include "core/json/encode.h"
#include "core/json/sha256.h"
#include "tests/json/allocations.h"
#include "tests/json/documents.h"

namespace loyalty {
namespace {

using nlohmann::json;

json held_request() {
  json request = test::full_request();
  request.erase("catalog");
  return request;
}

std::string code_and_path(std::string_view answer) {
  const json parsed = json::parse(answer);
  EXPECT_FALSE(parsed["ok"].get<bool>()) << answer;
  return parsed["error"]["code"].get<std::string>() + " at " +
         parsed["error"]["path"].get<std::string>();
}

class AnOpenDoor : public testing::Test {
 protected:
  void SetUp() override { ASSERT_FALSE(door.open_catalog(test::full_catalog().dump())); }
  Door door;
};

TEST(ADoor, AsksForACatalogFirst) {
  Door door;
  EXPECT_EQ(door.catalog(), nullptr);
  EXPECT_EQ(code_and_path(door.quote(held_request().dump())), "MISSING_FIELD at /catalog");
  EXPECT_EQ(code_and_path(door.optimize(held_request().dump())), "MISSING_FIELD at /catalog");
}

TEST_F(AnOpenDoor, KeepsItsCatalogWhenABadOneComes) {
  const std::optional<Error> error = door.open_catalog(R"({"version":"2"})");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, ErrorCode::missing_field);
  EXPECT_EQ(error->path, "/currency");
  EXPECT_EQ(door.catalog()->version, "2025-03-01.1");
  EXPECT_TRUE(json::parse(door.quote(held_request().dump()))["ok"].get<bool>());
}

TEST_F(AnOpenDoor, LimitsTheCatalogAsAsked) {
  EXPECT_EQ(door.open_catalog(test::full_catalog().dump(), 1'000)->code, ErrorCode::too_large);
}

TEST_F(AnOpenDoor, ChangesToANewCatalog) {
  json catalog = test::full_catalog();
  catalog["version"] = "next";
  ASSERT_FALSE(door.open_catalog(catalog.dump()));
  EXPECT_EQ(json::parse(door.quote(held_request().dump()))["value"]["catalogVersion"], "next");
}

TEST_F(AnOpenDoor, AnswersInCanonicalForm) {
  for (const std::string& answer :
       {std::string(door.quote(held_request().dump())),
        std::string(door.optimize(held_request().dump())), std::string(door.quote("{")),
        std::string(door.quote_whole(test::full_request().dump()))}) {
    EXPECT_EQ(json::parse(answer).dump(), answer);
  }
}

TEST_F(AnOpenDoor, AnswersErrorsWithCodePathAndSentence) {
  EXPECT_EQ(
      door.quote(R"({"cart":{"currency":"EUR","lines":[]}})"),
      R"({"error":{"code":"MISSING_FIELD","message":"This field is required.","path":"/now"},"ok":false})");
}

TEST_F(AnOpenDoor, AnswersTheSameForTheWholeRequest) {
  const std::string held{door.quote(held_request().dump())};
  EXPECT_EQ(door.quote_whole(test::full_request().dump()), held);
  const std::string best{door.optimize(held_request().dump())};
  EXPECT_EQ(door.optimize_whole(test::full_request().dump()), best);
}

TEST_F(AnOpenDoor, WritesAQuoteThatAddsUp) {
  const json quote = json::parse(door.quote(held_request().dump()))["value"];
  EXPECT_EQ(quote["coreVersion"], std::string(core_version));
  EXPECT_EQ(quote["catalogVersion"], "2025-03-01.1");
  EXPECT_EQ(quote["accountRevision"], 5);
  EXPECT_EQ(quote["subtotal"], 2 * 1999 + 5000);
  EXPECT_EQ(quote["shipping"], 499);
  EXPECT_EQ(quote["fees"], 50);
  std::int64_t net = 0;
  for (const json& line : quote["lines"]) {
    net += line["net"].get<std::int64_t>();
    std::int64_t shares = 0;
    for (const json& share : line["shares"]) {
      shares += share["amount"].get<std::int64_t>();
    }
    EXPECT_EQ(shares, line["discount"]);
  }
  EXPECT_EQ(net, quote["itemsNet"]);
  for (const char* part : {"offers", "explain", "nearMisses", "digest"}) {
    EXPECT_TRUE(quote.contains(part)) << part;
  }
}

TEST_F(AnOpenDoor, LeavesOutWhatIsNotWanted) {
  json request = held_request();
  request["want"] = json::array();
  const json quote = json::parse(door.quote(request.dump()))["value"];
  for (const char* part : {"offers", "explain", "nearMisses", "digest"}) {
    EXPECT_FALSE(quote.contains(part)) << part;
  }
}

// The digest from its parts, as RULES.md defines it, put together by another JSON library.
TEST_F(AnOpenDoor, DigestsTheCanonicalRequestAndQuote) {
  json request = held_request();
  request["want"] = {"digest", "explain"};
  json quote = json::parse(door.quote(request.dump()))["value"];
  const std::string digest = quote["digest"];

  const auto hash = [](const std::string& text) {
    Sha256 sha;
    sha.update(text);
    const auto hex = sha.finish();
    return std::string(hex.data(), hex.size());
  };
  RequestDocument document;
  const std::string text = request.dump();
  ASSERT_FALSE(document.read(text, door.catalog()));
  Writer writer;
  encode(document.catalog(), writer);
  const std::string catalog_digest = hash(std::string(writer.text()));
  const auto canonical = [&writer](const auto& part) {
    writer.clear();
    encode(part, writer);
    return json::parse(writer.text());
  };
  json canonical_request;
  canonical_request["catalog"] = catalog_digest;
  canonical_request["account"] = canonical(*document.account());
  canonical_request["cart"] = canonical(document.cart());
  canonical_request["intent"] = canonical(document.intent());
  canonical_request["now"] = "2025-03-01T10:00:00Z";
  canonical_request["resolved"] = json::array({canonical(document.resolved()[0])});
  for (const char* part : {"digest", "explain"}) {
    quote.erase(part);
  }
  EXPECT_EQ(digest, hash(json{{"quote", quote}, {"request", canonical_request}}.dump()));

  // What is wanted beside it changes nothing, nor does the door.
  request["want"] = {"digest"};
  EXPECT_EQ(json::parse(door.quote(request.dump()))["value"]["digest"], digest);
  json whole = test::full_request();
  whole["want"] = {"digest", "offers"};
  EXPECT_EQ(json::parse(Door{}.quote_whole(whole.dump()))["value"]["digest"], digest);
  request["cart"]["lines"][0]["quantity"] = 3;
  EXPECT_NE(json::parse(door.quote(request.dump()))["value"]["digest"], digest);
}

TEST_F(AnOpenDoor, OptimizesWithTheChosenNamed) {
  const json best = json::parse(door.optimize(held_request().dump()))["value"];
  EXPECT_TRUE(best["chosen"].is_array());
  EXPECT_TRUE(best["optimal"].is_boolean());
  EXPECT_TRUE(best["bound"].is_number_integer());
  json request = held_request();
  request["intent"] = {{"chosen", best["chosen"]}};
  const json quote = json::parse(door.quote(request.dump()))["value"];
  EXPECT_EQ(quote["total"], best["quote"]["total"]);
  EXPECT_EQ(quote["discounts"], best["quote"]["discounts"]);
}

TEST_F(AnOpenDoor, TouchesNoHeapOnceWarm) {
  for (const json& want : {json::array(), json::array({"digest"})}) {
    json request = held_request();
    request["want"] = want;
    const std::string text = request.dump();
    for (int i = 0; i < 3; ++i) {
      door.quote(text);
    }
    const std::int64_t before = test::allocations();
    for (int i = 0; i < 10; ++i) {
      door.quote(text);
    }
    EXPECT_EQ(test::allocations() - before, 0) << want;
  }
}

}  // namespace
}  // namespace loyalty
