#include <atomic>
#include <thread>

#include "native/service/accounts/desk.h"
#include "native/service/program/documents.h"
#include "native/service/schedule.h"
#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

using ProgramTest = ShopTest;

Json program(Json fields) { return {{"loyaltyProgram", std::move(fields)}}; }

TEST_F(ProgramTest, ANewSiteHasOneDraftProgram) {
  const Json got = ask("program.get")["loyaltyProgram"];
  EXPECT_EQ(got["status"], "DRAFT");
  EXPECT_EQ(got["name"], "Loyalty Program");
  EXPECT_EQ(got["pointDefinition"], (Json{{"customName", "Points"}}));
  EXPECT_EQ(
      got["pointsExpiration"],
      (Json{{"status", "DISABLED"}, {"monthsOfInactivity", 3}, {"expiringPointsPercentage", 100}}));
  EXPECT_EQ(got["premiumFeatures"],
            (Json{{"loyaltyProgram", true}, {"tiers", true}, {"pointsExpiration", true}}));
  EXPECT_EQ(got["createdDate"], "2026-01-15T12:00:00.000Z");
  EXPECT_THROW(write([](Call& call) { install_program(call, site_id, Json::object()); }),
               store::Duplicate);
}

TEST_F(ProgramTest, ASiteWithoutAProgramSaysSo) {
  try {
    read([](Call& call) { program_of(call); }, 77);
    FAIL() << "a program where there is none";
  } catch (const wire::Refused& refusal) {
    EXPECT_EQ(refusal.code(), wire::Code::program_not_found);
  }
}

TEST_F(ProgramTest, AnUpdateChangesWhatItNamesAndNothingElse) {
  now = now + Duration::days(1);
  ask("program.update",
      program({{"name", "Star Club"}, {"pointDefinition", {{"customName", "Stars"}}}}));
  const Json icon{{"id", "abc.png"}, {"height", 20}, {"width", 10}, {"url", "wix:image://x"}};
  const Json got =
      ask("program.update", program({{"pointDefinition", {{"icon", icon}}}}))["loyaltyProgram"];
  EXPECT_EQ(got["name"], "Star Club");
  EXPECT_EQ(got["pointDefinition"], (Json{{"customName", "Stars"}, {"icon", icon}}));
  EXPECT_EQ(got["updatedDate"], "2026-01-16T12:00:00.000Z");
  EXPECT_EQ(got["createdDate"], "2026-01-15T12:00:00.000Z");
}

TEST_F(ProgramTest, NamesAndExpiryHaveLimits) {
  EXPECT_EQ(violation("program.update", program({{"name", "x"}})),
            "loyaltyProgram.name MIN_LENGTH");
  EXPECT_EQ(violation("program.update", program({{"name", std::string(51, 'x')}})),
            "loyaltyProgram.name MAX_LENGTH");
  EXPECT_EQ(refused("program.update", program({{"name", std::string(50, 'x')}})), "");
  EXPECT_EQ(violation("program.update",
                      program({{"pointDefinition", {{"customName", std::string(21, 'x')}}}})),
            "loyaltyProgram.pointDefinition.customName MAX_LENGTH");
  for (const int months : {0, 13}) {
    EXPECT_EQ(refused("program.update",
                      program({{"pointsExpiration", {{"monthsOfInactivity", months}}}})),
              "VALIDATION");
  }
  for (const int percentage : {0, 101}) {
    EXPECT_EQ(refused("program.update",
                      program({{"pointsExpiration", {{"expiringPointsPercentage", percentage}}}})),
              "VALIDATION");
  }
}

TEST_F(ProgramTest, AWholeProgramSentBackDoesNotChangeItsStatus) {
  Json whole = ask("program.get")["loyaltyProgram"];
  whole["status"] = "ACTIVE";
  whole["pointsExpiration"]["status"] = "ENABLED";
  whole["premiumFeatures"]["tiers"] = false;
  const Json got = ask("program.update", program(whole))["loyaltyProgram"];
  EXPECT_EQ(got["status"], "DRAFT");
  EXPECT_EQ(got["pointsExpiration"]["status"], "DISABLED");
  EXPECT_EQ(got["premiumFeatures"]["tiers"], true);
  EXPECT_EQ(new_events(), std::vector<std::string>{}) << "nothing changed";
}

TEST_F(ProgramTest, StatusGoesByActivateAndPause) {
  EXPECT_EQ(refused("program.pause"), "INVALID_PROGRAM_TRANSITION");
  EXPECT_EQ(ask("program.activate")["loyaltyProgram"]["status"], "ACTIVE");
  EXPECT_EQ(ask("program.activate")["loyaltyProgram"]["status"], "ACTIVE");
  EXPECT_EQ(ask("program.pause")["loyaltyProgram"]["status"], "PAUSED");
  EXPECT_EQ(ask("program.pause")["loyaltyProgram"]["status"], "PAUSED");
  EXPECT_EQ(ask("program.activate")["loyaltyProgram"]["status"], "ACTIVE");
  EXPECT_EQ(new_events(), (std::vector<std::string>(3, "program updated")));
  EXPECT_EQ(last_event_body()["updatedEvent"]["currentEntity"]["status"], "ACTIVE");
}

