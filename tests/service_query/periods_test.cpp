#include "native/service/query/periods.h"

#include <gtest/gtest.h>

#include "native/wire/json.h"

namespace loyalty::service {
namespace {

/// Clocks of Berlin in 2026.
ZoneTable berlin() {
  return ZoneTable::of(3'600,
                       {{wire::time_of("2026-03-29T01:00:00Z").value(), 7'200},
                        {wire::time_of("2026-10-25T01:00:00Z").value(), 3'600}},
                       "")
      .value();
}

std::string period(const ZoneTable& zone, Interval interval, const char* at) {
  const Period found = period_of(zone, interval, wire::time_of(at).value());
  return wire::time_text(found.from) + " " + wire::time_text(found.to);
}

TEST(Period, IsOfTheCalendarOfTheZone) {
  const char* at = "2026-03-31T22:30:00Z";  // already April in Berlin
  EXPECT_EQ(period({}, Interval::month, at), "2026-03-01T00:00:00.000Z 2026-04-01T00:00:00.000Z");
  EXPECT_EQ(period(berlin(), Interval::month, at),
            "2026-03-31T22:00:00.000Z 2026-04-30T22:00:00.000Z");
  EXPECT_EQ(period(berlin(), Interval::year, at),
            "2025-12-31T23:00:00.000Z 2026-12-31T23:00:00.000Z");
  EXPECT_EQ(period(berlin(), Interval::day, at),
            "2026-03-31T22:00:00.000Z 2026-04-01T22:00:00.000Z");
}

TEST(Period, WeeksBeginOnMonday) {
  for (const char* at : {"2026-01-05T00:00:00Z", "2026-01-11T23:59:59.999Z"}) {
    EXPECT_EQ(period({}, Interval::week, at), "2026-01-05T00:00:00.000Z 2026-01-12T00:00:00.000Z");
  }
  EXPECT_EQ(period({}, Interval::week, "1970-01-08T00:00:00Z"),
            "1970-01-05T00:00:00.000Z 1970-01-12T00:00:00.000Z");
}

TEST(Period, DaysAreAsLongAsTheClocksSay) {
  EXPECT_EQ(period(berlin(), Interval::day, "2026-03-29T10:00:00Z"),
            "2026-03-28T23:00:00.000Z 2026-03-29T22:00:00.000Z");
}

TEST(Period, AnHourShownTwiceIsTwo) {
  EXPECT_EQ(period(berlin(), Interval::hour, "2026-10-25T00:30:00Z"),
            "2026-10-25T00:00:00.000Z 2026-10-25T01:00:00.000Z");
  EXPECT_EQ(period(berlin(), Interval::hour, "2026-10-25T01:30:00Z"),
            "2026-10-25T01:00:00.000Z 2026-10-25T02:00:00.000Z");
  EXPECT_EQ(period(ZoneTable::fixed(1'800), Interval::hour, "2026-01-01T10:45:00Z"),
            "2026-01-01T10:30:00.000Z 2026-01-01T11:30:00.000Z");
}

TEST(Period, CanBeShort) {
  EXPECT_EQ(period({}, Interval::minute, "2026-01-01T10:45:31.5Z"),
            "2026-01-01T10:45:00.000Z 2026-01-01T10:46:00.000Z");
  EXPECT_EQ(period({}, Interval::second, "2026-01-01T10:45:31.5Z"),
            "2026-01-01T10:45:31.000Z 2026-01-01T10:45:32.000Z");
}

TEST(Period, HasANameForEveryLength) {
  for (const char* name : {"YEAR", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"}) {
    EXPECT_TRUE(interval_of(name)) << name;
  }
  EXPECT_FALSE(interval_of("DECADE"));
}

}  // namespace
}  // namespace loyalty::service
