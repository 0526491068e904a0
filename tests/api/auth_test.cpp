#include "native/api/auth.h"

#include <gtest/gtest.h>

#include "native/api/member_token.h"
#include "native/api/permissions.h"
#include "native/wire/base64.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

using service::Caller;

std::string last_changed(std::string text) {
  text.back() = text.back() == '0' ? '1' : '0';
  return text;
}

class Auth : public testing::Test {
 protected:
  Auth() : bench{plain_routes()}, site{bench.add_site()}, other{bench.add_site()} {}

  int status(const std::string& credentials, const Headers& more = {}) {
    return bench.get("/plain/v1/who", credentials, more).status;
  }

  Bench bench;
  TestSite site;
  TestSite other;
};

TEST_F(Auth, KnowsAKeyWithAndWithoutBearer) {
  for (const std::string& text : {site.key, "Bearer " + site.key, "bearer " + site.key}) {
    const Answer answer = bench.get("/plain/v1/who", text);
    EXPECT_EQ(answer.status, 200) << text;
    EXPECT_EQ(answer.json()["tenant"], site.site.tenant);
    EXPECT_EQ(answer.json()["identity"], static_cast<int>(Caller::Identity::app));
  }
}

TEST_F(Auth, RefusesWhatIsNotAKeyInOneWay) {
  const std::string prefix = site.key.substr(0, site.key.find('.'));
  std::string expected;
  for (const std::string& text :
       {site.key + "0", site.key.substr(0, site.key.size() - 1), prefix + ".", prefix,
        "lk_0000000000000000." + std::string(64, '0'), std::string{"."}, std::string{"Basic abc"},
        last_changed(site.key)}) {
    const Answer answer = bench.get("/plain/v1/who", text);
    EXPECT_EQ(answer.status, 401) << text;
    EXPECT_EQ(answer.header("www-authenticate"), "Bearer");
    expected = expected.empty() ? answer.body : expected;
    EXPECT_EQ(answer.body, expected) << text;
  }
}

TEST_F(Auth, KeepsOnlyTheHashOfAKey) {
  const std::string secret = site.key.substr(site.key.find('.') + 1);
  EXPECT_EQ(bench.dump().find(secret), std::string::npos);
  EXPECT_NE(bench.dump().find(api::hex_of(api::sha256(secret))), std::string::npos);
}

TEST_F(Auth, ForgetsAKeyTheMomentItIsRevoked) {
  EXPECT_EQ(status(site.key), 200);
  bench.run(store::system_tenant, [&](service::Call& call) {
    EXPECT_TRUE(api::revoke_key(call, site.key_id));
    EXPECT_FALSE(api::revoke_key(call, site.key_id));
  });
  EXPECT_EQ(status(site.key), 401);
}

TEST_F(Auth, AKeySpeaksOfItsOwnSiteOnly) {
  EXPECT_EQ(status(site.key, {{"x-loyalty-site", site.site.id}}), 200);
  EXPECT_EQ(bench.get("/plain/v1/who", site.key, {{"x-loyalty-site", other.site.id}}).code(),
            "SITE_NOT_FOUND");
  EXPECT_EQ(bench.get("/plain/v1/" + other.site.id + "/public", site.key).code(), "SITE_NOT_FOUND");
  EXPECT_EQ(bench.get("/plain/v1/" + site.site.id + "/public", site.key).status, 200);
}

TEST_F(Auth, AVisitorNamesTheSiteInThePathOrTheHeader) {
  EXPECT_EQ(bench.get("/plain/v1/public", "").code(), "SITE_NOT_FOUND");
  const Answer by_header = bench.get("/plain/v1/public", "", {{"X-Loyalty-Site", other.site.id}});
  EXPECT_EQ(by_header.json()["tenant"], other.site.tenant);
  const Answer by_path = bench.get("/plain/v1/" + site.site.id + "/public", "");
  EXPECT_EQ(by_path.json()["tenant"], site.site.tenant);
  EXPECT_EQ(by_path.json()["principal"], "visitor:203.0.113.7");
  EXPECT_EQ(
      bench.get("/plain/v1/" + site.site.id + "/public", "", {{"x-loyalty-site", other.site.id}})
          .code(),
      "SITE_NOT_FOUND");
  EXPECT_EQ(bench.get("/plain/v1/0190a5b4-1234-7abc-8def-0123456789ab/public", "").code(),
            "SITE_NOT_FOUND");
}

TEST_F(Auth, AUserChoosesAmongOwnSites) {
  const std::string all = bench.add_user({}, api::backend_scopes());
  const std::string one = bench.add_user({other.site.id}, api::backend_scopes());
  EXPECT_EQ(bench.get("/plain/v1/who", all).json()["tenant"], site.site.tenant);
  EXPECT_EQ(bench.get("/plain/v1/who", all).json()["sites"],
            (Json{site.site.tenant, other.site.tenant}));
  EXPECT_EQ(bench.get("/plain/v1/who", all, {{"x-loyalty-site", other.site.id}}).json()["tenant"],
            other.site.tenant);
  EXPECT_EQ(bench.get("/plain/v1/who", one).json()["tenant"], other.site.tenant);
  EXPECT_EQ(status(one, {{"x-loyalty-site", site.site.id}}), 404);
}