TEST_F(ProgramTest, EveryChangeIsTold) {
  ask("program.update", program({{"name", "Club"}}));
  ask("program.enablePointsExpiration");
  ask("program.enablePointsExpiration");
  ask("program.disablePointsExpiration");
  settings({{"autoPause", true}});
  EXPECT_EQ(new_events(), (std::vector<std::string>(4, "program updated")));
}

TEST_F(ProgramTest, ExpiryIsSwitchedAndNothingElse) {
  Json before = ask("program.get")["loyaltyProgram"];
  Json after = ask("program.enablePointsExpiration")["loyaltyProgram"];
  EXPECT_EQ(after["pointsExpiration"]["status"], "ENABLED");
  before.erase("pointsExpiration");
  after.erase("pointsExpiration");
  EXPECT_EQ(before, after);
}

TEST_F(ProgramTest, FeaturesOutsideThePlanAreRefused) {
  settings({{"premiumFeatures",
             {{"loyaltyProgram", false}, {"tiers", false}, {"pointsExpiration", false}}}});
  EXPECT_EQ(ask("program.premiumFeatures")["tiers"], false);
  EXPECT_EQ(refused("program.activate"), "PREMIUM_FEATURE_REQUIRED");
  EXPECT_EQ(refused("program.enablePointsExpiration"), "PREMIUM_FEATURE_REQUIRED");
  EXPECT_EQ(refused("tiers.create",
                    {{"tier", {{"tierDefinition", {{"name", "Gold"}}}, {"requiredPoints", 5}}}}),
            "PREMIUM_FEATURE_REQUIRED");
}

TEST_F(ProgramTest, TheLedgerKnowsStatusPausesAndExpiry) {
  settings({{"timeZone", "Europe/Berlin"},
            {"reversalPolicy", "FORGIVE"},
            {"holdMinutes", 5},
            {"autoCreateAccounts", false}});
  activate();
  ask("program.pause");
  now = now + Duration::days(3);
  activate();
  ask("program.update", program({{"pointsExpiration",
                                  {{"monthsOfInactivity", 6}, {"expiringPointsPercentage", 50}}}}));
  ask("program.enablePointsExpiration");
  read([&](Call& call) {
    const ledger::Program& program = program_of(call)->ledger;
    EXPECT_EQ(program.settings.status, ledger::Status::active);
    ASSERT_EQ(program.pauses.size(), 1U);
    EXPECT_EQ(program.pauses[0].from, *parse_instant("2026-01-15T12:00:00Z"));
    EXPECT_EQ(program.pauses[0].to, *parse_instant("2026-01-18T12:00:00Z"));
    EXPECT_EQ(program.settings.expiry,
              (ledger::ExpiryRules{
                  .model = ledger::ExpiryModel::inactivity, .months = 6, .percentage = 50}));
    ASSERT_TRUE(program.expiry_changed.has_value());
    EXPECT_EQ(program.expiry_changed->last_day, (Date{2026, 2, 1}));
    EXPECT_EQ(program.settings.reversal, ledger::ReversalPolicy::forgive);
    EXPECT_EQ(program.settings.hold_lifetime, Duration::minutes(5));
    EXPECT_FALSE(program.settings.create_accounts);
    EXPECT_EQ(program.settings.zone.offset_at(call.now), 3'600);
  });
  settings({{"expiryModel", "lots"}});
  read([&](Call& call) {
    EXPECT_EQ(program_of(call)->ledger.settings.expiry.model, ledger::ExpiryModel::lots);
  });
}

TEST_F(ProgramTest, MonthsThatChangeWhileNothingExpiresPromiseNothing) {
  ask("program.update", program({{"pointsExpiration", {{"monthsOfInactivity", 6}}}}));
  read([&](Call& call) {
    EXPECT_EQ(program_of(call)->ledger.settings.expiry.model, ledger::ExpiryModel::none);
  });
}

TEST_F(ProgramTest, OnlyWhatIsActiveMayEarn) {
  const auto is_refused = [&] {
    try {
      read([](Call& call) { require_active(call); });
      return false;
    } catch (const wire::Refused& refusal) {
      return refusal.code() == wire::Code::program_not_active;
    }
  };
  EXPECT_TRUE(is_refused());
  activate();
  EXPECT_FALSE(is_refused());
  ask("program.pause");
  EXPECT_TRUE(is_refused());
}

TEST_F(ProgramTest, AUserSeesTheProgramsOfAllOwnSites) {
  write([](Call& call) { install_program(call, "22222222-2222-2222-2222-222222222222", {}); }, 2);
  caller.identity = Caller::Identity::user;
  caller.sites = {1, 2, 3};  // the third has no program
  const Json sites = ask("program.bulkGet")["programInSites"];
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0]["metaSiteId"], site_id);
  EXPECT_EQ(sites[1]["metaSiteId"], "22222222-2222-2222-2222-222222222222");
  EXPECT_EQ(sites[1]["loyaltyProgram"]["status"], "DRAFT");
}

