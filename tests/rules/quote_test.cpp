#include "core/rules/quote.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/door.h"
#include "tests/rules/engine_documents.h"

namespace loyalty {
namespace {

using nlohmann::json;

json promotion(const std::string& id, json conditions, json effect) {
  return {{"id", id},
          {"name", id},
          {"trigger", "automatic"},
          {"conditions", std::move(conditions)},
          {"effects", {std::move(effect)}}};
}

json percent_of(const char* tag) {
  return {{"kind", "percent"},
          {"ratePpm", 100'000},
          {"target", "lines"},
          {"scope", {{"include", {tag}}}}};
}

json request_of(json promotions) {
  json catalog = test::empty_catalog();
  catalog["promotions"] = std::move(promotions);
  return {{"catalog", catalog},
          {"account", nullptr},
          {"cart",
           {{"currency", "EUR"},
            {"lines",
             {{{"id", "tea"}, {"unitPrice", 1'000}, {"quantity", 2}, {"tags", {"tea", "sale"}}},
              {{"id", "mug"}, {"unitPrice", 700}, {"quantity", 1}, {"tags", {"mugs"}}}}}}},
          {"intent", {{"chosen", json::array()}}},
          {"now", "2025-03-01T00:00:00Z"}};
}

json matching() {
  return {promotion("tea", json::object(), percent_of("tea")),
          promotion("not enough", {{"minSubtotal", 50'000}}, percent_of("tea")),
          promotion("mugs", {{"endsAt", "2025-03-02T00:00:00Z"}}, percent_of("mugs"))};
}

std::string answered(const json& request) {
  Door door;
  return std::string(door.quote_whole(request.dump()));
}

// Whatever ten thousand others are about, only those that can match are candidates.
TEST(Quote, OfACatalogOfThousandsIsThatOfTheMatchingOnes) {
  json all = json::array();
  const json few = matching();
  for (int i = 0; i < 10'000; ++i) {
    if (i % 3'000 == 1'500) {
      all.push_back(few[static_cast<std::size_t>(i / 3'000)]);
    }
    const std::string id = "other " + std::to_string(i);
    const std::string tag = "tag " + std::to_string(i % 500);
    switch (i % 5) {
      case 0:
        all.push_back(promotion(id, json::object(), percent_of(tag.c_str())));
        break;
      case 1:  // over
        all.push_back(promotion(id, {{"endsAt", "2025-03-01T00:00:00Z"}}, percent_of("tea")));
        break;
      case 2:  // to come
        all.push_back(promotion(id, {{"startsAt", "2025-03-01T00:00:00.001Z"}}, percent_of("tea")));
        break;
      case 3:  // for other customers
        all.push_back(promotion(id, {{"customerTags", {tag}}}, percent_of("tea")));
        break;
      default:  // with other goods
        all.push_back(promotion(id, {{"containsTags", {tag}}}, percent_of("sale")));
        break;
    }
  }
  ASSERT_EQ(all.size(), 10'003U);
  const std::string answer = answered(request_of(all));
  EXPECT_EQ(answer, answered(request_of(few)));
  const json quote = json::parse(answer)["value"];
  EXPECT_EQ(quote["itemsDiscount"], 270);
  EXPECT_EQ(quote["rejected"].size(), 1U);
}

// The sums that conditions, shares and taxes look at must all follow.
TEST(Quote, AfterAChangedQuantityIsThatOfTheChangedCart) {
  json request = request_of(matching());
  request["catalog"]["promotions"].push_back(
      promotion("units", {{"minQuantity", 5}}, percent_of("sale")));
  request["catalog"]["promotions"].push_back(promotion("two for one", json::object(),
                                                       {{"kind", "buyXGetY"},
                                                        {"buy", 1},
                                                        {"get", 1},
                                                        {"ratePpm", 1'000'000},
                                                        {"target", "lines"},
                                                        {"scope", {{"include", {"mugs"}}}}}));
  request["cart"]["lines"][0]["taxRatePpm"] = 190'000;
  for (const std::int64_t quantity : {1, 2, 3, 50, 60, 1'000}) {
    for (const std::size_t line : {std::size_t{0}, std::size_t{1}}) {
      test::Till till{request};
      till.quote();
      set_quantity(line, quantity, till.workspace());
      json changed = request;
      changed["cart"]["lines"][line]["quantity"] = quantity;
      test::Till fresh{changed};
      const Quote& one = till.quote();
      const Quote& other = fresh.quote();
      EXPECT_EQ(one.subtotal, other.subtotal);
      EXPECT_EQ(one.items_discount, other.items_discount) << line << " x " << quantity;
      EXPECT_EQ(one.tax, other.tax);
      EXPECT_EQ(one.total, other.total);
      EXPECT_EQ(one.discounts.size(), other.discounts.size());
      EXPECT_EQ(one.rejected.size(), other.rejected.size());
    }
  }
}

}  // namespace
}  // namespace loyalty
