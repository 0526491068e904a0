#include "native/service/people/import_file.h"

#include <gtest/gtest.h>

namespace loyalty::service {
namespace {

TEST(ImportFile, IsSummedUp) {
  const ImportSummary summary =
      summary_of("Name,Email,Points balance\n1,2,3\n1\n1\n1\n1\n\n1,\"2\n\",3\n");
  EXPECT_FALSE(summary.error);
  EXPECT_EQ(summary.header, (std::vector<std::string>{"Name", "Email", "Points balance"}));
  EXPECT_EQ(summary.rows, 6);
  EXPECT_EQ(summary.samples.size(), 5u);
  ASSERT_TRUE(summary.guess);
  EXPECT_EQ(summary.guess->email, 1u);
  EXPECT_EQ(summary.guess->points, 2u);
}

TEST(ImportFile, ColumnsAreNotGuessedWhereTwoCouldBeMeant) {
  EXPECT_FALSE(summary_of("Email,Points,Balance\n").guess);
  EXPECT_FALSE(summary_of("Mail,Points\n").guess);
}

TEST(ImportFile, SaysWhyItCannotBeRead) {
  EXPECT_EQ(summary_of("").error, "The file is empty.");
  EXPECT_EQ(summary_of("a,b\n\"c\n").error, "Line 2: A quoted cell does not end.");
  EXPECT_TRUE(summary_of("a\n\xFF\n").error);
}

TEST(ImportFile, OfRowsWithOneAddressTheLastCounts) {
  const auto rows =
      rows_that_count("Email,Points\na@x.de,1\nb@x.de,2\n A@X.de ,3\n,4\n,5\nb@x.de,6\n", {0, 1});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].line, 4u);
  EXPECT_EQ(rows[1].line, 5u);
  EXPECT_EQ(rows[2].line, 6u);
  EXPECT_EQ(rows[3].line, 7u);
  EXPECT_EQ(cell_of(rows[3], 1), "6");
  EXPECT_EQ(cell_of(rows[3], 9), "");
}

TEST(ImportFile, ARowWithBadPointsNeitherReplacesNorIsReplaced) {
  const auto rows =
      rows_that_count("Email,Points\na@x.de,1.5\na@x.de,7\na@x.de,9\na@x.de,-1\n", {0, 1});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].line, 2u);
  EXPECT_EQ(rows[1].line, 4u);
  EXPECT_EQ(rows[2].line, 5u);
}

TEST(ImportFile, PointsAreWholeNumbersInTheirRange) {
  EXPECT_EQ(points_of("0"), 0);
  EXPECT_EQ(points_of(" 9999999 "), 9'999'999);
  for (const char* text : {"", "10000000", "-1", "-0", "1.5", "1,000", "1e3", "ten", "+1"}) {
    EXPECT_FALSE(points_of(text)) << text;
  }
}

}  // namespace
}  // namespace loyalty::service
