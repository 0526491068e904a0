#include <atomic>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "native/api/permissions.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

class Idempotency : public testing::Test {
 protected:
  Idempotency() : bench{plain_routes()}, site{bench.add_site()} {}

  Answer write(const Json& body, const std::string& key, const std::string& as = {}) {
    Headers headers;
    if (!key.empty()) {
      headers.emplace_back("Idempotency-Key", key);
    }
    return bench.post("/plain/v1/things", body, as.empty() ? site.key : as, headers);
  }
  std::int64_t count() { return bench.get("/plain/v1/things/count", site.key).json()["count"]; }

  Bench bench;
  TestSite site;
};

TEST_F(Idempotency, RepeatsTheFirstAnswerByteForByte) {
  const Answer first = write({{"text", "a"}}, "k1");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.header("idempotent-replayed"), "");
  const Answer again = write({{"text", "a"}}, "k1");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
  EXPECT_EQ(count(), 1);
}

TEST_F(Idempotency, TheOrderAndSpellingOfTheBodyDoNotMatter) {
  EXPECT_EQ(write({{"text", "a"}, {"then", "go"}}, "k1").status, 200);
  const Answer again =
      bench.ask({.method = http::Method::post,
                 .target = "/_api/plain/v1/things",
                 .body = "{ \"then\" : \"g\\u006f\", \"text\":\"a\" }",
                 .headers = {{"Authorization", "Bearer " + site.key}, {"idempotency-key", "k1"}}});
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
  EXPECT_EQ(count(), 1);
}

TEST_F(Idempotency, WithoutAKeyEveryCallIsOneOfItsOwn) {
  EXPECT_NE(write({{"text", "a"}}, "").body, write({{"text", "a"}}, "").body);
  EXPECT_EQ(count(), 2);
}

TEST_F(Idempotency, RefusesAKeyForAnotherRequest) {
  EXPECT_EQ(write({{"text", "a"}}, "k1").status, 200);
  const Answer other = write({{"text", "b"}}, "k1");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.code(), "IDEMPOTENCY_KEY_REUSED");
  EXPECT_EQ(count(), 1);
}

TEST_F(Idempotency, AKeyBelongsToItsCallerOperationAndSite) {
  const std::string second = bench.add_key(site.site, api::backend_scopes());
  const TestSite elsewhere = bench.add_site();
  EXPECT_EQ(write({{"text", "a"}}, "k1").status, 200);
  EXPECT_EQ(write({{"text", "b"}}, "k1", second).header("idempotent-replayed"), "");
  EXPECT_EQ(write({{"text", "c"}}, "k1", elsewhere.key).status, 200);
  const Answer other_operation =
      bench.post("/plain/v1/must", {{"text", "d"}}, site.key, {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(other_operation.status, 200);
  EXPECT_EQ(count(), 3);
}

TEST_F(Idempotency, ADeclineIsUndoneAndRepeated) {
  const Answer first = write({{"text", "a"}, {"then", "decline"}}, "k1");
  EXPECT_EQ(first.status, 428);
  EXPECT_EQ(first.code(), "INSUFFICIENT_POINTS");
  EXPECT_EQ(count(), 0);
  const int runs = writes_run();
  const Answer again = write({{"text", "a"}, {"then", "decline"}}, "k1");
  EXPECT_EQ(writes_run(), runs);
  EXPECT_EQ(again.status, 428);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
  EXPECT_EQ(count(), 0);
}

TEST_F(Idempotency, ADeclineWithoutAKeyIsUndoneToo) {
  EXPECT_EQ(write({{"text", "a"}, {"then", "decline"}}, "").status, 428);
  EXPECT_EQ(count(), 0);
}

TEST_F(Idempotency, WhatNeverTookPlaceIsNotRemembered) {
  for (const char* const then : {"invalid", "break"}) {
    const Json body{{"text", "a"}, {"then", then}};
    const int runs = writes_run();
    EXPECT_GE(write(body, std::string{"key of "} + then).status, 400);
    EXPECT_EQ(write(body, std::string{"key of "} + then).header("idempotent-replayed"), "");
    EXPECT_EQ(writes_run(), runs + 2) << then;
  }
  EXPECT_EQ(write({{"text", 7}}, "k1").status, 400);
  EXPECT_EQ(write({{"text", "a"}}, "k1", "lk_no.key").status, 401);
  EXPECT_EQ(write({{"text", "a"}}, "k1").status, 200);
  EXPECT_EQ(count(), 1);
}

TEST_F(Idempotency, IsRequiredWhereARowSaysSo) {
  const Answer without = bench.post("/plain/v1/must", {{"text", "a"}}, site.key);
  EXPECT_EQ(without.status, 400);
  EXPECT_EQ(without.code(), "IDEMPOTENCY_KEY_REQUIRED");
  EXPECT_EQ(count(), 0);
}

TEST_F(Idempotency, AKeyIsPrintableAndNotTooLong) {
  EXPECT_EQ(write({{"text", "a"}}, std::string(256, 'k')).status, 200);
  EXPECT_EQ(write({{"text", "a"}}, std::string(257, 'k')).status, 400);
  EXPECT_EQ(write({{"text", "a"}}, "k\xc3\xa9").status, 400);
  EXPECT_EQ(write({{"text", "a"}}, "k\t").status, 400);
}

TEST_F(Idempotency, OfManyAtOnceOneRuns) {
  constexpr int threads = 8;
  constexpr int each = 25;
  const int runs = writes_run();
  std::vector<std::set<std::string>> bodies(threads);
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&, i] {
      for (int j = 0; j < each; ++j) {
        bodies[static_cast<std::size_t>(i)].insert(write({{"text", "a"}}, "k1").body);
      }
    });
  }
  std::set<std::string> different;
  for (int i = 0; i < threads; ++i) {
    all[static_cast<std::size_t>(i)].join();
    different.merge(bodies[static_cast<std::size_t>(i)]);
  }
  EXPECT_EQ(different.size(), 1U);
  EXPECT_EQ(writes_run(), runs + 1);
  EXPECT_EQ(count(), 1);
}

TEST_F(Idempotency, SecretsAreNotKept) {
  const Headers key{{"Idempotency-Key", "k1"}};
  const Answer first = bench.post("/plain/v1/secret", Json::object(), site.key, key);
  const std::string secret = first.json()["token"];
  EXPECT_EQ(bench.dump().find(secret), std::string::npos);
  const Answer again = bench.post("/plain/v1/secret", Json::object(), site.key, key);
  EXPECT_EQ(again.json(), (Json{{"id", 1}}));
  EXPECT_EQ(again.header("idempotent-replayed"), "true");
}

TEST_F(Idempotency, TheOperationSeesTheKeyAndTheOrigin) {
  const Answer answer = bench.post("/plain/v1/things", {{"text", "a"}}, site.key,
                                   {{"Idempotency-Key", "k9"}, {"X-Loyalty-Origin", "pos/4711"}});
  EXPECT_EQ(answer.json()["key"], "k9");
  EXPECT_EQ(answer.json()["origin"], "pos/4711");
  EXPECT_EQ(bench
                .post("/plain/v1/things", {{"text", "a"}}, site.key,
                      {{"X-Loyalty-Origin", std::string(65, 'x')}})
                .status,
            400);
}

}  // namespace
}  // namespace loyalty::test
