#include "native/service/program/points_worth.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/json/decode.h"
#include "native/wire/json.h"

namespace loyalty::service {
namespace {

using wire::Json;

Json flexible(const char* id, std::int64_t cost, std::int64_t amount, Json more = Json::object()) {
  Json effect{{"kind", "pointsAsMoney"}, {"amount", amount}, {"minPoints", cost}};
  effect.update(more);
  return {{"id", id},
          {"name", id},
          {"type", "DISCOUNT_AMOUNT"},
          {"revision", "1"},
          {"active", true},
          {"configs", Json::array({{{"costInPoints", cost}, {"effects", Json::array({effect})}}})}};
}

Json coupon(const char* id, std::int64_t cost, const Json& effect) {
  return {{"id", id},
          {"name", id},
          {"type", "COUPON_REWARD"},
          {"revision", "1"},
          {"active", true},
          {"configs", Json::array({{{"costInPoints", cost}, {"effects", Json::array({effect})}}})}};
}

Json off(std::int64_t amount) {
  return {{"kind", "fixedAmount"}, {"amount", amount}, {"target", "order"}};
}

class Worth {
 public:
  explicit Worth(const Json& rewards) {
    const Json catalog{
        {"version", "1"},
        {"currency", "USD"},
        {"program", {{"status", "ACTIVE"}}},
        {"tiersActive", true},
        {"tiers", Json::array({{{"id", "gold"}, {"name", "Gold"}, {"requiredPoints", 100}}})},
        {"rewards", rewards}};
    auto read = CatalogDocument::from_json(wire::text_of(catalog));
    EXPECT_TRUE(read.ok()) << read.error().path << " " << read.error().message;
    document_ = std::move(read.value());
    worth_ = std::make_unique<PointsWorth>(document_->catalog());
  }

  std::int64_t of(std::int64_t points, std::string_view tier = "") const {
    return worth_->value_of(tier, Points::of(points)).minor_units();
  }
  std::string by(std::int64_t points) const {
    const Exchange* exchange = worth_->best_for("", Points::of(points));
    return exchange == nullptr ? "" : std::string{exchange->reward->id.text()};
  }

 private:
  std::unique_ptr<CatalogDocument> document_;
  std::unique_ptr<PointsWorth> worth_;
};

TEST(PointsWorth, IsRoundedDownToWholeStepsFromTheLeastOn) {
  const Worth worth{Json::array({flexible("a", 30, 100, {{"minPoints", 50}, {"stepPoints", 20}})})};
  EXPECT_EQ(worth.of(-5), 0);
  EXPECT_EQ(worth.of(49), 0);
  EXPECT_EQ(worth.of(50), 166);  // 50 x 100 / 30
  EXPECT_EQ(worth.of(69), 166);
  EXPECT_EQ(worth.of(70), 233);
}

TEST(PointsWorth, TheMostThatOneUseMayTakeIsNoLimitOfWhatAllAreWorth) {
  const Worth worth{Json::array({flexible("a", 10, 100, {{"maxPoints", 100}})})};
  EXPECT_EQ(worth.of(1'000), 10'000);
}

TEST(PointsWorth, TheBestOfSeveralRewardsCounts) {
  const Worth worth{Json::array(
      {flexible("often", 10, 100), flexible("dear", 100, 1'500, {{"stepPoints", 100}})})};
  EXPECT_EQ(worth.by(90), "often");
  EXPECT_EQ(worth.of(90), 900);
  EXPECT_EQ(worth.by(100), "dear");
  EXPECT_EQ(worth.of(100), 1'500);
  EXPECT_EQ(worth.by(190), "often");  // 1,900 against one step of 1,500
}

TEST(PointsWorth, CouponsCountOnlyWhereThereIsNoFlexibleReward) {
  const Json percent{{"kind", "percent"}, {"ratePpm", 500'000}};
  const Worth coupons{Json::array({coupon("five", 50, off(500)), coupon("eleven", 100, off(1'100)),
                                   coupon("half", 1, percent)})};
  EXPECT_EQ(coupons.of(49), 0);
  EXPECT_EQ(coupons.of(99), 500);
  EXPECT_EQ(coupons.of(250), 2'500);  // five of five, for two of eleven are 2,200
  const Worth both{Json::array({coupon("five", 1, off(500)), flexible("a", 10, 1)})};
  EXPECT_EQ(both.of(100), 10);
  EXPECT_EQ(Worth{Json::array()}.of(1'000), 0);
}

TEST(PointsWorth, EachTierHasItsOwnRate) {
  Json reward = flexible("a", 10, 100);
  Json gold = reward["configs"][0];
  gold["tierId"] = "gold";
  gold["effects"][0]["amount"] = 200;
  reward["configs"].push_back(gold);
  const Worth worth{Json::array({reward})};
  EXPECT_EQ(worth.of(100), 1'000);
  EXPECT_EQ(worth.of(100, "gold"), 2'000);
}

TEST(PointsWorth, NeverOverflows) {
  const Worth worth{Json::array({coupon("a", 1, off(100'000'000'000))})};
  EXPECT_GT(worth.of(999'999'999), 0);
}

}  // namespace
}  // namespace loyalty::service
