#include "native/wire/csv.h"

#include <random>

#include <gtest/gtest.h>

namespace loyalty::wire {
namespace {

std::vector<std::vector<std::string>> rows(std::string_view text) {
  CsvReader reader{text};
  std::vector<std::vector<std::string>> all;
  while (auto row = reader.next()) {
    all.push_back(row->cells);
  }
  EXPECT_FALSE(reader.error().has_value());
  return all;
}

CsvError error_of(std::string_view text, CsvReader::Limits limits = {}) {
  CsvReader reader{text, limits};
  while (reader.next()) {
  }
  return reader.error().value_or(CsvError{});
}

using Rows = std::vector<std::vector<std::string>>;

TEST(CsvReader, ReadsRowsOfCells) {
  EXPECT_EQ(rows("a,b\r\nc,d\r\n"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(rows("a,b\nc,d"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(rows("a\rb"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(rows("a,,\n,"), (Rows{{"a", "", ""}, {"", ""}}));
  EXPECT_EQ(rows(""), Rows{});
}

TEST(CsvReader, SkipsAByteOrderMarkAndEmptyLines) {
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a,b\n\n\r\nc\n"),
            (Rows{{"a", "b"}, {"c"}}));
}

TEST(CsvReader, ReadsQuotedCells) {
  EXPECT_EQ(rows("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\n\"\",x"),
            (Rows{{"a,b", "say \"hi\"", "two\r\nlines"}, {"", "x"}}));
}

TEST(CsvReader, CountsTheLinesOfTheText) {
  CsvReader reader{"a\n\n\"b\nb\"\nc"};
  EXPECT_EQ(reader.next()->line, 1u);
  EXPECT_EQ(reader.next()->line, 3u);
  EXPECT_EQ(reader.next()->line, 5u);
  EXPECT_FALSE(reader.next().has_value());
}

TEST(CsvReader, TellsTheLineOfAnError) {
  EXPECT_EQ(error_of("a\nb\"c\n").line, 2u);
  EXPECT_EQ(error_of("a\n\"b\" c\n").line, 2u);
  EXPECT_EQ(error_of("a\n\"b\n\n\n").line, 2u);
  EXPECT_EQ(error_of("a\n\xFF\n").message, "The file is not UTF-8.");
  EXPECT_EQ(error_of("a,b,c", {2, 10}).message, "A row has more than 2 columns.");
  EXPECT_EQ(error_of("a,b", {2, 10}).message, "");
  EXPECT_EQ(error_of("éééé", {2, 3}).message, "A cell has more than 3 characters.");
  EXPECT_EQ(error_of("ééé", {2, 3}).message, "");
}

TEST(CsvReader, ResumesWhereAnotherStopped) {
  const std::string_view text = "a\n\"b\nb\"\nc\nd\n";
  CsvReader first{text};
  first.next();
  first.next();
  CsvReader second{text};
  second.resume(first.position());
  const auto row = second.next();
  EXPECT_EQ(row->cells, std::vector<std::string>{"c"});
  EXPECT_EQ(row->line, 4u);
}

TEST(CsvLine, QuotesWhatNeedsIt) {
  EXPECT_EQ(csv_line({"a", "b,c", "say \"hi\"", "two\nlines", ""}),
            "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
}

TEST(CsvLine, DisarmsFormulas) {
  EXPECT_EQ(csv_line({"=1+1", "+a", "-a", "@x", "\tx"}), "'=1+1,'+a,'-a,'@x,'\tx\r\n");
  EXPECT_EQ(csv_line({"-5", "+3.5", "5"}), "-5,+3.5,5\r\n");
  EXPECT_EQ(csv_line({"-5+cmd"}), "'-5+cmd\r\n");
}

TEST(CsvLine, IsReadBackAsItWas) {
  const std::vector<std::string> cells{"a", "b,c", "\"", "\r\nx", "é"};
  std::vector<std::string> guarded = cells;
  guarded[3].insert(0, "'");
  EXPECT_EQ(rows(csv_line(cells)), Rows{guarded});
}

TEST(CsvLine, AnyCellsComeBackAndNoTextBreaksTheReader) {
  const std::string letters = "a,\"\r\n=-;1 ";
  std::minstd_rand random{7};
  for (int i = 0; i < 3'000; ++i) {
    std::vector<std::string> cells(1 + random() % 4);
    for (std::string& cell : cells) {
      // Begins with a letter, so that no apostrophe is put before it.
      cell = "x";
      for (std::size_t length = random() % 6; length > 0; --length) {
        cell += letters[random() % letters.size()];
      }
    }
    const std::string line = csv_line(cells);
    ASSERT_EQ(rows(line), Rows{cells}) << line;
    // Cut anywhere it is read or refused, and never read twice.
    CsvReader cut{std::string_view{line}.substr(random() % line.size())};
    std::size_t last = 0;
    while (cut.next()) {
      ASSERT_GT(cut.position().offset, last);
      last = cut.position().offset;
    }
  }
}

}  // namespace
}  // namespace loyalty::wire
