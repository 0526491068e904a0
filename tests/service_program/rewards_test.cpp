#include "native/service/program/rewards.h"

#include <algorithm>

#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

class RewardsTest : public ShopTest {
 protected:
  /// An order of the contact, as the checkout keeps it.
  void order(const std::string& contact, std::int64_t total, const char* status = "APPROVED") {
    write([&](Call& call) {
      store::Document order;
      order.id = call.ids.next(now);
      order.created = now;
      order.updated = now;
      order.body =
          Json{{"contactId", contact}, {"status", status}, {"amounts", {{"total", total}}}}.dump();
      call.store.insert(store::Kind::order, order);
    });
  }
  bool meets(const Json& reward, const std::string& contact) {
    bool met = false;
    read([&](Call& call) { met = reward_conditions_met(call, reward, contact); });
    return met;
  }
};

Json one(Json config) { return {{"configsByTier", Json::array({std::move(config)})}}; }
Json flexible(const char* amount = "1.00", std::int64_t cost = 10) {
  return {{"name", "Money off"},
          {"discountAmount", one({{"amount", amount}, {"costInPoints", cost}})}};
}
Json coupon(Json content) { return {{"name", "Coupon"}, {"couponReward", std::move(content)}}; }
Json percent_coupon(Json more = Json::object()) {
  more["percentage"] = one({{"percentage", 12.5}, {"costInPoints", 100}});
  return coupon(std::move(more));
}
Json of(Json reward) { return {{"reward", std::move(reward)}}; }
Json scope(const char* name_space, const char* group, const char* entity) {
  return {{"namespace", name_space}, {"group", {{"name", group}, {"entityId", entity}}}};
}

TEST_F(RewardsTest, ARewardIsCreatedReadChangedAndDeleted) {
  const Json made = ask("rewards.create", of(flexible()))["reward"];
  EXPECT_EQ(made["active"], false);
  EXPECT_EQ(made["type"], "DISCOUNT_AMOUNT");
  EXPECT_EQ(made["revision"], "1");
  EXPECT_EQ(ask("rewards.get", {{"id", made["id"]}})["reward"], made);
  EXPECT_EQ(ask("rewards.list")["rewards"], Json::array({made}));
  Json whole = made;
  whole["active"] = true;
  whole["_id"] = made["id"];
  const Json changed = ask("rewards.update", of(whole))["reward"];
  EXPECT_EQ(changed["active"], true);
  EXPECT_EQ(changed["revision"], "2");
  ask("rewards.delete", {{"id", made["id"]}, {"revision", "2"}});
  EXPECT_EQ(refused("rewards.get", {{"id", made["id"]}}), "REWARD_NOT_FOUND");
  EXPECT_EQ(new_events(),
            (std::vector<std::string>{"reward created", "reward updated", "reward deleted"}));
}

TEST_F(RewardsTest, AreListedAllOrPageByPage) {
  std::vector<std::string> made;
  for (int i = 0; i < 120; ++i) {  // more than the largest page
    now = now + Duration::seconds(1);
    made.push_back(ask("rewards.create", of(flexible()))["reward"]["id"]);
  }
  const Json all = ask("rewards.list");
  EXPECT_EQ(all["rewards"].size(), 120U);
  EXPECT_EQ(all["pagingMetadata"]["total"], 120);
  EXPECT_EQ(all["pagingMetadata"]["count"], 120);
  std::vector<std::string> seen;
  Json paging{{"limit", 50}};
  for (const std::size_t expected : {50U, 50U, 20U}) {
    const Json page = ask("rewards.list", {{"cursorPaging", paging}});
    ASSERT_EQ(page["rewards"].size(), expected);
    EXPECT_EQ(page["pagingMetadata"]["count"], expected);
    EXPECT_EQ(page["pagingMetadata"]["total"], 120);
    for (const Json& reward : page["rewards"]) {
      seen.push_back(reward["id"]);
    }
    const Json& cursors = page["pagingMetadata"]["cursors"];
    EXPECT_EQ(cursors.contains("next"), expected == 50U);
    if (cursors.contains("next")) {
      paging = {{"limit", 50}, {"cursor", cursors["next"]}};
    }
  }
  std::sort(seen.begin(), seen.end());
  std::sort(made.begin(), made.end());
  EXPECT_EQ(seen, made) << "each once";
  EXPECT_EQ(refused("rewards.list", {{"cursorPaging", {{"limit", 101}}}}), "VALIDATION");
  EXPECT_EQ(refused("rewards.list", {{"cursorPaging", {{"cursor", "made-up"}}}}), "VALIDATION");
}

