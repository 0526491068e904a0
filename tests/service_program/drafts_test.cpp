#include "native/service/program/drafts.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "native/api/permissions.h"
#include "native/service/program/documents.h"
#include "native/store/sqlite/connection.h"
#include "tests/service_program/shop.h"

namespace loyalty::service {
namespace {

class Drafts : public ShopTest {
 protected:
  Drafts() {
    activate();
    silver_ = new_tier("Silver", 100);
    new_events();
  }

  /// Edits of every kind of thing.
  Json changes() const {
    const Json configs =
        Json::array({{{"amount", "1.00"}, {"costInPoints", 10}},
                     {{"tierId", "$0"}, {"amount", "2.00"}, {"costInPoints", 10}}});
    return Json::array(
        {edit("tiers.create",
              {{"tier", {{"tierDefinition", {{"name", "Gold"}}}, {"requiredPoints", 500}}}}),
         edit("rewards.create", {{"reward",
                                  {{"name", "Money off"},
                                   {"active", true},
                                   {"type", "DISCOUNT_AMOUNT"},
                                   {"discountAmount", {{"configsByTier", configs}}}}}}),
         edit("tiers.update",
              {{"tier", {{"id", silver_}, {"revision", "1"}, {"requiredPoints", 200}}}}),
         edit("program.update",
              {{"loyaltyProgram",
                {{"name", "Beans"}, {"pointsExpiration", {{"monthsOfInactivity", 9}}}}}}),
         edit("program.enablePointsExpiration", Json::object()),
         edit("promotions.create",
              {{"promotion",
                {{"name", "Ten off"},
                 {"trigger", "automatic"},
                 {"effects", {{{"kind", "percent"}, {"ratePpm", 100'000}}}}}}})});
  }

  static Json edit(const char* operation, Json request) {
    return {{"operation", operation}, {"request", std::move(request)}};
  }

  /// Every row of every table.
  std::string whole_store() const {
    store::sqlite::Connection connection{(folder / "store.db").string(),
                                         store::sqlite::Connection::Role::reader};
    std::string text;
    std::vector<std::string> tables;
    {
      auto names = connection.query(
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
          " ORDER BY name");
      while (names.next()) {
        tables.push_back(names.text(0));
      }
    }
    for (const std::string& table : tables) {
      std::string columns;
      {
        auto names = connection.query_built(
            "SELECT group_concat('quote(' || name || ')', ' || '','' || ') FROM "
            "pragma_table_info('" +
                table + "')",
            {});
        EXPECT_TRUE(names.next());
        columns = names.text(0);
      }
      auto rows =
          connection.query_built("SELECT " + columns + " FROM " + table + " ORDER BY 1", {});
      while (rows.next()) {
        text += table + ": " + rows.text(0) + "\n";
      }
    }
    return text;
  }

  std::string silver_;
};

TEST_F(Drafts, APreviewLeavesTheStoreAsItIsByteForByte) {
  const std::string before = whole_store();
  const Json published_before = catalog();
  const Json preview = ask("drafts.preview", {{"changes", changes()}});
  EXPECT_EQ(whole_store(), before);
  EXPECT_GT(before.size(), 1'000u);
  EXPECT_TRUE(new_events().empty());
  EXPECT_EQ(preview["catalog"]["program"]["name"], "Beans");
  EXPECT_EQ(preview["catalog"]["tiers"].size(), 2u);
  EXPECT_EQ(preview["results"].size(), changes().size());
  EXPECT_EQ(catalog(), published_before);
  EXPECT_EQ(published()->json, wire::text_of(published_before));
}

TEST_F(Drafts, NothingOfAPreviewRunsAfterTheCommit) {
  write([&](Call& call) {
    undone(call, [&](Call& pretended) {
      run_changes(pretended, changes());
      EXPECT_FALSE(pretended.after_commit.empty());
    });
    EXPECT_TRUE(call.after_commit.empty());
    EXPECT_TRUE(call.follow_ups.empty());
  });
}

TEST_F(Drafts, WhatIsRefusedInTheMiddleOfAPreviewIsUndoneToo) {
  const std::string before = whole_store();
  Json edits = changes();
  edits.push_back(edit("tiers.delete", {{"tierId", silver_}, {"revision", "7"}}));
  EXPECT_EQ(refused("drafts.preview", {{"changes", edits}}), "REVISION_MISMATCH");
  EXPECT_EQ(whole_store(), before);
  EXPECT_EQ(violation("drafts.preview", {{"changes", {edit("tiers.create", Json::object())}}}),
            "changes[0].request.tier REQUIRED");
  EXPECT_EQ(catalog()["tiers"].size(), 1u);
}

TEST_F(Drafts, ReadersOnOtherThreadsNeverSeeAPreview) {
  const std::string expected = published()->json;
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> seen = 0;
  std::vector<std::thread> readers;
  const Caller reader = caller;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        store->read(site, [&](store::Session& session) {
          wrong += catalogs.catalog(session)->json == expected ? 0 : 1;
          wrong += catalogs.state(session)->tiers.size() == 1 ? 0 : 1;
          ++seen;
        });
      }
    });
  }
  for (int i = 0; i < 30; ++i) {
    ask("drafts.preview", {{"changes", changes()}});
  }
  done = true;
  for (std::thread& thread : readers) {
    thread.join();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(seen, 0);
  EXPECT_EQ(published()->json, expected);
}

TEST_F(Drafts, APublicationIsOneVersionOfTheHistory) {
  const std::string base = catalog()["version"];
  const Json answer =
      ask("drafts.publish", {{"changes", changes()}, {"baseVersion", base}, {"note", "Spring"}});
  EXPECT_EQ(catalog()["version"], answer["catalogVersion"]);
  const Json versions = ask("program.catalogVersions")["versions"];
  EXPECT_EQ(versions[0]["version"], answer["catalogVersion"]);
  EXPECT_EQ(versions[0]["note"], "Spring");
  EXPECT_EQ(versions[0]["changes"].size(), changes().size());
  EXPECT_EQ(versions[0]["changes"][0]["operation"], "tiers.create");
  EXPECT_EQ(versions[0]["changes"][0]["name"], "Gold");
  EXPECT_EQ(versions[1]["version"], base);
  EXPECT_EQ(refused("drafts.publish", {{"changes", changes()}, {"baseVersion", base}}),
            "REVISION_MISMATCH");
}

TEST_F(Drafts, WhoMayManageTheProgramMayMakeEveryEditOfADraft) {
  for (const Route& route : draft_operations()) {
    for (const auto identity : {Caller::Identity::anonymous, Caller::Identity::member,
                                Caller::Identity::app, Caller::Identity::user}) {
      for (const std::string_view scope :
           {std::string_view{}, api::read_scope, api::manage_scope}) {
        Caller who;
        who.identity = identity;
        who.scopes = {std::string{scope}};
        EXPECT_EQ(api::judge(route.permission, who), api::judge(Permission::manage_program, who))
            << route.name;
      }
    }
  }
}

}  // namespace
}  // namespace loyalty::service
