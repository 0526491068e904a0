#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

class Activities : public PeopleTest {
 protected:
  static constexpr const char* stores = "1380b703-ce81-ff05-f115-39571d94dfcd";
  static constexpr const char* events = "140603ad-af8d-84a5-2c80-a0f60cb47351";

  std::string anna = contact({{"email", "anna@example.com"}});

  Json report(const char* app, const char* activity, const char* event,
              Json payload = Json::object()) {
    return ask("activities.report", {{"contactId", anna},
                                     {"triggerAppId", app},
                                     {"activityType", activity},
                                     {"eventId", event},
                                     {"payload", std::move(payload)}})["awards"];
  }
};

TEST_F(Activities, AwardTheirPointsOnceAnEvent) {
  const std::string rule = fixed_rule(events, "events/Rsvp", 20);
  const Json first = report(events, "events/Rsvp", "e1");
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0]["earningRuleId"], rule);
  EXPECT_EQ(first[0]["points"], 20);
  EXPECT_EQ(balance_of(anna), 20);
  const Json again = report(events, "events/Rsvp", "e1");
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(again[0]["repeated"].get<bool>());
  EXPECT_EQ(again[0]["transactionId"], first[0]["transactionId"]);
  EXPECT_EQ(balance_of(anna), 20);
  report(events, "events/Rsvp", "e2");
  EXPECT_EQ(balance_of(anna), 40);
}

TEST_F(Activities, WithoutARuleAwardNothing) {
  fixed_rule(events, "events/Rsvp", 20);
  EXPECT_EQ(report(events, "events/OrderConfirmed", "e1"), Json::array());
  EXPECT_EQ(report(stores, "events/Rsvp", "e1"), Json::array());
  EXPECT_EQ(refused("accounts.fetchBy", {{"contactId", anna}}), "ACCOUNT_NOT_FOUND");
}

TEST_F(Activities, WithMoneyAwardByTheirPriceSummary) {
  ask("earningRules.create",
      {{"earningRule",
        {{"title", "Buy"},
         {"status", "ACTIVE"},
         {"sourceAppId", "553c79f3-5625-4f38-b14b-ef7c0d1e87df"},
         {"triggerAppId", stores},
         {"triggerActivityType", "stores/OrderPaid"},
         {"conversionRate",
          {{"configs", Json::array({Json{{"moneyAmount", 1}, {"points", 10}}})}}}}}});
  const Json awards = report(stores, "stores/OrderPaid", "o1",
                             {{"priceSummary",
                               {{"subtotal", {{"amount", "14.99"}}},
                                {"discount", {{"amount", "10.00"}}},
                                {"total", {{"amount", "9.99"}}}}}});
  ASSERT_EQ(awards.size(), 1u);
  EXPECT_EQ(awards[0]["points"], 40);
}

TEST_F(Activities, AreOfContactsThatExist) {
  EXPECT_EQ(
      refused(
          "activities.report",
          {{"contactId", site_id}, {"triggerAppId", "a"}, {"activityType", "b"}, {"eventId", "c"}}),
      "CONTACT_NOT_FOUND");
}

TEST_F(Activities, OfAPausedProgramAwardNothing) {
  fixed_rule(events, "events/Rsvp", 20);
  ask("program.pause");
  EXPECT_EQ(report(events, "events/Rsvp", "e1"), Json::array());
}

}  // namespace
}  // namespace loyalty::service
