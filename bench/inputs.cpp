#include "bench/inputs.h"

namespace loyalty::bench {
namespace {

std::string number(std::size_t n) { return std::to_string(n); }

const char* const now = R"("now":"2025-03-01T12:00:00Z")";

std::string tags(std::size_t i) {
  std::string text = R"(["stores/product:p)" + number(i) + R"(","stores/collection:)";
  text += i % 3 == 0 ? "shoes" : i % 3 == 1 ? "shirts" : "gifts";
  return text + "\"]";
}

std::string line(std::size_t i) {
  return R"({"id":"line-)" + number(i) + R"(","unitPrice":)" + number(999 + 137 * (i % 41)) +
         R"(,"quantity":)" + number(1 + i % 3) + R"(,"tags":)" + tags(i) +
         R"(,"taxRatePpm":190000})";
}

std::string cart(std::size_t lines) {
  std::string text = R"("cart":{"currency":"EUR","lines":[)";
  for (std::size_t i = 0; i < lines; ++i) {
    text += (i == 0 ? "" : ",") + line(i);
  }
  return text + R"(],"shipping":[{"id":"parcel","price":590,"taxRatePpm":190000}]})";
}

std::string catalog(const std::string& parts) {
  return R"({"version":"1","currency":"EUR","program":{"status":"ACTIVE","name":"Club"},)" + parts +
         "}";
}

const char* const tiers =
    R"("tiersActive":true,"tiers":[{"id":"silver","requiredPoints":1000},{"id":"gold","requiredPoints":5000}])";

std::string points_reward(std::size_t i) {
  const std::string cost = number(10 + i);
  return R"({"id":"reward-)" + number(i) +
         R"(","name":"Money off","type":"DISCOUNT_AMOUNT","active":true,"configs":[)"
         R"({"costInPoints":)" +
         cost +
         R"(,"effects":[{"kind":"pointsAsMoney","amount":100}]},)"
         R"({"tierId":"silver","costInPoints":)" +
         cost +
         R"(,"effects":[{"kind":"pointsAsMoney","amount":110}]},)"
         R"({"tierId":"gold","costInPoints":)" +
         cost + R"(,"effects":[{"kind":"pointsAsMoney","amount":120}]}]})";
}

std::string account(const std::string& coupons) {
  return R"("account":{"id":"member-1","revision":7,"available":2500,"tierId":"gold","tierPoints":6100,"coupons":[)" +
         coupons + "]}";
}

std::string coupon(std::size_t i, const std::string& effect) {
  return R"({"id":"coupon-)" + number(i) + R"(","code":"SAVE)" + number(i) +
         R"(","status":"ACTIVE","effects":[)" + effect + "]}";
}

const char* const ten_percent_off_shoes =
    R"({"kind":"percent","target":"lines","ratePpm":100000,"scope":{"include":["stores/collection:shoes"]}})";

const char* const free_shipping =
    R"({"id":"free-shipping","trigger":"automatic","conditions":{"minSubtotal":5000},"effects":[{"kind":"freeShipping"}]})";

const char* const earning =
    R"("earningRules":[{"id":"spend","trigger":"stores/OrderPaid","status":"ACTIVE","configs":[)"
    R"({"conversion":{"moneyAmount":1,"points":2}},{"tierId":"gold","conversion":{"moneyAmount":1,"points":3}}]}])";

std::string typical_catalog(const std::string& promotions) {
  return catalog(std::string{tiers} + R"(,"rewards":[)" + points_reward(0) + R"(],"promotions":[)" +
                 promotions + "]," + earning);
}

std::string typical_request(const std::string& chosen) {
  return "{" + account(coupon(0, ten_percent_off_shoes)) + "," + cart(10) +
         R"(,"intent":{"chosen":[)" + chosen + "]}," + now + "}";
}

const char* const coupon_and_points =
    R"({"coupon":{"id":"coupon-0"}},{"reward":{"id":"reward-0","points":500}})";

