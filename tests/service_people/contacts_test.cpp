#include "native/service/people/contacts.h"

#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

TEST_F(PeopleTest, AContactIsWhatItWasCreatedWith) {
  const Json made = ask("contacts.create", {{"contact",
                                             {{"email", "Anna@Example.com"},
                                              {"name", "Anna"},
                                              {"birthdate", "1990-02-28"},
                                              {"picture", "https://example.com/a.png"},
                                              {"memberId", "AAAAAAAA-1111-4111-8111-111111111111"},
                                              {"tags", {"vip", "newsletter"}}}}})["contact"];
  EXPECT_EQ(made["email"], "Anna@Example.com");
  EXPECT_EQ(made["memberId"], "aaaaaaaa-1111-4111-8111-111111111111");
  EXPECT_EQ(made["revision"], "1");
  EXPECT_FALSE(made.contains("birthday"));
  EXPECT_EQ(ask("contacts.get", {{"id", made["id"]}})["contact"], made);
  EXPECT_EQ(refused("contacts.get", {{"id", site_id}}), "CONTACT_NOT_FOUND");
}

TEST_F(PeopleTest, AnAddressBelongsToOneContactInAnyCase) {
  contact({{"email", "anna@example.com"}});
  EXPECT_EQ(refused("contacts.create", {{"contact", {{"email", "ANNA@example.com"}}}}),
            "CONTACT_ALREADY_EXISTS");
  const std::string bert = contact({{"email", "bert@example.com"}});
  EXPECT_EQ(
      refused("contacts.update", {{"contact", {{"id", bert}, {"email", "Anna@example.com"}}}}),
      "CONTACT_ALREADY_EXISTS");
  EXPECT_EQ(ask("contacts.get", {{"id", bert}})["contact"]["email"], "bert@example.com");
}

TEST_F(PeopleTest, AddressesMustBeAddresses) {
  for (const char* text : {"anna", "@example.com", "anna@", "anna@example", "anna@.com",
                           "an na@example.com", "a@b@example.com", "anna@example."}) {
    EXPECT_FALSE(is_email(text)) << text;
  }
  EXPECT_TRUE(is_email("anna.b+c@mail.example.com"));
  EXPECT_TRUE(is_email("ünna@exämple.de"));
  EXPECT_EQ(refused("contacts.create", {{"contact", {{"email", "anna@x"}}}}),
            "contact.email FORMAT");
  EXPECT_EQ(refused("contacts.create", {{"contact", {{"name", "Anna"}}}}),
            "contact.email REQUIRED");
}

TEST_F(PeopleTest, AnUpdateKeepsWhatItLeavesOutAndRemovesWhatIsEmpty) {
  const std::string id =
      contact({{"email", "anna@example.com"}, {"name", "Anna"}, {"picture", "p.png"}});
  const Json changed =
      ask("contacts.update",
          {{"contact", {{"id", id}, {"name", "Anna B."}, {"picture", ""}, {"revision", "1"}}}});
  EXPECT_EQ(changed["contact"]["email"], "anna@example.com");
  EXPECT_EQ(changed["contact"]["name"], "Anna B.");
  EXPECT_FALSE(changed["contact"].contains("picture"));
  EXPECT_EQ(changed["contact"]["revision"], "2");
  EXPECT_EQ(refused("contacts.update", {{"contact", {{"id", id}, {"revision", "1"}}}}),
            "REVISION_MISMATCH");
}

TEST_F(PeopleTest, TheAccountFollowsItsContact) {
  const std::string id = contact({{"email", "anna@example.com"}, {"name", "Anna"}});
  account(id);
  new_events();
  ask("contacts.update", {{"contact", {{"id", id}, {"name", "Anna B."}}}});
  EXPECT_EQ(account_of(id)["contact"]["name"], "Anna B.");
  EXPECT_TRUE(happened("account updated"));
}

