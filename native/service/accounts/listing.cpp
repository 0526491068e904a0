#include "native/service/accounts/listing.h"

#include <utility>

#include "native/service/accounts/bulk_adjust.h"
#include "native/service/accounts/desk.h"
#include "native/service/accounts/schemas.h"
#include "native/service/query/aggregations.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"

namespace loyalty::service {
namespace {

using wire::member;

/// The page's accounts as they are at the time of the call.
Json accounts_json(Call& call, store::Page<store::AccountRow>& page) {
  Json accounts = Json::array();
  for (store::AccountRow& row : page.rows) {
    accounts.push_back(account_json(row_now(call, std::move(row))));
  }
  return accounts;
}

Json query_accounts(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Listing listing = read_query(collections::accounts, member(request, "query"), context);
  store::Page<store::AccountRow> page = call.store.accounts(listing.query);
  Json metadata = paging_metadata(listing, page, context);
  return {{"loyaltyAccounts", accounts_json(call, page)}, {"pagingMetadata", std::move(metadata)}};
}

Json search_accounts(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Json& search = member(request, "search");
  const Listing listing = read_search(collections::account_search, search, context);
  store::Page<store::AccountRow> page = call.store.accounts(listing.query);
  Json answer{{"pagingMetadata", paging_metadata(listing, page, context)}};
  answer["accounts"] = accounts_json(call, page);
  if (const Json& aggregations = member(search, "aggregations"); !aggregations.is_null()) {
    answer["aggregationData"] = aggregate(call.store, collections::account_search, aggregations,
                                          listing.query.filter, listing.zone);
  }
  return answer;
}

Json count_accounts(Call& call, const Json& request) {
  return {{"count", call.store.count_accounts(read_selection(collections::account_search, request,
                                                             context_of(call), ""))}};
}

Json list_accounts(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  Json query = Json::object();
  if (const Json& contacts = member(request, "contactIds"); !contacts.is_null()) {
    query["filter"] = {{"contactId", {{"$in", contacts}}}};
  }
  if (const Json& paging = member(request, "cursorPaging"); !paging.is_null()) {
    query["cursorPaging"] = paging;
  }
  const Listing listing = read_query(collections::accounts, query, context);
  store::Page<store::AccountRow> page = call.store.accounts(listing.query);
  const std::int64_t total = call.store.count_accounts(listing.query.filter);
  Json metadata = paging_metadata_v2(listing, page, total, context);
  return {{"accounts", accounts_json(call, page)}, {"pagingMetadata", std::move(metadata)}};
}

Json query_transactions(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Listing listing = read_query(collections::transactions, member(request, "query"), context);
  const store::Page<store::EntryRow> page = call.store.transactions(listing.query);
  Json transactions = Json::array();
  for (const store::EntryRow& row : page.rows) {
    transactions.push_back(transaction_json(row));
  }
  return {{"loyaltyTransactions", std::move(transactions)},
          {"pagingMetadata", paging_metadata(listing, page, context)}};
}

}  // namespace

void add_account_listings(Routes& to) {
  using namespace wire;
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path, Schema request,
                         Schema response, Operation run, std::string_view summary) {
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = Permission::read_accounts,
                  .access = Route::Access::read,
                  .request = std::move(request),
                  .response = std::move(response),
                  .run = run,
                  .summary = summary});
  };
  const Schema accounts = array(account_schema(), 0, page_limit_max);
  add("accounts.query", Verb::post, "/loyalty-accounts/v1/accounts/query",
      object({optional("query", query_schema(collections::accounts))}),
      object({required("loyaltyAccounts", accounts),
              required("pagingMetadata", paging_metadata_schema())}),
      query_accounts, "Accounts by filter and order, page by page");
  add("accounts.search", Verb::post, "/loyalty-accounts/v1/accounts/search",
      object({optional("search", search_schema(collections::account_search))}),
      object({required("accounts", accounts), required("pagingMetadata", paging_metadata_schema()),
              optional("aggregationData", aggregation_data_schema())}),
      search_accounts, "Accounts by words of name and email, with numbers about all that match");
  add("accounts.count", Verb::post, "/loyalty-accounts/v1/accounts/count",
      object({optional("filter", any()), optional("search", search_text_schema()),
              optional("timeZone", text(0, 50))}),
      object({required("count", integer(0, INT64_MAX))}), count_accounts,
      "How many accounts match");
  add("accounts.list", Verb::get, "/loyalty-accounts/v1/accounts",
      object({optional("contactIds", array(guid(), 0, 50)),
              optional("cursorPaging", cursor_paging_schema())}),
      object({required("accounts", accounts),
              required("pagingMetadata", paging_metadata_v2_schema())}),
      list_accounts, "Accounts of contacts; superseded by the query");
  add_bulk_adjust_route(to);
}

void add_transaction_listing(Routes& to) {
  using namespace wire;
  to.push_back({.name = "transactions.query",
                .verb = Verb::post,
                .path = "/loyalty-transactions/v1/loyalty-transactions/query",
                .permission = Permission::read_transactions,
                .access = Route::Access::read,
                .request = object({optional("query", query_schema(collections::transactions))}),
                .response = object({required("loyaltyTransactions",
                                             array(transaction_schema(), 0, page_limit_max)),
                                    required("pagingMetadata", paging_metadata_schema())}),
                .run = query_transactions,
                .summary = "Transactions by filter and order, page by page"});
}

}  // namespace loyalty::service
