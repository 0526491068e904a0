#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/limits.h"
#include "tests/native/run_cli.h"

namespace loyalty::cli::testing {
namespace {

using nlohmann::json;

constexpr std::string_view catalog =
    R"({"version":"1","currency":"EUR","program":{"status":"ACTIVE"}})";

std::string request(int price) {
  return R"({"now":"2025-11-20T00:00:00Z","intent":{},"cart":{"currency":"EUR","lines":[{"id":"mug","unitPrice":)" +
         std::to_string(price) + R"(,"quantity":1}]}})";
}

/// What each answer line says: its total, or the code of its error.
std::vector<std::string> answers(const std::string& out) {
  std::vector<std::string> said;
  std::istringstream lines{out};
  for (std::string line; std::getline(lines, line);) {
    const json answer = json::parse(line);
    said.push_back(answer["ok"] ? answer["value"]["total"].dump()
                                : answer["error"]["code"].get<std::string>());
  }
  return said;
}

Ran quote_lines(std::string_view input) {
  return run_cli({"quote", "--jsonl", "--catalog", temporary_file(catalog)}, input);
}

TEST(Lines, AnswersStandInOrderAndBadLinesInTheirPlace) {
  const Ran run =
      quote_lines(request(100) + "\nnonsense\n\n" + request(-1) + "\r\n{}\n" + request(300) + "\n");
  EXPECT_EQ(answers(run.out), (std::vector<std::string>{"100", "INVALID_JSON", "INVALID_JSON",
                                                        "OUT_OF_RANGE", "MISSING_FIELD", "300"}));
  EXPECT_EQ(run.exit, 1);
  EXPECT_EQ(run.err, "");
}

TEST(Lines, TheLastOneNeedsNoNewline) {
  const Ran run = quote_lines(request(100) + "\n" + request(200));
  EXPECT_EQ(answers(run.out), (std::vector<std::string>{"100", "200"}));
  EXPECT_EQ(run.exit, 0);
}

TEST(Lines, NothingInIsNothingOut) {
  EXPECT_EQ(quote_lines("").out, "");
  EXPECT_EQ(quote_lines("").exit, 0);
}

TEST(Lines, TooLongOnesAreAnsweredAndDropped) {
  const std::string padding(limits::document_bytes_max, ' ');
  const std::string at_the_limit = padding.substr(request(200).size()) + request(200);
  ASSERT_EQ(at_the_limit.size(), limits::document_bytes_max);
  const Ran run = quote_lines(request(100) + "\n" + padding + padding + padding + "x\n" +
                              at_the_limit + "\n" + padding + "x");
  EXPECT_EQ(answers(run.out), (std::vector<std::string>{"100", "TOO_LARGE", "200", "TOO_LARGE"}));
  EXPECT_EQ(run.exit, 1);
}

TEST(Lines, AreAnsweredAsTheDocumentWouldBe) {
  const std::string path = temporary_file(catalog);
  const Ran whole = run_cli({"quote", "--catalog", path}, request(100));
  const Ran line = run_cli({"quote", "--catalog", path, "--jsonl"}, request(100) + "\n");
  EXPECT_EQ(whole.out, line.out);
}

TEST(Lines, MayBringTheirCatalogs) {
  json own = json::parse(request(100));
  own["catalog"] = json::parse(catalog);
  const Ran run = run_cli({"quote", "--jsonl"}, own.dump() + "\n" + request(100) + "\n");
  EXPECT_EQ(answers(run.out), (std::vector<std::string>{"100", "MISSING_FIELD"}));
}

std::string message_of(const Ran& run) {
  return json::parse(run.out)["error"]["message"].get<std::string>();
}

TEST(Quote, RefusesACatalogBesideTheHeldOne) {
  json own = json::parse(request(100));
  own["catalog"] = json::parse(catalog);
  const Ran run = quote_lines(own.dump() + "\n");
  EXPECT_EQ(run.exit, 1);
  EXPECT_EQ(json::parse(run.out)["error"]["code"], "UNKNOWN_FIELD");
  EXPECT_EQ(json::parse(run.out)["error"]["path"], "/catalog");
  const Ran explained = run_cli({"explain", "--catalog", temporary_file(catalog)}, own.dump());
  EXPECT_EQ(explained.exit, 1);
  EXPECT_NE(explained.err.find("UNKNOWN_FIELD at /catalog"), std::string::npos) << explained.err;
}

TEST(Quote, NamesWhatIsWrongWithTheWholeInput) {
  EXPECT_EQ(message_of(run_cli({"quote"}, " \n")), "The input is empty.");
  EXPECT_EQ(message_of(run_cli({"quote"}, "\xEF\xBB\xBF{}")),
            "The input begins with a byte order mark; it has to be plain UTF-8.");
  const std::string long_line(limits::document_bytes_max + 1, ' ');
  EXPECT_EQ(message_of(quote_lines(long_line)), "It is larger than the limit of 1 MiB.");
}

TEST(Quote, HasADigestUnlessItIsNotWanted) {
  const json with = json::parse(run_cli({"quote", "native/examples/coffee-shop.json"}).out);
  const json without =
      json::parse(run_cli({"quote", "--no-digest", "native/examples/coffee-shop.json"}).out);
  EXPECT_EQ(with["value"]["digest"].get<std::string>().size(), 64U);
  EXPECT_FALSE(without["value"].contains("digest"));
}

TEST(Quote, WantsWhatIsAsked) {
  const json answer = json::parse(
      run_cli({"quote", "--want", "explain,nearMisses", "native/examples/coffee-shop.json"}).out);
  EXPECT_TRUE(answer["value"].contains("explain"));
  EXPECT_TRUE(answer["value"].contains("nearMisses"));
  EXPECT_FALSE(answer["value"].contains("offers"));
}

TEST(Quote, IsTheSameAgainstAHeldCatalog) {
  json whole = json::parse(file_text("native/examples/fashion-store.json"));
  const std::string held = temporary_file(whole["catalog"].dump());
  const Ran own = run_cli({"quote"}, whole.dump());
  whole.erase("catalog");
  const Ran against = run_cli({"quote", "--catalog", held}, whole.dump());
  EXPECT_EQ(own.out, against.out);
}

TEST(Quote, PrettyIsTheSameDocument) {
  const Ran compact = run_cli({"quote", "native/examples/coffee-shop.json"});
  const Ran pretty = run_cli({"quote", "--pretty", "native/examples/coffee-shop.json"});
  EXPECT_EQ(count_lines(compact.out), 1U);
  EXPECT_GT(count_lines(pretty.out), 20U);
  EXPECT_EQ(json::parse(compact.out), json::parse(pretty.out));
}

TEST(Optimize, FindsThatThreeHundredOffIsBetter) {
  const Ran run = run_cli({"optimize", "native/examples/restaurant.json"});
  const json value = json::parse(run.out)["value"];
  EXPECT_EQ(run.exit, 0);
  EXPECT_TRUE(value["optimal"]);
  EXPECT_EQ(value["quote"]["total"], 2790);
  EXPECT_EQ(value["chosen"],
            json::parse(R"([{"reward":{"id":"points"}},{"coupon":{"id":"from-3000"}}])"));
}

}  // namespace
}  // namespace loyalty::cli::testing
