#include "native/api/rate_limits.h"

#include <gtest/gtest.h>

#include "native/api/code_entry.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

using api::CodeGuard;
using api::RateLimits;
using api::RateSettings;
using service::Caller;
using service::Route;
using std::chrono::milliseconds;
using std::chrono::seconds;

Caller caller(Caller::Identity identity, const std::string& principal) {
  Caller made;
  made.identity = identity;
  made.principal = principal;
  return made;
}
const Caller visitor = caller(Caller::Identity::anonymous, "visitor:1");
const Caller member = caller(Caller::Identity::member, "member:1");
const Caller app = caller(Caller::Identity::app, "app:1");

const api::Clock::time_point start{std::chrono::hours{1}};

TEST(RateLimits, LetABurstThroughAndThenTheRate) {
  RateLimits limits{RateSettings{.visitor = {10, 5}}};
  const auto take = [&](milliseconds at) {
    return limits.take(visitor, Route::Rate::normal, start + at);
  };
  for (int i = 0; i < 5; ++i) {
    const auto verdict = take(milliseconds{0});
    EXPECT_TRUE(verdict.allowed);
    EXPECT_EQ(verdict.limit, 5);
    EXPECT_EQ(verdict.remaining, 4 - i);
  }
  const auto refused = take(milliseconds{0});
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.reset_seconds, 1);
  EXPECT_FALSE(take(milliseconds{99}).allowed);
  EXPECT_TRUE(take(milliseconds{100}).allowed);
  EXPECT_FALSE(take(milliseconds{100}).allowed);
  EXPECT_TRUE(take(milliseconds{10'000}).allowed);
  EXPECT_EQ(take(milliseconds{10'000}).remaining, 3);
}

TEST(RateLimits, AreEachCallersOwnAndEachClassOwn) {
  RateLimits limits{RateSettings{.visitor = {1, 1}, .visitor_quote = {1, 1}}};
  EXPECT_TRUE(limits.take(visitor, Route::Rate::normal, start).allowed);
  EXPECT_FALSE(limits.take(visitor, Route::Rate::normal, start).allowed);
  EXPECT_TRUE(limits.take(visitor, Route::Rate::quote, start).allowed);
  EXPECT_FALSE(limits.take(visitor, Route::Rate::quote, start).allowed);
  EXPECT_TRUE(
      limits.take(caller(Caller::Identity::anonymous, "visitor:2"), Route::Rate::normal, start)
          .allowed);
}

TEST(RateLimits, CanBeSwitchedOff) {
  RateLimits limits{RateSettings{.on = false, .visitor = {1, 1}}};
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(limits.take(visitor, Route::Rate::normal, start).allowed);
  }
}

TEST(RateLimits, ForgetCallersThatAreQuiet) {
  RateLimits limits{RateSettings{.visitor = {1'000, 1}}};
  for (int i = 0; i < 100'000; ++i) {
    const auto at = start + milliseconds{10 * i};
    ASSERT_TRUE(limits
                    .take(caller(Caller::Identity::anonymous, "visitor:" + std::to_string(i)),
                          Route::Rate::normal, at)
                    .allowed);
  }
  EXPECT_LT(limits.size(), 20'000U);
}

TEST(CodeGuard, StopsACallerAfterFiveDifferentWrongCodesInAMinute) {
  CodeGuard guard{{}};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(guard.blocked_seconds(member, "a", start), 0);
    guard.failed(member, "a", {"CODE" + std::to_string(i)}, start);
  }
  EXPECT_EQ(guard.blocked_seconds(member, "a", start), 60);
  EXPECT_EQ(guard.blocked_seconds(member, "b", start + seconds{59}), 1);
  EXPECT_EQ(guard.blocked_seconds(member, "a", start + seconds{60}), 0);
}

TEST(CodeGuard, CountsTheSameCodeOnce) {
  CodeGuard guard{{}};
  for (int i = 0; i < 50; ++i) {
    guard.failed(member, "a", {"SAME"}, start);
  }
  EXPECT_EQ(guard.blocked_seconds(member, "a", start), 0);
}

TEST(CodeGuard, StopsAnAddressAfterTwentyWhoeverCalls) {
  CodeGuard guard{{}};
  for (int i = 0; i < 20; ++i) {
    const Caller one = caller(Caller::Identity::member, "member:" + std::to_string(i));
    EXPECT_EQ(guard.blocked_seconds(one, "a", start), 0);
    guard.failed(one, "a", {"CODE" + std::to_string(i)}, start);
  }
  EXPECT_GT(guard.blocked_seconds(visitor, "a", start), 0);
  EXPECT_EQ(guard.blocked_seconds(visitor, "b", start), 0);
}

TEST(CodeGuard, LeavesBackendsAlone) {
  CodeGuard guard{{}};
  for (int i = 0; i < 100; ++i) {
    guard.failed(app, "a", {std::to_string(i)}, start);
  }
  EXPECT_EQ(guard.blocked_seconds(app, "a", start), 0);
}

TEST(CodeEntry, SeesCodesWhereverTheyStand) {
  EXPECT_FALSE(api::enters_code(Json{{"cart", {{"lines", Json::array()}}}}));
  EXPECT_FALSE(api::enters_code(Json{{"intent", {{"codes", Json::array()}}}}));
  EXPECT_TRUE(api::enters_code(Json{{"intent", {{"codes", {"X"}}}}}));
  EXPECT_TRUE(api::enters_code(Json::parse(R"({"intent":{"chosen":[{"code":{"text":"X"}}]}})")));
  EXPECT_TRUE(api::enters_code(Json::parse("{\"c\\u006fde\":\"X\"}")));
}

TEST(CodeEntry, TellsWhichCodesAnAnswerDoesNotKnow) {
  const Json request{{"code", " abc "}};
  EXPECT_EQ(
      api::unknown_codes(
          R"({"rejected":[{"id":"nix","code":"CODE_NOT_FOUND"},{"id":"r","code":"EXPIRED"}]})",
          request),
      std::vector<std::string>{"NIX"});
  EXPECT_EQ(
      api::unknown_codes(
          R"({"details":{"applicationError":{"code":"ERROR_COUPON_DOES_NOT_EXIST"}}})", request),
      std::vector<std::string>{"ABC"});
  EXPECT_TRUE(api::unknown_codes(R"({"rejected":[]})", request).empty());
}

class Limited : public testing::Test {
 protected:
  Limited()
      : bench{plain_routes(), {.rates = {.visitor = {1, 3}}, .codes = {}}},
        site{bench.add_site()} {}

  Answer ask(const std::string& peer = "203.0.113.7") {
    return bench.ask({.target = "/plain/v1/" + site.site.id + "/public", .peer = peer});
  }
  Answer enter(const std::string& code, const std::string& credentials) {
    return bench.post("/plain/v1/enter", {{"codes", {code}}}, credentials,
                      {{"x-loyalty-site", site.site.id}});
  }

  Bench bench;
  TestSite site;
};

TEST_F(Limited, AVisitorIsToldHowMuchIsLeftAndWhenToComeBack) {
  EXPECT_EQ(ask().header("ratelimit-remaining"), "2");
  EXPECT_EQ(ask().header("ratelimit-remaining"), "1");
  EXPECT_EQ(ask().header("ratelimit-limit"), "3");
  const Answer refused = ask();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.code(), "RATE_LIMITED");
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_EQ(ask("203.0.113.8").status, 200);
}

TEST_F(Limited, BackendsMayAskOften) {
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(bench.get("/plain/v1/who", site.key).status, 200);
  }
}

TEST_F(Limited, WhoeverGuessesCodesIsNotToldAnyMore) {
  const std::string token = bench.member_token(site.site, "m", "c");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(enter("WRONG" + std::to_string(i), token).status, 200);
  }
  const Answer right = enter("GOOD", token);
  EXPECT_EQ(right.status, 429);
  EXPECT_FALSE(right.header("retry-after").empty());
  EXPECT_EQ(bench.post("/plain/v1/enter", Json::object(), token).status, 200);
  EXPECT_EQ(enter("GOOD", site.key).status, 200);
  EXPECT_EQ(enter("GOOD", bench.member_token(site.site, "n", "d")).status, 200);
}

}  // namespace
}  // namespace loyalty::test
