#include <map>
#include <set>

#include <gtest/gtest.h>

#include "native/api/permissions.h"
#include "native/serve/all_routes.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

using service::Permission;
using service::Route;

/// Who may, as it was decided; written down a second time, so that a slip in the table shows.
/// v: visitor, m: member, a: app, u: user; then the scope.
struct Expected {
  std::string_view who;
  char scope;  ///< `-` none, r read, w manage, x administration
};
const std::map<Permission, Expected> expected = {
    {Permission::none_needed, {"vmau", '-'}},
    {Permission::read_program, {"au", 'r'}},
    {Permission::manage_program, {"au", 'w'}},
    {Permission::program_bulk_read, {"u", 'r'}},
    {Permission::read_accounts, {"au", 'r'}},
    {Permission::manage_accounts, {"au", 'w'}},
    {Permission::read_own_account, {"mau", 'r'}},
    {Permission::read_transactions, {"au", 'r'}},
    {Permission::manage_transactions, {"au", 'w'}},
    {Permission::read_own_transactions, {"mau", 'r'}},
    {Permission::read_tiers, {"au", 'r'}},
    {Permission::manage_tiers, {"au", 'w'}},
    {Permission::read_earning_rules, {"au", 'r'}},
    {Permission::manage_earning_rules, {"au", 'w'}},
    {Permission::read_rewards, {"au", 'r'}},
    {Permission::manage_rewards, {"au", 'w'}},
    {Permission::reward_bulk_read, {"u", 'r'}},
    {Permission::read_coupons, {"au", 'r'}},
    {Permission::manage_coupons, {"au", 'w'}},
    {Permission::redeem_coupon, {"au", 'w'}},
    {Permission::redeem_own_coupon, {"mau", 'w'}},
    {Permission::read_own_coupons, {"mau", 'r'}},
    {Permission::query_checkout_discounts, {"mau", 'w'}},
    {Permission::apply_discount, {"mau", 'w'}},
    {Permission::manage_imports, {"au", 'w'}},
    {Permission::followed_channel_create, {"mau", 'w'}},
    {Permission::followed_channel_read, {"mau", 'r'}},
    {Permission::manage_contacts, {"au", 'w'}},
    {Permission::read_contacts, {"au", 'r'}},
    {Permission::manage_promotions, {"au", 'w'}},
    {Permission::read_promotions, {"au", 'r'}},
    {Permission::quote, {"vmau", '-'}},
    {Permission::own_checkout, {"mau", 'w'}},
    {Permission::manage_checkouts, {"au", 'w'}},
    {Permission::manage_orders, {"au", 'w'}},
    {Permission::manage_holds, {"au", 'w'}},
    {Permission::report_activities, {"au", 'w'}},
    {Permission::manage_referrals, {"au", 'w'}},
    {Permission::read_ledger, {"au", 'r'}},
    {Permission::read_events, {"au", 'r'}},
    {Permission::manage_jobs, {"au", 'w'}},
    {Permission::mint_tokens, {"au", 'w'}},
    {Permission::manage_keys, {"au", 'x'}},
    {Permission::manage_sites, {"u", 'x'}},
    {Permission::move_clock, {"u", 'x'}},
    {Permission::know_own_key, {"au", '-'}},
};

struct Asker {
  std::string name;
  char kind;
  std::string scopes;  ///< letters of those that it has
  std::string credentials;
};

bool may(const Asker& asker, const Expected& row) {
  if (row.who.find(asker.kind) == std::string_view::npos) {
    return false;
  }
  const bool scoped = asker.kind == 'a' || asker.kind == 'u';
  return !scoped || row.scope == '-' || asker.scopes.find(row.scope) != std::string::npos;
}

std::string path_of(const Route& route, const std::string& site, const std::string& id) {
  std::string path;
  for (const std::string_view segment : api::segments_of(route.path)) {
    const std::string_view name = api::variable_of(segment);
    path += "/" + (name.empty() ? std::string{segment} : name == "site" ? site : id);
  }
  return path;
}

class Matrix : public testing::Test {
 protected:
  Matrix() : bench{serve::all_routes(false)}, site{bench.add_site()} {
    const std::string read{api::read_scope};
    const std::string manage{api::manage_scope};
    const std::string admin{api::admin_scope};
    const auto& own = site.site;
    askers = {
        {"visitor", 'v', "", ""},
        {"member", 'm', "", bench.member_token(own, "member-1", id)},
        {"app without scopes", 'a', "", bench.add_key(own, {})},
        {"reading app", 'a', "r", bench.add_key(own, {read})},
        {"managing app", 'a', "rw", bench.add_key(own, {manage})},
        {"restaurants' app", 'a', "rw", bench.add_key(own, {std::string{api::restaurants_scope}})},
        {"administering app", 'a', "x", bench.add_key(own, {admin})},
        {"user without scopes", 'u', "", bench.add_user({own.id}, {})},
        {"reading user", 'u', "r", bench.add_user({own.id}, {read})},
        {"managing user", 'u', "rw", bench.add_user({own.id}, {read, manage})},
        {"operator", 'u', "rwx", bench.add_user({}, {read, manage, admin})},
    };
  }

