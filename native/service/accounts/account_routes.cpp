#include <optional>
#include <string>
#include <utility>

#include "core/base/limits.h"
#include "native/service/accounts/desk.h"
#include "native/service/accounts/listing.h"
#include "native/service/accounts/posting.h"
#include "native/service/accounts/schemas.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

Json account_answer(const store::AccountRow& row) { return {{"account", account_json(row)}}; }

Json moved_answer(const Moved& moved) {
  Json answer = account_answer(moved.account);
  if (!moved.transaction_id.empty()) {
    answer["transactionId"] = moved.transaction_id;
  }
  return answer;
}

Json create_account(Call& call, const Json& request) {
  return account_answer(open_account(call, text_at(request, "contactId")));
}

Json earn_info(const Json& request) {
  Json info{{"appId", member(request, "appId")}};
  for (const char* name : {"activityType", "orderId", "followedSocialMedia"}) {
    if (const Json& value = member(request, name); !value.is_null()) {
      info[name] = value;
    }
  }
  return {{"earnInfo", std::move(info)}};
}

/// The answer to a key that this account has seen: the same transaction, where the same is asked.
Json earned_before(Call& call, const store::AccountRow& account, const std::string& transaction_id,
                   const ledger::Earn& earn, const Movement& movement) {
  const std::optional<store::EntryRow> entry = call.store.entry(transaction_id);
  if (!entry) {
    throw store::Corrupt("a key of an earn without its entry");
  }
  const bool same = entry->entry.amount == earn.points &&
                    entry->description == movement.description &&
                    member(Json::parse(entry->info), "earnInfo") == movement.info["earnInfo"];
  if (!same) {
    throw Refused(Code::idempotency_key_reused);
  }
  Json answer = account_answer(account);
  answer["transactionId"] = transaction_id;
  return answer;
}

Json earn_points(Call& call, const Json& request) {
  const store::AccountRow account = require_account(call, text_at(request, "accountId"));
  const ledger::Earn earn{.account = account.id,
                          .points = Points::of(integer_at(request, "amount"))};
  const Movement movement{.description = text_at(request, "description"),
                          .idempotency_key = text_at(request, "idempotencyKey"),
                          .info = earn_info(request)};
  const std::string scope = "earnPoints " + text_at(request, "accountId");
  const std::string key = text_at(request, "appId") + " " + movement.idempotency_key;
  if (const std::optional<std::string> before = call.store.claimed(scope, key)) {
    return earned_before(call, account, *before, earn, movement);
  }
  const Moved moved = move(call, earn, movement);
  call.store.claim(scope, key, moved.transaction_id);
  return moved_answer(moved);
}

Json adjust_points(Call& call, const Json& request) {
  ledger::Adjust adjust;
  adjust.account = text_at(request, "accountId");
  if (const Json& balance = member(request, "balance"); !balance.is_null()) {
    adjust.balance = Points::of(balance.get<std::int64_t>());
  } else if (const Json& amount = member(request, "amount"); !amount.is_null()) {
    adjust.points = Points::of(amount.get<std::int64_t>());
  }
  if (!adjust.balance && !adjust.points) {
    throw Refused::invalid("amount", "REQUIRED", "either amount or balance");
  }
  if (adjust.points == no_points) {
    throw Refused::invalid("amount", "NOT_ZERO", "points to add, or to take away");
  }
  if (const Json& revision = member(request, "revision"); !revision.is_null()) {
    adjust.revision = revision.get<std::int64_t>();
  }
  return moved_answer(
      move(call, adjust,
           {.description = text_at(request, "description"), .idempotency_key = {}, .info = {}}));
}

Json get_account(Call& call, const Json& request) {
  return account_answer(require_account(call, text_at(request, "id")));
}

Json my_account(Call& call, const Json&) { return account_answer(own_account(call)); }

Json fetch_by(Call& call, const Json& request) {
  const std::string contact = text_at(request, "contactId");
  const std::optional<store::AccountRow> row =
      !contact.empty() ? call.store.account_of_contact(contact)
                       : call.store.account_of_member(text_at(request, "memberId"));
  if (!row) {
    throw Refused(Code::account_not_found);
  }
  return account_answer(require_account(call, row->id));
}

