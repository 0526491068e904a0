#include "core/base/calendar_date.h"

#include <gtest/gtest.h>

namespace loyalty {
namespace {

TEST(CalendarDate, HasALeapDayEveryFourthYearButNotInMostCenturies) {
  for (const int year : {4, 1600, 1972, 2000, 2024, 2096, 2400}) {
    EXPECT_TRUE(is_leap_year(year)) << year;
    EXPECT_EQ(days_in_month(year, 2), 29) << year;
  }
  for (const int year : {1, 1700, 1800, 1900, 1970, 2001, 2002, 2003, 2100, 2200}) {
    EXPECT_FALSE(is_leap_year(year)) << year;
    EXPECT_EQ(days_in_month(year, 2), 28) << year;
  }
}

TEST(CalendarDate, HasMonthsOfThirtyAndThirtyOneDays) {
  for (const int month : {1, 3, 5, 7, 8, 10, 12}) {
    EXPECT_EQ(days_in_month(2024, month), 31) << month;
  }
  for (const int month : {4, 6, 9, 11}) {
    EXPECT_EQ(days_in_month(2024, month), 30) << month;
  }
}

TEST(CalendarDate, CountsDaysFrom1970) {
  EXPECT_EQ(days_from_date({1970, 1, 1}), 0);
  EXPECT_EQ(days_from_date({1969, 12, 31}), -1);
  EXPECT_EQ(days_from_date({1970, 12, 31}), 364);
  EXPECT_EQ(days_from_date({2000, 1, 1}), 10'957);
  EXPECT_EQ(days_from_date({2025, 3, 1}), 20'148);
  EXPECT_EQ(days_from_date({0, 3, 1}), -719'468);
}

// Day by day from the year -400 on, over four whole cycles of 400 years and the turn of the era.
TEST(CalendarDate, WalksThroughEveryDay) {
  std::int64_t days = days_from_date({-400, 1, 1});
  EXPECT_EQ(days, -(719'468 + 146'097 + 60));  // 1 March of the year 0 comes 60 days into it
  for (int year = -400; year < 1'200 * 2; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, month); ++day, ++days) {
        const Date date{year, month, day};
        ASSERT_EQ(days_from_date(date), days) << year << '-' << month << '-' << day;
        ASSERT_EQ(date_from_days(days), date) << days;
      }
    }
  }
}

TEST(CalendarDate, IsOrdered) {
  EXPECT_LT((Date{2024, 12, 31}), (Date{2025, 1, 1}));
  EXPECT_LT((Date{2025, 1, 31}), (Date{2025, 2, 1}));
  EXPECT_LT((Date{2025, 2, 1}), (Date{2025, 2, 2}));
  EXPECT_EQ(Date{}, (Date{1970, 1, 1}));
}

}  // namespace
}  // namespace loyalty
