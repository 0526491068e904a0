#include "native/ledger_command.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace loyalty {
namespace {

using Json = nlohmann::json;

const char* const plain = R"({"now":"2025-01-15T12:00:00Z"})";

struct Answered {
  int code = 0;
  std::vector<Json> answers;
};

Answered run(const std::vector<std::string>& lines) {
  std::stringstream in;
  for (std::string line : lines) {
    std::replace(line.begin(), line.end(), '\n', ' ');  // literals may be folded
    in << line << '\n';
  }
  std::stringstream out;
  Answered result;
  result.code = run_ledger(in, out);
  for (std::string line; std::getline(out, line);) {
    result.answers.push_back(Json::parse(line));
  }
  return result;
}

TEST(LedgerCommand, AnswersEachLineAndEndsWithTheState) {
  const Answered result = run({plain, R"({"op":"create","account":"ann"})",
                               R"({"op":"earn","key":"e1","account":"ann","points":100})",
                               R"({"op":"redeem","key":"r1","account":"ann","points":30})",
                               R"({"op":"refund","key":"f1","of":"r1","points":10})"});
  ASSERT_EQ(result.code, 0);
  ASSERT_EQ(result.answers.size(), 6U);
  EXPECT_EQ(result.answers[2]["value"]["entries"][0]["kind"], "EARN");
  EXPECT_EQ(result.answers[4]["value"]["account"]["available"], 80);
  const Json& state = result.answers[5]["value"]["final"];
  EXPECT_EQ(state["totals"]["available"], 80);
  EXPECT_EQ(state["totals"]["redeemed"], 20);
  EXPECT_EQ(state["accounts"][0]["lots"][0]["points"], 80);
  EXPECT_TRUE(state["findings"].empty());
}

TEST(LedgerCommand, RunsEveryOperation) {
  const Answered result = run(
      {R"({"now":"2025-01-15T12:00:00Z","status":"DRAFT","reversal":"CLAMP","holdMinutes":30,
           "createAccounts":true,"activity":{"earn":true,"redeem":true,"adjust":true,"refund":true}})",
       R"({"op":"status","status":"ACTIVE"})", R"({"op":"create","account":"ann"})",
       R"({"op":"earn","key":"e1","account":"bob","points":100,"byRule":true,"origin":"pos"})",
       R"({"op":"adjust","key":"a1","account":"ann","points":-0})",
       R"({"op":"adjust","key":"a2","account":"ann","balance":50,"excludeFromTiers":true,"revision":"1"})",
       R"({"op":"hold","key":"h1","account":"ann","points":20,"minutes":5})",
       R"({"op":"release","key":"x1","hold":"h1"})",
       R"({"op":"hold","key":"h2","account":"ann","points":20})",
       R"({"op":"capture","key":"c2","hold":"h2","points":15})",
       R"({"op":"reverse","key":"v1","of":"e1","points":10})",
       R"({"op":"setExpiry","expiry":{"model":"lots","months":1,"grain":"month"}})",
       R"({"op":"merge","key":"m1","from":"bob","into":"ann"})",
       R"({"op":"expire","account":"ann"})", R"({"op":"advance","to":"2025-06-01T00:00:00Z"})"});
  ASSERT_EQ(result.answers.size(), 16U);
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.answers[4]["error"]["code"], "NOT_AN_INTEGER");
  for (const std::size_t i : {1U, 2U, 3U, 5U, 6U, 7U, 8U, 9U, 10U, 11U, 12U, 13U, 14U}) {
    EXPECT_TRUE(result.answers[i]["ok"]) << result.answers[i];
  }
  EXPECT_EQ(result.answers[3]["value"]["entries"][0]["origin"], "pos");
  EXPECT_EQ(result.answers[14]["value"]["entries"][0]["kind"], "EXPIRE_POINTS");
  const Json& accounts = result.answers[15]["value"]["final"]["accounts"];
  EXPECT_EQ(accounts[1]["mergedInto"], "ann");
  EXPECT_EQ(accounts[0]["expired"], 125);
}

