#include <gtest/gtest.h>

#include "native/service/program/catalogs.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

constexpr char shop[] = "https://shop.example";

class CrossOrigin : public testing::Test {
 protected:
  CrossOrigin() : bench{plain_routes()} {
    const std::string key = bench.operator_key();
    bench.run(store::system_tenant, [&](service::Call& call) {
      site = api::add_site(call, "Shop", Json{{"allowedOrigins", {shop}}});
      other = api::add_site(call, "Other", Json::object());
    });
    for (const api::Site& one : {site, other}) {
      bench.run(one.tenant, [&](service::Call& call) { api::install_site(call, one); });
    }
  }

  Answer ask(const api::Site& of, const std::string& origin) {
    return bench.ask({.target = "/plain/v1/" + of.id + "/public", .headers = {{"Origin", origin}}});
  }
  Answer preflight(const std::string& target, const std::string& origin) {
    return bench.ask({.method = http::Method::options,
                      .target = target,
                      .headers = {{"Origin", origin}, {"Access-Control-Request-Method", "PATCH"}}});
  }

  Bench bench;
  api::Site site;
  api::Site other;
};

TEST_F(CrossOrigin, PagesOfListedOriginsMayReadAnswers) {
  const Answer answer = ask(site, shop);
  EXPECT_EQ(answer.header("access-control-allow-origin"), shop);
  EXPECT_EQ(answer.header("vary"), "Origin");
  EXPECT_EQ(answer.header("access-control-allow-credentials"), "");
  EXPECT_NE(answer.header("access-control-expose-headers").find("X-Wix-Request-Id"),
            std::string::npos);
}

TEST_F(CrossOrigin, OthersMayNot) {
  for (const char* const origin :
       {"https://shop.example.evil", "http://shop.example", "https://shop.example:8443", "null",
        "https://SHOP.example", "*"}) {
    const Answer answer = ask(site, origin);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("access-control-allow-origin"), "") << origin;
    EXPECT_EQ(answer.header("vary"), "Origin");
  }
  EXPECT_EQ(ask(other, shop).header("access-control-allow-origin"), "");
}

TEST_F(CrossOrigin, RefusalsCanBeReadToo) {
  const Answer answer = bench.ask({.target = "/plain/v1/who", .headers = {{"Origin", shop}}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("access-control-allow-origin"), shop);
}

TEST_F(CrossOrigin, APreflightSaysWhatMayBeSentForTenMinutes) {
  const Answer answer = preflight("/plain/v1/things/x", shop);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("access-control-allow-origin"), shop);
  EXPECT_EQ(answer.header("access-control-allow-methods"), "GET, HEAD, PATCH");
  EXPECT_EQ(answer.header("access-control-max-age"), "600");
  for (const char* const name :
       {"Authorization", "Content-Type", "Idempotency-Key", "X-Wix-Bi-Gateway", "X-Loyalty-Site"}) {
    EXPECT_NE(answer.header("access-control-allow-headers").find(name), std::string::npos) << name;
  }
  EXPECT_EQ(answer.header("access-control-allow-credentials"), "");
}

TEST_F(CrossOrigin, APreflightOfAStrangerGetsNothing) {
  const Answer answer = preflight("/plain/v1/things/x", "https://evil.example");
  EXPECT_EQ(answer.header("access-control-allow-origin"), "");
  EXPECT_EQ(answer.header("access-control-allow-methods"), "");
  EXPECT_EQ(preflight("/nowhere", shop).status, 404);
}

}  // namespace
}  // namespace loyalty::test