TEST_F(RewardsTest, AmountsTravelAsTheApiHasThem) {
  const Json money = ask("rewards.create", of(flexible("2.50")))["reward"];
  EXPECT_EQ(money["discountAmount"]["configsByTier"][0]["amount"], "2.5");
  Json fixed = coupon(
      {{"fixedAmount", one({{"amount", "9.99"}, {"costInPoints", 5}})}, {"minimumSubtotal", 50}});
  fixed = ask("rewards.create", of(fixed))["reward"];
  EXPECT_EQ(fixed["couponReward"]["fixedAmount"]["configsByTier"][0]["amount"], 9.99);
  EXPECT_EQ(fixed["couponReward"]["minimumSubtotal"], 50);
  const Json percent = ask("rewards.create", of(percent_coupon()))["reward"];
  EXPECT_EQ(percent["couponReward"]["percentage"]["configsByTier"][0]["percentage"], 12.5);
}

TEST_F(RewardsTest, FieldsHaveLimits) {
  for (const char* amount : {"0", "-1", "1.005", "x", "99999999999"}) {
    EXPECT_EQ(refused("rewards.create", of(flexible(amount))), "VALIDATION") << amount;
  }
  for (const std::int64_t cost : {0, 10'000'000}) {
    EXPECT_EQ(refused("rewards.create", of(flexible("1", cost))), "VALIDATION") << cost;
  }
  const auto fixed = [](const Json& amount) {
    return of(coupon({{"fixedAmount", one({{"amount", amount}, {"costInPoints", 5}})}}));
  };
  EXPECT_EQ(refused("rewards.create", fixed(0.01)), "");
  EXPECT_EQ(refused("rewards.create", fixed(9'999'999.99)), "");
  EXPECT_EQ(refused("rewards.create", fixed(0)), "VALIDATION");
  EXPECT_EQ(refused("rewards.create", fixed(10'000'000)), "VALIDATION");
  EXPECT_EQ(violation("rewards.create", fixed("0.015")), "reward.configsByTier[0].amount SCALE");
  const auto percent = [](const Json& rate) {
    return of(coupon({{"percentage", one({{"percentage", rate}, {"costInPoints", 5}})}}));
  };
  EXPECT_EQ(refused("rewards.create", percent(100)), "");
  EXPECT_EQ(refused("rewards.create", percent(0.01)), "");
  for (const Json& rate : {Json(0), Json(100.01), Json(12.345)}) {
    EXPECT_EQ(refused("rewards.create", percent(rate)), "VALIDATION") << rate;
  }
  EXPECT_EQ(violation("rewards.create", of({{"name", ""}})), "reward.name MIN_LENGTH");
  EXPECT_EQ(violation("rewards.create", of({{"name", "Nothing"}})), "reward REQUIRED");
  Json wrong = flexible();
  wrong["type"] = "COUPON_REWARD";
  EXPECT_EQ(violation("rewards.create", of(wrong)), "reward.type ONE_OF");
}

TEST_F(RewardsTest, ACouponHasOneKindAndAScopeOrAMinimum) {
  EXPECT_EQ(refused("rewards.create", of(coupon(Json::object()))), "VALIDATION");
  Json two = percent_coupon();
  two["couponReward"]["freeShipping"] = one({{"costInPoints", 5}});
  EXPECT_EQ(refused("rewards.create", of(two)), "VALIDATION");
  EXPECT_EQ(
      refused("rewards.create",
              of(percent_coupon({{"minimumSubtotal", 5}, {"scope", {{"namespace", "stores"}}}}))),
      "VALIDATION");
  EXPECT_EQ(
      refused("rewards.create", of(percent_coupon({{"scope", scope("stores", "product", "p")}}))),
      "");
  EXPECT_EQ(violation("rewards.create", of(percent_coupon({{"scope", {{"namespace", "garage"}}}}))),
            "reward.couponReward.scope ONE_OF");
  const Json shipping = one({{"costInPoints", 5}});
  EXPECT_EQ(refused("rewards.create", of(coupon({{"freeShipping", shipping}}))), "");
  EXPECT_EQ(
      violation("rewards.create",
                of(coupon({{"freeShipping", shipping}, {"scope", {{"namespace", "stores"}}}}))),
      "reward.couponReward.scope NOT_ALLOWED");
  EXPECT_EQ(violation("rewards.create",
                      of(percent_coupon({{"minimumSubtotal", 5}, {"limitedToOneItem", true}}))),
            "reward.couponReward.limitedToOneItem NOT_ALLOWED");
}