std::string stacked(std::size_t i) {
  std::string effect;
  if (i % 3 == 0) {
    effect = R"({"kind":"percent","ratePpm":)" + number(30000 + 1000 * i) + "}";
  } else if (i % 3 == 1) {
    effect = R"({"kind":"fixedAmount","amount":)" + number(777 + i) + "}";
  } else {
    effect =
        R"({"kind":"percent","target":"lines","ratePpm":50000,"scope":{"include":["stores/collection:shoes","stores/collection:shirts"]}})";
  }
  return R"({"id":"stacked-)" + number(i) + R"(","trigger":"automatic","effects":[)" + effect +
         "]}";
}

std::string elsewhere(std::size_t i) {
  const std::string head = R"({"id":"promotion-)" + number(i) + R"(","trigger":"automatic",)";
  const std::string percent = R"("kind":"percent","ratePpm":50000)";
  switch (i % 4) {
    case 0:  // for a product
      return head + R"("effects":[{)" + percent +
             R"(,"target":"lines","scope":{"include":["stores/product:x)" + number(i) + R"("]}}]})";
    case 1:  // for a customer segment
      return head + R"("conditions":{"customerTags":["segment:)" + number(i) +
             R"("]},"effects":[{)" + percent + "}]}";
    case 2:  // over
      return head + R"("conditions":{"endsAt":"2024-01-01T00:00:00Z"},"effects":[{)" + percent +
             "}]}";
    default:  // for baskets with something that is not there
      return head + R"("conditions":{"containsTags":["stores/collection:c)" + number(i) +
             R"("],"minSubtotal":1000},"effects":[{)" + percent + "}]}";
  }
}

}  // namespace

Case small() {
  return {catalog(std::string{tiers} + R"(,"rewards":[)" + points_reward(0) + "]"),
          "{" + account("") + "," + cart(3) +
              R"(,"intent":{"chosen":[{"reward":{"id":"reward-0","points":500}}]},)" + now + "}"};
}

Case typical() { return {typical_catalog(free_shipping), typical_request(coupon_and_points)}; }

Case large(std::size_t lines, std::size_t discounts) {
  std::string promotions;
  for (std::size_t i = 0; i < discounts; ++i) {
    promotions += (i == 0 ? "" : ",") + stacked(i);
  }
  return {catalog(R"("promotions":[)" + promotions + "]"),
          R"({"account":null,)" + cart(lines) + "," + now + "}"};
}

Case best_of_20() {
  std::string rewards;
  std::string coupons;
  for (std::size_t i = 0; i < 10; ++i) {
    rewards += (i == 0 ? "" : ",") + points_reward(i);
    coupons += (i == 0 ? "" : ",") + coupon(i, R"({"kind":"percent","target":"lines","ratePpm":)" +
                                                   number(50000 + 7000 * i) +
                                                   R"(,"scope":{"include":["stores/collection:)" +
                                                   (i % 2 == 0 ? "shoes" : "shirts") + R"("]}})");
  }
  return {catalog(std::string{tiers} + R"(,"rewards":[)" + rewards + R"(],"promotions":[)" +
                  free_shipping + "]," + earning),
          "{" + account(coupons) + "," + cart(10) + "," + now + "}"};
}

Case many_promotions(std::size_t promotions) {
  std::string text = free_shipping;
  text += "," + stacked(2) + "," + stacked(5);
  for (std::size_t i = 3; i < promotions; ++i) {
    text += "," + elsewhere(i);
  }
  return {typical_catalog(text), typical_request(coupon_and_points)};
}

Case many_codes(std::size_t codes) {
  // A promotion may have many codes; 1,000,000 of them need no more than 100,000 promotions.
  const std::size_t promotions = codes < 100 ? codes : codes / 100;
  std::string text = free_shipping;
  for (std::size_t i = 0; i < promotions; ++i) {
    text += R"(,{"id":"campaign-)" + number(i) + R"(","trigger":"code","codes":[)";
    for (std::size_t code = i * codes / promotions; code < (i + 1) * codes / promotions; ++code) {
      text += (code == i * codes / promotions ? "\"" : ",\"") + ("WELCOME-" + number(code)) + "\"";
    }
    text += R"(],"effects":[{"kind":"percent","ratePpm":100000}]})";
  }
  return {typical_catalog(text),
          typical_request(R"({"reward":{"id":"reward-0","points":500}},{"code":{"text":"welcome-)" +
                          number(codes / 2) + R"("}})")};
}

}  // namespace loyalty::bench