TEST(LedgerCommand, ExtendsHoldsAndMovesToAnotherZone) {
  const Answered result =
      run({plain, R"({"op":"earn","key":"e1","account":"ann","points":5,"byRule":true})",
           R"({"op":"hold","key":"h1","account":"ann","points":5})",
           R"({"op":"extend","hold":"h1","minutes":90})", R"({"op":"extend","hold":"h1"})",
           R"({"op":"extend","hold":"h1","minutes":0})",
           R"({"op":"setZone","zone":{"offsetSeconds":3600}})", R"({"op":"setZone"})"});
  const Json& extended = result.answers[3]["value"]["entries"][0];
  EXPECT_EQ(extended["kind"], "EXTEND");
  EXPECT_EQ(extended["expiresAt"], "2025-01-15T13:30:00.002Z");
  EXPECT_EQ(extended["postings"], Json::object());
  EXPECT_TRUE(result.answers[4]["value"]["entries"].empty());
  EXPECT_EQ(result.answers[5]["error"]["path"], "/minutes");
  EXPECT_TRUE(result.answers[6]["ok"]);
  EXPECT_EQ(result.answers[7]["error"]["code"], "MISSING_FIELD");
}

TEST(LedgerCommand, EarnsByConversionInTheCurrencyOfTheSetup) {
  const auto earned = [](const std::string& setup, const std::string& base) {
    const Answered result = run({R"({"now":"2025-01-15T12:00:00Z",)" + setup + "}",
                                 R"({"op":"earn","key":"e1","account":"ann","base":)" + base +
                                     R"(,"conversion":{"moneyAmount":1,"points":10}})"});
    return result.answers[1]["value"]["account"]["available"].get<int>();
  };
  EXPECT_EQ(earned(R"("currency":"EUR")", "499"), 40);
  EXPECT_EQ(earned(R"("currency":"EUR","earnRounding":"floor")", "499"), 49);
  EXPECT_EQ(earned(R"("currency":"JPY")", "499"), 4'990);
  EXPECT_EQ(earned(R"("currency":"KWD","earnRounding":"perStep")", "4999"), 40);
}

TEST(LedgerCommand, ARefusalIsAnAnswer) {
  const Answered result = run({plain, R"({"op":"redeem","key":"r1","account":"ann","points":1})"});
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.answers[1]["ok"], false);
  EXPECT_EQ(result.answers[1]["refused"]["code"], "ACCOUNT_NOT_FOUND");
}

TEST(LedgerCommand, TheSameKeyReplays) {
  const Answered result =
      run({plain, R"({"op":"earn","key":"e1","account":"ann","points":5,"byRule":true})",
           R"({"op":"earn","key":"e1","account":"ann","points":5,"byRule":true})",
           R"({"op":"earn","key":"e1","account":"ann","points":6,"byRule":true})"});
  EXPECT_TRUE(result.answers[2]["value"]["replayed"]);
  EXPECT_EQ(result.answers[2]["value"]["entries"], result.answers[1]["value"]["entries"]);
  EXPECT_EQ(result.answers[3]["refused"]["code"], "IDEMPOTENCY_KEY_REUSED");
  EXPECT_EQ(result.answers[3]["refused"]["field"], "points");
}

TEST(LedgerCommand, TellsTiersAndWhenTheyChange) {
  const Answered result =
      run({R"({"now":"2025-01-15T12:00:00Z","tiers":{"windowMonths":1,"list":[
           {"id":"gold","requiredPoints":500},{"id":"silver","name":"Silver","requiredPoints":100}]}})",
           R"({"op":"earn","key":"e1","account":"ann","points":450,"byRule":true})",
           R"({"op":"earn","key":"e2","at":"2025-01-20T12:00:00Z","account":"ann","points":120})",
           R"({"op":"advance","to":"2025-03-01T00:00:00Z"})"});
  EXPECT_EQ(result.answers[1]["value"]["account"]["tierId"], "silver");
  EXPECT_EQ(result.answers[2]["value"]["account"]["tierId"], "gold");
  EXPECT_EQ(result.answers[2]["value"]["account"]["nextTier"],
            (Json{{"at", "2025-02-15T12:00:00.001Z"}, {"tierId", "silver"}}));
  const Json& changes = result.answers[3]["value"]["tierChanges"];
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0], (Json{{"account", "ann"},
                              {"at", "2025-02-15T12:00:00.001Z"},
                              {"from", "gold"},
                              {"to", "silver"}}));
  EXPECT_EQ(changes[1],
            (Json{{"account", "ann"}, {"at", "2025-02-20T12:00:00.001Z"}, {"from", "silver"}}));
}