TEST_F(ProgramTest, WhatACallChangedItSees) {
  write([](Call& call) {
    EXPECT_FALSE(program_of(call)->tiers_active);
    const std::int64_t version = program_of(call)->catalog_version;
    catalog_changed(call, {"test.edit"});
    EXPECT_EQ(program_of(call)->catalog_version, version + 1);
  });
}

TEST_F(ProgramTest, WhatWasUndoneIsForgotten) {
  const auto before = published();
  EXPECT_THROW(write([](Call& call) {
                 catalog_changed(call, {"test.edit"});
                 EXPECT_EQ(call.catalogs.catalog(call.store)->version, 2);
                 throw std::runtime_error("no");
               }),
               std::runtime_error);
  EXPECT_EQ(published()->version, before->version);
  new_tier("Gold", 100);
  const auto after = published();
  EXPECT_EQ(after->version, before->version + 1);
  EXPECT_EQ(after->document->catalog().tiers.size(), 1U);
  EXPECT_EQ(published(), after) << "compiled once";
}

TEST_F(ProgramTest, AVersionThatWasUndoneIsNotTakenForTheNextOfTheSameNumber) {
  published();
  EXPECT_THROW(
      write([](Call& call) {
        catalog_changed(call, {"test.edit"});
        call.store.insert(store::Kind::tier, new_document(call, Json{{"requiredPoints", 7}}));
        catalog_changed(call, {"test.edit"});
        EXPECT_EQ(call.catalogs.state(call.store)->tiers.size(), 1U);
        throw std::runtime_error("no");
      }),
      std::runtime_error);
  write([](Call& call) { catalog_changed(call, {"test.edit"}); });
  write([](Call& call) { catalog_changed(call, {"test.edit"}); });  // the number of what was undone
  read([](Call& call) { EXPECT_EQ(program_of(call)->tiers.size(), 0U); });
  EXPECT_EQ(published()->document->catalog().tiers.size(), 0U);
}

TEST_F(ProgramTest, ReadersOnOtherThreadsSeeWhatIsCommittedAndNothingElse) {
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::thread reader([&] {
    std::int64_t last = 0;
    while (!done) {
      read([&](Call& call) {
        const auto state = program_of(call);
        const auto catalog = call.catalogs.catalog(call.store);
        // Every version has as many tiers as versions came before it.
        wrong += static_cast<std::int64_t>(state->tiers.size()) != state->catalog_version - 1;
        wrong += catalog->document->catalog().tiers.size() !=
                 static_cast<std::size_t>(catalog->version - 1);
        wrong += state->catalog_version < last;
        last = state->catalog_version;
      });
    }
  });
  for (int i = 1; i <= 15; ++i) {
    EXPECT_THROW(write([](Call& call) {
                   catalog_changed(call, {"test.edit"});
                   program_of(call);
                   throw std::runtime_error("no");
                 }),
                 std::runtime_error);
    new_tier("T" + std::to_string(i), i);
  }
  done = true;
  reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(published()->document->catalog().tiers.size(), 15U);
}

TEST_F(ProgramTest, AccountsAreLookedAtAnewInSlices) {
  activate();
  std::vector<std::string> contacts;
  for (int i = 0; i < 5; ++i) {
    contacts.push_back(new_contact());
    write([&](Call& call) {
      const store::AccountRow row = open_account(call, contacts.back());
      move(call,
           ledger::Adjust{
               .account = row.id, .points = Points::of(150), .balance = {}, .revision = {}},
           {});
    });
  }
  const std::string gold = new_tier("Gold", 100);
  tiers_are("ACTIVE");
  std::size_t slices = 0;
  for (std::size_t done = 2; done == 2; ++slices) {
    write([&](Call& call) { done = recalculate_accounts(call, 2); });
  }
  EXPECT_EQ(slices, 3U);
  for (const std::string& contact : contacts) {
    EXPECT_EQ(account_of(contact).tier_id, gold);
  }
  write([](Call& call) { EXPECT_EQ(recalculate_accounts(call, 2), 0U); });
  tiers_are("PAUSED");
  write([](Call& call) { recalculate_accounts(call, 100); });
  EXPECT_EQ(account_of(contacts[0]).tier_id, "");
}

}  // namespace
}  // namespace loyalty::service
