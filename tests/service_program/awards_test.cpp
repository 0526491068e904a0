#include "native/service/program/awards.h"

#include "native/service/accounts/desk.h"
#include "native/service/program/rule_table.h"
#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

class AwardsTest : public ShopTest {
 protected:
  AwardsTest() {
    activate();
    contact = new_contact();
  }

  std::string rule(const std::string& activity, Json more, const std::string& title = "Rule") {
    Json rule{{"sourceAppId", loyalty_app},
              {"triggerAppId", stores_app},
              {"triggerActivityType", activity},
              {"title", title},
              {"status", "ACTIVE"}};
    rule.update(more);
    return ask("earningRules.create", {{"earningRule", rule}})["earningRule"]["id"];
  }
  std::string shop(std::int64_t money, std::int64_t points, Json more = Json::object()) {
    more["conversionRate"] = {
        {"configs", Json::array({{{"moneyAmount", money}, {"points", points}}})}};
    return rule("stores/OrderPaid", more);
  }
  Activity order(const std::string& id, std::int64_t net) {
    Activity paid{.contact_id = contact,
                  .trigger_app_id = std::string{stores_app},
                  .activity_type = "stores/OrderPaid",
                  .event_id = id,
                  .order_id = id};
    paid.after_discounts = Money::minor(net);
    paid.subtotal = Money::minor(net);
    paid.total = Money::minor(net);
    return paid;
  }
  std::vector<Awarded> awarded(const Activity& activity) {
    std::vector<Awarded> all;
    write([&](Call& call) { all = award(call, activity); });
    return all;
  }
  std::int64_t sum(const Activity& activity) {
    std::int64_t points = 0;
    for (const Awarded& one : awarded(activity)) {
      points += one.repeated ? 0 : one.points.count();
    }
    return points;
  }
  std::int64_t take_back(const std::string& event, std::optional<std::int64_t> left) {
    Points taken;
    const std::optional<Money> base = left ? std::optional(Money::minor(*left)) : std::nullopt;
    write([&](Call& call) { taken = take_back_awards(call, event, base, base, base); });
    return taken.count();
  }
  /// Points granted less points taken.
  std::int64_t settle(const Activity& edited) {
    AwardsSettled settled;
    write([&](Call& call) { settled = settle_awards(call, edited); });
    return settled.granted.count() - settled.taken.count();
  }
  std::int64_t balance() { return account_of(contact).available.count(); }
  store::EntryRow last_entry() {
    store::EntryRow last;
    const std::string id = account_of(contact).id;
    read([&](Call& call) { last = call.store.entries(id, 0, 1'000).back(); });
    return last;
  }

  std::string contact;
};

TEST_F(AwardsTest, TheExamplesOfConversionComeOut) {
  struct Row {
    std::int64_t money, points, base, earned;
  };
  const Row rows[] = {{20, 10, 1'000, 5}, {20, 10, 2'000, 10}, {20, 10, 3'000, 15},
                      {1, 10, 499, 40},   {1, 2, 10'000, 200}, {10, 1, 9'999, 9}};
  for (const Row& row : rows) {
    const std::string id = shop(row.money, row.points);
    EXPECT_EQ(sum(order("o" + id, row.base)), row.earned) << row.money << ' ' << row.base;
    ask("earningRules.delete", {{"id", id}});
  }
}

TEST_F(AwardsTest, AnAccountIsOpenedAndTheEntrySaysWhatFor) {
  shop(1, 2);
  const std::vector<Awarded> all = awarded(order("order-1", 1'050));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].points, Points::of(20));
  EXPECT_EQ(balance(), 20);
  const store::EntryRow entry = last_entry();
  EXPECT_EQ(entry.id, all[0].transaction_id);
  EXPECT_EQ(entry.transaction_type, "EARN");
  EXPECT_EQ(entry.description, "Rule");
  const Json info = Json::parse(entry.info)["earnInfo"];
  EXPECT_EQ(info["appId"], stores_app);
  EXPECT_EQ(info["activityType"], "stores/OrderPaid");
  EXPECT_EQ(info["orderId"], "order-1");
}

TEST_F(AwardsTest, TheSameEventTwiceAwardsOnce) {
  shop(1, 2);
  const std::string first = awarded(order("o", 1'000))[0].transaction_id;
  const std::vector<Awarded> again = awarded(order("o", 5'000));
  ASSERT_EQ(again.size(), 1U);
  EXPECT_TRUE(again[0].repeated);
  EXPECT_EQ(again[0].transaction_id, first);
  EXPECT_EQ(balance(), 20);
  EXPECT_EQ(sum(order("o2", 1'000)), 20);
}

TEST_F(AwardsTest, EveryActiveRuleAwardsByItself) {
  shop(1, 2, {{"title", "Spend"}});
  rule("stores/OrderPaid", {{"fixedAmount", {{"configs", Json::array({{{"points", 5}}})}}}},
       "Thanks");
  rule("stores/OrderPaid",
       {{"fixedAmount", {{"configs", Json::array({{{"points", 7}}})}}}, {"status", "PAUSED"}},
       "Off");
  EXPECT_EQ(sum(order("o", 1'000)), 25);
  EXPECT_EQ(sum({.contact_id = contact,
                 .trigger_app_id = std::string{events_app},
                 .activity_type = "stores/OrderPaid",
                 .event_id = "p"}),
            0)
      << "another app";
}

TEST_F(AwardsTest, NothingWhileTheProgramIsNotActive) {
  shop(1, 2);
  ask("program.pause");
  EXPECT_EQ(sum(order("o", 1'000)), 0);
  activate();
  EXPECT_EQ(sum(order("o", 1'000)), 20) << "it was never awarded";
}

TEST_F(AwardsTest, AnOrderOfNothingGivesNothingOfFixedPointsToo) {
  shop(1, 2);
  rule("stores/OrderPaid", {{"fixedAmount", {{"configs", Json::array({{{"points", 5}}})}}}},
       "Thanks");
  EXPECT_EQ(sum(order("o", 0)), 0);
  EXPECT_EQ(account_of(contact).sequence, 0);
}

TEST_F(AwardsTest, ATierCountsAsItWasBeforeTheGrant) {
  const std::string gold = new_tier("Gold", 100);
  tiers_are("ACTIVE");
  shop(1, 1, {{"title", "Once"}});
  Json configs = Json::array({{{"points", 1}}, {{"points", 50}, {"tierId", gold}}});
  rule("stores/OrderPaid", {{"fixedAmount", {{"configs", configs}}}}, "Tiered");
  EXPECT_EQ(sum(order("a", 10'000)), 101)
      << "promoted by the first rule, paid as base by the second";
  EXPECT_EQ(account_of(contact).tier_id, gold);
  EXPECT_EQ(sum(order("b", 100)), 50) << "the other rule has nothing for Gold";
}

TEST_F(AwardsTest, ABaseConfigAppliesToAllWhereTheRuleSaysSo) {
  new_tier("Gold", 1);
  tiers_are("ACTIVE");
  shop(1, 1, {{"baseAppliesToAll", true}});
  EXPECT_EQ(sum(order("a", 100)), 1);
  EXPECT_EQ(sum(order("b", 100)), 1);
}

TEST_F(AwardsTest, TheBaseIsAsTheRuleSays) {
  Activity paid = order("o", 800);
  paid.subtotal = Money::minor(1'000);
  paid.total = Money::minor(1'500);
  shop(1, 1, {{"title", "a"}});
  EXPECT_EQ(sum(paid), 8);
  paid.event_id = "p";
  shop(1, 1, {{"title", "b"}, {"base", "subtotal"}});
  EXPECT_EQ(sum(paid), 8 + 10);
  paid.event_id = "q";
  shop(1, 1, {{"title", "c"}, {"base", "total"}});
  EXPECT_EQ(sum(paid), 8 + 10 + 15);
}

TEST_F(AwardsTest, AnAutomatedRuleTakesItsAmountFromThePayload) {
  rule("form/submitted", {{"sourceAppId", automations_app},
                          {"triggerAppId", "forms"},
                          {"conversionRate",
                           {{"field", "priceSummary.totalAmount"},
                            {"configs", Json::array({{{"moneyAmount", 1}, {"points", 10}}})}}}});
  Activity submitted{.contact_id = contact,
                     .trigger_app_id = "forms",
                     .activity_type = "form/submitted",
                     .event_id = "f1"};
  submitted.payload = {{"priceSummary", {{"totalAmount", "4.99"}}}};
  EXPECT_EQ(sum(submitted), 40);
  submitted.event_id = "f2";
  submitted.payload = Json::object();
  EXPECT_EQ(sum(submitted), 0);
  EXPECT_EQ(balance(), 40);
}

TEST_F(AwardsTest, ARestaurantsOrderEarnsByTheRuleThatCameWithIt) {
  const Json rules = ask("earningRules.list", {{"triggerAppId", restaurants_app}})["earningRules"];
  ask("earningRules.update",
      {{"earningRule",
        {{"id", rules[0]["id"]},
         {"status", "ACTIVE"},
         {"conversionRate", {{"configs", Json::array({{{"moneyAmount", 1}, {"points", 10}}})}}}}}});
  Activity paid = order("r", 499);  // after discounts, without delivery and tax
  paid.total = Money::minor(1'200);
  paid.trigger_app_id = restaurants_app;
  paid.activity_type = "restaurants-order-is-pending";
  EXPECT_EQ(sum(paid), 40);
}

TEST_F(AwardsTest, ABirthdayHasNoMoney) {
  ask("earningRules.createCustom",
      {{"type", "BIRTHDAY"},
       {"earningRule",
        {{"title", "Happy birthday"},
         {"fixedAmount", {{"configs", Json::array({{{"points", 50}}})}}}}}});
  const Activity birthday{.contact_id = contact,
                          .trigger_app_id = {},
                          .activity_type = std::string{birthday_activity},
                          .event_id = "birthday:2026"};
  EXPECT_EQ(sum(birthday), 50);
  EXPECT_EQ(sum(birthday), 0);
}

TEST_F(AwardsTest, OnceAPersonIsOnceForEver) {
  rule("site/signup", {{"sourceAppId", automations_app},
                       {"oncePerPerson", true},
                       {"fixedAmount", {{"configs", Json::array({{{"points", 20}}})}}}});
  Activity signup{.contact_id = contact,
                  .trigger_app_id = {},
                  .activity_type = "site/signup",
                  .event_id = "s1"};
  EXPECT_EQ(sum(signup), 20);
  signup.event_id = "s2";
  const std::vector<Awarded> again = awarded(signup);
  EXPECT_TRUE(again[0].repeated);
  EXPECT_EQ(balance(), 20);
  signup.contact_id = new_contact();
  EXPECT_EQ(sum(signup), 20);
}

TEST_F(AwardsTest, AGrantBeyondTheLimitIsCutAndFlagged) {
  shop(1, 9'999'999);
  EXPECT_EQ(sum(order("o", 1'000'000)), 9'999'999);
  EXPECT_TRUE(last_entry().entry.clamped);
  write([&](Call& call) {
    move(call,
         ledger::Adjust{.account = account_of(contact).id,
                        .points = {},
                        .balance = Points::of(999'999'990),
                        .revision = {}},
         {});
  });
  EXPECT_EQ(sum(order("p", 1'000'000)), 9) << "no more fits";
  EXPECT_EQ(sum(order("q", 1'000'000)), 0);
}

TEST_F(AwardsTest, ARuleMayHaveAMostOfItsOwn) {
  shop(1, 10, {{"maxPoints", 25}});
  EXPECT_EQ(sum(order("o", 1'000)), 25);
  EXPECT_FALSE(last_entry().entry.clamped);
}

TEST_F(AwardsTest, AWholeRefundTakesBackEverything) {
  shop(1, 2);
  rule("stores/OrderPaid", {{"fixedAmount", {{"configs", Json::array({{{"points", 5}}})}}}},
       "Thanks");
  sum(order("o", 1'000));
  EXPECT_EQ(take_back("o", std::nullopt), 25);
  EXPECT_EQ(balance(), 0);
  EXPECT_EQ(account_of(contact).earned, no_points);
  EXPECT_EQ(take_back("o", std::nullopt), 0) << "once";
  EXPECT_EQ(take_back("unknown", std::nullopt), 0);
  EXPECT_EQ(last_entry().entry.kind, ledger::EntryKind::reverse);
}

TEST_F(AwardsTest, PartialRefundsTakeBackTheDifferenceWhateverTheSteps) {
  shop(20, 10);
  rule("stores/OrderPaid", {{"fixedAmount", {{"configs", Json::array({{{"points", 5}}})}}}},
       "Thanks");
  sum(order("o", 10'000));
  sum(order("p", 10'000));
  EXPECT_EQ(take_back("o", 6'650), 17);  // 50 - floor(66 / 2)
  EXPECT_EQ(take_back("o", 2'599), 21);  // 33 - 12
  EXPECT_EQ(take_back("o", 2'599), 0);
  EXPECT_EQ(take_back("p", 2'599), 38) << "in one step";
  EXPECT_EQ(take_back("o", 0), 17) << "fixed points come back with the last of it";
  EXPECT_EQ(take_back("p", 0), 17);
  EXPECT_EQ(balance(), 0);
}

TEST_F(AwardsTest, WhatWasAwardedIsTakenBackByTheRuleOfThen) {
  const std::string id = shop(1, 2);
  sum(order("o", 1'000));
  ask("earningRules.update",
      {{"earningRule",
        {{"id", id},
         {"conversionRate", {{"configs", Json::array({{{"moneyAmount", 1}, {"points", 9}}})}}}}}});
  EXPECT_EQ(take_back("o", 500), 10);
  ask("earningRules.delete", {{"id", id}});
  EXPECT_EQ(take_back("o", 0), 10);
}

TEST_F(AwardsTest, AnOrderThatGrowsEarnsTheDifference) {
  shop(20, 10);
  sum(order("o", 10'000));
  EXPECT_EQ(settle(order("o", 15'000)), 25);
  EXPECT_EQ(balance(), 75);
  const store::EntryRow entry = last_entry();
  EXPECT_EQ(entry.transaction_type, "EARN");
  EXPECT_EQ(Json::parse(entry.info)["earnInfo"]["orderId"], "o");
  EXPECT_EQ(settle(order("o", 15'000)), 0) << "the same again";
  EXPECT_EQ(settle(order("unknown", 15'000)), 0);
}

TEST_F(AwardsTest, EditsEndWithTheSamePointsWhateverTheSteps) {
  shop(20, 10);
  rule("stores/OrderPaid", {{"fixedAmount", {{"configs", Json::array({{{"points", 5}}})}}}},
       "Thanks");
  sum(order("o", 10'000));
  const std::int64_t bases[] = {6'650, 12'000, 0, 9'000, 30'000, 2'599};
  for (const std::int64_t base : bases) {
    settle(order("o", base));
    EXPECT_EQ(balance(), base == 0 ? 0 : 5 + base / 100 * 10 / 20) << base;
  }
  EXPECT_EQ(account_of(contact).earned.count(), 5 + 12) << "what is earned is net of what is taken";
  EXPECT_EQ(take_back("o", std::nullopt), 17) << "all grants of the order, late ones too";
  EXPECT_EQ(balance(), 0);
  EXPECT_EQ(take_back("o", std::nullopt), 0);
}

TEST_F(AwardsTest, AnOrderThatEarnedNothingEarnsWhenItGrows) {
  shop(1, 2);
  EXPECT_EQ(sum(order("o", 0)), 0);
  EXPECT_EQ(settle(order("o", 500)), 10);
  EXPECT_EQ(Json::parse(last_entry().info)["earnInfo"]["appId"], stores_app);
  EXPECT_EQ(take_back("o", 250), 6);
  EXPECT_EQ(balance(), 4);
}

TEST_F(AwardsTest, AnEditGoesByTheRuleOfThen) {
  const std::string id = shop(1, 2);
  sum(order("o", 1'000));
  ask("earningRules.delete", {{"id", id}});
  EXPECT_EQ(settle(order("o", 2'000)), 20);
}

TEST_F(AwardsTest, AnEditOfAnOrderWithBasesByRule) {
  const std::string id = shop(1, 2);
  Activity placed = order("o", 0);
  placed.rule_bases = std::vector<RuleBase>{{id, Money::minor(1'000)}};
  EXPECT_EQ(sum(placed), 20);
  placed.rule_bases = std::vector<RuleBase>{{id, Money::minor(1'500)}};
  EXPECT_EQ(settle(placed), 10);
  placed.rule_bases = std::vector<RuleBase>{};
  EXPECT_EQ(settle(placed), -30);
}

TEST_F(AwardsTest, WhatTheBalanceHadNoRoomForIsNotGivenByAnEdit) {
  shop(1, 2);
  sum(order("first", 100));
  const auto set_balance = [&](std::int64_t points) {
    write([&](Call& call) {
      move(call,
           ledger::Adjust{.account = account_of(contact).id,
                          .points = {},
                          .balance = Points::of(points),
                          .revision = {}},
           {});
    });
  };
  set_balance(999'999'990);
  EXPECT_EQ(sum(order("o", 1'000)), 9);  // of 20
  set_balance(0);
  EXPECT_EQ(settle(order("o", 1'000)), 0);
  EXPECT_EQ(settle(order("o", 1'100)), 2);
  set_balance(999'999'998);
  EXPECT_EQ(settle(order("o", 1'200)), 1);
  set_balance(0);
  EXPECT_EQ(settle(order("o", 1'200)), 0);
}

TEST_F(AwardsTest, NothingIsGrantedForAnEditWhileTheProgramIsNotActive) {
  shop(1, 2);
  sum(order("o", 1'000));
  ask("program.pause");
  EXPECT_EQ(settle(order("o", 2'000)), 0);
  EXPECT_EQ(settle(order("o", 500)), -10) << "taking back is book-keeping";
  activate();
  EXPECT_EQ(settle(order("o", 2'000)), 30);
}

}  // namespace
}  // namespace loyalty::service