TEST(LedgerCommand, ReportsABadLineInItsPlaceAndGoesOn) {
  const Answered result = run({plain, "{", "", R"({"op":"create","account":"ann"})"});
  EXPECT_EQ(result.code, 1);
  ASSERT_EQ(result.answers.size(), 4U);
  EXPECT_EQ(result.answers[1]["error"]["code"], "INVALID_JSON");
  EXPECT_TRUE(result.answers[2]["ok"]);
}

TEST(LedgerCommand, RefusesBadOperationsByCodeAndPath) {
  struct Case {
    const char* line;
    const char* code;
    const char* path;
  };
  const Case cases[] = {
      {R"([])", "WRONG_TYPE", ""},
      {R"({})", "MISSING_FIELD", "/op"},
      {R"({"op":"rob"})", "UNKNOWN_VALUE", "/op"},
      {R"({"op":1})", "WRONG_TYPE", "/op"},
      {R"({"op":"create"})", "MISSING_FIELD", "/account"},
      {R"({"op":"create","account":""})", "OUT_OF_RANGE", "/account"},
      {R"({"op":"create","account":"a","points":1})", "UNKNOWN_FIELD", "/points"},
      {R"({"op":"earn","account":"a","points":1})", "MISSING_FIELD", "/key"},
      {R"({"op":"earn","key":"k","account":"a"})", "MISSING_FIELD", "/points"},
      {R"({"op":"earn","key":"k","account":"a","points":0})", "OUT_OF_RANGE", "/points"},
      {R"({"op":"earn","key":"k","account":"a","points":1.5})", "NOT_AN_INTEGER", "/points"},
      {R"({"op":"earn","key":"k","account":"a","points":10000000})", "OUT_OF_RANGE", "/points"},
      {R"({"op":"earn","key":"k","account":"a","base":5})", "MISSING_FIELD", "/conversion"},
      {R"({"op":"earn","key":"k","account":"a","conversion":{"moneyAmount":1,"points":1}})",
       "MISSING_FIELD", "/base"},
      {R"({"op":"earn","key":"k","account":"a","base":5,"conversion":{"moneyAmount":1,"points":1}})",
       "UNKNOWN_REFERENCE", "/conversion"},
      {R"({"op":"earn","key":"k","account":"a","base":5,"conversion":7})", "WRONG_TYPE",
       "/conversion"},
      {R"({"op":"adjust","key":"k","account":"a"})", "MISSING_FIELD", "/points"},
      {R"({"op":"adjust","key":"k","account":"a","points":0})", "OUT_OF_RANGE", "/points"},
      {R"({"op":"adjust","key":"k","account":"a","points":1,"balance":1})", "OUT_OF_RANGE",
       "/balance"},
      {R"({"op":"hold","key":"k","account":"a","points":1,"minutes":0})", "OUT_OF_RANGE",
       "/minutes"},
      {R"({"op":"capture","key":"k"})", "MISSING_FIELD", "/hold"},
      {R"({"op":"release","key":"k","hold":"h","points":1})", "UNKNOWN_FIELD", "/points"},
      {R"({"op":"refund","key":"k"})", "MISSING_FIELD", "/of"},
      {R"({"op":"reverse","key":"k","of":"e","points":0})", "OUT_OF_RANGE", "/points"},
      {R"({"op":"merge","key":"k","from":"a"})", "MISSING_FIELD", "/into"},
      {R"({"op":"merge","key":"k","from":"a","into":"a"})", "OUT_OF_RANGE", "/into"},
      {R"({"op":"advance"})", "MISSING_FIELD", "/to"},
      {R"({"op":"advance","to":"tomorrow"})", "INVALID_TIME", "/to"},
      {R"({"op":"status"})", "MISSING_FIELD", "/status"},
      {R"({"op":"setExpiry"})", "MISSING_FIELD", "/expiry"},
      {R"({"op":"setExpiry","expiry":{}})", "MISSING_FIELD", "/expiry/model"},
      {R"({"op":"create","account":"a","account":"b"})", "DUPLICATE_KEY", "/account"},
      {"{\"op\":\"create\",\"account\":\"\xFF\"}", "INVALID_UTF8", "/account"},
  };
  for (const Case& c : cases) {
    const Answered result = run({plain, c.line});
    ASSERT_EQ(result.answers.size(), 3U);
    EXPECT_EQ(result.answers[1]["error"]["code"], c.code) << c.line;
    EXPECT_EQ(result.answers[1]["error"]["path"], c.path) << c.line;
    EXPECT_EQ(result.answers[2]["value"]["final"]["entries"], 0);
  }
}