// --- tokens

class Tokens : public Auth {
 protected:
  api::MemberClaims claims(std::int64_t issued_in = 0, std::int64_t lasts = 900) const {
    const std::int64_t now = bench.now_ms / 1'000 + issued_in;
    return {.site = site.site.id,
            .member_id = "m-1",
            .contact_id = "c-1",
            .issued_at = now,
            .expires_at = now + lasts};
  }
  std::string token(const api::MemberClaims& of) const { return api::member_token(site.site, of); }

  /// A token with these parts, signed with the site's own key.
  std::string signed_token(const Json& header, const Json& payload) const {
    std::string text = wire::base64url(header.dump()) + "." + wire::base64url(payload.dump());
    const auto signature = api::hmac_sha256(site.site.signing_keys.back().secret, text);
    return text + "." + wire::base64url(api::bytes_of(signature));
  }
  Json payload() const {
    const auto of = claims();
    return {{"aud", of.site},
            {"sub", of.member_id},
            {"contactId", of.contact_id},
            {"iat", of.issued_at},
            {"exp", of.expires_at}};
  }
};

TEST_F(Tokens, AreTheMembersOwnIdentity) {
  const Answer answer = bench.get("/plain/v1/who", "Bearer " + token(claims()));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json()["memberId"], "m-1");
  EXPECT_EQ(answer.json()["contactId"], "c-1");
  EXPECT_EQ(answer.json()["identity"], static_cast<int>(Caller::Identity::member));
  EXPECT_EQ(answer.json()["tenant"], site.site.tenant);
}

TEST_F(Tokens, AreValidFromTheirIssueToTheirExpiry) {
  const std::string fresh = token(claims());
  EXPECT_EQ(status(fresh), 200);
  bench.now_ms += 899'999;
  EXPECT_EQ(status(fresh), 200);
  bench.now_ms += 1;
  EXPECT_EQ(status(fresh), 401);
  EXPECT_EQ(status(token(claims(60))), 200);  // another machine's clock may be ahead
  EXPECT_EQ(status(token(claims(61))), 401);
}

TEST_F(Tokens, LastNoLongerThanAllowed) {
  EXPECT_EQ(status(token(claims(0, 900))), 200);
  EXPECT_EQ(status(token(claims(0, 901))), 401);
  EXPECT_EQ(status(token(claims(0, 0))), 401);
  EXPECT_EQ(status(token(claims(-5'000, 5'900))), 401);
}

TEST_F(Tokens, HaveOneAlgorithm) {
  const Json header{{"alg", "HS256"}, {"typ", "JWT"}, {"kid", "1"}};
  EXPECT_EQ(status(signed_token(header, payload())), 200);
  for (const char* const alg : {"none", "None", "HS384", "HS512", "RS256", "hs256", ""}) {
    Json other_header = header;
    other_header["alg"] = alg;
    EXPECT_EQ(status(signed_token(other_header, payload())), 401) << alg;
  }
  Json no_key = header;
  no_key["kid"] = "2";
  EXPECT_EQ(status(signed_token(no_key, payload())), 401);
  Json critical = header;
  critical["crit"] = {"exp"};
  EXPECT_EQ(status(signed_token(critical, payload())), 401);
}

TEST_F(Tokens, BelongToTheSiteWhoseKeySignedThem) {
  const Json header{{"alg", "HS256"}, {"kid", "1"}};
  Json elsewhere = payload();
  elsewhere["aud"] = other.site.id;
  EXPECT_EQ(status(signed_token(header, elsewhere)), 401);
  EXPECT_EQ(status(token(claims()), {{"x-loyalty-site", other.site.id}}), 404);
}

TEST_F(Tokens, NeedEveryClaim) {
  const Json header{{"alg", "HS256"}, {"kid", "1"}};
  for (const char* const name : {"aud", "sub", "iat", "exp"}) {
    Json less = payload();
    less.erase(name);
    EXPECT_EQ(status(signed_token(header, less)), 401) << name;
    less[name] = Json::array();
    EXPECT_EQ(status(signed_token(header, less)), 401) << name;
  }
  Json text = payload();
  text["exp"] = std::to_string(text["exp"].get<std::int64_t>());
  EXPECT_EQ(status(signed_token(header, text)), 401);
}

TEST_F(Tokens, AreRefusedWithAnyCharacterChanged) {
  const std::string whole = token(claims());
  ASSERT_EQ(status(whole), 200);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(status(changed), 401) << i;
  }
  for (const std::string& text : {whole + ".", "." + whole, whole + "A", whole + "=",
                                  whole.substr(0, whole.rfind('.')), whole + " "}) {
    EXPECT_EQ(status(text), 401) << text;
  }
}

}  // namespace
}  // namespace loyalty::test
