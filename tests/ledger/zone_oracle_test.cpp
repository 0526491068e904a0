// Compares the calendar with Python's zoneinfo on the cases of zones.txt, which zones_oracle.py
// wrote. LOYALTY_ZONES names another file, such as one about every zone there is.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/ledger/zone.h"

namespace loyalty {
namespace {

Date date_of(const std::string& text) {
  Date date;
  EXPECT_EQ(3, std::sscanf(text.c_str(), "%d-%d-%d", &date.year, &date.month, &date.day));
  return date;
}

/// The table that the file is in the middle of; complete when the first case arrives.
struct OracleZone {
  std::string name;
  std::int32_t first_offset = 0;
  std::string rule;
  std::vector<Transition> transitions;
  std::optional<ZoneTable> table;

  const ZoneTable& get() {
    if (!table) {
      table = ZoneTable::of(first_offset, transitions, rule);
    }
    EXPECT_TRUE(table.has_value()) << name << ' ' << rule;
    return *table;
  }
};

void check(OracleZone& zone, char kind, std::istringstream& line) {
  std::int64_t a = 0;
  std::int64_t months = 0;
  std::int64_t expected = 0;
  std::string date;
  switch (kind) {
    case 'l':
      line >> a >> date >> expected;
      EXPECT_EQ(local_time(zone.get(), Instant::from_ms(a)), (LocalTime{date_of(date), expected}));
      return;
    case 'i':
      line >> date >> a >> expected;
      EXPECT_EQ(instant_of(zone.get(), {date_of(date), a}).ms(), expected);
      return;
    case 'd':
      line >> date >> expected;
      EXPECT_EQ(start_of_day(zone.get(), date_of(date)).ms(), expected);
      return;
    case 'x': {
      line >> a >> months >> expected;
      const Date granted = local_day(zone.get(), Instant::from_ms(a));
      const Date last = last_valid_day(granted, months, ExpiryGrain::day);
      EXPECT_EQ(end_of_day(zone.get(), last).ms(), expected);
      return;
    }
    case 'w': {
      line >> a >> months >> expected;
      EXPECT_EQ(window_start(zone.get(), Instant::from_ms(a), months).ms(), expected);
      const Instant exit = window_exit(zone.get(), Instant::from_ms(expected), months);
      EXPECT_GT(window_start(zone.get(), exit, months).ms(), expected);
      EXPECT_LE(window_start(zone.get(), exit - Duration::milliseconds(1), months).ms(), expected);
      EXPECT_GT(exit.ms(), a);
      return;
    }
    default:
      FAIL() << "unknown case " << kind;
  }
}

TEST(ZoneOracle, AgreesWithAnotherImplementation) {
  const char* other = std::getenv("LOYALTY_ZONES");
  std::ifstream file(other != nullptr ? other : "tests/ledger/zones.txt");
  OracleZone zone;
  std::int64_t cases = 0;
  for (std::string text; std::getline(file, text);) {
    std::istringstream line(text);
    std::string kind;
    line >> kind;
    if (kind == "zone") {
      zone = OracleZone{};
      line >> zone.name >> zone.first_offset >> zone.rule;
    } else if (kind == "t") {
      std::int64_t seconds = 0;
      Transition transition;
      line >> seconds >> transition.offset_seconds;
      transition.at = Instant::from_ms(seconds * 1'000);
      zone.transitions.push_back(transition);
    } else {
      SCOPED_TRACE(zone.name + ": " + text);
      check(zone, kind[0], line);
      ++cases;
    }
  }
  EXPECT_GT(cases, 3'000);
}

}  // namespace
}  // namespace loyalty
