#include "native/service/accounts/bulk_adjust.h"

#include <string>
#include <utility>

#include "core/base/limits.h"
#include "native/service/accounts/desk.h"
#include "native/service/accounts/jobs.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::Refused;
using wire::text_at;

constexpr std::string_view job_type = "BULK_ADJUST_POINTS";

store::Filter selection_of(Call& call, const Json& search) {
  return read_selection(collections::account_search, search, context_of(call), "search");
}

Json bulk_adjust(Call& call, const Json& request) {
  if (member(request, "amount") == Json(0)) {
    throw Refused::invalid("amount", "NOT_ZERO", "points to add, or to take away");
  }
  selection_of(call, member(request, "search"));  // refused here, and not in the job
  Json work = request;
  work["after"] = "";
  return {{"asyncJobId", start_job(call, job_type, std::move(work))}};
}

ledger::Adjust adjustment_of(const Json& work, const std::string& account) {
  ledger::Adjust adjust;
  adjust.account = account;
  if (const Json& balance = member(work, "balance"); !balance.is_null()) {
    adjust.balance = Points::of(balance.get<std::int64_t>());
  } else {
    adjust.points = Points::of(member(work, "amount").get<std::int64_t>());
  }
  return adjust;
}

void adjust_one(Call& call, Json& job, const std::string& account) {
  try {
    call.store.attempt([&] { move(call, adjustment_of(member(job, "work"), account), {}); });
    piece_succeeded(job);
  } catch (const Refused& refused) {
    piece_failed(job, {{"accountId", account}}, wire::name_of(refused.code()), refused.what());
  }
}

/// Accounts in the order of their ids, so that each is met once whatever else happens to them.
JobStep adjust_slice(Call& call, Json& job, std::size_t limit) {
  const Json& work = member(job, "work");
  store::Query query;
  query.filter = selection_of(call, member(work, "search"));
  query.limit = limit;
  if (const std::string after = text_at(work, "after"); !after.empty()) {
    query.after = std::vector<store::Value>{after};
  }
  const store::Page<store::AccountRow> page = call.store.accounts(query);
  for (const store::AccountRow& row : page.rows) {
    adjust_one(call, job, row.id);
  }
  if (!page.rows.empty()) {
    job["work"]["after"] = page.rows.back().id;
  }
  return {page.rows.size(), !page.more};
}

}  // namespace

void add_bulk_adjust_route(Routes& to) {
  using namespace wire;
  register_job(job_type, adjust_slice);
  to.push_back({.name = "accounts.bulkAdjust",
                .verb = Verb::post,
                .path = "/loyalty-accounts/v1/accounts/bulk-adjust",
                .permission = Permission::manage_accounts,
                .access = Route::Access::write,
                .request = object({optional("balance", integer(0, limits::points_max)),
                                   optional("amount", integer(-limits::points_per_call_max,
                                                              limits::points_per_call_max)),
                                   optional("search", search_schema(collections::account_search))})
                               .exactly_one_of({"balance", "amount"}),
                .response = object({optional("asyncJobId", guid())}),
                .run = bulk_adjust,
                .summary = "Adjusts all accounts that a search finds, as a job"});
}

}  // namespace loyalty::service
