#include "native/service/program/tiers.h"

#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

using TiersTest = ShopTest;

Json tier(const std::string& name, std::int64_t points) {
  return {{"tierDefinition", {{"name", name}}}, {"requiredPoints", points}};
}
Json of(Json tier) { return {{"tier", std::move(tier)}}; }

TEST_F(TiersTest, ATierIsCreatedReadChangedAndDeleted) {
  const Json made = ask("tiers.create", of(tier("Gold", 100)))["tier"];
  EXPECT_EQ(made["revision"], "1");
  EXPECT_EQ(made["createdDate"], "2026-01-15T12:00:00.000Z");
  EXPECT_EQ(ask("tiers.get", {{"tierId", made["id"]}})["tier"], made);
  Json whole = made;
  whole["_id"] = made["id"];
  whole["requiredPoints"] = 200;
  const Json changed = ask("tiers.update", of(whole))["tier"];
  EXPECT_EQ(changed["revision"], "2");
  EXPECT_EQ(changed["requiredPoints"], 200);
  EXPECT_EQ(changed["tierDefinition"]["name"], "Gold");
  EXPECT_EQ(ask("tiers.delete", {{"tierId", made["id"]}, {"revision", "2"}}), Json::object());
  EXPECT_EQ(refused("tiers.get", {{"tierId", made["id"]}}), "TIER_NOT_FOUND");
  EXPECT_EQ(new_events(),
            (std::vector<std::string>{"tier created", "tier updated", "tier deleted"}));
  EXPECT_FALSE(last_event_body()["deletedEvent"].contains("deletedEntity"));
}

TEST_F(TiersTest, AnUpdateKeepsWhatItLeavesOut) {
  Json made = tier("Gold", 100);
  made["tierDefinition"]["description"] = "For the best";
  made = ask("tiers.create", of(made))["tier"];
  const Json changed = ask("tiers.update", of({{"id", made["id"]},
                                               {"revision", "1"},
                                               {"tierDefinition", {{"name", "Golden"}}}}))["tier"];
  EXPECT_EQ(changed["tierDefinition"], (Json{{"name", "Golden"}, {"description", "For the best"}}));
  EXPECT_EQ(changed["requiredPoints"], 100);
  EXPECT_EQ(
      violation("tiers.update",
                of({{"id", made["id"]}, {"revision", "2"}, {"tierDefinition", {{"name", ""}}}})),
      "tier.tierDefinition.name MIN_LENGTH");
}

TEST_F(TiersTest, ChangesNeedTheRevision) {
  const Json made = ask("tiers.create", of(tier("Gold", 100)))["tier"];
  Json change{{"id", made["id"]}, {"requiredPoints", 5}};
  EXPECT_EQ(violation("tiers.update", of(change)), "tier.revision REQUIRED");
  change["revision"] = "2";
  EXPECT_EQ(refused("tiers.update", of(change)), "REVISION_MISMATCH");
  EXPECT_EQ(violation("tiers.delete", {{"tierId", made["id"]}}), "revision REQUIRED");
  EXPECT_EQ(refused("tiers.delete", {{"tierId", made["id"]}, {"revision", 9}}),
            "REVISION_MISMATCH");
}

TEST_F(TiersTest, NamesAndThresholdsAreUnique) {
  ask("tiers.create", of(tier("Gold", 100)));
  EXPECT_EQ(refused("tiers.create", of(tier(" gOLD ", 200))), "TIER_NAME_ALREADY_EXISTS");
  EXPECT_EQ(refused("tiers.create", of(tier("Silver", 100))), "TIER_POINTS_ALREADY_EXISTS");
  const Json silver = ask("tiers.create", of(tier("Silver", 50)))["tier"];
  EXPECT_EQ(refused("tiers.update",
                    of({{"id", silver["id"]}, {"revision", "1"}, {"requiredPoints", 100}})),
            "TIER_POINTS_ALREADY_EXISTS");
  EXPECT_EQ(
      refused(
          "tiers.update",
          of({{"id", silver["id"]}, {"revision", "1"}, {"tierDefinition", {{"name", "GOLD"}}}})),
      "TIER_NAME_ALREADY_EXISTS");
  EXPECT_EQ(refused("tiers.update",
                    of({{"id", silver["id"]}, {"revision", "1"}, {"requiredPoints", 50}})),
            "");
}

TEST_F(TiersTest, FieldsHaveLimits) {
  EXPECT_EQ(violation("tiers.create", of({{"requiredPoints", 1}})), "tier.tierDefinition REQUIRED");
  EXPECT_EQ(violation("tiers.create", of(tier("", 1))), "tier.tierDefinition.name MIN_LENGTH");
  EXPECT_EQ(violation("tiers.create", of(tier(std::string(51, 'x'), 1))),
            "tier.tierDefinition.name MAX_LENGTH");
  EXPECT_EQ(violation("tiers.create", of(tier("Gold", 0))), "tier.requiredPoints MIN");
  EXPECT_EQ(violation("tiers.create", of(tier("Gold", 10'000'000))), "tier.requiredPoints MAX");
  Json described = tier("Gold", 9'999'999);
  described["tierDefinition"]["description"] = std::string(71, 'x');
  EXPECT_EQ(violation("tiers.create", of(described)), "tier.tierDefinition.description MAX_LENGTH");
  EXPECT_EQ(
      violation("tiers.create",
                of({{"tierDefinition", {{"name", "Gold"}}}, {"requiredPoints", 5}, {"points", 5}})),
      "tier.points UNKNOWN_FIELD");
}

