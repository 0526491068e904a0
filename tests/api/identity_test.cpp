#include <gtest/gtest.h>

#include "native/api/permissions.h"
#include "native/serve/all_routes.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

class Identity : public testing::Test {
 protected:
  Identity() : bench{serve::all_routes(false)}, site{bench.add_site(api::first_scopes())} {}

  /// A contact with an account of the site.
  Json add_contact(const std::string& member_id) {
    Json contact{{"name", "Ann"}, {"email", "ann" + member_id + "@example.com"}};
    if (!member_id.empty()) {
      contact["memberId"] = member_id;
    }
    const Answer answer = bench.post("/contacts/v1/contacts", {{"contact", contact}}, site.key);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.json()["contact"];
  }

  Bench bench;
  TestSite site;
};

TEST_F(Identity, AnOperatorMakesASiteThatWorksAtOnce) {
  const Answer made =
      bench.post("/identity/v1/sites", {{"name", "Second"}, {"settings", {{"currency", "EUR"}}}},
                 bench.operator_key());
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string key = made.json()["keys"]["backend"];
  const Answer program = bench.get("/loyalty-programs/v1/program", key);
  EXPECT_EQ(program.status, 200) << program.body;
  EXPECT_EQ(program.json()["loyaltyProgram"]["status"], "DRAFT");
  EXPECT_EQ(bench.get("/identity/v1/sites", bench.operator_key()).json()["sites"].size(), 2U);
  EXPECT_EQ(bench.dump().find(key.substr(key.find('.') + 1)), std::string::npos);
}

TEST_F(Identity, ASiteWithSettingsThatCannotBeIsNotMade) {
  const Answer made =
      bench.post("/identity/v1/sites", {{"settings", {{"currency", "XXZ"}}}}, bench.operator_key());
  EXPECT_EQ(made.status, 400);
  EXPECT_EQ(bench.get("/identity/v1/sites", bench.operator_key()).json()["sites"].size(), 1U);
}

TEST_F(Identity, OnlyOperatorsMakeSites) {
  EXPECT_EQ(bench.post("/identity/v1/sites", Json::object(), site.key).status, 403);
  EXPECT_EQ(bench.post("/identity/v1/sites", Json::object(), "").status, 401);
}

TEST_F(Identity, RepeatingTheMakingOfASiteMakesOne) {
  const std::string key = bench.operator_key();
  const Headers same{{"Idempotency-Key", "k"}};
  const Answer first = bench.post("/identity/v1/sites", {{"name", "S"}}, key, same);
  const Answer again = bench.post("/identity/v1/sites", {{"name", "S"}}, key, same);
  EXPECT_EQ(again.json()["site"], first.json()["site"]);
  EXPECT_FALSE(again.json().contains("keys"));
  EXPECT_EQ(bench.get("/identity/v1/sites", key).json()["sites"].size(), 2U);
}

TEST_F(Identity, AKeyIsMadeListedAndRevoked) {
  const Answer made = bench.post("/identity/v1/api-keys",
                                 {{"name", "POS"}, {"scopes", {api::read_scope}}}, site.key);
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string key = made.json()["secret"];
  EXPECT_EQ(bench.get("/loyalty-programs/v1/program", key).status, 200);
  EXPECT_EQ(bench.post("/loyalty-programs/v1/program/pause", Json::object(), key).status, 403);
  const Answer list = bench.get("/identity/v1/api-keys", site.key);
  EXPECT_EQ(list.json()["apiKeys"].size(), 2U);
  EXPECT_EQ(list.body.find(key.substr(key.find('.') + 1)), std::string::npos);

  const std::string id = made.json()["apiKey"]["id"];
  const auto revoke = [&](const std::string& as) {
    return bench.ask({.method = http::Method::del,
                      .target = "/identity/v1/api-keys/" + id,
                      .headers = {{"Authorization", as}}});
  };
  EXPECT_EQ(revoke(bench.add_site(api::first_scopes()).key).status, 404);
  EXPECT_EQ(revoke(key).status, 403);
  EXPECT_EQ(revoke(site.key).status, 200);
  EXPECT_EQ(bench.get("/loyalty-programs/v1/program", key).status, 401);
  EXPECT_EQ(revoke(site.key).status, 404);
}

TEST_F(Identity, AnApplicationHasTwoLiveKeysAtMost) {
  const Json request{{"appId", "0190a5b4-1234-7abc-8def-0123456789ab"}};
  const Answer first = bench.post("/identity/v1/api-keys", request, site.key);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(bench.post("/identity/v1/api-keys", request, site.key).status, 200);
  EXPECT_EQ(bench.post("/identity/v1/api-keys", request, site.key).status, 400);
  const std::string id = first.json()["apiKey"]["id"];
  bench.ask({.method = http::Method::del,
             .target = "/identity/v1/api-keys/" + id,
             .headers = {{"Authorization", site.key}}});
  EXPECT_EQ(bench.post("/identity/v1/api-keys", request, site.key).status, 200);
}

TEST_F(Identity, AMembersTokenIsMintedForAKnownMember) {
  const std::string member_id = "0190a5b4-1234-7abc-8def-0123456789aa";
  const Json contact = add_contact(member_id);
  for (const Json& request : {Json{{"memberId", member_id}}, Json{{"contactId", contact["id"]}},
                              Json{{"memberId", member_id}, {"ttlSeconds", 60}}}) {
    const Answer minted = bench.post("/identity/v1/member-tokens", request, site.key);
    ASSERT_EQ(minted.status, 200) << minted.body;
    const std::string token = minted.json()["token"];
    const Answer own = bench.get("/loyalty-accounts/v1/accounts/my-account", token);
    EXPECT_TRUE(own.status == 200 || own.code() == "ACCOUNT_NOT_FOUND") << own.body;
  }
  const Answer minted = bench.post("/identity/v1/member-tokens",
                                   {{"memberId", member_id}, {"ttlSeconds", 60}}, site.key);
  EXPECT_EQ(minted.json()["expiresAt"], "2026-01-15T10:01:00.000Z");
}

TEST_F(Identity, NobodyElseGetsAToken) {
  const Json guest = add_contact("");
  const auto code = [&](const Json& request) {
    return bench.post("/identity/v1/member-tokens", request, site.key).code();
  };
  EXPECT_EQ(code({{"memberId", "nobody"}}), "CONTACT_NOT_FOUND");
  EXPECT_EQ(code({{"contactId", guest["id"]}}), "MEMBER_REQUIRED");
  EXPECT_EQ(
      bench.post("/identity/v1/member-tokens", {{"memberId", "m"}, {"ttlSeconds", 901}}, site.key)
          .status,
      400);
  const Json member = add_contact("0190a5b4-1234-7abc-8def-0123456789ac");
  const TestSite other = bench.add_site();
  EXPECT_EQ(
      bench.post("/identity/v1/member-tokens", {{"contactId", member["id"]}}, other.key).code(),
      "CONTACT_NOT_FOUND");
}

}  // namespace
}  // namespace loyalty::test
