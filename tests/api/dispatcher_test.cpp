#include "native/api/dispatcher.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

class Dispatch : public testing::Test {
 protected:
  Dispatch() : bench{plain_routes()}, site{bench.add_site()} {}
  Bench bench;
  TestSite site;
};

TEST_F(Dispatch, SaysWhereNothingIs) {
  const Answer answer = bench.get("/plain/v1/nothing", site.key);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.code(), "NOT_FOUND");
  EXPECT_EQ(bench.get("/plain/v1/%ff", site.key).status, 400);
}

TEST_F(Dispatch, SaysWhichMethodsThereAre) {
  const Answer answer = bench.ask({.method = http::Method::del, .target = "/plain/v1/things"});
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.code(), "METHOD_NOT_ALLOWED");
  EXPECT_EQ(answer.header("allow"), "POST");
}

TEST_F(Dispatch, EveryAnswerHasTheHeadersThatKeepItData) {
  for (const std::string target : {"/plain/v1/who", "/plain/v1/nothing", "/plain/v1/things"}) {
    const Answer answer = bench.get(target, site.key);
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.header("content-security-policy"),
              "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
    EXPECT_FALSE(answer.header("x-wix-request-id").empty());
  }
  EXPECT_NE(bench.get("/plain/v1/who", site.key).header("x-wix-request-id"),
            bench.get("/plain/v1/who", site.key).header("x-wix-request-id"));
}

TEST_F(Dispatch, WhatBreaksInsideIsNobodysBusiness) {
  const Answer answer =
      bench.post("/plain/v1/things", {{"text", "a"}, {"then", "break"}}, site.key);
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.code(), "INTERNAL");
  EXPECT_EQ(answer.body.find("marker-secret"), std::string::npos);
  bench.log.flush();
  EXPECT_NE(bench.logged.find("marker-secret in /etc/passwd"), std::string::npos);
  EXPECT_NE(bench.logged.find(answer.header("x-wix-request-id")), std::string::npos);
  EXPECT_EQ(bench.get("/plain/v1/things/count", site.key).json()["count"], 0);
}

TEST_F(Dispatch, ALostRaceIsARevisionMismatch) {
  const Answer answer =
      bench.post("/plain/v1/things", {{"text", "a"}, {"then", "conflict"}}, site.key);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.code(), "REVISION_MISMATCH");
  EXPECT_EQ(answer.body.find("marker-secret"), std::string::npos);
}

TEST_F(Dispatch, LogsWhoAskedForWhatAndNothingPersonal) {
  const std::string token = bench.member_token(site.site, "member-marker", "contact-marker");
  bench.get("/plain/v1/who?email=ann@example.com", token);
  bench.post("/plain/v1/things", {{"text", "bob@example.com"}}, site.key,
             {{"traceparent", "00-abc-def-01"}, {"Idempotency-Key", "key-marker"}});
  bench.log.flush();
  EXPECT_NE(bench.logged.find(R"("route":"plain.write","site":")" + site.site.id),
            std::string::npos);
  EXPECT_NE(bench.logged.find(R"("traceparent":"00-abc-def-01")"), std::string::npos);
  EXPECT_NE(bench.logged.find(R"("caller":"member","status":400)"), std::string::npos);
  for (const std::string& marker :
       {token, site.key, std::string{"example.com"}, std::string{"member-marker"},
        std::string{"contact-marker"}, std::string{"key-marker"}, std::string{"203.0.113"}}) {
    EXPECT_EQ(bench.logged.find(marker), std::string::npos) << marker;
  }
  std::size_t lines = 0;
  for (std::size_t at = 0; at < bench.logged.size(); ++lines) {
    const std::size_t end = bench.logged.find('\n', at);
    EXPECT_TRUE(Json::parse(bench.logged.substr(at, end - at), nullptr, false).is_object());
    at = end + 1;
  }
  EXPECT_EQ(lines, 2U);
}

TEST_F(Dispatch, NoRequestWritesALineOfItsOwn) {
  bench.get("/plain/v1/who", site.key, {{"traceparent", "\"}\n{\"level\":\"\xff\xc3\xa9"}});
  bench.log.flush();
  EXPECT_EQ(std::count(bench.logged.begin(), bench.logged.end(), '\n'), 1);
  EXPECT_TRUE(Json::parse(bench.logged, nullptr, false).is_object()) << bench.logged;
}

TEST_F(Dispatch, AnAnswerThatTheClientHasIsNotSentAgain) {
  const std::string target = "/plain/v1/tagged";
  const Headers named{{"x-loyalty-site", site.site.id}};
  const Answer first = bench.get(target, "", named);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.header("etag"), "\"v1\"");
  EXPECT_EQ(first.header("cache-control"), "no-cache");
  for (const char* const tags : {"\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"}) {
    Headers headers = named;
    headers.emplace_back("If-None-Match", tags);
    const Answer again = bench.get(target, "", headers);
    EXPECT_EQ(again.status, 304) << tags;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("etag"), "\"v1\"");
  }
  Headers other = named;
  other.emplace_back("If-None-Match", "\"v0\"");
  EXPECT_EQ(bench.get(target, "", other).status, 200);
}