TEST(LedgerCommand, RefusesABadSetup) {
  struct Case {
    const char* line;
    const char* code;
    const char* path;
  };
  const Case cases[] = {
      {R"({})", "MISSING_FIELD", "/now"},
      {R"({"now":"2025-01-15T12:00:00Z","what":1})", "UNKNOWN_FIELD", "/what"},
      {R"({"now":"2025-01-15T12:00:00Z","zone":{}})", "MISSING_FIELD", "/zone/offsetSeconds"},
      {R"({"now":"2025-01-15T12:00:00Z","zone":{"offsetSeconds":0,"rule":"x"}})", "OUT_OF_RANGE",
       "/zone"},
      {R"({"now":"2025-01-15T12:00:00Z","zone":{"offsetSeconds":0,"transitions":[{"at":"2025-01-15T12:00:00Z"}]}})",
       "MISSING_FIELD", "/zone/transitions/0/offsetSeconds"},
      {R"({"now":"2025-01-15T12:00:00Z","expiry":{"model":"inactivity","percentage":101}})",
       "OUT_OF_RANGE", "/expiry/percentage"},
      {R"({"now":"2025-01-15T12:00:00Z","reversal":"maybe"})", "UNKNOWN_VALUE", "/reversal"},
      {R"({"now":"2025-01-15T12:00:00Z","currency":"ZZZ"})", "CURRENCY_UNKNOWN", "/currency"},
      {R"({"now":"2025-01-15T12:00:00Z","tiers":{"list":[{"id":"a","requiredPoints":1},{"id":"a","requiredPoints":2}]}})",
       "DUPLICATE_ID", "/tiers/list/1/id"},
      {R"({"now":"2025-01-15T12:00:00Z","activity":[]})", "WRONG_TYPE", "/activity"},
  };
  for (const Case& c : cases) {
    const Answered result = run({c.line, R"({"op":"create","account":"ann"})"});
    EXPECT_EQ(result.code, 1);
    ASSERT_EQ(result.answers.size(), 1U) << "nothing is done without a setup";
    EXPECT_EQ(result.answers[0]["error"]["code"], c.code) << c.line;
    EXPECT_EQ(result.answers[0]["error"]["path"], c.path) << c.line;
  }
}

TEST(LedgerCommand, RefusesNoInputAtAll) {
  const Answered result = run({});
  EXPECT_EQ(result.code, 1);
  ASSERT_EQ(result.answers.size(), 1U);
  EXPECT_EQ(result.answers[0]["error"]["code"], "INVALID_JSON");
}

TEST(LedgerCommand, AZoneTableDecidesWhenADayEnds) {
  const Answered result = run(
      {R"({"now":"2025-03-28T12:00:00Z","zone":{"offsetSeconds":3600,"transitions":[{"at":"2025-03-30T01:00:00Z","offsetSeconds":7200}]},"expiry":{"model":"lots","months":1}})",
       R"({"op":"earn","key":"e1","account":"ann","points":5,"byRule":true})"});
  EXPECT_EQ(result.answers[1]["value"]["account"]["nextExpiry"]["at"], "2025-04-28T22:00:00Z");
}

TEST(LedgerCommand, TheShippedExampleRuns) {
  std::ifstream in("native/examples/ledger.jsonl");
  std::stringstream out;
  EXPECT_EQ(run_ledger(in, out), 0);
  EXPECT_NE(out.str().find("\"findings\":[]"), std::string::npos);
}

}  // namespace
}  // namespace loyalty
