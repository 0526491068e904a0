#include <algorithm>

#include "core/json/door.h"
#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

class CatalogTest : public ShopTest {
 protected:
  std::string reward(Json content, const std::string& name = "Reward") {
    content["name"] = name;
    content["active"] = true;
    return ask("rewards.create", {{"reward", content}})["reward"]["id"];
  }
  /// What the core answers to a cart and what was chosen, by the catalog as published.
  Json quote(Json cart, Json chosen, std::int64_t available = 10'000,
             const std::string& tier = {}) {
    Door door;
    EXPECT_FALSE(door.open_catalog(published()->json).has_value());
    Json account{{"id", "a"},    {"revision", 1},   {"available", available},  {"held", 0},
                 {"pending", 0}, {"tierPoints", 0}, {"coupons", Json::array()}};
    if (!tier.empty()) {
      account["tierId"] = tier;
    }
    const Json request{{"account", account},
                       {"cart", std::move(cart)},
                       {"intent", {{"chosen", std::move(chosen)}}},
                       {"now", "2026-01-15T12:00:00Z"}};
    const Json answer = Json::parse(door.quote(request.dump()));
    EXPECT_TRUE(answer["ok"].get<bool>()) << answer;
    return answer["value"];
  }
  /// An account's coupon of a specification, chosen for a cart.
  Json with_coupon(Json cart, const Json& specification) {
    Json coupon = coupon_rules(specification, Currency::of("USD").value());
    coupon.update(
        {{"id", "c"}, {"code", "C"}, {"revision", 1}, {"status", "ACTIVE"}, {"name", "C"}});
    Door door;
    EXPECT_FALSE(door.open_catalog(published()->json).has_value());
    const Json request{{"account",
                        {{"id", "a"},
                         {"revision", 1},
                         {"available", 0},
                         {"held", 0},
                         {"pending", 0},
                         {"tierPoints", 0},
                         {"coupons", {coupon}}}},
                       {"cart", std::move(cart)},
                       {"intent", {{"chosen", {{{"coupon", {{"id", "c"}}}}}}}},
                       {"now", "2026-01-15T12:00:00Z"}};
    return Json::parse(door.quote(request.dump()))["value"];
  }
};

Json choose(const std::string& id) { return Json::array({{{"reward", {{"id", id}}}}}); }
Json choose(const std::string& id, std::int64_t points) {
  return Json::array({{{"reward", {{"id", id}, {"points", points}}}}});
}
Json one(Json config) { return {{"configsByTier", Json::array({std::move(config)})}}; }

