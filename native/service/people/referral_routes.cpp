#include <utility>

#include "core/base/limits.h"
#include "core/ledger/command.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/wallet.h"
#include "native/service/people/contacts.h"
#include "native/service/program/awards.h"
#include "native/service/program/catalogs.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/query/filters.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

/// What a referral program gives: points, or a discount that is chosen at a checkout. Who earns it
/// is that program's business; it tells us.
namespace loyalty::service {
namespace {

using store::Kind;
using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

Json shown(const store::Document& document) {
  Json reward = entity_of(document);
  for (const char* own : {"walletEntry", "rules"}) {
    reward.erase(own);
  }
  return reward;
}

store::AccountRow account_of(Call& call, std::string_view contact) {
  require_contact(call.store, contact);
  auto account = account_for_award(call, contact);
  if (!account) {
    throw Refused{Code::account_not_found};
  }
  return *std::move(account);
}

void give_points(Call& call, const store::AccountRow& account, std::int64_t points, Json& body) {
  const ledger::Earn earn{.account = account.id, .points = Points::of(points)};
  Movement movement{.description = text_at(body, "name")};
  movement.info = Json{{"earnInfo", Json{{"appId", loyalty_app}, {"activityType", "referral"}}}};
  body["transactionId"] = move(call, earn, movement).transaction_id;
  body["rewardType"] = "LOYALTY_POINTS";
  body["status"] = "GRANTED";
}

Json create(Call& call, const Json& request) {
  const Json& given = member(request, "referralReward");
  require_active(call);
  const store::AccountRow account = account_of(call, text_at(given, "contactId"));
  Json body = given;
  if (!body.contains("name")) {
    body["name"] = "Referral reward";
  }
  if (const std::int64_t points = wire::integer_at(given, "points"); points > 0) {
    give_points(call, account, points, body);
    const store::Document document = new_document(call, body);
    call.store.insert(Kind::referral_reward, document);
    return {{"referralReward", shown(document)}};
  }
  body["rewardType"] = "COUPON";
  body["status"] = "ACTIVE";
  Json entry = coupon_rules(given["specification"], program_of(call)->currency);
  const store::Document document = new_document(call, body);
  call.store.insert(Kind::referral_reward, document);
  entry["id"] = document.id;
  entry["revision"] = document.revision;
  entry["status"] = "ACTIVE";
  entry["name"] = text_at(body, "name");
  put_in_wallet(call, account.id, Pocket::referral_rewards, entry);
  return {{"referralReward", shown(document)}};
}

Json get(Call& call, const Json& request) {
  const auto document = call.store.get(Kind::referral_reward, text_at(request, "id"));
  if (!document) {
    throw Refused{Code::reward_not_found, "There is no such referral reward."};
  }
  return {{"referralReward", shown(*document)}};
}

Json list(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  Json query = Json::object();
  if (request.contains("cursorPaging")) {
    query["cursorPaging"] = request["cursorPaging"];
  }
  if (const std::string contact = text_at(request, "contactId"); !contact.empty()) {
    query["filter"] = Json{{"contactId", contact}};
  }
  const Listing listing = read_query(collections::referral_rewards, query, context, "");
  const auto page = call.store.page(Kind::referral_reward, listing.query);
  Json rewards = Json::array();
  for (const store::Document& document : page.rows) {
    rewards.push_back(shown(document));
  }
  return {{"referralRewards", std::move(rewards)},
          {"pagingMetadata", paging_metadata(listing, page, context)}};
}

}  // namespace

void add_referral_routes(Routes& to) {
  using namespace wire;
  const Field contact = required("contactId", guid());
  const Field name = optional("name", text(1, 80));
  const Field role = optional("role", enumeration({"REFERRER", "FRIEND"}));
  const Field points = optional("points", integer(1, limits::points_per_call_max));
  const Field specification =
      optional("specification", any().describe("Of a coupon: moneyOffAmount, percentOffRate, …"));
  const Schema given = object({contact, name, role, points, specification, read_only("id", any()),
                               read_only("revision", any()), read_only("status", any()),
                               read_only("rewardType", any()), read_only("createdDate", any()),
                               read_only("updatedDate", any())})
                           .exactly_one_of({"points", "specification"});
  const Schema reward =
      object({required("id", guid()), required("revision", integer_text(1, INT64_MAX)), contact,
              name, role, points, specification,
              required("rewardType", enumeration({"COUPON", "LOYALTY_POINTS"})),
              required("status", enumeration({"ACTIVE", "APPLIED", "GRANTED"})),
              optional("transactionId", guid()), optional("orderId", text(0, 512)),
              required("createdDate", timestamp()), required("updatedDate", timestamp())});
  const Schema one = object({required("referralReward", reward)});
  to.push_back({.name = "referrals.createReward",
                .verb = Verb::post,
                .path = "/loyalty-referrals/v1/referral-rewards",
                .permission = Permission::manage_referrals,
                .access = Route::Access::write,
                .request = object({required("referralReward", given)}),
                .response = one,
                .run = create,
                .key = Route::Key::required,
                .summary = "Rewards a contact for a referral, with points or with a discount"});
  to.push_back({.name = "referrals.listRewards",
                .verb = Verb::get,
                .path = "/loyalty-referrals/v1/referral-rewards",
                .permission = Permission::manage_referrals,
                .access = Route::Access::read,
                .request = object({optional("contactId", guid()),
                                   optional("cursorPaging", cursor_paging_schema())}),
                .response = object({required("referralRewards", array(reward, 0, 100)),
                                    required("pagingMetadata", paging_metadata_schema())}),
                .run = list,
                .summary = "Referral rewards, the newest first"});
  to.push_back({.name = "referrals.getReward",
                .verb = Verb::get,
                .path = "/loyalty-referrals/v1/referral-rewards/{id}",
                .permission = Permission::manage_referrals,
                .access = Route::Access::read,
                .request = object({required("id", guid())}),
                .response = one,
                .run = get,
                .summary = "One referral reward"});
}

}  // namespace loyalty::service
