#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

class Birthdays : public PeopleTest {
 protected:
  Birthdays() {
    ask("program.updateSettings", {{"settings", {{"timeZone", "Europe/Berlin"}}}});
    ask("earningRules.createCustom",
        {{"type", "BIRTHDAY"},
         {"earningRule",
          {{"title", "Happy birthday"},
           {"fixedAmount", {{"configs", Json::array({Json{{"points", 10}}})}}}}}});
    at("2026-01-15T12:00:00Z");
  }

  std::string born(const char* date) {
    static int number = 0;
    return contact({{"email", std::to_string(++number) + "@example.com"}, {"birthdate", date}});
  }

  void at(const char* time) {
    now = *parse_instant(time);
    while (birthdays() > 0) {
    }
  }

  std::int64_t points(const std::string& contact_id) {
    return refused("accounts.fetchBy", {{"contactId", contact_id}}).empty() ? balance_of(contact_id)
                                                                            : 0;
  }
};

TEST_F(Birthdays, AreAwardedWhenTheDayBeginsInTheZone) {
  const std::string anna = born("1990-06-10");
  at("2026-06-09T21:59:59Z");
  EXPECT_EQ(points(anna), 0);
  at("2026-06-09T22:00:00Z");
  EXPECT_EQ(points(anna), 10);
  at("2026-06-10T12:00:00Z");
  EXPECT_EQ(points(anna), 10);
  at("2027-06-10T12:00:00Z");
  EXPECT_EQ(points(anna), 20);
}

TEST_F(Birthdays, OfALeapDayAreTheDayBeforeInCommonYears) {
  const std::string anna = born("1992-02-29");
  at("2026-02-27T12:00:00Z");
  EXPECT_EQ(points(anna), 0);
  at("2026-02-28T12:00:00Z");
  EXPECT_EQ(points(anna), 10);
  at("2026-03-01T12:00:00Z");
  EXPECT_EQ(points(anna), 10);
  at("2028-02-28T12:00:00Z");  // 2027 too, made up for after an outage
  EXPECT_EQ(points(anna), 20);
  at("2028-02-29T12:00:00Z");
  EXPECT_EQ(points(anna), 30);
}

TEST_F(Birthdays, AreOnceAYearEvenWhereTheDateChanges) {
  const std::string anna = born("1990-06-10");
  at("2026-06-10T12:00:00Z");
  ask("contacts.update", {{"contact", {{"id", anna}, {"birthdate", "1990-06-20"}}}});
  at("2026-06-20T12:00:00Z");
  EXPECT_EQ(points(anna), 10);
  at("2027-06-20T12:00:00Z");
  EXPECT_EQ(points(anna), 20);
}

TEST_F(Birthdays, BeforeAPersonWasKnownAreNotMadeUpFor) {
  at("2026-06-10T12:00:00Z");
  const std::string anna = born("1990-06-10");
  const std::string bert = born("1990-03-01");
  at("2026-06-11T12:00:00Z");
  EXPECT_EQ(points(anna) + points(bert), 0);
}

TEST_F(Birthdays, OfAnOutageAreMadeUpForAcrossTheYearsEnd) {
  const std::string anna = born("1990-12-31");
  const std::string bert = born("1990-01-01");
  const std::string cleo = born("1990-01-05");
  at("2026-12-30T12:00:00Z");
  at("2027-01-03T12:00:00Z");
  EXPECT_EQ(points(anna), 10);
  EXPECT_EQ(points(bert), 10);
  EXPECT_EQ(points(cleo), 0);
}

TEST_F(Birthdays, AreAwardedInSlices) {
  std::vector<std::string> people;
  for (int i = 0; i < 7; ++i) {
    people.push_back(born("1990-06-10"));
  }
  now = *parse_instant("2026-06-10T12:00:00Z");
  EXPECT_EQ(birthdays(3), 3u);
  EXPECT_EQ(birthdays(3), 3u);
  EXPECT_EQ(birthdays(3), 1u);
  EXPECT_EQ(birthdays(3), 0u);
  for (const std::string& person : people) {
    EXPECT_EQ(points(person), 10);
  }
}

TEST_F(Birthdays, OfAPausedProgramAreNotAwarded) {
  const std::string anna = born("1990-06-10");
  ask("program.pause");
  at("2026-06-10T12:00:00Z");
  ask("program.activate");
  at("2026-06-10T13:00:00Z");
  EXPECT_EQ(points(anna), 0);
}

}  // namespace
}  // namespace loyalty::service