TEST_F(RewardsTest, CyclesAreForSubscriptionsOfPlans) {
  Json plans{{"scope", scope("pricingPlans", "plan", "p")},
             {"appliesToSubscriptions", true},
             {"discountedCycleCount", 999}};
  EXPECT_EQ(refused("rewards.create", of(percent_coupon(plans))), "");
  plans["appliesToSubscriptions"] = false;
  EXPECT_EQ(violation("rewards.create", of(percent_coupon(plans))),
            "reward.couponReward.discountedCycleCount NOT_ALLOWED");
  plans["appliesToSubscriptions"] = true;
  plans["scope"] = scope("stores", "product", "p");
  EXPECT_EQ(violation("rewards.create", of(percent_coupon(plans))),
            "reward.couponReward.discountedCycleCount NOT_ALLOWED");
  plans["discountedCycleCount"] = 1'000;
  EXPECT_EQ(refused("rewards.create", of(percent_coupon(plans))), "VALIDATION");
}

TEST_F(RewardsTest, TheTypeStays) {
  const Json made = ask("rewards.create", of(flexible()))["reward"];
  Json changed = percent_coupon();
  changed["id"] = made["id"];
  changed["revision"] = "1";
  EXPECT_EQ(refused("rewards.update", of(changed)), "REWARD_TYPE_IMMUTABLE");
  EXPECT_EQ(
      refused(
          "rewards.update",
          of({{"id", made["id"]}, {"revision", "1"}, {"name", "x"}, {"type", "COUPON_REWARD"}})),
      "REWARD_TYPE_IMMUTABLE");
}

TEST_F(RewardsTest, ChangesNeedNameAndRevision) {
  const Json made = ask("rewards.create", of(flexible()))["reward"];
  Json change{{"id", made["id"]}, {"revision", "1"}, {"active", true}};
  EXPECT_EQ(violation("rewards.update", of(change)), "reward.name REQUIRED");
  change["name"] = "New";
  change.erase("revision");
  EXPECT_EQ(violation("rewards.update", of(change)), "reward.revision REQUIRED");
  change["revision"] = "5";
  EXPECT_EQ(refused("rewards.update", of(change)), "REVISION_MISMATCH");
  change["revision"] = "1";
  const Json changed = ask("rewards.update", of(change))["reward"];
  EXPECT_EQ(changed["name"], "New");
  EXPECT_EQ(changed["discountAmount"], made["discountAmount"]);
  EXPECT_EQ(violation("rewards.delete", {{"id", made["id"]}}), "revision REQUIRED");
  EXPECT_EQ(refused("rewards.delete", {{"id", made["id"]}, {"revision", "1"}}),
            "REVISION_MISMATCH");
}

TEST_F(RewardsTest, ManyAreCreatedAtOnceEachByItself) {
  const Json answer =
      ask("rewards.bulkCreate",
          {{"rewards", {flexible(), percent_coupon({{"scope", {{"namespace", "x"}}}})}}});
  EXPECT_EQ(answer["bulkActionMetadata"]["totalSuccesses"], 1);
  EXPECT_EQ(answer["results"][1]["itemMetadata"]["error"]["code"], "VALIDATION");
  EXPECT_EQ(refused("rewards.bulkCreate", {{"rewards", Json(std::vector<Json>(11, flexible()))}}),
            "VALIDATION");
}

