#include "native/wire/refused.h"

#include <set>

#include <gtest/gtest.h>

namespace loyalty::wire {
namespace {

TEST(Codes, SharedWithTheLedgerHaveItsNameAndStatus) {
  for (int i = 0; i < ledger::refusal_codes; ++i) {
    const auto theirs = static_cast<ledger::RefusalCode>(i);
    const Code ours = code_of(theirs);
    EXPECT_EQ(name_of(ours), ledger::name_of(theirs));
    EXPECT_EQ(http_status_of(ours), ledger::http_status_of(theirs)) << name_of(ours);
  }
}

TEST(Codes, HaveDifferentNamesAndASentence) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Code::internal); ++i) {
    const auto code = static_cast<Code>(i);
    EXPECT_TRUE(names.insert(name_of(code)).second) << name_of(code);
    EXPECT_EQ(name_of(code).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"),
              std::string_view::npos);
    EXPECT_GE(http_status_of(code), 400);
    EXPECT_TRUE(sentence_of(code).ends_with('.'));
  }
}

TEST(Codes, HaveTheStatusesOfTheCatalogue) {
  EXPECT_EQ(http_status_of(Code::insufficient_points), 428);
  EXPECT_EQ(http_status_of(Code::member_required), 403);
  EXPECT_EQ(http_status_of(Code::tier_name_already_exists), 409);
  EXPECT_EQ(http_status_of(Code::earning_rule_not_supported), 400);
  EXPECT_EQ(http_status_of(Code::file_too_large), 413);
  EXPECT_EQ(http_status_of(Code::import_not_parsed), 428);
  EXPECT_EQ(http_status_of(Code::already_followed), 409);
  EXPECT_EQ(http_status_of(Code::rate_limited), 429);
  EXPECT_EQ(http_status_of(Code::temporary), 503);
}

TEST(Refused, HasTheBodyOfAnApplicationError) {
  const Refused refused{Code::insufficient_points, Json{{"missing", 5}}};
  EXPECT_EQ(refused.http_status(), 428);
  EXPECT_EQ(refused.body(), Json::parse(R"({
    "message": "The account has fewer points available.",
    "details": {"applicationError": {
      "code": "INSUFFICIENT_POINTS",
      "description": "The account has fewer points available.",
      "data": {"missing": 5}}}})"));
}

TEST(Refused, AlwaysHasDataAnEmptyObjectWhereThereIsNone) {
  const Refused refused{Code::reward_not_found, "No reward r."};
  EXPECT_EQ(refused.body()["details"]["applicationError"],
            Json::parse(R"({"code":"REWARD_NOT_FOUND","description":"No reward r.","data":{}})"));
  EXPECT_STREQ(refused.what(), "No reward r.");
}

TEST(Refused, ListsFieldViolations) {
  const Refused refused{
      std::vector<FieldViolation>{{"amount", "must be at least 1", "MIN", Json{{"threshold", 1}}},
                                  {"appId", "is required", "REQUIRED"}}};
  EXPECT_EQ(refused.http_status(), 400);
  EXPECT_EQ(refused.body()["details"], Json::parse(R"({"validationError": {"fieldViolations": [
    {"field":"amount","description":"must be at least 1","violatedRule":"MIN","data":{"threshold":1}},
    {"field":"appId","description":"is required","violatedRule":"REQUIRED"}]}})"));
}

TEST(Refused, TellsTheLedgersNo) {
  const Refused out_of_range{ledger::Refusal{ledger::RefusalCode::validation, "amount"}};
  EXPECT_EQ(out_of_range.body()["details"]["validationError"]["fieldViolations"][0]["field"],
            "amount");
  const Refused reused{ledger::Refusal{ledger::RefusalCode::idempotency_key_reused, "points"}};
  EXPECT_EQ(reused.code(), Code::idempotency_key_reused);
  EXPECT_EQ(reused.body()["details"]["applicationError"]["data"],
            Json::parse(R"({"field":"points"})"));
}

}  // namespace
}  // namespace loyalty::wire
