#include "native/service/checkout/shopper.h"
#include "native/service/people/contacts.h"
#include "native/service/program/documents.h"
#include "native/service/program/uses.h"
#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

class ContactMerge : public PeopleTest {
 protected:
  std::string anna = contact({{"email", "anna@example.com"}, {"tags", {"vip"}}});
  std::string ann = contact({{"email", "ann@example.com"},
                             {"name", "Ann"},
                             {"memberId", "aaaaaaaa-1111-4111-8111-111111111111"},
                             {"tags", {"new"}}});

  Json merge() {
    return ask("contacts.merge", {{"sourceContactId", ann}, {"targetContactId", anna}})["contact"];
  }
};

TEST_F(ContactMerge, OneAccountRemainsWithThePointsOfBoth) {
  const std::string from = account(ann);
  earn(from, 30);
  earn(account(anna), 12);
  new_events();
  merge();
  EXPECT_EQ(balance_of(anna), 42);
  EXPECT_EQ(account_of(anna)["points"]["earned"], 42);
  EXPECT_EQ(refused("contacts.get", {{"id", ann}}), "CONTACT_NOT_FOUND");
  EXPECT_EQ(ask("accounts.get", {{"id", from}})["account"]["id"], account_of(anna)["id"]);
  EXPECT_TRUE(happened("account accounts_merged"));
}

TEST_F(ContactMerge, TheTargetKeepsItsOwnAndGetsWhatItLacked) {
  const Json merged = merge();
  EXPECT_EQ(merged["email"], "anna@example.com");
  EXPECT_EQ(merged["name"], "Ann");
  EXPECT_EQ(merged["memberId"], "aaaaaaaa-1111-4111-8111-111111111111");
  EXPECT_EQ(merged["tags"], Json::parse(R"(["new","vip"])"));
}

TEST_F(ContactMerge, AnOnlyAccountGoesWithItsPerson) {
  const std::string id = account(ann);
  earn(id, 30);
  merge();
  EXPECT_EQ(account_of(anna)["id"], id);
  EXPECT_EQ(account_of(anna)["contact"]["email"], "anna@example.com");
  EXPECT_EQ(balance_of(anna), 30);
}

TEST_F(ContactMerge, TheMemberIsFoundByTheAccountThatRemains) {
  account(ann);
  earn(account(anna), 5);
  merge();
  EXPECT_EQ(ask("accounts.fetchBy",
                {{"memberId", "aaaaaaaa-1111-4111-8111-111111111111"}})["account"]["id"],
            account_of(anna)["id"]);
}

TEST_F(ContactMerge, ReferralRewardsNameTheOneThatRemains) {
  account(anna);
  const Json reward = ask(
      "referrals.createReward",
      {{"referralReward",
        {{"contactId", ann},
         {"specification", {{"moneyOffAmount", 5}, {"minimumSubtotal", 0}}}}}})["referralReward"];
  merge();
  const Json now_of = ask("referrals.getReward", {{"id", reward["id"]}})["referralReward"];
  EXPECT_EQ(now_of["contactId"], anna);
  EXPECT_EQ(ask("referrals.listRewards", {{"contactId", anna}})["referralRewards"].size(), 1u);
}

TEST_F(ContactMerge, ABirthdayOfThisYearIsNotAwardedAgain) {
  ask("earningRules.createCustom",
      {{"type", "BIRTHDAY"},
       {"earningRule",
        {{"title", "Happy birthday"},
         {"fixedAmount", {{"configs", Json::array({Json{{"points", 10}}})}}}}}});
  const auto at = [&](const char* time) {
    now = *parse_instant(time);
    while (birthdays() > 0) {
    }
  };
  at("2026-01-15T12:00:00Z");
  ask("contacts.update", {{"contact", {{"id", ann}, {"birthdate", "1990-03-01"}}}});
  ask("contacts.update", {{"contact", {{"id", anna}, {"birthdate", "1990-06-01"}}}});
  at("2026-03-01T12:00:00Z");
  EXPECT_EQ(balance_of(ann), 10);
  merge();
  at("2026-06-01T12:00:00Z");
  EXPECT_EQ(balance_of(anna), 10);
  at("2027-06-01T12:00:00Z");
  EXPECT_EQ(balance_of(anna), 20) << "the next year's is";
}

TEST_F(ContactMerge, WhatIsOnceAPersonIsNotAwardedAgain) {
  Json rule{{"title", "Welcome"},
            {"status", "ACTIVE"},
            {"sourceAppId", "139ef4fa-c108-8f9a-c7be-d5f492a2c939"},
            {"triggerAppId", "site"},
            {"triggerActivityType", "site/signup"},
            {"oncePerPerson", true},
            {"fixedAmount", {{"configs", Json::array({Json{{"points", 20}}})}}}};
  ask("earningRules.create", {{"earningRule", std::move(rule)}});
  const auto sign_up = [&](const std::string& contact_id, const char* event) {
    return ask("activities.report", {{"contactId", contact_id},
                                     {"triggerAppId", "site"},
                                     {"activityType", "site/signup"},
                                     {"eventId", event}})["awards"];
  };
  const Json first = sign_up(ann, "a");
  EXPECT_EQ(first[0]["repeated"], false);
  account(anna);
  merge();
  const Json again = sign_up(anna, "b");
  EXPECT_EQ(again[0]["repeated"], true);
  EXPECT_EQ(again[0]["transactionId"], first[0]["transactionId"]);
  EXPECT_EQ(balance_of(anna), 20);
}

TEST_F(ContactMerge, UsesOfPromotionsAndOrdersCountForTheOneThatRemains) {
  std::string promotion;
  write([&](Call& call) {
    const store::Document document = new_document(call, Json{{"name", "Once"}});
    promotion = document.id;
    call.store.insert(store::Kind::promotion, document);
    change_uses(call, promotion, ann, {.times = 2, .amount = Money::minor(500)});
    change_uses(call, promotion, anna, {.times = 1, .amount = Money::minor(300)});
    count_order(call, ann, 3);
    count_order(call, anna, 1);
  });
  merge();
  read([&](Call& call) {
    EXPECT_EQ(uses_by(call.store, promotion, anna), 3);
    EXPECT_EQ(uses_by(call.store, promotion, ann), 0);
    EXPECT_EQ(uses_of(call.store, promotion).times, 3);
    EXPECT_EQ(uses_of(call.store, promotion).amount, Money::minor(800));
    EXPECT_EQ(orders_of(call.store, anna), 4);
    EXPECT_EQ(orders_of(call.store, ann), 0);
  });
}

TEST_F(ContactMerge, NeedsTwoContactsThatExist) {
  EXPECT_EQ(refused("contacts.merge", {{"sourceContactId", anna}, {"targetContactId", anna}}),
            "targetContactId DIFFERENT");
  EXPECT_EQ(refused("contacts.merge", {{"sourceContactId", site_id}, {"targetContactId", anna}}),
            "CONTACT_NOT_FOUND");
  merge();
  EXPECT_EQ(refused("contacts.merge", {{"sourceContactId", ann}, {"targetContactId", anna}}),
            "CONTACT_NOT_FOUND");
}

}  // namespace
}  // namespace loyalty::service
