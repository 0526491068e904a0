#pragma once

#include <string>

#include <nlohmann/json.hpp>

/// Valid documents that use every field, for tests to bend.
namespace loyalty::test {

inline nlohmann::json full_catalog() {
  return nlohmann::json::parse(R"json({
    "version": "2025-03-01.1",
    "currency": "EUR",
    "timeZone": "Europe/Berlin",
    "program": {"status": "ACTIVE", "name": "Stars",
                "pointName": {"en": {"one": "star", "other": "stars"}, "de": "Sterne"}},
    "policy": {"profile": "default", "rounding": "halfEven", "basis": "line", "split": "remainderToFirst",
               "conditionBasis": "running", "compounding": "original", "taxRounding": "order",
               "maxCoupons": 2, "maxPointsRewards": 3, "maxCodes": 4, "minPayable": 1,
               "earnRounding": "floor", "earnBase": "subtotal"},
    "tiersActive": true,
    "tiers": [{"id": "silver", "name": "Silver", "requiredPoints": 1000},
              {"id": "gold", "name": "Gold", "requiredPoints": 5000}],
    "rewards": [
      {"id": "money-off", "name": "Money off", "type": "DISCOUNT_AMOUNT", "revision": "7", "active": true,
       "conditions": {"minSubtotal": 1000}, "exclusive": true, "priority": -5,
       "configs": [
         {"costInPoints": 100, "effects": [
           {"kind": "pointsAsMoney", "amount": 100, "costInPoints": 200, "minPoints": 50, "stepPoints": 10,
            "maxPoints": 5000, "maxShareOfOrderPpm": 500000, "target": "lines",
            "scope": {"include": ["shoes"]}}]},
         {"tierId": "gold", "costInPoints": 90, "effects": [{"kind": "pointsAsMoney", "amount": 100}]}]},
      {"id": "coupon", "type": "COUPON_REWARD", "active": false,
       "configs": [{"costInPoints": 9999999, "effects": [{"kind": "fixedAmount", "amount": 500}]}]}],
    "promotions": [
      {"id": "spring", "name": "Spring", "trigger": "automatic", "lane": "points", "priority": 10,
       "exclusive": false,
       "conditions": {"startsAt": "2025-01-01T00:00:00Z", "endsAt": "2025-06-01T12:30:15.250Z",
                      "minSubtotal": 100, "minSubtotalOf": {"scope": {"include": ["a"]}, "amount": 5},
                      "minQuantity": 2, "minQuantityOf": {"scope": {"exclude": ["b"]}, "quantity": 3},
                      "minLineQuantity": 2, "containsTags": ["x", "y"], "tierIds": ["gold"],
                      "membersOnly": true, "customerTags": ["vip"], "orderNumber": 1,
                      "shippingMethods": ["dhl"]},
       "limits": {"usesLeft": 10, "usesLeftForCustomer": 1, "budgetLeft": 100000},
       "effects": [
         {"kind": "percent", "ratePpm": 125000, "target": "lines", "apply": "each",
          "scope": {"include": ["a", "b"], "exclude": ["c"], "minUnitPrice": 100, "maxUnitPrice": 10000},
          "base": "original", "maxDiscount": 1000, "maxUnits": 5, "maxUnitsPerLine": 2, "groupSize": 2,
          "excludeDiscounted": true, "appliesToSubscriptions": true, "discountedCycles": 3},
         {"kind": "tieredPercent", "by": "quantity",
          "steps": [{"from": 2, "ratePpm": 50000}, {"from": 5, "ratePpm": 100000}]},
         {"kind": "fixedAmount", "amount": 500, "target": "lines", "apply": "cheapestUnit",
          "amountIncludesTax": true},
         {"kind": "fixedPrice", "amount": 999, "target": "shipping"}]},
      {"id": "gifts", "trigger": "code", "codes": ["GIFT1", " gift 2 "],
       "effects": [
         {"kind": "freeShipping", "scope": {"include": ["dhl"]}},
         {"kind": "buyXGetY", "buy": 2, "get": 1, "buyScope": {"include": ["a"]},
          "getScope": {"include": ["b"]}, "ratePpm": 500000, "repeat": false, "maxUnits": 3,
          "pick": "dearest"},
         {"kind": "buyXGetY", "buy": 1, "get": 1, "amountOff": 100},
         {"kind": "freeItem", "productId": "mug", "quantity": 1, "unitPrice": 999,
          "perUnits": {"scope": {"include": ["a"]}, "every": 3}}]}],
    "earningRules": [
      {"id": "order", "title": "Orders", "trigger": "stores/OrderPaid", "status": "ACTIVE",
       "base": "total", "scope": {"exclude": ["gift"]}, "baseAppliesToAll": true, "maxPoints": 1000,
       "configs": [{"conversion": {"moneyAmount": 1, "points": 10}}, {"tierId": "gold", "points": 20}]}]
  })json");
}

inline nlohmann::json full_account() {
  return nlohmann::json::parse(R"json({
    "id": "account-1", "revision": 5, "available": 1500, "held": 100, "pending": 20, "tierId": "silver",
    "tierPoints": 1200, "customerTags": ["vip"], "orderNumber": 3,
    "coupons": [{"id": "c1", "code": "WELCOME", "revision": "12", "status": "ACTIVE", "name": "Welcome",
                 "expiresAt": "2026-01-01T00:00:00Z", "conditions": {"minSubtotal": 1},
                 "exclusive": false, "effects": [{"kind": "percent", "ratePpm": 100000}]},
                {"id": "c2", "status": "APPLIED", "effects": []}],
    "referralRewards": [{"id": "c1", "status": "ACTIVE",
                         "effects": [{"kind": "fixedAmount", "amount": 500}]}]
  })json");
}

inline nlohmann::json full_cart() {
  return nlohmann::json::parse(R"json({
    "id": "cart-1", "currency": "EUR", "pricesIncludeTax": true,
    "lines": [{"id": "l1", "unitPrice": 1999, "quantity": 2, "tags": ["a", "x"], "taxRatePpm": 190000,
               "discountable": true, "kind": "item", "minUnitPrice": 100, "listUnitPrice": 2499},
              {"id": "l2", "unitPrice": 0, "quantity": 1000000, "kind": "subscription"},
              {"id": "l3", "unitPrice": 5000, "quantity": 1, "kind": "giftCard", "discountable": false}],
    "shipping": [{"id": "dhl", "price": 499, "taxRatePpm": 190000, "tags": ["fast"]}],
    "fees": 50,
    "wallets": [{"id": "w1", "balance": 1000}]
  })json");
}

inline nlohmann::json full_request() {
  nlohmann::json request;
  request["catalog"] = full_catalog();
  request["account"] = full_account();
  request["cart"] = full_cart();
  request["intent"] = nlohmann::json::parse(R"json({"chosen": [
    {"reward": {"id": "money-off", "points": 200}}, {"coupon": {"id": "c1"}}, {"code": {"text": "GIFT1"}},
    {"referralReward": {"id": "c1"}}]})json");
  request["now"] = "2025-03-01T10:00:00Z";
  request["resolved"] = nlohmann::json::parse(R"json([
    {"id": "secret", "trigger": "code", "codes": ["SECRET"],
     "effects": [{"kind": "percent", "ratePpm": 100000}]}])json");
  request["want"] = {"explain", "offers", "nearMisses", "digest"};
  return request;
}

}  // namespace loyalty::test
