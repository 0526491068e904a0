#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/native/run_cli.h"

namespace loyalty::cli::testing {
namespace {

/// Every figure of these files was worked out on paper before it was kept; the working is in
/// golden/README.md.
struct Golden {
  std::string_view name;
  std::vector<std::string_view> words;
};

class Explained : public ::testing::TestWithParam<Golden> {};

TEST_P(Explained, IsWhatWasWorkedOutByHand) {
  const Golden& golden = GetParam();
  const Ran run = golden.words.size() == 2
                      ? run_cli({golden.words[0], golden.words[1]})
                      : run_cli({golden.words[0], golden.words[1], golden.words[2]});
  EXPECT_EQ(run.exit, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out, file_text("tests/native/golden/" + std::string{golden.name} + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(
    Examples, Explained,
    ::testing::Values(
        Golden{"coffee-shop", {"explain", "native/examples/coffee-shop.json"}},
        Golden{"fashion-store", {"explain", "native/examples/fashion-store.json"}},
        Golden{"restaurant", {"explain", "native/examples/restaurant.json"}},
        Golden{"restaurant-best", {"explain", "--best", "native/examples/restaurant.json"}},
        Golden{"coffee-shop-rewards", {"rewards", "native/examples/coffee-shop.json"}},
        Golden{"coffee-shop-earn", {"earn", "native/examples/coffee-shop.json"}}),
    [](const auto& golden) {
      std::string name{golden.param.name};
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

constexpr std::string_view small_catalog = R"("catalog":{"version":"1","currency":"EUR",
  "program":{"status":"ACTIVE"},"promotions":[%]})";

std::string request(std::string_view promotions, std::string_view lines,
                    std::string_view rest = "") {
  std::string catalog{small_catalog};
  catalog.replace(catalog.find('%'), 1, promotions);
  return R"({"now":"2025-11-20T00:00:00Z","account":null,"intent":{},"cart":{"currency":"EUR","lines":[)" +
         std::string{lines} + "]" + std::string{rest} + "}," + catalog + "}";
}

bool has(const Ran& run, std::string_view text) { return run.out.find(text) != std::string::npos; }

TEST(Explain, TellsAGuest) {
  const Ran run = run_cli({"explain"}, request("", R"({"id":"mug","unitPrice":990,"quantity":1})"));
  EXPECT_EQ(run.exit, 0);
  EXPECT_TRUE(has(run, "A guest")) << run.out;
  EXPECT_TRUE(has(run, "To pay   9.90   EUR")) << run.out;
}

/// 10 % of 0.95 is 0.095: half up, 0.10.
TEST(Explain, SaysHowAPercentageWasRounded) {
  const Ran run = run_cli(
      {"explain"},
      request(R"({"id":"p","trigger":"automatic","effects":[{"kind":"percent","ratePpm":100000}]})",
              R"({"id":"mint","unitPrice":95,"quantity":1})"));
  EXPECT_TRUE(has(run, "10 % of 0.95 = 0.10, rounded half up")) << run.out;
}

/// 10 % of each line: 0.045 and 0.045 are 0.05 each, 0.10 together; 10 % of 0.90 would be 0.09.
TEST(Explain, SaysThatLinesWereRoundedOneByOne) {
  const Ran run = run_cli(
      {"explain"},
      request(R"({"id":"p","trigger":"automatic","effects":[
                  {"kind":"percent","ratePpm":100000,"target":"lines","apply":"each"}]})",
              R"({"id":"a","unitPrice":45,"quantity":1},{"id":"b","unitPrice":45,"quantity":1})"));
  EXPECT_TRUE(has(run, "10 % of 0.90, line by line, rounded half up: 0.05 + 0.05 = 0.10"))
      << run.out;
}

/// An automatic promotion with one effect, on some lines, and what is said of it.
struct Formula {
  std::string_view name;
  std::string_view effect;
  std::string_view lines;
  std::string_view said;
  std::string_view policy = "{}";
};

class Formulas : public ::testing::TestWithParam<Formula> {};

TEST_P(Formulas, CanBeRedone) {
  const Formula& formula = GetParam();
  std::string json =
      request(R"({"id":"p","trigger":"automatic","effects":[)" + std::string{formula.effect} + "]}",
              formula.lines);
  json.insert(json.find(R"("currency":"EUR",
  "program")"),
              R"("policy":)" + std::string{formula.policy} + ",");
  const Ran run = run_cli({"explain"}, json);
  EXPECT_EQ(run.exit, 0) << run.err;
  EXPECT_TRUE(has(run, formula.said)) << run.out;
}

constexpr std::string_view three_units = R"({"id":"a","unitPrice":500,"quantity":3})";
constexpr std::string_view two_lines =
    R"({"id":"a","unitPrice":800,"quantity":1},{"id":"b","unitPrice":700,"quantity":1})";
constexpr std::string_view protected_line =
    R"({"id":"a","unitPrice":1000,"quantity":1,"minUnitPrice":900})";

INSTANTIATE_TEST_SUITE_P(
    Explain, Formulas,
    ::testing::Values(
        // 0.035 is 0.04, three times.
        Formula{"UnitByUnit", R"({"kind":"percent","ratePpm":100000})",
                R"({"id":"a","unitPrice":35,"quantity":3})",
                "10 % of 1.05, unit by unit, rounded half up: 3 × 0.04 = 0.12",
                R"({"basis":"unit"})"},
        Formula{"LineByLine", R"({"kind":"percent","ratePpm":100000})",
                R"({"id":"a","unitPrice":45,"quantity":1},{"id":"b","unitPrice":45,"quantity":1})",
                "10 % of 0.90, line by line, rounded half up: 0.05 + 0.05 = 0.10",
                R"({"basis":"line"})"},
        Formula{"ExactWhateverTheBasis", R"({"kind":"percent","ratePpm":100000})", two_lines,
                "10 % of 15.00 = 1.50 ", R"({"basis":"line"})"},
        // 11.90 ÷ 1.19
        Formula{"Gross", R"({"kind":"fixedAmount","amount":1190,"amountIncludesTax":true})",
                R"({"id":"a","unitPrice":5000,"quantity":1,"taxRatePpm":190000})",
                "11.90 with tax off, without tax 10.00"},
        Formula{"Floor", R"({"kind":"percent","ratePpm":200000})", protected_line,
                "20 % of 10.00 = 2.00, but only 1.00 down to the minimum price"},
        Formula{"FloorOfAnAmount", R"({"kind":"fixedAmount","amount":300})", protected_line,
                "3.00 off 10.00, but only 1.00 down to the minimum price"},
        Formula{"AmountEachUnit",
                R"({"kind":"fixedAmount","amount":100,"target":"lines","apply":"eachUnit"})",
                three_units, "1.00 off each of 3 units = 3.00"},
        Formula{
            "AmountOfSomeUnits",
            R"({"kind":"fixedAmount","amount":100,"target":"lines","apply":"eachUnit","maxUnits":2})",
            three_units, "1.00 off each of 2 units = 2.00"},
        Formula{"AmountEachLine",
                R"({"kind":"fixedAmount","amount":100,"target":"lines","apply":"each"})", two_lines,
                "1.00 off each of 2 lines = 2.00"},
        Formula{
            "AmountCapped",
            R"({"kind":"fixedAmount","amount":100,"target":"lines","apply":"eachUnit","maxDiscount":200})",
            three_units, "1.00 off each of 3 units, but at most 2.00"},
        Formula{
            "PercentEachCapped",
            R"({"kind":"percent","ratePpm":100000,"target":"lines","apply":"each","maxDiscount":100})",
            two_lines, "10 % of 15.00, line by line, rounded half up, but at most 1.00"},
        Formula{"PriceEachLine",
                R"({"kind":"fixedPrice","amount":500,"target":"lines","apply":"each"})", two_lines,
                "5.00 for each of 2 lines in place of 15.00: 5.00 off"},
        Formula{"PriceEachUnit",
                R"({"kind":"fixedPrice","amount":400,"target":"lines","apply":"eachUnit"})",
                three_units, "4.00 for each of 3 units in place of 15.00: 3.00 off"},
        Formula{"PriceAcross", R"({"kind":"fixedPrice","amount":1200})", two_lines,
                "12.00 in place of 15.00: 3.00 off"},
        Formula{"PriceOfTheCheapest",
                R"({"kind":"fixedPrice","amount":500,"target":"lines","apply":"cheapestUnit"})",
                two_lines, "5.00 in place of 7.00 for the cheapest unit: 2.00 off"},
        Formula{"PercentOfTheCheapest",
                R"({"kind":"percent","ratePpm":500000,"target":"lines","apply":"cheapestUnit"})",
                two_lines, "50 % of the cheapest unit, 7.00, = 3.50"}),
    [](const auto& formula) { return std::string{formula.param.name}; });

/// A member with 1,000 points, each worth a cent, and a cart of 10.00.
std::string points_request(std::string_view effect, std::string_view policy) {
  return R"({"now":"2025-11-20T00:00:00Z",
    "account":{"id":"m","revision":1,"available":1000,"held":0,"pending":0,"tierPoints":0,
               "coupons":[{"id":"A","code":"COUPON-A","status":"ACTIVE","effects":[
                 {"kind":"fixedAmount","amount":100}]}]},
    "intent":{"chosen":[{"coupon":{"id":"A"}},{"reward":{"id":"A"}}]},
    "cart":{"currency":"EUR","lines":[{"id":"x","unitPrice":1000,"quantity":1}]},
    "catalog":{"version":"1","currency":"EUR","program":{"status":"ACTIVE"},"policy":)" +
         std::string{policy} + R"(,
      "promotions":[{"id":"A","trigger":"automatic","effects":[{"kind":"fixedAmount","amount":100}]}],
      "rewards":[{"id":"A","name":"Pay","type":"DISCOUNT_AMOUNT","active":true,"configs":[
        {"costInPoints":100,"effects":[{"kind":"pointsAsMoney","amount":100)" +
         std::string{effect} + "}]}]}]}}";
}

std::size_t times(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) {
    ++count;
  }
  return count;
}

/// Ids are unique among promotions, coupons and rewards only.
TEST(Explain, TellsApartWhatHasOneId) {
  const Ran run = run_cli({"explain"}, points_request("", "{}"));
  EXPECT_EQ(times(run.out, "rule Q7"), 2U) << run.out;
  EXPECT_EQ(times(run.out, "rule Q9"), 1U) << run.out;
  EXPECT_TRUE(has(run, "1.00 off 10.00")) << run.out;
  EXPECT_TRUE(has(run, "1.00 off 9.00")) << run.out;
}

TEST(Explain, SaysWhyFewerPointsAreTaken) {
  // 8.00 are left when points are asked.
  EXPECT_TRUE(has(run_cli({"explain"}, points_request(R"(,"maxShareOfOrderPpm":250000)", "{}")),
                  "200 points × 1.00 ÷ 100 = 2.00; at most 25 % of 8.00"));
  EXPECT_TRUE(has(run_cli({"explain"}, points_request("", R"({"minPayable":500})")),
                  "300 points × 1.00 ÷ 100 = 3.00; 5.00 of 8.00 cannot be paid with points"));
}

/// 10 to 800 in steps of 30 would be 10, 40, … 790, and then all that is left.
TEST(Explain, NamesAPositionOffTheGrid) {
  const Ran run = run_cli({"explain"}, points_request(R"(,"minPoints":10,"stepPoints":30)", "{}"));
  EXPECT_TRUE(has(run, "10 to 790 in steps of 30, or 800; ")) << run.out;
}

TEST(Explain, QuotesACodeOfNothingButSpaces) {
  std::string json = request("", R"({"id":"mug","unitPrice":990,"quantity":1})");
  json.replace(json.find("\"intent\":{}"), 11, R"("intent":{"chosen":[{"code":{"text":"   "}}]})");
  const Ran run = run_cli({"explain"}, json);
  EXPECT_TRUE(has(run, "(code)")) << run.out << run.err;
  EXPECT_TRUE(has(run, "\" (code)") || has(run, "\"\" (code)")) << run.out;
}

TEST(Explain, ListsSharesWhereThereAreTooManyColumns) {
  std::string promotions;
  for (const char id : {'a', 'b', 'c', 'd', 'e'}) {
    promotions += promotions.empty() ? "" : ",";
    promotions += R"({"id":")" + std::string{id} +
                  R"(","trigger":"automatic","effects":[{"kind":"fixedAmount","amount":100}]})";
  }
  const Ran run =
      run_cli({"explain"}, request(promotions, R"({"id":"mug","unitPrice":900,"quantity":1},
                                                 {"id":"tray","unitPrice":900,"quantity":1})"));
  EXPECT_TRUE(has(run, "discounts")) << run.out;
  EXPECT_TRUE(has(run, "on mug 0.50, tray 0.50")) << run.out;
  EXPECT_FALSE(has(run, "(1)     (2)")) << "no columns of their own";
}

TEST(Explain, ShowsControlCharactersOfNames) {
  const Ran run =
      run_cli({"explain"}, request("", R"({"id":"mug\u001b[31m","unitPrice":990,"quantity":1})"));
  EXPECT_TRUE(has(run, "mug\\x1b[31m"));
  EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
}

TEST(Explain, SaysWhereADocumentIsWrong) {
  const Ran run = run_cli({"explain"}, request("", R"({"id":"mug","unitPrice":9.9,"quantity":1})"));
  EXPECT_EQ(run.exit, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(run.err.starts_with("standard input: NOT_AN_INTEGER at /cart/lines/0/unitPrice: "))
      << run.err;
}

TEST(Rewards, JsonIsTheOffersOfTheQuote) {
  const Ran rewards = run_cli({"rewards", "--json", "native/examples/coffee-shop.json"});
  const Ran quote = run_cli({"quote", "--want", "offers", "native/examples/coffee-shop.json"});
  const std::size_t begin = rewards.out.find("\"offers\"");
  const std::string offers = rewards.out.substr(begin, rewards.out.rfind('}') - begin);
  EXPECT_NE(quote.out.find(offers), std::string::npos) << offers;
}

TEST(Earn, JsonIsTheEarningOfTheQuote) {
  const Ran run = run_cli({"earn", "--json", "native/examples/coffee-shop.json"});
  EXPECT_EQ(run.out,
            R"({"earned":512,"earnedByRule":[{"base":6464,"points":512,"ruleId":"spend"}]})"
            "\n");
}

}  // namespace
}  // namespace loyalty::cli::testing
