#include "core/ledger/zone_rule.h"

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty {
namespace {

using ledger::at;

TEST(ZoneRule, OffsetAloneHasNoTransitions) {
  const YearlyRule rule = parse_yearly_rule("<+0545>-5:45").value();
  EXPECT_EQ(rule.standard_offset, 20'700);
  EXPECT_TRUE(transitions_of(rule, 2025).empty());
}

TEST(ZoneRule, LastSundayOfTheMonth) {
  const auto transitions =
      transitions_of(parse_yearly_rule("CET-1CEST,M3.5.0,M10.5.0/3").value(), 2025);
  ASSERT_EQ(transitions.size(), 2U);
  EXPECT_EQ(transitions[0], (Transition{at("2025-03-30T01:00:00Z"), 7'200}));
  EXPECT_EQ(transitions[1], (Transition{at("2025-10-26T01:00:00Z"), 3'600}));
}

TEST(ZoneRule, SouthernSummerStandsInTimeOrder) {
  const auto transitions =
      transitions_of(parse_yearly_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0").value(), 2025);
  EXPECT_EQ(transitions[0], (Transition{at("2025-04-05T15:00:00Z"), 37'800}));
  EXPECT_EQ(transitions[1], (Transition{at("2025-10-04T15:30:00Z"), 39'600}));
}

TEST(ZoneRule, WinterTimeThatIsTheException) {
  const auto transitions =
      transitions_of(parse_yearly_rule("IST-1GMT0,M10.5.0,M3.5.0/1").value(), 2025);
  EXPECT_EQ(transitions[0], (Transition{at("2025-03-30T01:00:00Z"), 3'600}));
  EXPECT_EQ(transitions[1], (Transition{at("2025-10-26T01:00:00Z"), 0}));
}

TEST(ZoneRule, TimesBeforeMidnightAndBeyondTheDay) {
  const auto nuuk =
      transitions_of(parse_yearly_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0").value(), 2025);
  EXPECT_EQ(nuuk[0].at, at("2025-03-30T01:00:00Z"));
  const auto gaza =
      transitions_of(parse_yearly_rule("EET-2EEST,M3.4.4/50,M10.4.4/50").value(), 2025);
  EXPECT_EQ(gaza[0].at, at("2025-03-29T00:00:00Z"));
}

TEST(ZoneRule, DaysOfTheYear) {
  const auto without_leap = transitions_of(parse_yearly_rule("AAA0BBB,J60/0,J365/0").value(), 2028);
  EXPECT_EQ(without_leap[0].at, at("2028-03-01T00:00:00Z"));
  EXPECT_EQ(without_leap[1].at, at("2028-12-30T23:00:00Z"));
  // Day 59 is 28 February in every year; in others than leap years day 60 follows at once.
  const auto day_59 = transitions_of(parse_yearly_rule("AAA0BBB,J59/0,J365/0").value(), 2028);
  EXPECT_EQ(day_59[0].at, at("2028-02-28T00:00:00Z"));
  const auto common = transitions_of(parse_yearly_rule("AAA0BBB,J60/0,J365/0").value(), 2027);
  EXPECT_EQ(common[0].at, at("2027-03-01T00:00:00Z"));
  const auto from_zero =
      transitions_of(parse_yearly_rule("AAA0BBB,59/0,364/0:30:30").value(), 2028);
  EXPECT_EQ(from_zero[0].at, at("2028-02-29T00:00:00Z"));
  EXPECT_EQ(from_zero[1].at, at("2028-12-29T23:30:30Z"));
}

TEST(ZoneRule, RefusesEverythingElse) {
  for (const char* text : {"CET",
                           "1",
                           "",
                           "AB-1",
                           "<AB",
                           "<>-1",
                           "CET-25",
                           "CET-1:60",
                           "CET-1x",
                           "CET-1CEST",
                           "CET-1CEST,M3.5.0",
                           "CET-1CEST,M3.5.0,",
                           "CET-1CEST,M13.5.0,M10.5.0",
                           "CET-1CEST,M0.5.0,M10.5.0",
                           "CET-1CEST,M3.6.0,M10.5.0",
                           "CET-1CEST,M3.5.7,M10.5.0",
                           "CET-1CEST,M3.5.0,M10.5.0/168",
                           "CET-1CEST,J0,J5",
                           "CET-1CEST,J366,J5",
                           "CET-1CEST,366,5",
                           "CET-1CEST,M3.5.0,M10.5.0 ",
                           "CET-1CEST,M3.5.0;M10.5.0",
                           "CET-1CEST,M3,5.0,M10.5.0",
                           "CET-1CE,M3.5.0,M10.5.0",
                           "CET-99999999999999999999"}) {
    EXPECT_FALSE(parse_yearly_rule(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace loyalty
