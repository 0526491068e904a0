#include "native/service/program/promotions.h"

#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

using PromotionsTest = ShopTest;

Json percent(std::int64_t ppm) {
  return Json::array({{{"kind", "percent"}, {"ratePpm", ppm}, {"target", "order"}}});
}
Json automatic() {
  return {{"name", "Ten"}, {"trigger", "automatic"}, {"effects", percent(100'000)}};
}
Json with_code(const char* code) {
  return {{"name", code}, {"trigger", "code"}, {"codes", {code}}, {"effects", percent(50'000)}};
}
Json of(Json promotion) { return {{"promotion", std::move(promotion)}}; }

TEST_F(PromotionsTest, APromotionIsCreatedReadChangedAndDeleted) {
  const Json made = ask("promotions.create", of(automatic()))["promotion"];
  EXPECT_EQ(made["active"], true);
  EXPECT_EQ(ask("promotions.get", {{"id", made["id"]}})["promotion"], made);
  const Json changed =
      ask("promotions.update", of({{"id", made["id"]}, {"priority", 5}}))["promotion"];
  EXPECT_EQ(changed["priority"], 5);
  EXPECT_EQ(changed["effects"], made["effects"]);
  EXPECT_EQ(changed["revision"], "2");
  EXPECT_EQ(
      refused("promotions.update", of({{"id", made["id"]}, {"revision", "1"}, {"priority", 6}})),
      "REVISION_MISMATCH");
  Json whole = automatic();
  whole["id"] = made["id"];
  whole["revision"] = "2";
  EXPECT_FALSE(ask("promotions.replace", of(whole))["promotion"].contains("priority"));
  ask("promotions.delete", {{"id", made["id"]}});
  EXPECT_EQ(refused("promotions.get", {{"id", made["id"]}}), "PROMOTION_NOT_FOUND");
  EXPECT_EQ(new_events(), (std::vector<std::string>{"promotion created", "promotion updated",
                                                    "promotion updated", "promotion deleted"}));
}

TEST_F(PromotionsTest, TheCoreSaysWhatIsWrong) {
  Json wrong = automatic();
  wrong["effects"][0]["ratePpm"] = 2'000'000;
  EXPECT_EQ(violation("promotions.create", of(wrong)), "promotion.effects[0].ratePpm OUT_OF_RANGE");
  wrong = automatic();
  wrong["conditions"] = {{"minSubtotal", "many"}};
  EXPECT_EQ(violation("promotions.create", of(wrong)),
            "promotion.conditions.minSubtotal WRONG_TYPE");
  wrong = with_code("A");
  wrong.erase("codes");
  EXPECT_EQ(violation("promotions.create", of(wrong)), "promotion.codes MISSING_FIELD");
  const Json made = ask("promotions.create", of(automatic()))["promotion"];
  EXPECT_EQ(violation("promotions.update",
                      of({{"id", made["id"]}, {"effects", Json::array({{{"kind", "magic"}}})}})),
            "promotion.effects[0].kind UNKNOWN_VALUE");
}

TEST_F(PromotionsTest, ACodeBelongsToOnePromotion) {
  ask("promotions.create", of(with_code("SUMMER")));
  EXPECT_EQ(violation("promotions.create", of(with_code(" summer"))), "promotion.codes UNIQUE");
  const Json other = ask("promotions.create", of(with_code("WINTER")))["promotion"];
  EXPECT_EQ(violation("promotions.update", of({{"id", other["id"]}, {"codes", {"Summer"}}})),
            "promotion.codes UNIQUE");
  EXPECT_EQ(refused("promotions.update", of({{"id", other["id"]}, {"codes", {"WINTER", "SNOW"}}})),
            "");
  read([&](Call& call) {
    EXPECT_EQ(promotion_of_code(call.store, " snow ").value()["id"], other["id"]);
    EXPECT_FALSE(promotion_of_code(call.store, "RAIN").has_value());
  });
}

TEST_F(PromotionsTest, WhatIsNotActiveIsNotPublished) {
  Json resting = with_code("REST");
  resting["active"] = false;
  const Json made = ask("promotions.create", of(resting))["promotion"];
  EXPECT_EQ(catalog()["promotions"], Json::array());
  read([&](Call& call) { EXPECT_FALSE(promotion_of_code(call.store, "REST").has_value()); });
  ask("promotions.update", of({{"id", made["id"]}, {"active", true}}));
  ASSERT_EQ(catalog()["promotions"].size(), 1U);
  EXPECT_FALSE(catalog()["promotions"][0].contains("active"));
  EXPECT_FALSE(catalog()["promotions"][0].contains("revision"));
}

TEST_F(PromotionsTest, BrowsersGetNoCodesAndNoLimits) {
  ask("promotions.create", of(with_code("SECRET")));
  Json limited = automatic();
  limited["limits"] = {{"usesLeft", 3}};
  ask("promotions.create", of(limited));
  const auto both = published();
  EXPECT_NE(both->json.find("SECRET"), std::string::npos);
  EXPECT_NE(both->json.find("usesLeft"), std::string::npos);
  EXPECT_EQ(both->public_json.find("SECRET"), std::string::npos);
  EXPECT_EQ(both->public_json.find("usesLeft"), std::string::npos);
  EXPECT_EQ(both->public_catalog().promotions.size(), 1U);
  EXPECT_EQ(both->document->catalog().promotions.size(), 2U);
  EXPECT_EQ(&both->public_compiled().catalog(), &both->public_catalog());
  EXPECT_EQ(both->digest.size(), 64U);
}

TEST_F(PromotionsTest, PromotionsAreListedInPages) {
  for (int i = 0; i < 3; ++i) {
    ask("promotions.create", of(automatic()));
  }
  const Json first = ask("promotions.list", {{"limit", 2}});
  EXPECT_EQ(first["promotions"].size(), 2U);
  EXPECT_EQ(first["pagingMetadata"],
            (Json{{"count", 2}, {"offset", 0}, {"total", 3}, {"hasNext", true}}));
  EXPECT_EQ(ask("promotions.list", {{"offset", 2}})["promotions"].size(), 1U);
}

}  // namespace
}  // namespace loyalty::service
