#include "native/service/program/earning_rules.h"

#include "native/service/program/awards.h"
#include "native/service/program/rule_table.h"
#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

using EarningRulesTest = ShopTest;

Json fixed(std::int64_t points) { return {{"configs", Json::array({{{"points", points}}})}}; }
Json conversion(std::int64_t money, std::int64_t points) {
  return {{"configs", Json::array({{{"moneyAmount", money}, {"points", points}}})}};
}

Json rule(std::string_view app, const std::string& activity, const char* kind, Json award,
          const std::string& title = "Shop") {
  return {{"sourceAppId", loyalty_app},
          {"triggerAppId", app},
          {"triggerActivityType", activity},
          {"title", title},
          {"status", "ACTIVE"},
          {kind, std::move(award)}};
}
Json store_rule(const std::string& title = "Shop") {
  return rule(stores_app, "stores/OrderPaid", "conversionRate", conversion(1, 2), title);
}
Json of(Json rule) { return {{"earningRule", std::move(rule)}}; }

TEST_F(EarningRulesTest, ARuleIsCreatedReadChangedAndDeleted) {
  const Json made = ask("earningRules.create", of(store_rule()))["earningRule"];
  EXPECT_EQ(made["metadata"], (Json{{"canBeDeleted", true}}));
  EXPECT_EQ(made["revision"], "1");
  EXPECT_EQ(ask("earningRules.get", {{"id", made["id"]}})["earningRule"], made);
  Json paused = made;
  paused["status"] = "PAUSED";
  paused["_id"] = made["id"];
  EXPECT_EQ(ask("earningRules.update", of(paused))["earningRule"]["status"], "PAUSED");
  EXPECT_EQ(refused("earningRules.update", of(paused)), "REVISION_MISMATCH");
  EXPECT_EQ(ask("earningRules.update",
                of({{"id", made["id"]}, {"title", "Goods"}}))["earningRule"]["revision"],
            "3");
  ask("earningRules.delete", {{"id", made["id"]}});
  EXPECT_EQ(refused("earningRules.get", {{"id", made["id"]}}), "EARNING_RULE_NOT_FOUND");
  EXPECT_EQ(new_events(), (std::vector<std::string>{
                              "loyalty_earning_rule created", "loyalty_earning_rule updated",
                              "loyalty_earning_rule updated", "loyalty_earning_rule deleted"}));
}