/// Shoes for 40.00 twice, a hat for 25.00, shipping for 5.00.
Json cart() {
  Json cart{
      {"id", "cart"},
      {"currency", "USD"},
      {"lines",
       {{{"id", "shoes"},
         {"unitPrice", 4'000},
         {"quantity", 2},
         {"tags", {"stores/product:s", "stores/collection:c"}}},
        {{"id", "hat"}, {"unitPrice", 2'500}, {"quantity", 1}, {"tags", {"stores/product:h"}}}}},
      {"shipping", {{{"id", "parcel"}, {"price", 500}}}}};
  complete_tags(cart);
  return cart;
}

TEST_F(CatalogTest, ThirtyFivePointsAtTenForOneAreThreeFifty) {
  activate();
  const std::string id =
      reward({{"discountAmount", one({{"amount", "1.00"}, {"costInPoints", 10}})}});
  const Json answer = quote(cart(), choose(id, 35));
  EXPECT_EQ(answer["itemsDiscount"], 350);
  EXPECT_EQ(answer["points"]["spent"], 35);
  EXPECT_EQ(answer["total"], 10'500 + 500 - 350);
}

TEST_F(CatalogTest, TheMinimumIsTheRewardsElseTheProgramsElseTheCost) {
  activate();
  const Json exchange = one({{"amount", "1.00"}, {"costInPoints", 10}});
  const std::string id = reward({{"discountAmount", exchange}});
  const auto code = [&](const std::string& of, std::int64_t points) {
    const Json rejected = quote(cart(), choose(of, points))["rejected"];
    return rejected.empty() ? "" : rejected[0]["code"].get<std::string>();
  };
  EXPECT_EQ(code(id, 9), "POINTS_BELOW_MINIMUM");
  EXPECT_EQ(code(id, 10), "");
  settings({{"minPointsToSpend", 100}});
  EXPECT_EQ(code(id, 99), "POINTS_BELOW_MINIMUM");
  EXPECT_EQ(code(id, 100), "");
  Json own = exchange;
  own["minPoints"] = 20;
  own["stepPoints"] = 5;
  own["maxPoints"] = 60;
  const std::string other = reward({{"discountAmount", own}}, "Own");
  EXPECT_EQ(code(other, 20), "");
  EXPECT_EQ(code(other, 21), "POINTS_OFF_STEP");
  EXPECT_EQ(quote(cart(), choose(other))["points"]["spent"], 60);
}

TEST_F(CatalogTest, CouponRewardsTakeOffWhatTheySay) {
  activate();
  const std::string fixed =
      reward({{"couponReward", {{"fixedAmount", one({{"amount", 7.5}, {"costInPoints", 50}})}}}});
  EXPECT_EQ(quote(cart(), choose(fixed))["itemsDiscount"], 750);
  const std::string percent = reward(
      {{"couponReward",
        {{"percentage", one({{"percentage", 12.5}, {"costInPoints", 50}})},
         {"scope",
          {{"namespace", "stores"}, {"group", {{"name", "collection"}, {"entityId", "c"}}}}}}}},
      "Shoes");
  EXPECT_EQ(quote(cart(), choose(percent))["itemsDiscount"], 1'000);
  const std::string shipping =
      reward({{"couponReward", {{"freeShipping", one({{"costInPoints", 50}})}}}}, "Ship");
  const Json free = quote(cart(), choose(shipping));
  EXPECT_EQ(free["shippingDiscount"], 500);
  EXPECT_EQ(free["points"]["spent"], 50);
  const std::string minimum = reward({{"couponReward",
                                       {{"fixedAmount", one({{"amount", 5}, {"costInPoints", 50}})},
                                        {"minimumSubtotal", 105.01}}}},
                                     "Large");
  EXPECT_EQ(quote(cart(), choose(minimum))["rejected"][0]["code"], "MINIMUM_SUBTOTAL_NOT_MET");
}

TEST_F(CatalogTest, CouponsOfAllFiveKindsTakeOffWhatTheySay) {
  activate();
  const Json stores{{"namespace", "stores"}};
  const Json shoes{{"namespace", "stores"}, {"group", {{"name", "product"}, {"entityId", "s"}}}};
  const auto off = [&](const Json& specification) {
    return with_coupon(cart(), specification)["itemsDiscount"].get<std::int64_t>();
  };
  EXPECT_EQ(off({{"moneyOffAmount", 10}, {"scope", shoes}}), 1'000);
  EXPECT_EQ(off({{"moneyOffAmount", 10}, {"scope", stores}, {"limitedToOneItem", true}}), 1'000);
  EXPECT_EQ(off({{"moneyOffAmount", 30}, {"scope", stores}, {"limitedToOneItem", true}}), 2'500)
      << "the hat is cheapest";
  EXPECT_EQ(off({{"percentOffRate", 10}, {"scope", stores}}), 1'050);
  EXPECT_EQ(off({{"percentOffRate", 10}, {"scope", stores}, {"limitedToOneItem", true}}), 250);
  EXPECT_EQ(off({{"fixedPriceAmount", 30}, {"scope", shoes}}), 2'000) << "two pairs";
  EXPECT_EQ(off({{"buyXGetY", {{"x", 1}, {"y", 1}}}, {"scope", shoes}}), 4'000);
  EXPECT_EQ(with_coupon(cart(), {{"freeShipping", true}})["shippingDiscount"], 500);
}

TEST_F(CatalogTest, TiersHaveTheirOwnConfigs) {
  activate();
  const std::string gold = new_tier("Gold", 100);
  tiers_are("ACTIVE");
  Json configs = one({{"amount", "1"}, {"costInPoints", 10}});
  configs["configsByTier"].push_back({{"tierId", gold}, {"amount", "2"}, {"costInPoints", 10}});
  const std::string id = reward({{"discountAmount", configs}});
  EXPECT_EQ(quote(cart(), choose(id, 10), 1'000, gold)["itemsDiscount"], 200);
  EXPECT_EQ(quote(cart(), choose(id, 10), 1'000)["itemsDiscount"], 100);
  tiers_are("PAUSED");
  EXPECT_EQ(quote(cart(), choose(id, 10), 1'000, gold)["itemsDiscount"], 100);
}

TEST_F(CatalogTest, RestaurantsLeaveOneCentToPay) {
  activate();
  settings({{"restaurantsMode", true}});
  const std::string id = reward({{"discountAmount", one({{"amount", "1"}, {"costInPoints", 1}})}});
  EXPECT_EQ(quote(cart(), choose(id))["itemsNet"], 1);
}

TEST_F(CatalogTest, RulesPreviewWhatTheyWillGive) {
  activate();
  Json rule{
      {"sourceAppId", "553c79f3-5625-4f38-b14b-ef7c0d1e87df"},
      {"triggerAppId", "1380b703-ce81-ff05-f115-39571d94dfcd"},
      {"triggerActivityType", "stores/OrderPaid"},
      {"title", "Shop"},
      {"status", "ACTIVE"},
      {"conversionRate", {{"configs", Json::array({{{"moneyAmount", 20}, {"points", 10}}})}}}};
  ask("earningRules.create", {{"earningRule", rule}});
  EXPECT_EQ(quote(cart(), Json::array())["points"]["earned"], 52);
  settings({{"earnRounding", "perStep"}});
  EXPECT_EQ(quote(cart(), Json::array())["points"]["earned"], 50);
}

TEST_F(CatalogTest, WhatTheMerchantEntersIsAlwaysACatalog) {
  settings({{"pointName", {{"en", {{"one", "Star"}, {"other", "Stars"}}}, {"de", "Sterne"}}},
            {"policy", {{"maxCoupons", 2}, {"rounding", "halfEven"}}},
            {"timeZone", "America/New_York"}});
  const std::string gold = new_tier("Gold", 9'999'999);
  new_tier("\xC3\x9Cnter", 1);
  tiers_are("ACTIVE");
  activate();
  for (const char* amount : {"0.01", "9999999.99", "5"}) {
    reward({{"discountAmount", one({{"amount", amount}, {"costInPoints", 9'999'999}})}});
    reward({{"couponReward", {{"fixedAmount", one({{"amount", amount}, {"costInPoints", 1}})}}}});
  }
  for (const char* percentage : {"0.01", "100", "33.33"}) {
    reward(
        {{"couponReward",
          {{"percentage", one({{"percentage", percentage}, {"costInPoints", 1}, {"tierId", gold}})},
           {"limitedToOneItem", true},
           {"scope",
            {{"namespace", "bookings"}, {"group", {{"name", "service"}, {"entityId", "s"}}}}}}}});
  }
  ask("tiers.delete", {{"tierId", gold}, {"revision", "1"}});
  const auto catalog = published();
  EXPECT_EQ(catalog->document->catalog().rewards.size(), 6U) << "those for Gold alone reach nobody";
  EXPECT_EQ(catalog->document->catalog().program.point_name.size(), 3U);
  EXPECT_EQ(catalog->document->catalog().policy.max_coupons, 2);
  EXPECT_EQ(catalog->document->catalog().time_zone, "America/New_York");
}

TEST_F(CatalogTest, ItsVersionGrowsWithEveryChange) {
  std::vector<std::string> versions;
  const auto seen = [&] { versions.emplace_back(published()->document->catalog().version); };
  seen();
  activate();
  seen();
  reward({{"discountAmount", one({{"amount", "1"}, {"costInPoints", 10}})}});
  seen();
  settings({{"earnRounding", "floor"}});
  seen();
  EXPECT_TRUE(std::adjacent_find(versions.begin(), versions.end(),
                                 [](const std::string& a, const std::string& b) {
                                   return std::stoll(a) >= std::stoll(b);
                                 }) == versions.end());
  EXPECT_EQ(published()->public_json.find("\"active\":false"), std::string::npos);
}

TEST_F(CatalogTest, RewardsThatAreNotActiveAndPausedRulesAreNotForBrowsers) {
  Json draft{{"name", "A surprise for summer"},
             {"discountAmount", one({{"amount", "1"}, {"costInPoints", 10}})}};
  ask("rewards.create", {{"reward", draft}});
  const auto catalog = published();
  EXPECT_NE(catalog->json.find("surprise"), std::string::npos);
  EXPECT_EQ(catalog->public_json.find("surprise"), std::string::npos);
  EXPECT_EQ(catalog->public_catalog().earning_rules.size(), 0U);
  EXPECT_EQ(catalog->document->catalog().earning_rules.size(), 3U);
  EXPECT_EQ(catalog->rule_facts.size(), 3U);
}

}  // namespace
}  // namespace loyalty::service