Json program_totals(Call& call, const Json&) {
  const store::ProgramTotals totals = call.store.totals();
  Json tiers = Json::array();
  for (const auto& [tier, accounts] : totals.accounts_by_tier) {
    Json row{{"numberOfAccounts", accounts}};
    if (!tier.empty()) {
      row["id"] = tier;
    }
    tiers.push_back(std::move(row));
  }
  return {{"points",
           {{"balance", totals.balance.count()},
            {"earned", totals.earned.count()},
            {"adjusted", totals.adjusted.count()},
            {"redeemed", totals.redeemed.count()},
            {"expired", totals.expired.count()},
            {"held", totals.held.count()}}},
          {"tierTotals", std::move(tiers)}};
}

wire::Schema totals_schema() {
  using namespace wire;
  const Schema total = integer(INT64_MIN, INT64_MAX);
  const Schema tier =
      object({optional("id", guid()), required("numberOfAccounts", integer(0, INT64_MAX))});
  return object(
      {required("points", object({required("balance", total), required("earned", total),
                                  required("adjusted", total), required("redeemed", total),
                                  required("expired", total), required("held", total)})),
       required("tierTotals", array(tier, 0, 1'000))});
}

wire::Schema earn_schema() {
  using namespace wire;
  return object({required("accountId", guid()),
                 required("amount", integer(1, limits::points_per_call_max)),
                 optional("description", text(1, 100)), required("appId", text(1, 100)),
                 required("idempotencyKey", text(1, 256)), optional("activityType", text(0, 100)),
                 optional("orderId", text(0, 512)),
                 optional("followedSocialMedia", object({required("channel", text(0, 32))}))});
}

wire::Schema adjust_schema() {
  using namespace wire;
  return object(
      {required("accountId", guid()), optional("balance", integer(0, limits::points_max)),
       optional("amount", integer(-limits::points_per_call_max, limits::points_per_call_max)),
       optional("description", text(1, 100)), optional("revision", integer_text(1, INT64_MAX))});
}

}  // namespace

void add_account_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema account = object({required("account", account_schema())});
  const Schema moved = moved_schema();
  const Schema nothing = object({});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         Permission permission, Route::Access access, Schema request,
                         Schema response, Operation run, std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = permission,
                  .access = access,
                  .request = std::move(request),
                  .response = std::move(response),
                  .run = run,
                  .summary = summary});
  };
  add("accounts.create", Verb::post, "/loyalty-accounts/v1/accounts", manage_accounts, write,
      object({required("contactId", guid())}), account, create_account,
      "Opens an account for a contact");
  add("accounts.earnPoints", Verb::post, "/loyalty-accounts/v1/accounts/{accountId}/earn-points",
      manage_accounts, write, earn_schema(), moved, earn_points, "Grants points");
  add("accounts.adjustPoints", Verb::post,
      "/loyalty-accounts/v1/accounts/{accountId}/adjust-points", manage_accounts, write,
      adjust_schema(), moved, adjust_points, "Adds or removes points, or sets the balance");
  add("accounts.programTotals", Verb::get, "/loyalty-accounts/v1/accounts/program-totals",
      read_accounts, read, nothing, totals_schema(), program_totals, "Sums over all accounts");
  add("accounts.mine", Verb::get, "/loyalty-accounts/v1/accounts/my-account", read_own_account,
      read, nothing, account, my_account, "The account of the member who asks");
  add("accounts.fetchBy", Verb::get, "/loyalty-accounts/v1/accounts/fetch-by", read_accounts, read,
      object({optional("contactId", text(1, 50)), optional("memberId", text(1, 50))})
          .exactly_one_of({"contactId", "memberId"}),
      account, fetch_by, "The account of a contact or member");
  add("accounts.get", Verb::get, "/loyalty-accounts/v1/accounts/{id}", read_accounts, read,
      object({required("id", guid())}), account, get_account, "One account");
  add_account_listings(to);
}

}  // namespace loyalty::service