TEST_F(EarningRulesTest, OnlyWhatTheTableSupportsIsPossible) {
  struct Row {
    std::string_view app;
    const char* activity;
    bool fixed_amount;
    bool conversion_rate;
  };
  const Row rows[] = {
      {stores_app, "stores/OrderPaid", true, true},
      {bookings_app, "bookings/BookingConfirmed", true, false},
      {events_app, "events/OrderConfirmed", true, true},
      {events_app, "events/Rsvp", true, false},
      {events_app, "stores/OrderPaid", false, false},
      {stores_app, "stores/Unknown", false, false},
      {pricing_plans_app, "wix_pricing_plans-plan_purchased", false, false},
      {restaurants_app, "restaurants-order-is-pending", false, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(refused("earningRules.create",
                      of(rule(row.app, row.activity, "fixedAmount", fixed(5), "f"))),
              row.fixed_amount ? "" : "EARNING_RULE_NOT_SUPPORTED")
        << row.activity;
    EXPECT_EQ(refused("earningRules.create",
                      of(rule(row.app, row.activity, "conversionRate", conversion(1, 1), "c"))),
              row.conversion_rate ? "" : "EARNING_RULE_NOT_SUPPORTED")
        << row.activity;
  }
}

TEST_F(EarningRulesTest, AnUpdateKeepsToTheTableToo) {
  const Json booking = ask("earningRules.create", of(rule(bookings_app, "bookings/BookingConfirmed",
                                                          "fixedAmount", fixed(5))))["earningRule"];
  EXPECT_EQ(refused("earningRules.update",
                    of({{"id", booking["id"]}, {"conversionRate", conversion(1, 1)}})),
            "EARNING_RULE_NOT_SUPPORTED");
  const Json shop = ask("earningRules.create", of(store_rule()))["earningRule"];
  const Json changed = ask("earningRules.update",
                           of({{"id", shop["id"]}, {"fixedAmount", fixed(7)}}))["earningRule"];
  EXPECT_FALSE(changed.contains("conversionRate"));
  EXPECT_EQ(changed["fixedAmount"], fixed(7));
  EXPECT_EQ(violation("earningRules.update",
                      of({{"id", shop["id"]}, {"triggerActivityType", "events/Rsvp"}})),
            "earningRule.triggerActivityType IMMUTABLE");
}

TEST_F(EarningRulesTest, FieldsHaveLimits) {
  for (const char* needed :
       {"sourceAppId", "triggerAppId", "triggerActivityType", "title", "status"}) {
    Json without = store_rule();
    without.erase(needed);
    EXPECT_EQ(violation("earningRules.create", of(without)),
              std::string{"earningRule."} + needed + " REQUIRED");
  }
  const auto with = [](const char* kind, Json award) {
    Json changed = store_rule();
    changed.erase("conversionRate");
    changed[kind] = std::move(award);
    return of(changed);
  };
  EXPECT_EQ(refused("earningRules.create", with("fixedAmount", fixed(0))), "VALIDATION");
  EXPECT_EQ(refused("earningRules.create", with("fixedAmount", fixed(10'000'000))), "VALIDATION");
  EXPECT_EQ(refused("earningRules.create", with("conversionRate", conversion(0, 1))), "VALIDATION");
  EXPECT_EQ(refused("earningRules.create", with("conversionRate", conversion(1'000'000'000, 1))),
            "VALIDATION");
  EXPECT_EQ(refused("earningRules.create", with("fixedAmount", {{"configs", Json::array()}})),
            "VALIDATION");
  Json both = store_rule();
  both["fixedAmount"] = fixed(1);
  EXPECT_EQ(refused("earningRules.create", of(both)), "VALIDATION");
  Json none = store_rule();
  none.erase("conversionRate");
  EXPECT_EQ(refused("earningRules.create", of(none)), "VALIDATION");
  EXPECT_EQ(
      refused("earningRules.create", with("conversionRate", conversion(999'999'999, 9'999'999))),
      "");
}

TEST_F(EarningRulesTest, EveryTierHasAtMostOneConfigAndExists) {
  const std::string gold = new_tier("Gold", 100);
  Json tiered = store_rule();
  tiered["conversionRate"]["configs"].push_back(
      {{"tierId", gold}, {"moneyAmount", 1}, {"points", 5}});
  EXPECT_EQ(refused("earningRules.create", of(tiered)), "");
  tiered["title"] = "Twice";
  tiered["conversionRate"]["configs"].push_back(
      {{"tierId", gold}, {"moneyAmount", 1}, {"points", 6}});
  EXPECT_EQ(violation("earningRules.create", of(tiered)),
            "earningRule.conversionRate.configs[2].tierId UNIQUE");
  tiered["conversionRate"]["configs"][2]["tierId"] = "99999999-9999-9999-9999-999999999999";
  EXPECT_EQ(refused("earningRules.create", of(tiered)), "TIER_NOT_FOUND");
}

TEST_F(EarningRulesTest, ATierMayBeDeletedUnderARuleWhichStaysAsItIs) {
  const std::string gold = new_tier("Gold", 100);
  Json tiered = store_rule();
  tiered["conversionRate"]["configs"].push_back(
      {{"tierId", gold}, {"moneyAmount", 1}, {"points", 5}});
  const Json made = ask("earningRules.create", of(tiered))["earningRule"];
  ask("tiers.delete", {{"tierId", gold}, {"revision", "1"}});
  EXPECT_EQ(ask("earningRules.get", {{"id", made["id"]}})["earningRule"], made);
  EXPECT_EQ(refused("earningRules.update", of(made)), "") << "sent back whole";
  const Json rules = catalog()["earningRules"];
  EXPECT_EQ(rules.back()["configs"].size(), 1U) << "the orphan is not published";
  bool reported = false;
  const Json lint = ask("program.lintCatalog");
  for (const Json& finding : lint["findings"]) {
    reported |= finding["code"] == "TIER_UNKNOWN";
  }
  EXPECT_TRUE(reported);
}

TEST_F(EarningRulesTest, TheSameRuleTwiceIsRefused) {
  ask("earningRules.create", of(store_rule("Shop")));
  EXPECT_EQ(refused("earningRules.create", of(store_rule("SHOP "))), "EARNING_RULE_ALREADY_EXISTS");
  const Json other = ask("earningRules.create", of(store_rule("Bonus")))["earningRule"];
  EXPECT_EQ(refused("earningRules.update", of({{"id", other["id"]}, {"title", "shop"}})),
            "EARNING_RULE_ALREADY_EXISTS");
}

TEST_F(EarningRulesTest, ManyAreCreatedAtOnceEachByItself) {
  Json rules = Json::array();
  for (int i = 0; i < 100; ++i) {
    rules.push_back(store_rule("R" + std::to_string(i)));
  }
  rules[50]["triggerActivityType"] = "nothing";
  const Json answer = ask("earningRules.bulkCreate", {{"earningRules", rules}});
  EXPECT_EQ(answer["bulkActionMetadata"]["totalSuccesses"], 99);
  EXPECT_EQ(answer["results"][50]["itemMetadata"]["error"]["code"], "EARNING_RULE_NOT_SUPPORTED");
  rules.push_back(store_rule("one too many"));
  EXPECT_EQ(refused("earningRules.bulkCreate", {{"earningRules", rules}}), "VALIDATION");
}

TEST_F(EarningRulesTest, RulesForBirthdaysAndChannelsAreAutomated) {
  const Json birthday = ask(
      "earningRules.createCustom",
      {{"type", "BIRTHDAY"},
       {"earningRule", {{"title", "Happy birthday"}, {"fixedAmount", fixed(50)}}}})["earningRule"];
  EXPECT_EQ(birthday["triggerActivityType"], "birthday");
  EXPECT_EQ(birthday["metadata"],
            (Json{{"canBeDeleted", true}, {"ruleTypeTag", {{"ruleType", "BIRTHDAY"}}}}));
  const Json follow =
      ask("earningRules.createCustom",
          {{"type", "SOCIAL_MEDIA"},
           {"earningRule", {{"title", "Follow us"}, {"fixedAmount", fixed(5)}}}})["earningRule"];
  EXPECT_EQ(follow["triggerActivityType"], follow_activity);
  EXPECT_EQ(follow["sourceAppId"], automations_app);
  EXPECT_EQ(refused("earningRules.get", {{"id", follow["id"]}}), "EARNING_RULE_NOT_FOUND");
  EXPECT_EQ(refused("earningRules.delete", {{"id", follow["id"]}}),
            "EARNING_RULE_CANNOT_BE_DELETED");
  EXPECT_EQ(refused("earningRules.deleteAutomated", {{"id", follow["id"]}}), "");
  EXPECT_EQ(
      refused("earningRules.createCustom",
              {{"type", "OTHER"}, {"earningRule", {{"title", "x"}, {"fixedAmount", fixed(5)}}}}),
      "VALIDATION");
}

TEST_F(EarningRulesTest, RulesThatCameWithAnAppCanOnlyBePaused) {
  const Json rules = ask("earningRules.list")["earningRules"];
  ASSERT_EQ(rules.size(), 3U);
  for (const Json& rule : rules) {
    EXPECT_EQ(rule["metadata"]["canBeDeleted"], false);
    EXPECT_EQ(rule["status"], "PAUSED");
    EXPECT_FALSE(rule.contains("preinstalled"));
    EXPECT_EQ(refused("earningRules.deleteAutomated", {{"id", rule["id"]}}),
              "EARNING_RULE_CANNOT_BE_DELETED");
    EXPECT_EQ(refused("earningRules.delete", {{"id", rule["id"]}}),
              "EARNING_RULE_CANNOT_BE_DELETED");
    const Json active =
        ask("earningRules.update", of({{"id", rule["id"]}, {"status", "ACTIVE"}}))["earningRule"];
    EXPECT_EQ(active["status"], "ACTIVE");
    EXPECT_EQ(active["metadata"]["canBeDeleted"], false);
  }
}

TEST_F(EarningRulesTest, RulesAreListedByAppAndActivity) {
  ask("earningRules.create", of(store_rule()));
  ask("earningRules.create", of(rule(events_app, "events/Rsvp", "fixedAmount", fixed(1))));
  const auto titles = [&](Json filter) {
    std::vector<std::string> found;
    const Json rules = ask("earningRules.list", std::move(filter));
    for (const Json& one : rules["earningRules"]) {
      found.push_back(one["title"]);
    }
    return found;
  };
  EXPECT_EQ(titles(Json::object()).size(), 5U);
  EXPECT_EQ(titles({{"triggerAppId", stores_app}}).size(), 1U);
  EXPECT_EQ(titles({{"triggerActivityType", "wix_pricing_plans-plan_purchased"}}),
            (std::vector<std::string>{"Order a plan"}));
  EXPECT_EQ(titles({{"triggerAppId", stores_app}, {"triggerActivityType", "events/Rsvp"}}),
            std::vector<std::string>{});
}

TEST_F(EarningRulesTest, PausingTheLastActiveRuleWarns) {
  activate();
  const Json one = ask("earningRules.create", of(store_rule("One")))["earningRule"];
  const Json two = ask("earningRules.create", of(store_rule("Two")))["earningRule"];
  EXPECT_FALSE(ask("earningRules.update", of({{"id", one["id"]}, {"status", "PAUSED"}}))
                   .contains("warnings"));
  const Json answer = ask("earningRules.update", of({{"id", two["id"]}, {"status", "PAUSED"}}));
  EXPECT_EQ(answer["warnings"][0]["code"], "NO_ACTIVE_EARNING_RULE");
  EXPECT_EQ(ask("program.get")["loyaltyProgram"]["status"], "ACTIVE");
}

TEST_F(EarningRulesTest, PausingTheLastActiveRulePausesTheProgramWhereTheMerchantWantsThat) {
  activate();
  settings({{"autoPause", true}});
  const Json one = ask("earningRules.create", of(store_rule()))["earningRule"];
  EXPECT_EQ(ask("program.get")["loyaltyProgram"]["status"], "ACTIVE");
  new_events();
  EXPECT_TRUE(ask("earningRules.delete", {{"id", one["id"]}}).contains("warnings"));
  EXPECT_EQ(ask("program.get")["loyaltyProgram"]["status"], "PAUSED");
  EXPECT_EQ(new_events(),
            (std::vector<std::string>{"loyalty_earning_rule deleted", "program updated"}));
}

}  // namespace
}  // namespace loyalty::service