TEST_F(PeopleTest, ContactsAreListedPageByPageTheNewestFirst) {
  for (const char* email : {"a@example.com", "b@example.com", "c@example.com"}) {
    contact({{"email", email}});
    now = now + Duration::seconds(1);
  }
  const Json first = ask("contacts.list", {{"limit", 2}});
  ASSERT_EQ(first["contacts"].size(), 2u);
  EXPECT_EQ(first["contacts"][0]["email"], "c@example.com");
  const Json second =
      ask("contacts.list", {{"cursor", first["pagingMetadata"]["cursors"]["next"]}});
  ASSERT_EQ(second["contacts"].size(), 1u);
  EXPECT_EQ(second["contacts"][0]["email"], "a@example.com");
  EXPECT_EQ(ask("contacts.list", {{"email", "B@example.com"}})["contacts"].size(), 1u);
  EXPECT_EQ(ask("contacts.list", {{"email", "x@example.com"}})["contacts"].size(), 0u);
}

TEST_F(PeopleTest, AFileCreatesAndUpdatesContactsAndTellsOfBadRows) {
  const std::string known = contact({{"email", "anna@example.com"}, {"name", "Anna"}});
  const Json answer =
      ask("contacts.import", {{"csv",
                               "\xEF\xBB\xBFName,E-Mail,Ignored,Birthdate,Tags\r\n"
                               "Anna B.,ANNA@example.com,x,1990-01-31,\r\n"
                               "\"Bert, the second\",bert@example.com,,,vip; new\r\n"
                               "Cleo,nobody,,,\r\n"
                               "Dora,dora@example.com,,1990-02-30,\r\n"}});
  EXPECT_EQ(answer["created"], 1);
  EXPECT_EQ(answer["updated"], 1);
  ASSERT_EQ(answer["errors"].size(), 2u);
  EXPECT_EQ(answer["errors"][0]["line"], 4);
  EXPECT_EQ(answer["errors"][0]["code"], "VALIDATION");
  EXPECT_EQ(answer["errors"][1]["line"], 5);
  EXPECT_EQ(ask("contacts.get", {{"id", known}})["contact"]["name"], "Anna B.");
  const Json bert = ask("contacts.list", {{"email", "bert@example.com"}})["contacts"][0];
  EXPECT_EQ(bert["name"], "Bert, the second");
  EXPECT_EQ(bert["tags"], Json::parse(R"(["vip","new"])"));
}

TEST_F(PeopleTest, AFileOfContactsMustBeReadable) {
  EXPECT_EQ(refused("contacts.import", {{"csv", "name\nAnna\n"}}), "csv FORMAT");
  EXPECT_EQ(refused("contacts.import", {{"csv", ""}}), "csv FORMAT");
  EXPECT_EQ(refused("contacts.import", {{"csv", "email\na@example.com\n\"b"}}), "csv FORMAT");
  EXPECT_EQ(ask("contacts.list")["contacts"].size(), 0u);
  EXPECT_EQ(refused("contacts.import"), "csv ONE_OF");
  std::string many = "email\n";
  for (int i = 0; i < 2'001; ++i) {
    many += std::to_string(i) + "@example.com\n";
  }
  EXPECT_EQ(refused("contacts.import", {{"content", many}}), "FILE_TOO_LARGE");
}

TEST_F(PeopleTest, AnonymisingWipesThePersonAndKeepsTheLedger) {
  const std::string id = contact({{"email", "anna@example.com"},
                                  {"name", "Anna"},
                                  {"birthdate", "1990-01-31"},
                                  {"memberId", "aaaaaaaa-1111-4111-8111-111111111111"}});
  earn(account(id), 50);
  new_events();
  const Json wiped = ask("contacts.anonymize", {{"id", id}})["contact"];
  EXPECT_TRUE(wiped["anonymized"].get<bool>());
  EXPECT_FALSE(wiped.contains("email"));
  EXPECT_FALSE(wiped.contains("birthdate"));
  const Json account = account_of(id);
  EXPECT_EQ(account["points"]["balance"], 50);
  EXPECT_FALSE(account.contains("memberId"));
  EXPECT_FALSE(account["contact"].contains("email"));
  bool said = false;
  read([&](Call& call) {
    for (const store::EventRow& event : call.store.events(0, 1'000)) {
      said = said || event.body.find("\"triggeredByAnonymizeRequest\":true") != std::string::npos;
    }
  });
  EXPECT_TRUE(said);
  // The address is free again, and there is nothing more to wipe.
  contact({{"email", "anna@example.com"}});
  EXPECT_EQ(ask("contacts.anonymize", {{"id", id}})["contact"]["revision"], wiped["revision"]);
}

}  // namespace
}  // namespace loyalty::service