TEST_F(RewardsTest, EachTierHasItsOwnConfigAndThereIsNoFallback) {
  const std::string gold = new_tier("Gold", 100);
  Json tiered = flexible();
  tiered["discountAmount"]["configsByTier"].push_back(
      {{"tierId", gold}, {"amount", "2"}, {"costInPoints", 10}});
  const Json made = ask("rewards.create", of(tiered))["reward"];
  EXPECT_EQ(reward_config_for(made, gold, true)["amount"], "2");
  EXPECT_EQ(reward_config_for(made, "", true)["amount"], "1");
  EXPECT_EQ(reward_config_for(made, gold, false)["amount"], "1");
  EXPECT_TRUE(reward_config_for(made, "another", true).is_null());
  tiered["discountAmount"]["configsByTier"].push_back({{"amount", "3"}, {"costInPoints", 10}});
  EXPECT_EQ(violation("rewards.create", of(tiered)), "reward.configsByTier[2].tierId UNIQUE");
}

TEST_F(RewardsTest, RewardsAreQueriedByTheStartOfTheirName) {
  for (const char* name : {"Money off", "money back", "Coffee"}) {
    Json named = flexible();
    named["name"] = name;
    ask("rewards.create", of(named));
  }
  const Json found =
      ask("rewards.query", {{"query",
                             {{"filter", {{"name", {{"$startsWith", "MONEY"}}}}},
                              {"sort", {{{"fieldName", "name"}, {"order", "ASC"}}}}}}});
  ASSERT_EQ(found["rewards"].size(), 2U);
  EXPECT_FALSE(found["pagingMetadata"]["hasNext"].get<bool>());
  const Json first = ask("rewards.query", {{"query", {{"cursorPaging", {{"limit", 2}}}}}});
  EXPECT_EQ(first["rewards"].size(), 2U);
  const Json rest =
      ask("rewards.query",
          {{"query",
            {{"cursorPaging",
              {{"limit", 2}, {"cursor", first["pagingMetadata"]["cursors"]["next"]}}}}}});
  EXPECT_EQ(rest["rewards"].size(), 1U);
}

TEST_F(RewardsTest, AUserSeesTheRewardsOfAllOwnSites) {
  ask("rewards.create", of(flexible()));
  write([](Call& call) { install_program(call, "22222222-2222-2222-2222-222222222222", {}); }, 2);
  caller.sites = {1, 2};
  const Json sites = ask("rewards.bulkGet")["rewardsInSite"];
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0]["rewards"].size(), 1U);
  EXPECT_EQ(sites[1]["rewards"], Json::array());
}

TEST_F(RewardsTest, AConditionOfOrdersCountsThoseOfTheLastDays) {
  Json frequent = flexible();
  frequent["active"] = true;
  frequent["customConditions"] = {{"minOrders", 2}, {"withinDays", 30}};
  frequent = ask("rewards.create", of(frequent))["reward"];
  const std::string ann = new_contact();
  order(ann, 100);
  order(new_contact(), 100);
  order(ann, 100, "CANCELED");
  EXPECT_FALSE(meets(frequent, ann));
  now = now + Duration::days(20);
  order(ann, 100);
  EXPECT_TRUE(meets(frequent, ann));
  read([&](Call& call) {
    EXPECT_EQ(reward_tags_of(call, ann), (std::vector<std::string>{condition_tag(frequent)}));
    EXPECT_EQ(reward_tags_of(call, "nobody"), std::vector<std::string>{});
  });
  now = now + Duration::days(11);
  EXPECT_FALSE(meets(frequent, ann)) << "the first is more than 30 days old";
}

TEST_F(RewardsTest, AConditionOfSpendAddsUpWholeOrders) {
  Json spender = flexible();
  spender["customConditions"] = {{"minSpend", "500"}};
  spender = ask("rewards.create", of(spender))["reward"];
  const std::string ann = new_contact();
  order(ann, 30'000);
  order(ann, 19'999);
  EXPECT_FALSE(meets(spender, ann));
  order(ann, 1);
  EXPECT_TRUE(meets(spender, ann));
  EXPECT_FALSE(meets(spender, ""));
  EXPECT_TRUE(meets(flexible(), ann)) << "a reward without conditions";
  const Json rules = catalog()["rewards"][0];
  EXPECT_EQ(rules["conditions"]["customerTags"], Json::array({condition_tag(spender)}));
}

}  // namespace
}  // namespace loyalty::service