TEST_F(Dispatch, TellsOperationsHowClientsReachTheServer) {
  const auto base = [&](const std::string& host) {
    return bench.get("/plain/v1/who", site.key, {{"Host", host}}).json()["base"];
  };
  EXPECT_EQ(base("127.0.0.1:8080"), "http://127.0.0.1:8080");
  EXPECT_EQ(base("[::1]:80"), "http://[::1]:80");
  EXPECT_EQ(base("evil.example/\"x"), "");
  Bench behind{plain_routes(), {.rates = {.on = false}, .base_url = "https://a.example"}};
  const TestSite own = behind.add_site();
  EXPECT_EQ(behind.get("/plain/v1/who", own.key, {{"Host", "b"}}).json()["base"],
            "https://a.example");
}

TEST_F(Dispatch, GivesFastRowsTheBodyAsItCame) {
  const Answer answer = bench.ask({.method = http::Method::post,
                                   .target = "/plain/v1/quote",
                                   .body = "not json",
                                   .headers = {{"x-loyalty-site", site.site.id}}});
  EXPECT_EQ(answer.body, R"({"bytes":8})");
}

TEST_F(Dispatch, CountsByRouteAndStatus) {
  bench.get("/plain/v1/who", site.key);
  bench.get("/plain/v1/who", "");
  bench.get("/nowhere", "");
  const std::string text = bench.dispatcher.metrics().text({.waiting = 7});
  EXPECT_NE(text.find("loyalty_requests_total{route=\"plain.who\",status=\"2xx\"} 1\n"),
            std::string::npos);
  EXPECT_NE(text.find("loyalty_requests_total{route=\"plain.who\",status=\"4xx\"} 1\n"),
            std::string::npos);
  EXPECT_NE(text.find("loyalty_requests_total{route=\"none\",status=\"4xx\"} 1\n"),
            std::string::npos);
  EXPECT_NE(text.find("loyalty_request_seconds_bucket{route=\"plain.who\",le=\"+Inf\"} 2\n"),
            std::string::npos);
  EXPECT_NE(text.find("loyalty_write_queue 7\n"), std::string::npos);
  EXPECT_NE(text.find("loyalty_requests_in_flight 0\n"), std::string::npos);
}

TEST_F(Dispatch, ServesPagesBesideTheTable) {
  bench.dispatcher.serve("/here", [](const http::Request&) { return http::Response{.body = "1"}; });
  bench.dispatcher.serve_rest([](const http::Request& request) -> std::optional<http::Response> {
    if (request.path == "/page") {
      return http::Response{.body = "2"};
    }
    return std::nullopt;
  });
  EXPECT_EQ(bench.get("/here", "").body, "1");
  EXPECT_EQ(bench.get("/page", "").body, "2");
  EXPECT_EQ(bench.ask({.method = http::Method::post, .target = "/here"}).status, 405);
  EXPECT_EQ(bench.ask({.method = http::Method::post, .target = "/page"}).status, 404);
  EXPECT_EQ(bench.get("/plain/v1/who", site.key).status, 200);
}

/// A store that cannot be written to.
class Full final : public store::Store {
 public:
  explicit Full(store::Store& inner) : inner_{inner} {}
  void read(store::TenantId tenant, const std::function<void(store::Session&)>& run) override {
    inner_.read(tenant, run);
  }
  void write(std::span<store::Work>) override { throw store::Unavailable{"the disk is full"}; }
  bool healthy() override { return false; }
  void back_up(const std::string& path) override { inner_.back_up(path); }

 private:
  store::Store& inner_;
};

TEST_F(Dispatch, WhatMayOrMayNotBeWrittenIsToBeSentAgain) {
  Full full{*bench.store};
  auto queue = std::make_unique<store::WriteQueue>(full, store::WriteQueue::Options{});
  api::Dispatcher dispatcher{bench.routes,
                             {.store = full,
                              .queue = *queue,
                              .catalogs = bench.catalogs,
                              .ids = *bench.ids,
                              .log = bench.log,
                              .now = [this] { return Instant::from_ms(bench.now_ms); }},
                             {.rates = {.on = false}, .codes = {.on = false}}};
  const Answer answer = bench.ask_of(dispatcher, {.method = http::Method::post,
                                                  .target = "/plain/v1/things",
                                                  .body = R"({"text":"a"})",
                                                  .headers = {{"Authorization", site.key}}});
  queue.reset();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.code(), "TEMPORARY");
  EXPECT_EQ(answer.header("retry-after"), "1");
  EXPECT_EQ(answer.body.find("disk"), std::string::npos);
}

TEST_F(Dispatch, TurnsAwayWhatTheQueueCannotHold) {
  store::WriteQueue none{*bench.store, {.waiting_max = 0, .batch_max = 1}};
  api::Dispatcher dispatcher{bench.routes,
                             {.store = *bench.store,
                              .queue = none,
                              .catalogs = bench.catalogs,
                              .ids = *bench.ids,
                              .log = bench.log,
                              .now = [this] { return Instant::from_ms(bench.now_ms); }},
                             {.rates = {.on = false}, .codes = {.on = false}}};
  const Answer answer = bench.ask_of(dispatcher, {.method = http::Method::post,
                                                  .target = "/plain/v1/things",
                                                  .body = R"({"text":"a"})",
                                                  .headers = {{"Authorization", site.key}}});
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("retry-after"), "1");
  EXPECT_EQ(dispatcher.metrics().turned_away, 1U);
}

TEST(Dispatcher, RefusesARowThatNobodyMayUse) {
  service::Routes routes = plain_routes();
  routes.front().permission = static_cast<service::Permission>(250);
  EXPECT_THROW(Bench{std::move(routes)}, std::logic_error);
}

}  // namespace
}  // namespace loyalty::test
