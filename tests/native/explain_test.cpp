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
  EXPECT_TRUE(has(run, "10 % of 0.90, line by line: 0.10")) << run.out;
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
