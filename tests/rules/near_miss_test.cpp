#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/door.h"
#include "tests/rules/engine_documents.h"

/// Which near misses a quote names, and which fixes a rejection, at the edges of what a cart can
/// hold.
namespace loyalty {
namespace {

using nlohmann::json;

json line(const std::string& id, std::int64_t price, std::int64_t quantity) {
  return {{"id", id}, {"unitPrice", price}, {"quantity", quantity}};
}

/// A cart and one promotion of 10 % off under a condition.
json request_of(json lines, json conditions) {
  json catalog = test::empty_catalog();
  catalog["promotions"] = {{{"id", "tenth"},
                            {"name", "tenth"},
                            {"trigger", "automatic"},
                            {"conditions", std::move(conditions)},
                            {"effects", {{{"kind", "percent"}, {"ratePpm", 100'000}}}}}};
  return {{"catalog", std::move(catalog)},
          {"account", nullptr},
          {"cart", {{"currency", "EUR"}, {"lines", std::move(lines)}}},
          {"intent", {{"chosen", json::array()}}},
          {"now", "2025-03-01T00:00:00Z"},
          {"want", {"nearMisses"}}};
}

json quote_of(const json& request) {
  Door door;
  const json answer = json::parse(door.quote_whole(request.dump()));
  EXPECT_TRUE(answer["ok"].get<bool>()) << answer;
  return answer["value"];
}

json near_misses(json lines, json conditions) {
  return quote_of(request_of(std::move(lines), std::move(conditions)))["nearMisses"];
}

TEST(NearMiss, SavesWhatComesOffOnceTheFixIsDone) {
  const json misses = near_misses(json::array({line("mug", 9'000, 1)}), {{"minSubtotal", 10'000}});
  ASSERT_EQ(misses.size(), 1U);
  EXPECT_EQ(misses[0]["fix"], (json{{"kind", "addAmount"}, {"amount", 1'000}}));
  EXPECT_EQ(misses[0]["saves"], 1'000);  // a tenth of 100.00
}

TEST(NearMiss, MayBeTheFirstThingInTheCart) {
  const json misses = near_misses(json::array(), {{"minSubtotal", 10'000}});
  ASSERT_EQ(misses.size(), 1U);
  EXPECT_EQ(misses[0]["saves"], 1'000);
}

TEST(NearMiss, IsNoneWhereTheCartTakesNoMoreLines) {
  json lines = json::array();
  for (int i = 0; i < 999; ++i) {
    lines.push_back(line("line " + std::to_string(i), 1, 1));
  }
  EXPECT_EQ(near_misses(lines, {{"minSubtotal", 10'000}}).size(), 1U);
  lines.push_back(line("last", 1, 1));
  EXPECT_EQ(near_misses(lines, {{"minSubtotal", 10'000}}).size(), 0U);
}

TEST(NearMiss, IsNoneWhereALineTakesNoMoreUnits) {
  EXPECT_EQ(
      near_misses(json::array({line("pen", 10, 999'999)}), {{"minQuantity", 1'000'000}}).size(),
      1U);
  EXPECT_EQ(
      near_misses(json::array({line("pen", 10, 1'000'000)}), {{"minQuantity", 1'000'001}}).size(),
      0U);
}

TEST(NearMiss, IsNoneWhereALineWouldCostTooMuch) {
  EXPECT_EQ(
      near_misses(json::array({line("car", 500'000'000'000, 1)}), {{"minQuantity", 2}}).size(), 1U);
  EXPECT_EQ(
      near_misses(json::array({line("car", 500'000'000'000, 2)}), {{"minQuantity", 3}}).size(), 0U);
}

TEST(NearMiss, LeavesTheCartAsItWas) {
  json request = request_of(json::array({line("mug", 9'000, 1)}), {{"minSubtotal", 10'000}});
  json with = quote_of(request);
  request.erase("want");
  with.erase("nearMisses");
  EXPECT_EQ(with, quote_of(request));
}

/// The fix of the only rejection.
json fix_in(const json& quote) {
  EXPECT_EQ(quote["rejected"].size(), 1U) << quote;
  return quote["rejected"].empty() ? json{} : quote["rejected"][0].value("fix", json{});
}

json code_request(json conditions) {
  json request = request_of(json::array({line("mug", 1'000, 1)}), std::move(conditions));
  request["catalog"]["promotions"][0]["trigger"] = "code";
  request["catalog"]["promotions"][0]["codes"] = {"TENTH"};
  request["intent"]["chosen"] = {{{"code", {{"text", "tenth"}}}}};
  return request;
}

TEST(Fix, IsToWaitForAStartThatComesBeforeTheEnd) {
  const json wait = {{"kind", "wait"}, {"at", "2025-04-01T00:00:00Z"}};
  EXPECT_EQ(fix_in(quote_of(code_request({{"startsAt", "2025-04-01T00:00:00Z"}}))), wait);
  EXPECT_EQ(fix_in(quote_of(code_request(
                {{"startsAt", "2025-04-01T00:00:00Z"}, {"endsAt", "2025-05-01T00:00:00Z"}}))),
            wait);
}

TEST(Fix, IsToSignIn) {
  const json quote = quote_of(code_request({{"membersOnly", true}}));
  EXPECT_EQ(quote["rejected"][0]["code"], "SIGN_IN_REQUIRED");
  EXPECT_EQ(fix_in(quote), (json{{"kind", "signIn"}}));
}

TEST(Fix, OfACouponIsToWaitOnlyWithinItsTime) {
  json request = request_of(json::array({line("mug", 1'000, 1)}), json::object());
  request["catalog"]["promotions"] = json::array();
  request["account"] = test::member(0);
  request["account"]["coupons"] = {{{"id", "c"},
                                    {"status", "ACTIVE"},
                                    {"expiresAt", "2025-05-01T00:00:00Z"},
                                    {"conditions", {{"startsAt", "2025-04-01T00:00:00Z"}}},
                                    {"effects", {{{"kind", "percent"}, {"ratePpm", 100'000}}}}}};
  request["intent"]["chosen"] = {{{"coupon", {{"id", "c"}}}}};
  EXPECT_EQ(fix_in(quote_of(request)), (json{{"kind", "wait"}, {"at", "2025-04-01T00:00:00Z"}}));
  request["account"]["coupons"][0]["expiresAt"] = "2025-04-01T00:00:00Z";
  EXPECT_EQ(fix_in(quote_of(request)), json{});
}

TEST(Fix, IsToReachTheNearestOfSeveralTiers) {
  json request = code_request({{"tierIds", {"gold", "silver", "platinum"}}});
  request["account"] = test::member(0);
  request["account"]["tierPoints"] = 100;
  request["catalog"]["tiersActive"] = true;
  request["catalog"]["tiers"] = json::parse(R"json([
    {"id": "platinum", "name": "Platinum", "requiredPoints": 9000},
    {"id": "silver", "name": "Silver", "requiredPoints": 500},
    {"id": "gold", "name": "Gold", "requiredPoints": 2000},
    {"id": "bronze", "name": "Bronze", "requiredPoints": 200}])json");
  EXPECT_EQ(fix_in(quote_of(request)),
            (json{{"kind", "reachTier"}, {"tierId", "silver"}, {"points", 400}}));
}

TEST(Fix, ForAnEmptyCartIsAWholeLine) {
  json request = code_request({{"minLineQuantity", 3}});
  request["cart"]["lines"] = json::array();
  const json quote = quote_of(request);
  EXPECT_EQ(quote["rejected"][0]["code"], "MINIMUM_QUANTITY_NOT_MET");
  EXPECT_EQ(quote["rejected"][0]["actual"], 0);
  EXPECT_EQ(fix_in(quote), (json{{"kind", "addQuantity"}, {"quantity", 3}}));
}

}  // namespace
}  // namespace loyalty
