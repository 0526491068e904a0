#include "native/service/program/zone_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace loyalty::service {
namespace {

std::string file_of(const std::string& zone) {
  std::ifstream file{std::filesystem::path{zone_folder} / zone, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

LocalTime wall(const ZoneTable& zone, std::string_view instant) {
  return local_time(zone, parse_instant(instant).value());
}

std::int64_t minutes(std::int64_t hours, std::int64_t minute) {
  return (hours * 60 + minute) * 60'000;
}

// A hand-made file: version 2, no 32-bit block to speak of, two changes and a rule.
std::string made(std::string rule, std::int64_t second_change = 900'000'000) {
  std::string bytes;
  const auto number = [&](std::int64_t value, int size) {
    for (int i = size - 1; i >= 0; --i) {
      bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    }
  };
  const auto header = [&](std::int64_t times, std::int64_t types, std::int64_t letters) {
    bytes += "TZif2" + std::string(15, '\0');
    for (const std::int64_t count :
         {std::int64_t{0}, std::int64_t{0}, std::int64_t{0}, times, types, letters}) {
      number(count, 4);
    }
  };
  header(0, 1, 4);
  number(0, 4);
  bytes += std::string("\0\0", 2) + std::string("UTC\0", 4);
  header(3, 2, 8);
  number(-1'000'000, 8);
  number(800'000'000, 8);
  number(second_change, 8);
  bytes += std::string("\0\1\0", 3);
  number(3'600, 4);
  bytes += std::string("\0\0", 2);
  number(7'200, 4);
  bytes += std::string("\1\4", 2) + std::string("CET\0CST\0", 8);
  return bytes + "\n" + rule + "\n";
}

TEST(ZoneFile, NamesOfTheDatabaseAreTakenAndPathsAreNot) {
  for (const char* name : {"Europe/Berlin", "America/Argentina/Ushuaia", "Etc/GMT+5", "UTC",
                           "America/Port-au-Prince", "EST5EDT"}) {
    EXPECT_TRUE(is_zone_name(name)) << name;
  }
  for (const char* name :
       {"", "/etc/passwd", "../passwd", "Europe/../../passwd", "Europe//Berlin", "Europe/",
        ".hidden", "Europe/.x", "posix/Europe/Berlin", "right/UTC", "localtime", "Factory",
        "zone.tab", "Europe/Berlin\n", "-x", "Europe Berlin", "a/b/c/d/e"}) {
    EXPECT_FALSE(is_zone_name(name)) << name;
    EXPECT_FALSE(load_zone(name).has_value()) << name;
  }
  EXPECT_FALSE(is_zone_name(std::string(65, 'a')));
  EXPECT_FALSE(load_zone("Europe/Nowhere").has_value());
  EXPECT_FALSE(load_zone("Europe").has_value());  // a folder
}

TEST(ZoneFile, ClocksAreThoseOfTheZone) {
  const ZoneTable berlin = load_zone("Europe/Berlin").value();
  EXPECT_EQ(wall(berlin, "2026-01-15T12:00:00Z"), (LocalTime{{2026, 1, 15}, minutes(13, 0)}));
  EXPECT_EQ(wall(berlin, "2026-03-29T00:59:59Z").ms_of_day, minutes(1, 59) + 59'000);
  EXPECT_EQ(wall(berlin, "2026-03-29T01:00:00Z").ms_of_day, minutes(3, 0));
  EXPECT_EQ(wall(berlin, "2150-07-01T12:00:00Z").ms_of_day, minutes(14, 0));  // by the rule
  EXPECT_EQ(wall(berlin, "1975-07-01T12:00:00Z").ms_of_day, minutes(13, 0));  // no summer time then
  EXPECT_EQ(wall(load_zone("Asia/Kathmandu").value(), "2026-01-15T12:00:00Z").ms_of_day,
            minutes(17, 45));
  EXPECT_EQ(wall(load_zone("Europe/Dublin").value(), "2026-07-01T12:00:00Z").ms_of_day,
            minutes(13, 0));  // whose winter time is the exception
  EXPECT_EQ(wall(load_zone("Pacific/Apia").value(), "2011-12-31T12:00:00Z").date,
            (Date{2012, 1, 1}));
  EXPECT_EQ(load_zone("UTC").value(), ZoneTable{});
}

TEST(ZoneFile, WhatWasBefore1970IsTheFirstOffset) {
  const std::optional<ZoneTable> zone = parse_zone_file(made("<+01>-1"));
  ASSERT_TRUE(zone.has_value());
  EXPECT_EQ(zone->offset_at(Instant::min()), 3'600);
  EXPECT_EQ(zone->offset_at(Instant::from_ms(800'000'000'000)), 7'200);
  EXPECT_EQ(zone->offset_at(Instant::from_ms(900'000'000'000)), 3'600);
  EXPECT_EQ(zone->transitions().size(), 2U);
}

TEST(ZoneFile, WhatIsNoZoneFileIsRefusedWhereverItEnds) {
  const std::string bytes = made("CET-1CEST,M3.5.0,M10.5.0/3");
  ASSERT_TRUE(parse_zone_file(bytes).has_value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_zone_file(bytes.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(parse_zone_file(made("not a rule")).has_value());
  EXPECT_FALSE(parse_zone_file(made("", 700'000'000)).has_value());  // changes out of order
  EXPECT_FALSE(parse_zone_file("TZif\0" + std::string(200, '\0')).has_value());
  std::string type_beyond = bytes;
  type_beyond[44 + 10 + 44 + 24] = 9;
  EXPECT_FALSE(parse_zone_file(type_beyond).has_value());
  std::string too_many = bytes;
  too_many[44 + 10 + 32] = '\x7F';
  EXPECT_FALSE(parse_zone_file(too_many).has_value());
}

TEST(ZoneFile, FilesOfTheSystemAreReadWhole) {
  for (const char* name : {"America/New_York", "Australia/Lord_Howe", "America/St_Johns",
                           "Africa/Casablanca", "Asia/Tehran", "Etc/GMT-14"}) {
    EXPECT_TRUE(parse_zone_file(file_of(name)).has_value()) << name;
  }
}

}  // namespace
}  // namespace loyalty::service
