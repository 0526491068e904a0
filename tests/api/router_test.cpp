#include "native/api/router.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/api/bench.h"

namespace loyalty::api {
namespace {

using http::Method;
using service::Route;
using service::Routes;
using service::Verb;
using Kind = Found::Kind;

Route row(std::string_view name, Verb verb, std::string_view path) {
  return Route{
      .name = name, .verb = verb, .path = path, .request = wire::any(), .response = wire::any()};
}

Routes accounts() {
  return {row("get", Verb::get, "/accounts/v1/accounts/{id}"),
          row("mine", Verb::get, "/accounts/v1/accounts/my-account"),
          row("query", Verb::post, "/accounts/v1/accounts/query"),
          row("list", Verb::get, "/accounts/v1/accounts"),
          row("create", Verb::post, "/accounts/v1/accounts"),
          row("earn", Verb::post, "/accounts/v1/accounts/{accountId}/earn-points"),
          row("tier", Verb::get, "/tiers/v1/tiers/{tierId}"),
          row("update", Verb::patch, "/tiers/v1/tiers/{tier.id}"),
          row("deep", Verb::get, "/a/{x}/c"),
          row("literal", Verb::get, "/a/b/d")};
}

std::string name_at(const Router& router, Method method, std::string_view path) {
  const Found found = router.find(method, path);
  return found.kind == Kind::route ? std::string{found.route->name} : "";
}

TEST(Router, FindsTheRowOfAMethodAndPath) {
  const Routes routes = accounts();
  const Router router{routes};
  EXPECT_EQ(name_at(router, Method::get, "/accounts/v1/accounts"), "list");
  EXPECT_EQ(name_at(router, Method::post, "/accounts/v1/accounts"), "create");
  EXPECT_EQ(name_at(router, Method::post, "/accounts/v1/accounts/7/earn-points"), "earn");
  EXPECT_EQ(name_at(router, Method::head, "/accounts/v1/accounts"), "list");
}

TEST(Router, ServesEveryRowBelowApiToo) {
  const Routes routes = accounts();
  const Router router{routes};
  EXPECT_EQ(name_at(router, Method::get, "/_api/accounts/v1/accounts/7"), "get");
  EXPECT_EQ(router.find(Method::get, "/_api").kind, Kind::nothing);
  EXPECT_EQ(router.find(Method::get, "/_api/_api/accounts/v1/accounts").kind, Kind::nothing);
}

TEST(Router, LiteralSegmentsGoBeforeVariables) {
  const Routes routes = accounts();
  const Router router{routes};
  EXPECT_EQ(name_at(router, Method::get, "/accounts/v1/accounts/my-account"), "mine");
  // A literal path with other methods is not an id.
  EXPECT_EQ(router.find(Method::get, "/accounts/v1/accounts/query").kind, Kind::other_methods);
}

TEST(Router, ComesBackFromALiteralThatLeadsNowhere) {
  const Routes routes = accounts();
  const Router router{routes};
  EXPECT_EQ(name_at(router, Method::get, "/a/b/d"), "literal");
  EXPECT_EQ(name_at(router, Method::get, "/a/b/c"), "deep");
}

TEST(Router, GivesDecodedVariablesUnderTheNamesOfTheirRow) {
  const Routes routes = accounts();
  const Router router{routes};
  const Found read = router.find(Method::get, "/tiers/v1/tiers/a%2Fb%20c");
  ASSERT_EQ(read.variables.size(), 1U);
  EXPECT_EQ(read.variables[0].first, "tierId");
  EXPECT_EQ(read.variables[0].second, "a/b c");
  const Found update = router.find(Method::patch, "/tiers/v1/tiers/x");
  EXPECT_EQ(update.variables[0].first, "tier.id");
}

TEST(Router, SaysWhichMethodsAPathHas) {
  const Routes routes = accounts();
  const Router router{routes};
  const Found found = router.find(Method::del, "/accounts/v1/accounts");
  EXPECT_EQ(found.kind, Kind::other_methods);
  EXPECT_EQ(found.allow, "GET, HEAD, POST");
}

TEST(Router, KnowsNothingOfOtherPaths) {
  const Routes routes = accounts();
  const Router router{routes};
  for (const char* const path :
       {"/", "/accounts", "/accounts/v1/accounts/", "//accounts",
        "/accounts/v1/accounts/7/earn-points/x", "/accounts/v1/accounts//earn-points", "/a/b"}) {
    EXPECT_EQ(router.find(Method::get, path).kind, Kind::nothing) << path;
  }
}

TEST(Router, RefusesEscapesThatTwoReadersReadDifferently) {
  const Routes routes = accounts();
  const Router router{routes};
  for (const char* const path : {"/accounts/v1/accounts/%", "/accounts/v1/accounts/%ff",
                                 "/accounts/v1/accounts/%00", "/accounts/v1/accounts/%g1"}) {
    EXPECT_EQ(router.find(Method::get, path).kind, Kind::malformed) << path;
  }
}

TEST(Router, RefusesATableWithARequestOrANameTwice) {
  const Routes same_request{row("a", Verb::get, "/x/{id}"), row("b", Verb::get, "/x/{other}")};
  EXPECT_THROW(Router{same_request}, std::logic_error);
  const Routes same_name{row("a", Verb::get, "/x"), row("a", Verb::get, "/y")};
  EXPECT_THROW(Router{same_name}, std::logic_error);
  const Routes no_path{row("a", Verb::get, "x")};
  EXPECT_THROW(Router{no_path}, std::logic_error);
}

}  // namespace
}  // namespace loyalty::api
