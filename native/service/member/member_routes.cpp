#include "native/service/member/history.h"
#include "native/service/member/overview.h"
#include "native/service/query/query_reader.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

wire::Field movement_filter(const char* name) {
  using namespace wire;
  const std::string_view field = name;
  if (field == "type") {
    return optional(name, text(1, 100).describe("Types with commas between: EARN,REDEEM."));
  }
  if (field == "search") {
    return optional(name, text(1, 100).describe("Part of the title or of an order's id."));
  }
  return optional(name, date().describe("A day of the program's time zone, included."));
}

}  // namespace

void add_member_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  const auto add = [&to](std::string_view name, std::string_view path, Permission permission,
                         Schema request, Schema response, Operation run, std::string_view summary) {
    to.push_back({.name = name,
                  .verb = Verb::get,
                  .path = path,
                  .permission = permission,
                  .access = Route::Access::read,
                  .request = std::move(request),
                  .response = std::move(response),
                  .run = run,
                  .summary = summary});
  };
  const Schema nothing = object({});
  add("storefront.myOverview", "/storefront/v1/me/overview", read_own_account, nothing,
      overview_schema(), overview, "Everything about the signed-in member that one page shows");
  add("storefront.myTransactions", "/storefront/v1/me/transactions", read_own_transactions,
      object({movement_filter("type"), movement_filter("from"), movement_filter("to"),
              movement_filter("search"), optional("limit", integer(1, page_limit_max)),
              optional("cursor", text(1, 16'000))}),
      object({required("transactions", array(member_transaction_schema(), 0, page_limit_max)),
              required("total", integer(0, INT64_MAX)), optional("next", text(1, 16'000)),
              required("pagingMetadata", paging_metadata_schema())}),
      own_transactions, "The member's own movements of points");
  add("storefront.exportMyTransactions", "/storefront/v1/me/transactions/export",
      read_own_transactions,
      object({required("format", enumeration({"csv", "json"})), movement_filter("type"),
              movement_filter("from"), movement_filter("to"), movement_filter("search")}),
      object({required("transactions", array(member_transaction_schema(), 0, exported_max))}),
      exported_transactions, "The same as a file");
  to.back().raw = true;
  add("storefront.myEvents", "/storefront/v1/me/events", read_own_account,
      object({optional("lastEventId", integer_text(0, INT64_MAX))}), any(), nullptr,
      "Tells the signed-in member at once that something of its own, or the rules, changed");
  to.back().stream = true;
}

}  // namespace loyalty::service