TEST_F(TiersTest, ManyAreCreatedAtOnceEachByItself) {
  ask("tiers.create", of(tier("Gold", 100)));
  const Json answer =
      ask("tiers.bulkCreate", {{"tiers", {tier("Silver", 50), tier("gold", 60), tier("Tin", 5)}}});
  EXPECT_EQ(answer["bulkActionMetadata"],
            (Json{{"totalSuccesses", 2}, {"totalFailures", 1}, {"undetailedFailures", 0}}));
  const Json& failed = answer["results"][1];
  EXPECT_EQ(failed["itemMetadata"]["originalIndex"], 1);
  EXPECT_EQ(failed["itemMetadata"]["success"], false);
  EXPECT_EQ(failed["itemMetadata"]["error"]["code"], "TIER_NAME_ALREADY_EXISTS");
  EXPECT_FALSE(failed.contains("item"));
  EXPECT_EQ(answer["results"][2]["item"]["tierDefinition"]["name"], "Tin");
  EXPECT_EQ(answer["results"][2]["itemMetadata"]["id"], answer["results"][2]["item"]["id"]);
  EXPECT_EQ(ask("tiers.listTiers")["tiers"].size(), 3U);
  EXPECT_EQ(ask("tiers.listTiers")["tiers"][0]["tierDefinition"]["name"], "Tin") << "by points";
}

TEST_F(TiersTest, ThereAreAtMostTwenty) {
  Json tiers = Json::array();
  for (int i = 1; i <= 20; ++i) {
    tiers.push_back(tier("T" + std::to_string(i), i));
  }
  EXPECT_EQ(ask("tiers.bulkCreate", {{"tiers", tiers}})["bulkActionMetadata"]["totalFailures"], 0);
  EXPECT_EQ(refused("tiers.create", of(tier("T21", 21))), "TIER_LIMIT_REACHED");
  tiers.push_back(tier("T21", 21));
  EXPECT_EQ(violation("tiers.bulkCreate", {{"tiers", tiers}}).substr(0, 5), "tiers");
  EXPECT_EQ(violation("tiers.bulkCreate", {{"tiers", Json::array()}}).substr(0, 5), "tiers");
  EXPECT_EQ(published()->document->catalog().tiers.size(), 20U);
}

TEST_F(TiersTest, SettingsThatNobodyWroteAreDefaultsAndAReadWritesNothing) {
  const Json program = ask("tiers.getProgram");
  EXPECT_EQ(program["tiers"], Json::array());
  EXPECT_EQ(program["programSettings"], (Json{{"status", "DISABLED"},
                                              {"rollingWindow", {{"durationInMonths", 12}}},
                                              {"baseTierDefinition", Json::object()},
                                              {"revision", "1"}}));
  EXPECT_EQ(refused("tiers.getSettings"), "TIERS_SETTINGS_NOT_FOUND");
  EXPECT_EQ(refused("tiers.createSettings",
                    {{"programSettings",
                      {{"status", "ACTIVE"}, {"rollingWindow", {{"durationInMonths", 6}}}}}}),
            "");
  EXPECT_EQ(refused("tiers.createSettings",
                    {{"programSettings", {{"rollingWindow", {{"durationInMonths", 6}}}}}}),
            "TIERS_SETTINGS_ALREADY_EXIST");
  EXPECT_EQ(ask("tiers.getSettings")["programSettings"]["status"], "ACTIVE");
  EXPECT_EQ(new_events(), (std::vector<std::string>{"tiers_settings changed"}));
}

TEST_F(TiersTest, DefaultsCanBeChangedByTheRevisionThatTheyShow) {
  const Json change{{"status", "ACTIVE"},
                    {"revision", "1"},
                    {"rollingWindow", {{"durationInMonths", 6}}},
                    {"baseTierDefinition", {{"name", "Member"}}}};
  EXPECT_EQ(
      ask("tiers.updateSettings", {{"programSettings", change}})["programSettings"]["revision"],
      "2");
  EXPECT_EQ(refused("tiers.updateSettings", {{"programSettings", change}}), "REVISION_MISMATCH");
  read([](Call& call) {
    EXPECT_TRUE(program_of(call)->tiers_active);
    EXPECT_EQ(program_of(call)->window_months, 6);
  });
}

TEST_F(TiersTest, AnUpdateOfTheSettingsEmptiesABaseTierThatItLeavesOut) {
  Json settings{{"status", "ACTIVE"},
                {"rollingWindow", {{"durationInMonths", 12}}},
                {"baseTierDefinition", {{"name", "Member"}}}};
  ask("tiers.createSettings", {{"programSettings", settings}});
  settings.erase("baseTierDefinition");
  settings["revision"] = "1";
  const Json changed = ask("tiers.updateSettings", {{"programSettings", settings}});
  EXPECT_EQ(changed["programSettings"]["baseTierDefinition"], Json::object());
  settings["revision"] = "2";
  for (const char* needed : {"status", "revision", "rollingWindow"}) {
    Json without = settings;
    without.erase(needed);
    EXPECT_EQ(violation("tiers.updateSettings", {{"programSettings", without}}),
              std::string{"programSettings."} + needed + " REQUIRED");
  }
}

TEST_F(TiersTest, TheWindowHasOneToThirtySixMonths) {
  for (const int months : {0, 37}) {
    EXPECT_EQ(refused("tiers.createSettings",
                      {{"programSettings", {{"rollingWindow", {{"durationInMonths", months}}}}}}),
              "VALIDATION");
  }
}

TEST_F(TiersTest, OnlyActiveTiersCount) {
  new_tier("Gold", 100);
  for (const char* status : {"DISABLED", "DRAFT", "PAUSED"}) {
    tiers_are(status);
    EXPECT_FALSE(published()->document->catalog().tiers_active) << status;
  }
  tiers_are("ACTIVE");
  EXPECT_TRUE(published()->document->catalog().tiers_active);
}

}  // namespace
}  // namespace loyalty::service
