#include "core/ledger/zone.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty {
namespace {

using ledger::at;

ZoneTable zone(std::int32_t offset, std::string_view rule) {
  return ZoneTable::of(offset, {}, rule).value();
}
ZoneTable berlin() { return zone(3'600, "CET-1CEST,M3.5.0,M10.5.0/3"); }
ZoneTable new_york() { return zone(-18'000, "EST5EDT,M3.2.0,M11.1.0"); }
ZoneTable cairo() { return zone(7'200, "EET-2EEST,M4.5.5/0,M10.5.4/24"); }
ZoneTable beirut() { return zone(7'200, "EET-2EEST,M3.5.0/0,M10.5.0/0"); }
ZoneTable apia() {
  // On 29 December 2011 the clocks went from 24:00 to 31 December.
  return ZoneTable::of(-36'000, {{at("2011-12-30T10:00:00Z"), 50'400}}, "").value();
}
/// Fell back at one minute past midnight, so a day had begun and was taken back.
ZoneTable st_johns() {
  return ZoneTable::of(-9'000, {{at("2010-11-07T02:31:00Z"), -12'600}}, "").value();
}

std::vector<ZoneTable> all_zones() {
  return {ZoneTable{}, berlin(), new_york(), cairo(), beirut(), apia(), st_johns()};
}

TEST(ZoneTable, UtcByDefault) {
  EXPECT_EQ(ZoneTable{}.offset_at(at("2025-07-01T00:00:00Z")), 0);
  EXPECT_EQ(start_of_day({}, {2025, 7, 1}), at("2025-07-01T00:00:00Z"));
}

TEST(ZoneTable, FixedOffset) {
  EXPECT_EQ(start_of_day(ZoneTable::fixed(20'700), {2025, 7, 1}), at("2025-06-30T18:15:00Z"));
}

TEST(ZoneTable, RefusesWhatIsNoTable) {
  const Transition a{at("2000-01-01T00:00:00Z"), 3'600};
  const Transition b{at("2001-01-01T00:00:00Z"), 7'200};
  EXPECT_TRUE(ZoneTable::of(0, {a, b}, "").has_value());
  EXPECT_FALSE(ZoneTable::of(0, {b, a}, "").has_value()) << "descending";
  EXPECT_FALSE(ZoneTable::of(0, {a, a}, "").has_value()) << "twice the same instant";
  EXPECT_FALSE(ZoneTable::of(86'401, {}, "").has_value()) << "offset beyond a day";
  EXPECT_FALSE(ZoneTable::of(0, {{a.at, -86'401}}, "").has_value());
  EXPECT_FALSE(ZoneTable::of(0, {{Instant::from_ms(-1), 0}}, "").has_value()) << "before 1970";
  EXPECT_FALSE(
      ZoneTable::of(0, {{Instant::from_ms(limits::instant_ms_max + 1), 0}}, "").has_value());
  EXPECT_FALSE(ZoneTable::of(0, {}, "CET").has_value()) << "a rule without offset";
  const std::vector<Transition> many(ZoneTable::transitions_max + 1, a);
  EXPECT_FALSE(ZoneTable::of(0, many, "").has_value());
}

TEST(ZoneTable, TableGoesBeforeTheRule) {
  const Transition last{at("2025-05-01T00:00:00Z"), 7'200};
  const ZoneTable table = ZoneTable::of(3'600, {last}, "CET-1CEST,M3.5.0,M10.5.0/3").value();
  EXPECT_EQ(table.offset_at(at("2025-04-15T00:00:00Z")), 3'600)
      << "the rule starts after the table";
  EXPECT_EQ(table.offset_at(at("2025-12-01T00:00:00Z")), 3'600);
  EXPECT_EQ(table.offset_at(at("2199-07-01T00:00:00Z")), 7'200);
}

TEST(LocalTime, ChangesWithTheClock) {
  EXPECT_EQ(local_time(berlin(), at("2025-03-30T00:59:59.999Z")),
            (LocalTime{{2025, 3, 30}, 7'199'999}));
  EXPECT_EQ(local_time(berlin(), at("2025-03-30T01:00:00Z")),
            (LocalTime{{2025, 3, 30}, 10'800'000}));
}

TEST(InstantOf, InAGapCountsFromBeforeIt) {
  EXPECT_EQ(instant_of(berlin(), {{2025, 3, 30}, 9'000'000}), at("2025-03-30T01:30:00Z"));
}

TEST(InstantOf, InAnOverlapIsTheEarlier) {
  EXPECT_EQ(instant_of(berlin(), {{2025, 10, 26}, 9'000'000}), at("2025-10-26T00:30:00Z"));
  EXPECT_EQ(instant_of(new_york(), {{2025, 11, 2}, 5'400'000}), at("2025-11-02T05:30:00Z"));
}

TEST(StartOfDay, IsOneOClockWhereMidnightIsSkipped) {
  EXPECT_EQ(start_of_day(cairo(), {2025, 4, 25}), at("2025-04-24T22:00:00Z"));
  EXPECT_EQ(local_time(cairo(), start_of_day(cairo(), {2025, 4, 25})).ms_of_day, 3'600'000);
  EXPECT_EQ(start_of_day(beirut(), {2025, 3, 30}), at("2025-03-29T22:00:00Z"));
  EXPECT_EQ(local_time(beirut(), start_of_day(beirut(), {2025, 3, 30})).ms_of_day, 3'600'000);
}

TEST(StartOfDay, OfASkippedDayIsTheNextInstant) {
  EXPECT_EQ(start_of_day(apia(), {2011, 12, 30}), at("2011-12-30T10:00:00Z"));
  EXPECT_EQ(start_of_day(apia(), {2011, 12, 31}), at("2011-12-30T10:00:00Z"));
  EXPECT_EQ(local_day(apia(), at("2011-12-30T09:59:59.999Z")), (Date{2011, 12, 29}));
  EXPECT_EQ(local_day(apia(), at("2011-12-30T10:00:00Z")), (Date{2011, 12, 31}));
}

TEST(LocalDay, StaysBegunWhenTheClockFallsBackAcrossMidnight) {
  EXPECT_EQ(local_time(st_johns(), at("2010-11-07T03:00:00Z")).date, (Date{2010, 11, 6}));
  EXPECT_EQ(local_day(st_johns(), at("2010-11-07T02:29:59.999Z")), (Date{2010, 11, 6}));
  EXPECT_EQ(local_day(st_johns(), at("2010-11-07T02:30:00Z")), (Date{2010, 11, 7}));
  EXPECT_EQ(local_day(st_johns(), at("2010-11-07T03:00:00Z")), (Date{2010, 11, 7}));
}

TEST(AddMonths, ClampsToTheMonthsEnd) {
  EXPECT_EQ(add_months({2025, 1, 31}, 1), (Date{2025, 2, 28}));
  EXPECT_EQ(add_months({2028, 1, 31}, 1), (Date{2028, 2, 29}));
  EXPECT_EQ(add_months({2028, 2, 29}, 12), (Date{2029, 2, 28}));
  EXPECT_EQ(add_months({2028, 2, 29}, 48), (Date{2032, 2, 29}));
  EXPECT_EQ(add_months({2025, 10, 31}, 4), (Date{2026, 2, 28}));
}

TEST(AddMonths, IsNeverRepeatedAddition) {
  EXPECT_EQ(add_months({2025, 1, 31}, 2), (Date{2025, 3, 31}));
  EXPECT_EQ(add_months(add_months({2025, 1, 31}, 1), 1), (Date{2025, 3, 28}));
}

TEST(AddMonths, GoesBackToo) {
  EXPECT_EQ(add_months({2025, 3, 31}, -1), (Date{2025, 2, 28}));
  EXPECT_EQ(add_months({2025, 1, 15}, -13), (Date{2023, 12, 15}));
}

TEST(LastValidDay, ByDayAndByMonth) {
  EXPECT_EQ(last_valid_day({2020, 7, 6}, 12, ExpiryGrain::day), (Date{2021, 7, 6}));
  EXPECT_EQ(last_valid_day({2020, 7, 6}, 12, ExpiryGrain::month), (Date{2021, 7, 31}));
  EXPECT_EQ(end_of_day({}, last_valid_day({2020, 7, 6}, 12, ExpiryGrain::month)),
            at("2021-08-01T00:00:00Z"));
}

TEST(NextEndOfDay, KeepsAnEndOfDay) {
  for (const ZoneTable& table : all_zones()) {
    const Instant end = end_of_day(table, {2025, 6, 1});
    EXPECT_EQ(next_end_of_day(table, end), end);
    EXPECT_EQ(next_end_of_day(table, end - Duration::milliseconds(1)), end);
    EXPECT_EQ(next_end_of_day(table, end + Duration::milliseconds(1)),
              end_of_day(table, {2025, 6, 2}));
  }
}

TEST(WindowStart, IsTheSameWallClockMonthsBack) {
  EXPECT_EQ(window_start(berlin(), at("2025-07-15T10:00:00Z"), 6), at("2025-01-15T11:00:00Z"));
}

TEST(WindowStart, StaysWhereClampingWouldMoveItBack) {
  const Instant end_of_february = at("2025-02-28T23:59:59.999Z");
  EXPECT_EQ(window_start({}, at("2025-03-28T23:59:59.999Z"), 1), end_of_february);
  EXPECT_EQ(window_start({}, at("2025-03-29T00:00:00Z"), 1), end_of_february);
  EXPECT_EQ(window_start({}, at("2025-03-31T23:00:00Z"), 1), end_of_february);
  EXPECT_EQ(window_start({}, at("2025-04-01T00:00:00Z"), 1), at("2025-03-01T00:00:00Z"));
}

TEST(WindowStart, StaysWhereTheClockFallsBack) {
  const Instant before = window_start(berlin(), at("2025-10-26T00:59:59.999Z"), 1);
  EXPECT_EQ(window_start(berlin(), at("2025-10-26T01:30:00Z"), 1), before);
  EXPECT_EQ(window_start(berlin(), at("2025-10-26T02:00:00Z"), 1), at("2025-09-26T01:00:00Z"));
}

TEST(WindowStart, NeverDecreases) {
  for (const ZoneTable& table : all_zones()) {
    for (const std::int64_t months : {1, 3, 12}) {
      Instant last = Instant::min();
      for (Instant now = at("2012-01-01T00:00:00Z"); now < at("2013-01-08T00:00:00Z");
           now = now + Duration::minutes(20)) {
        const Instant start = window_start(table, now, months);
        ASSERT_GE(start, last) << now.ms();
        last = start;
      }
    }
  }
}

TEST(WindowExit, IsNotTheEntryPlusMonths) {
  EXPECT_EQ(window_exit({}, at("2025-02-28T10:00:00Z"), 1), at("2025-03-28T10:00:00.001Z"));
  EXPECT_EQ(window_exit({}, at("2025-01-31T10:00:00Z"), 1), at("2025-03-01T00:00:00Z"))
      << "no day looks back at 31 January at ten";
  EXPECT_EQ(window_exit({}, at("2024-02-29T10:00:00Z"), 12), at("2025-03-01T00:00:00Z"));
}

TEST(WindowExit, IsTheFirstInstantOutside) {
  for (const ZoneTable& table : all_zones()) {
    for (const std::int64_t months : {1, 2, 12, 36}) {
      for (Instant entry = at("2010-10-25T00:07:00Z"); entry < at("2012-04-30T00:00:00Z");
           entry = entry + Duration::minutes(997)) {
        const Instant exit = window_exit(table, entry, months);
        ASSERT_GT(window_start(table, exit, months), entry) << entry.ms();
        ASSERT_LE(window_start(table, exit - Duration::milliseconds(1), months), entry);
      }
    }
  }
}

TEST(DailyHours, SkippedHoursDoNotExistAndDoubledOnesCountTwice) {
  const auto minutes_inside = [](const char* day) {
    int inside = 0;
    for (int minute = 0; minute < 26 * 60; ++minute) {
      const Instant now = at(day) + Duration::minutes(minute - 60);
      inside += in_daily_hours(berlin(), now, 120, 180) ? 1 : 0;
    }
    return inside;
  };
  EXPECT_EQ(minutes_inside("2025-03-29T23:00:00Z"), 0);
  EXPECT_EQ(minutes_inside("2025-06-01T22:00:00Z"), 60);
  EXPECT_EQ(minutes_inside("2025-10-25T22:00:00Z"), 120);
}

TEST(DailyHours, MayRunOverMidnight) {
  EXPECT_TRUE(in_daily_hours({}, at("2025-01-01T23:30:00Z"), 1'380, 60));
  EXPECT_TRUE(in_daily_hours({}, at("2025-01-01T00:59:00Z"), 1'380, 60));
  EXPECT_FALSE(in_daily_hours({}, at("2025-01-01T01:00:00Z"), 1'380, 60));
  EXPECT_FALSE(in_daily_hours({}, at("2025-01-01T09:00:00Z"), 600, 600)) << "an empty span";
}

TEST(BirthdayGrant, OfTheLeapDayIsThe28thInCommonYears) {
  EXPECT_EQ(birthday_grant(berlin(), 2, 29, 2025), at("2025-02-27T23:00:00Z"));
  EXPECT_EQ(birthday_grant(berlin(), 2, 29, 2028), at("2028-02-28T23:00:00Z"));
  EXPECT_EQ(birthday_grant(cairo(), 4, 25, 2025), at("2025-04-24T22:00:00Z"));
}

TEST(MonthlyMessage, IsDueByTheWallClock) {
  EXPECT_EQ(monthly_message_due(berlin(), 2025, 7, 9), at("2025-07-01T07:00:00Z"));
  EXPECT_EQ(monthly_message_due(berlin(), 2025, 12, 9), at("2025-12-01T08:00:00Z"));
}

TEST(Expiry, NeverDecreasesWithTheGrant) {
  for (const ZoneTable& table : all_zones()) {
    for (const std::int64_t months : {1, 6}) {
      Instant last = Instant::min();
      for (Instant granted = at("2010-10-01T00:00:00Z"); granted < at("2012-03-01T00:00:00Z");
           granted = granted + Duration::minutes(10)) {
        const Date day = last_valid_day(local_day(table, granted), months, ExpiryGrain::day);
        const Instant expiry = end_of_day(table, day);
        ASSERT_GE(expiry, last);
        last = expiry;
      }
    }
  }
}

}  // namespace
}  // namespace loyalty