  Answer ask(const Route& route, const Asker& asker, const std::string& with_id) {
    Ask ask{.method = api::method_of(route.verb),
            .target = path_of(route, site.site.id, with_id),
            .headers = {{"x-loyalty-site", site.site.id}, {"Idempotency-Key", "k"}}};
    if (!asker.credentials.empty()) {
      ask.headers.emplace_back("Authorization", asker.credentials);
    }
    if (route.verb != service::Verb::get && route.verb != service::Verb::del) {
      ask.body = "{}";
    }
    return bench.ask(ask);
  }

  const std::string id = "0190a5b4-1234-7abc-8def-0123456789ab";
  Bench bench;
  TestSite site;
  std::vector<Asker> askers;
};

TEST_F(Matrix, EveryRouteAnswersEveryCallerAsTheTableSays) {
  int cells = 0;
  for (const Route& route : bench.routes) {
    const auto row = expected.find(route.permission);
    ASSERT_NE(row, expected.end()) << route.name;
    for (const Asker& asker : askers) {
      const Answer answer = ask(route, asker, id);
      const bool turned_away =
          answer.code() == "UNAUTHENTICATED" || answer.code() == "PERMISSION_DENIED";
      EXPECT_EQ(turned_away, !may(asker, row->second))
          << route.name << " asked by " << asker.name << ": " << answer.status << answer.body;
      if (turned_away) {
        EXPECT_EQ(answer.status, asker.kind == 'v' ? 401 : 403) << route.name;
      }
      EXPECT_LT(answer.status, 500) << route.name << " asked by " << asker.name << answer.body;
      ++cells;
    }
  }
  EXPECT_GE(cells, 700);
}

TEST_F(Matrix, APermissionThatIsNotInTheTableIsNobodys) {
  const auto unknown = static_cast<Permission>(250);
  EXPECT_EQ(api::grant_of(unknown), nullptr);
  service::Caller caller;
  caller.identity = service::Caller::Identity::user;
  caller.scopes = api::first_scopes();
  EXPECT_EQ(api::judge(unknown, caller), api::Verdict::denied);
}

TEST_F(Matrix, TheTableHasEveryPermissionOnce) {
  for (const auto& [permission, row] : expected) {
    const api::Grant* const grant = api::grant_of(permission);
    ASSERT_NE(grant, nullptr) << static_cast<int>(permission);
    EXPECT_EQ(grant->permission, permission);
  }
  EXPECT_EQ(expected.size(), static_cast<std::size_t>(Permission::know_own_key) + 1);
}

TEST_F(Matrix, TheServerItselfIsNeverACaller) {
  for (const auto& [permission, row] : expected) {
    EXPECT_EQ(api::judge(permission, api::server_caller(1)), api::Verdict::denied);
  }
}

TEST_F(Matrix, NothingOfAnotherSiteIsSeenOrChanged) {
  const TestSite other = bench.add_site(api::first_scopes());
  bench.post("/loyalty-programs/v1/program/activate", Json::object(), other.key);
  const Answer contact = bench.post(
      "/contacts/v1/contacts",
      {{"contact", {{"name", "Marker-Name"}, {"email", "marker@example.com"}}}}, other.key);
  ASSERT_EQ(contact.status, 200) << contact.body;
  const std::string contact_id = contact.json()["contact"]["id"];
  const Answer account =
      bench.post("/loyalty-accounts/v1/accounts", {{"contactId", contact_id}}, other.key);
  ASSERT_EQ(account.status, 200) << account.body;
  const std::string account_id = account.json()["account"]["id"];
  const std::string before =
      bench.get("/loyalty-accounts/v1/accounts/" + account_id, other.key).body;

  for (const Route& route : bench.routes) {
    for (const Asker& asker : askers) {
      if (asker.name == "operator") {
        continue;  // of all sites
      }
      for (const std::string& of_other : {account_id, contact_id}) {
        const Answer answer = ask(route, asker, of_other);
        for (const char* const marker : {"Marker-Name", "marker@example.com"}) {
          EXPECT_EQ(answer.body.find(marker), std::string::npos)
              << route.name << " asked by " << asker.name;
        }
      }
    }
  }
  EXPECT_EQ(bench.get("/loyalty-accounts/v1/accounts/" + account_id, other.key).body, before);
}

}  // namespace
}  // namespace loyalty::test
