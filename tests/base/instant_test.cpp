#include "core/base/instant.h"

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "core/base/calendar_date.h"

namespace loyalty {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

std::string text_of(Instant instant) {
  char text[instant_text_bytes];
  const int size = format_instant(instant, text);
  return {text, static_cast<std::size_t>(size)};
}

struct Case {
  const char* text;
  std::int64_t ms;
};

TEST(Instant, IsReadAndWritten) {
  constexpr Case cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01T00:00:00.001Z", 1},
      {"1970-01-01T00:00:01Z", 1'000},
      {"1970-01-01T00:01:00Z", 60'000},
      {"1970-01-01T01:00:00Z", 3'600'000},
      {"1970-01-02T00:00:00Z", day_ms},
      {"1970-02-01T00:00:00Z", 31 * day_ms},
      {"1971-01-01T00:00:00Z", 365 * day_ms},
      {"1999-12-31T23:59:59.999Z", 946'684'799'999},
      {"2000-02-29T12:34:56.789Z", 951'827'696'789},
      {"2025-03-01T00:00:00Z", 1'740'787'200'000},
      {"2038-01-19T03:14:08Z", (std::int64_t{1} << 31) * 1'000},
      {"2199-12-31T23:59:59.999Z", limits::instant_ms_max - 1},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(parse_instant(c.text), Instant::from_ms(c.ms)) << c.text;
    EXPECT_EQ(text_of(Instant::from_ms(c.ms)), c.text);
  }
}

TEST(Instant, HasAtMostThreeDecimals) {
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00.5Z"), Instant::from_ms(500));
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00.05Z"), Instant::from_ms(50));
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00.005Z"), Instant::from_ms(5));
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00.500Z"), Instant::from_ms(500));
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00.000Z"), Instant::min());
  EXPECT_FALSE(parse_instant("1970-01-01T00:00:00.0000Z"));
  EXPECT_FALSE(parse_instant("1970-01-01T00:00:00.Z"));
  EXPECT_FALSE(parse_instant("1970-01-01T00:00:00,5Z"));
}

TEST(Instant, IsInUtc) {
  EXPECT_EQ(parse_instant("2025-03-01T00:00:00+00:00"), parse_instant("2025-03-01T00:00:00Z"));
  EXPECT_EQ(parse_instant("2025-03-01T00:00:00.25+00:00"),
            parse_instant("2025-03-01T00:00:00.25Z"));
  for (const char* offset : {"", "z", "+00", "+0000", "-00:00", "+01:00", "+00:01", "-05:00", "ZZ",
                             "Z ", " Z", "+00:00Z", "Z+00:00", "+00:000"}) {
    EXPECT_FALSE(parse_instant("2025-03-01T00:00:00" + std::string(offset))) << offset;
  }
}

TEST(Instant, HasEveryBound) {
  for (const char* bad : {"1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "0000-01-01T00:00:00Z",
                          "9999-12-31T23:59:59Z", "2025-00-01T00:00:00Z", "2025-13-01T00:00:00Z",
                          "2025-01-00T00:00:00Z", "2025-01-32T00:00:00Z", "2025-04-31T00:00:00Z",
                          "2025-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2024-02-30T00:00:00Z",
                          "2025-03-01T24:00:00Z", "2025-03-01T23:60:00Z", "2025-03-01T23:59:60Z",
                          "2016-12-31T23:59:60Z", "2025-03-01T99:00:00Z"}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
  for (const char* good :
       {"2024-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2025-12-31T23:59:59Z"}) {
    EXPECT_TRUE(parse_instant(good)) << good;
  }
}

TEST(Instant, IsNothingElse) {
  for (const char* bad : {"",
                          "Z",
                          "2025-03-01",
                          "2025-03-01T00:00Z",
                          "2025-03-01T00:00:00",
                          "2025-3-1T00:00:00Z",
                          "25-03-01T00:00:00Z",
                          "+2025-03-01T00:00:00Z",
                          "2025-03-01t00:00:00Z",
                          "2025-03-01 00:00:00Z",
                          "2025/03/01T00:00:00Z",
                          " 2025-03-01T00:00:00Z",
                          "2025-03-01T00:00:00Z\n",
                          "20250301T000000Z",
                          "20250301T00:00:00.000Z",
                          "2025-W09-6T00:00:00Z",
                          "2025-060T00:00:00.00Z",
                          "1740787200000",
                          "12025-03-01T00:00:00Z",
                          "-025-03-01T00:00:00Z",
                          "2025--3-01T00:00:00Z",
                          "2025-03-01T+1:00:00Z"}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
}

// Every text that differs in one byte: what is read is written back as it was.
TEST(Instant, ReadsOnlyWhatItWouldWrite) {
  const std::string valid = "2025-11-21T12:25:35.523Z";
  int read = 0;
  for (std::size_t at = 0; at < valid.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = valid;
      text[at] = static_cast<char>(byte);
      if (const std::optional<Instant> instant = parse_instant(text)) {
        EXPECT_EQ(text_of(*instant), text);
        ++read;
      }
    }
  }
  int possible = 0;
  possible += 1 + 2 + 10 + 10;  // 2…, 20…/21…, 2005 to 2095, 2020 to 2029
  possible += 2 + 3;            // 01 and 11; 10 to 12
  possible += 3 + 10;           // 01, 11, 21; 20 to 29
  possible += 3 + 10;           // 02, 12, 22; 10 to 19
  possible += 6 + 10 + 6 + 10;  // minutes and seconds
  possible += 10 + 10 + 10;     // milliseconds
  possible += 7;                // the text itself at each of T, Z and the other signs
  EXPECT_EQ(read, possible);
}

TEST(Instant, GoesThereAndBackOnEveryDay) {
  std::int64_t day = 0;
  for (int year = 1970; year < 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int of_month = 1; of_month <= 31; ++of_month) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02d-%02dT23:59:59.999Z", year, month, of_month);
        const bool thirty = month == 4 || month == 6 || month == 9 || month == 11;
        const bool leap = year % 4 == 0 && (year % 100 != 0 || year == 2000);
        const int last = month == 2 ? (leap ? 29 : 28) : thirty ? 30 : 31;
        const std::optional<Instant> instant = parse_instant(text);
        ASSERT_EQ(instant.has_value(), of_month <= last) << text;
        if (instant) {
          ++day;
          ASSERT_EQ(instant->ms(), day * day_ms - 1) << text;
          ASSERT_EQ(text_of(*instant), text);
        }
      }
    }
  }
  EXPECT_EQ(Instant::from_ms(day * day_ms), Instant::max());
}

TEST(Instant, DiffersFromAnotherByADuration) {
  const Instant start = Instant::from_ms(1'000);
  EXPECT_EQ(start + Duration::days(2) - start, Duration::milliseconds(172'800'000));
  EXPECT_EQ(start - Duration::seconds(1), Instant::min());
  EXPECT_LT(start, start + Duration::milliseconds(1));
  EXPECT_EQ(Duration::minutes(1) + Duration::seconds(1), Duration::milliseconds(61'000));
  EXPECT_LT(Duration::minutes(1'439), Duration::days(1));
  EXPECT_EQ(Duration{}.in_milliseconds(), 0);
}

}  // namespace
}  // namespace loyalty
