#include <gtest/gtest.h>

#include "native/text/pretty_json.h"
#include "native/text/table.h"
#include "native/text/utf8.h"
#include "native/text/words.h"

namespace loyalty::cli {
namespace {

const Currency eur = *Currency::of("EUR");
const Style plain{false};

TEST(Utf8, CountsColumnsAndNotBytes) {
  EXPECT_EQ(columns_of("mug"), 3U);
  EXPECT_EQ(columns_of("Café"), 4U);
  EXPECT_EQ(columns_of("Cafe\xCC\x81"), 4U) << "a combining accent takes no column";
  EXPECT_EQ(columns_of("抹茶"), 4U);
  EXPECT_EQ(columns_of("→ ★"), 3U);
}

TEST(Utf8, ShowsWhatWouldActOnATerminal) {
  EXPECT_EQ(printable("mug\x1b[31m"), "mug\\x1b[31m");
  EXPECT_EQ(printable("a\nb\tc"), "a\\x0ab\\x09c");
  EXPECT_EQ(printable("a\u202Eb"), "a\\u202eb");
  EXPECT_EQ(printable("a\xFF"), "a\xEF\xBF\xBD");
  EXPECT_EQ(printable("Grüße, 抹茶"), "Grüße, 抹茶");
}

TEST(Utf8, ShortensByColumns) {
  EXPECT_EQ(shortened("espresso", 8), "espresso");
  EXPECT_EQ(shortened("espressos", 8), "espress…");
  EXPECT_EQ(shortened("抹茶プリン", 6), "抹茶…");
}

TEST(Table, AlignsAmountsUnderEachOther) {
  Table table{{Align::left, Align::right}};
  table.row({"抹茶プリン", "760"}).row({"mug", "12.90"}).rule().row({"Total"});
  EXPECT_EQ(table.text(plain),
            "  抹茶プリン     760\n"
            "  mug          12.90\n"
            "  ──────────────────\n"
            "  Total\n");
}

TEST(Table, NotesRunOnAndWidenNothing) {
  Table table{{Align::left, Align::left, Align::right}};
  table.row({"(1)", "mug", "9.90"}).note(1, "  a note that is longer than the table", Role::plain);
  EXPECT_EQ(table.text(plain),
            "  (1)   mug   9.90\n"
            "          a note that is longer than the table\n");
}

TEST(Words, GroupThousandsAndKeepDecimals) {
  EXPECT_EQ(amount(Money::minor(123456789), eur), "1,234,567.89");
  EXPECT_EQ(amount(Money::minor(-498), eur), "-4.98");
  EXPECT_EQ(amount(Money::minor(1960), *Currency::of("JPY")), "1,960");
  EXPECT_EQ(amount(Money::minor(1234), *Currency::of("KWD")), "1.234");
  EXPECT_EQ(count(-1464), "-1,464");
}

TEST(Words, PercentShowsNoMoreDecimalsThanItHas) {
  EXPECT_EQ(percent(RatePpm::parts(100'000)), "10 %");
  EXPECT_EQ(percent(RatePpm::parts(125'000)), "12.5 %");
  EXPECT_EQ(percent(RatePpm::parts(88'750)), "8.875 %");
  EXPECT_EQ(percent(RatePpm::parts(1)), "0.0001 %");
  EXPECT_EQ(percent(RatePpm::parts(10'000'000)), "1,000 %");
}

TEST(Words, DateTellsTheTimeUnlessItIsMidnight) {
  EXPECT_EQ(date(*parse_instant("2025-12-01T00:00:00Z")), "1 December 2025");
  EXPECT_EQ(date(*parse_instant("2025-11-14T08:30:00Z")), "14 November 2025, 08:30 UTC");
}

TEST(Words, ScopeNamesWhatAShopperKnows) {
  const std::string_view include[] = {"stores/collection:shoes", "stores/collection:boots"};
  const std::string_view exclude[] = {"sale"};
  EXPECT_EQ(
      scope_words({.include = include, .exclude = {}, .min_unit_price = {}, .max_unit_price = {}},
                  eur),
      "shoes or boots");
  EXPECT_EQ(scope_words({.include = include,
                         .exclude = exclude,
                         .min_unit_price = Money::minor(2000),
                         .max_unit_price = {}},
                        eur),
            "shoes or boots but not sale from 20.00 each");
}

TEST(PrettyJson, KeepsShortListsOnOneLine) {
  EXPECT_EQ(pretty_json(R"({"a":[{"id":"x, y: {z}"},{}],"b":[1,2],"c":-5,"d":null})", plain),
            "{\n"
            "  \"a\": [\n"
            "    {\"id\": \"x, y: {z}\"},\n"
            "    {}\n"
            "  ],\n"
            "  \"b\": [1, 2],\n"
            "  \"c\": -5,\n"
            "  \"d\": null\n"
            "}");
}

TEST(PrettyJson, QuotesText) {
  std::string out;
  append_json_string(out, "a\"b\\c\n\x01é");
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\u000a\\u0001é\"");
}

TEST(Style, AddsNothingWithoutColour) {
  EXPECT_EQ(plain(Role::bad, "text"), "text");
  EXPECT_EQ(Style{true}(Role::bad, "text"), "\x1b[31mtext\x1b[0m");
}

}  // namespace
}  // namespace loyalty::cli
