#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/door.h"
#include "tests/rules/engine_documents.h"

/// What the search for the best combination does where it cannot try everything, and where amounts
/// are as large as documents allow.
namespace loyalty {
namespace {

using nlohmann::json;

json line(const std::string& id, std::int64_t price, std::int64_t quantity) {
  return {{"id", id}, {"unitPrice", price}, {"quantity", quantity}};
}

json coupon(const std::string& id, json effect) {
  return {{"id", id}, {"status", "ACTIVE"}, {"effects", {std::move(effect)}}};
}

json percent(std::int64_t ppm) { return {{"kind", "percent"}, {"ratePpm", ppm}}; }

json request_of(json coupons, json lines) {
  json account = test::member(0);
  account["coupons"] = std::move(coupons);
  return {{"catalog", test::empty_catalog()},
          {"account", std::move(account)},
          {"cart", {{"currency", "EUR"}, {"lines", std::move(lines)}}},
          {"intent", {{"chosen", json::array()}}},
          {"now", "2025-03-01T00:00:00Z"}};
}

json best_of(const json& request) {
  Door door;
  const json answer = json::parse(door.optimize_whole(request.dump()));
  EXPECT_TRUE(answer["ok"].get<bool>()) << answer;
  return answer["value"];
}

/// Forty coupons of which five may be used, worst first; a cart so long that few sets can be tried.
json too_many_sets() {
  json coupons = json::array();
  for (int i = 1; i <= 40; ++i) {
    coupons.push_back(coupon("c" + std::to_string(i), percent(200'000 + i * 1'000)));
  }
  json lines = json::array();
  for (int i = 0; i < 500; ++i) {
    lines.push_back(line("line " + std::to_string(i), 10'000, 1));
  }
  json request = request_of(std::move(coupons), std::move(lines));
  request["catalog"]["policy"]["maxCoupons"] = 5;
  return request;
}

TEST(Optimize, SaysWhenItGaveUp) {
  EXPECT_FALSE(best_of(too_many_sets())["optimal"].get<bool>());
  json few = too_many_sets();
  few["account"]["coupons"].erase(few["account"]["coupons"].begin() + 12,
                                  few["account"]["coupons"].end());
  EXPECT_TRUE(best_of(few)["optimal"].get<bool>());
}

// The search meets the worst coupons first; adding the best one by one finds the five highest.
TEST(Optimize, IsAtLeastAsGoodAsAddingTheBestOneByOne) {
  const json best = best_of(too_many_sets());
  json chosen = json::array();
  for (const json& choice : best["chosen"]) {
    chosen.push_back(choice["coupon"]["id"]);
  }
  std::sort(chosen.begin(), chosen.end());
  EXPECT_EQ(chosen, json::parse(R"(["c36", "c37", "c38", "c39", "c40"])"));
  EXPECT_TRUE(best["quote"]["rejected"].empty());
}

TEST(Optimize, GivesABoundThatNoSetBeatsWhenItGaveUp) {
  const json best = best_of(too_many_sets());
  const auto saved = best["quote"]["itemsDiscount"].get<std::int64_t>();
  EXPECT_GE(best["bound"].get<std::int64_t>(), saved);
  EXPECT_LE(best["bound"].get<std::int64_t>(), 500 * 10'000);
}

// 10^12 for each of ten million units is beyond 64 bits, and still no more than the cart.
TEST(Optimize, SeesThatAHugeAmountForEachUnitTakesEverything) {
  for (const int lines_of_many : {1, 9, 10, 18, 19, 99}) {
    json lines = json::array({line("dear", 1'000'000'000'000, 1)});
    for (int i = 0; i < lines_of_many; ++i) {
      lines.push_back(line("cheap " + std::to_string(i), 1, 1'000'000));
    }
    const json best = best_of(request_of({coupon("cent", {{"kind", "fixedAmount"}, {"amount", 1}}),
                                          coupon("all", {{"kind", "fixedAmount"},
                                                         {"amount", 1'000'000'000'000},
                                                         {"target", "lines"},
                                                         {"apply", "eachUnit"}})},
                                         std::move(lines)));
    EXPECT_EQ(best["chosen"][0]["coupon"]["id"], "all") << lines_of_many;
    EXPECT_EQ(best["quote"]["total"], 0);
  }
}

json points_worth(std::int64_t amount) {
  json request = request_of(json::array(), json::array({line("mug", 100, 1)}));
  request["account"]["available"] = 999'999'999;
  request["catalog"]["rewards"] = {{{"id", "money"},
                                    {"name", "money"},
                                    {"type", "DISCOUNT_AMOUNT"},
                                    {"revision", 1},
                                    {"active", true},
                                    {"configs",
                                     {{{"costInPoints", 1},
                                       {"effects",
                                        {{{"kind", "pointsAsMoney"},
                                          {"target", "order"},
                                          {"amount", amount},
                                          {"costInPoints", 1}}}}}}}}};
  return request;
}

// A thousand million points at 10^12 each are 10^21 minor units.
TEST(Optimize, SpendsPointsThatAreWorthMoreThanAnyCart) {
  for (const std::int64_t amount : {std::int64_t{9'300'000'000}, std::int64_t{18'500'000'000},
                                    std::int64_t{1'000'000'000'000}}) {
    const json best = best_of(points_worth(amount));
    EXPECT_EQ(best["quote"]["total"], 0);
    EXPECT_EQ(best["quote"]["points"]["spent"], 1);
  }
}

json exclusive(const std::string& id, const char* lane, int priority, std::int64_t ppm) {
  return {{"id", id},
          {"name", id},
          {"trigger", "automatic"},
          {"lane", lane},
          {"priority", priority},
          {"exclusive", true},
          {"effects", {percent(ppm)}}};
}

// The one of the later lane has the higher priority; and no coupon may join it.
TEST(Optimize, KeepsTheExclusivePromotionThatEveryQuoteHas) {
  json request = request_of(json::array({coupon("half", percent(500'000))}),
                            json::array({line("mug", 1'000, 1)}));
  request["catalog"]["promotions"] = {exclusive("early", "automatic", 1, 300'000),
                                      exclusive("late", "coupon", 2, 100'000)};
  const json best = best_of(request);
  EXPECT_TRUE(best["chosen"].empty());
  EXPECT_EQ(best["quote"]["total"], 900);
  EXPECT_EQ(best["quote"]["discounts"][0]["id"], "late");
}

TEST(Optimize, LeavesOutAnExclusiveCouponThatMayNotRun) {
  json spent = coupon("spent", percent(900'000));
  spent["exclusive"] = true;
  spent["expiresAt"] = "2025-03-01T00:00:00Z";
  json whole = coupon("whole", percent(200'000));
  whole["exclusive"] = true;
  const json best = best_of(request_of({spent, whole, coupon("tenth", percent(100'000))},
                                       json::array({line("mug", 1'000, 1)})));
  EXPECT_EQ(best["chosen"].size(), 1U);
  EXPECT_EQ(best["chosen"][0]["coupon"]["id"], "whole");
  EXPECT_TRUE(best["optimal"].get<bool>());
}

}  // namespace
}  // namespace loyalty
