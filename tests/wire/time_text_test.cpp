#include <gtest/gtest.h>

#include "native/wire/json.h"

namespace loyalty::wire {
namespace {

std::string again(std::string_view text) {
  const auto at = time_of(text);
  return at ? time_text(*at) : "none";
}

TEST(TimeText, AlwaysHasMilliseconds) {
  EXPECT_EQ(again("2026-01-15T10:00:00Z"), "2026-01-15T10:00:00.000Z");
  EXPECT_EQ(again("2026-01-15T10:00:00.5Z"), "2026-01-15T10:00:00.500Z");
}

TEST(TimeText, OffsetsAreTurnedIntoUtc) {
  EXPECT_EQ(again("2026-01-15T00:30:00+01:00"), "2026-01-14T23:30:00.000Z");
  EXPECT_EQ(again("2026-01-15T20:30:00.250-07:30"), "2026-01-16T04:00:00.250Z");
  EXPECT_EQ(again("2026-01-15t00:30:00z"), "2026-01-15T00:30:00.000Z");
  EXPECT_EQ(again("2026-01-15T00:30:00-00:00"), "2026-01-15T00:30:00.000Z");
}

TEST(TimeText, DigitsBeyondMillisecondsAreCutOff) {
  EXPECT_EQ(again("2026-01-15T10:00:00.123999999Z"), "2026-01-15T10:00:00.123Z");
}

TEST(TimeText, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2026-01-15", "2026-01-15T10:00:00", "2026-02-29T10:00:00Z", "2026-01-15 10:00:00Z",
        "2026-01-15T24:00:00Z", "2026-01-15T10:00:60Z", "2026-01-15T10:00:00.Z",
        "2026-01-15T10:00:00+1:00", "2026-01-15T10:00:00+24:00", "2026-01-15T10:00:00+01:60",
        "2026-01-15T10:00:00Zx", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z",
        "1970-01-01T00:00:00+00:01"}) {
    EXPECT_EQ(again(text), "none") << text;
  }
}

}  // namespace
}  // namespace loyalty::wire
