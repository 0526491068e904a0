#include <new>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/json/allocations.h"
#include "tests/rules/engine_documents.h"

/// A warm workspace never touches the heap: what quotes promise beyond their results.
namespace loyalty {
namespace {

using nlohmann::json;

/// A shop with promotions of every kind, and a member with coupons who chooses among them.
json busy_request() {
  json catalog = test::empty_catalog();
  catalog["tiersActive"] = true;
  catalog["tiers"] = json::parse(R"([{"id": "gold", "name": "Gold", "requiredPoints": 500}])");
  catalog["promotions"] = json::parse(R"json([
    {"id": "sale", "name": "sale", "trigger": "automatic",
     "effects": [{"kind": "percent", "ratePpm": 50000, "target": "lines", "apply": "each",
                  "scope": {"include": ["tea"]}},
                 {"kind": "fixedAmount", "amount": 77, "target": "lines", "scope": {"include": ["tea"]}}]},
    {"id": "steps", "name": "steps", "trigger": "automatic",
     "effects": [{"kind": "tieredPercent", "by": "quantity", "target": "lines", "excludeDiscounted": true,
                  "scope": {"include": ["mugs"]},
                  "steps": [{"from": 2, "ratePpm": 20000}, {"from": 5, "ratePpm": 40000}]}]},
    {"id": "three for two", "name": "three for two", "trigger": "automatic",
     "effects": [{"kind": "buyXGetY", "buy": 2, "get": 1, "ratePpm": 1000000, "target": "lines",
                  "scope": {"include": ["mugs"]}}]},
    {"id": "gift", "name": "gift", "trigger": "automatic", "limits": {"budgetLeft": 5000},
     "effects": [{"kind": "freeItem", "productId": "spoon", "quantity": 1, "unitPrice": 300},
                 {"kind": "freeShipping", "target": "shipping"}]},
    {"id": "nearly", "name": "nearly", "trigger": "automatic", "conditions": {"minSubtotal": 100000},
     "effects": [{"kind": "percent", "ratePpm": 100000, "target": "order"}]},
    {"id": "word", "name": "word", "trigger": "code", "codes": ["WORD"],
     "effects": [{"kind": "percent", "ratePpm": 30000, "target": "order"}]}
  ])json");
  catalog["rewards"] = json::parse(R"json([
    {"id": "money", "name": "money", "type": "DISCOUNT_AMOUNT", "revision": 1, "active": true,
     "configs": [{"costInPoints": 10,
                  "effects": [{"kind": "pointsAsMoney", "target": "order", "amount": 10, "costInPoints": 10}]}]},
    {"id": "five", "name": "five", "type": "COUPON_REWARD", "revision": 1, "active": true,
     "configs": [{"costInPoints": 100, "effects": [{"kind": "fixedAmount", "amount": 500, "target": "order"}]}]},
    {"id": "golden", "name": "golden", "type": "COUPON_REWARD", "revision": 1, "active": true,
     "configs": [{"tierId": "gold", "costInPoints": 1,
                  "effects": [{"kind": "fixedAmount", "amount": 500, "target": "order"}]}]},
    {"id": "dear", "name": "dear", "type": "COUPON_REWARD", "revision": 1, "active": true,
     "configs": [{"costInPoints": 1100, "effects": [{"kind": "fixedAmount", "amount": 900, "target": "order"}]}]}
  ])json");
  catalog["earningRules"] = json::parse(R"json([
    {"id": "earn", "title": "earn", "trigger": "order", "status": "ACTIVE",
     "configs": [{"conversion": {"moneyAmount": 1, "points": 3}}]}
  ])json");
  json account = test::member(1'000);
  for (const int number : {1, 2, 3}) {
    const std::string id = "c" + std::to_string(number);
    account["coupons"].push_back(
        {{"id", id},
         {"code", id},
         {"status", "ACTIVE"},
         {"effects", {{{"kind", "fixedAmount"}, {"amount", 100 * number}}}}});
  }
  account["coupons"][1]["conditions"] = {
      {"minQuantityOf", {{"scope", {{"include", {"cups"}}}}, {"quantity", 2}}}};
  account["coupons"][2]["conditions"] = {{"minQuantity", 65}};
  json lines = json::array();
  for (int i = 0; i < 30; ++i) {
    lines.push_back({{"id", "line " + std::to_string(i)},
                     {"unitPrice", 199 + i},
                     {"quantity", 1 + i % 3},
                     {"taxRatePpm", 190'000},
                     {"tags", {i % 2 == 0 ? "tea" : "mugs"}}});
  }
  return {{"catalog", catalog},
          {"account", account},
          {"cart",
           {{"currency", "EUR"},
            {"lines", lines},
            {"shipping", {{{"id", "dhl"}, {"price", 499}, {"taxRatePpm", 190'000}}}}}},
          {"intent",
           {{"chosen",
             {{{"coupon", {{"id", "c1"}}}}, {{"reward", {{"id", "money"}, {"points", 500}}}}}}}},
          {"now", "2025-03-01T00:00:00Z"}};
}

constexpr Wanted everything{.explain = true, .offers = true, .near_misses = true};

/// How often `work` takes memory once it has run a few times.
template <class Work>
std::int64_t allocations_of(Work work) {
  for (int i = 0; i < 3; ++i) {
    work();
  }
  const std::int64_t before = test::allocations();
  for (int i = 0; i < 10; ++i) {
    work();
  }
  return test::allocations() - before;
}

TEST(WarmWorkspace, TakesNoMemoryForAQuote) {
  test::Till till{busy_request()};
  EXPECT_EQ(till.quote().discounts.size(), 6U);
  EXPECT_EQ(till.quote().rejected.size(), 1U);
  EXPECT_EQ(allocations_of([&till] { till.quote(); }), 0);
}

TEST(WarmWorkspace, TakesNoMemoryForExplanationsOffersAndNearMisses) {
  test::Till till{busy_request()};
  const Quote& quote = till.quote(everything);
  EXPECT_EQ(quote.offers->size(), 7U);
  EXPECT_EQ(quote.near_misses->size(), 3U);
  EXPECT_GT(quote.explain->size(), 10U);
  EXPECT_EQ(allocations_of([&till] { till.quote(everything); }), 0);
}

TEST(WarmWorkspace, TakesNoMemoryForTheBestCombination) {
  test::Till till{busy_request()};
  EXPECT_TRUE(till.optimize().optimal);
  EXPECT_EQ(allocations_of([&till] { till.optimize(everything); }), 0);
}

TEST(WarmWorkspace, TakesNoMemoryToPrepareACart) {
  test::Till till{busy_request()};
  EXPECT_EQ(allocations_of([&till] {
              till.prepare_again();
              till.quote(everything);
            }),
            0);
}

TEST(WarmWorkspace, TakesNoMemoryToChangeAQuantity) {
  test::Till till{busy_request()};
  std::int64_t quantity = 1;
  EXPECT_EQ(allocations_of([&] {
              set_quantity(3, 1 + quantity++ % 9, till.workspace());
              till.quote();
            }),
            0);
}

// Without this the zeros above would mean nothing.
TEST(WarmWorkspace, IsWatchedByACounterThatCounts) {
  // Called by name: a compiler may leave out the pair of a new-expression and its delete.
  EXPECT_EQ(allocations_of([] { ::operator delete(::operator new(1)); }), 10);
}

}  // namespace
}  // namespace loyalty
