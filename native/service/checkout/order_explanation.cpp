#include "native/service/checkout/order_explanation.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "native/service/accounts/entries.h"
#include "native/service/checkout/order_listing.h"
#include "native/service/checkout/order_requests.h"

namespace loyalty::service {
namespace {

using wire::member;
using wire::text_at;

constexpr std::size_t entries_max = 10'000;

/// Keys of the redemptions that the order's discounts hold.
std::set<std::string> holds_of(store::Session& session, const Order& order) {
  std::set<std::string> holds;
  for (const Json& discount : member(order.body(), "discounts")) {
    const std::string id = text_at(discount, "discountId");
    const auto document =
        id.empty() ? std::nullopt : session.get(store::Kind::checkout_discount, id);
    if (document) {
      holds.insert(HeldDiscount{*document}.hold_id());
    }
  }
  holds.erase("");
  return holds;
}

bool names_order(const store::EntryRow& row, const std::string& order_id) {
  const Json info = row.info.empty() ? Json() : Json::parse(row.info);
  return text_at(info, "orderId") == order_id ||
         std::any_of(info.begin(), info.end(), [&order_id](const Json& part) {
           return text_at(part, "orderId") == order_id;
         });
}

/// What the ledger did for the order: its redemptions, what became of them, and what it earned.
Json entries_of(store::Session& session, const Order& order) {
  Json entries = Json::array();
  const std::string account = text_at(order.body(), "accountId");
  const auto row = account.empty() && !order.contact_id().empty()
                       ? session.account_of_contact(order.contact_id())
                       : std::nullopt;
  const std::string id = row ? row->id : account;
  if (id.empty()) {
    return entries;
  }
  std::set<std::string> keys = holds_of(session, order);
  for (const store::EntryRow& one : session.entries(id, 0, entries_max)) {
    if (keys.contains(one.entry.key) || keys.contains(one.entry.of) ||
        names_order(one, order.id())) {
      keys.insert(one.entry.key);
      entries.push_back(entry_json(one));
    }
  }
  return entries;
}

Json explain(Call& call, const Json& request) {
  const Order order = require_order(call.store, text_at(request, "id"));
  Json answer{{"order", order_row(call, order)},
              {"quote", member(order.body(), "quote")},
              {"entries", entries_of(call.store, order)},
              {"earning", earning_of(call, order)}};
  if (const std::optional<OrderRequest> kept = request_of(call.store, order)) {
    answer["request"] = kept->request;
    answer["catalogVersion"] = kept->catalog_version;
    if (!kept->used_up.empty()) {
      answer["usedUp"] = used_up_json(kept->used_up);
    }
    if (Json again = quote_again(call.store, *kept); !again.is_null()) {
      // The digest of then stays: it is over the quote without what was asked for in addition.
      again["digest"] = text_at(answer["quote"], "digest");
      answer["quote"] = std::move(again);
    }
  }
  return answer;
}

}  // namespace

void add_order_explanation(Routes& to) {
  using namespace wire;
  const Schema any_text = text(0, 0);
  const Schema earning =
      object({required("ruleId", any_text), required("ruleName", any_text),
              required("outcome", enumeration({"EARNED", "PENDING", "NOT_EARNED"})),
              optional("points", integer(INT64_MIN, INT64_MAX)), optional("reason", any_text),
              required("text", any_text)});
  to.push_back({.name = "orders.explain",
                .verb = Verb::get,
                .path = "/orders/v1/orders/{id}/explain",
                .permission = Permission::manage_orders,
                .access = Route::Access::read,
                .request = object({required("id", text(1, 128))}),
                .response = object(
                    {required("order", order_row_schema()),
                     optional("request", any().describe("The core's request without its catalog.")),
                     optional("catalogVersion", any_text), optional("usedUp", any()),
                     required("quote", any().describe("The core's document `quote`.")),
                     required("entries", array(entry_schema(), 0, entries_max)),
                     required("earning", array(earning, 0, 1'000))}),
                .run = explain,
                .summary = "Why an order cost what it cost, and what it earned by which rule"});
}

}  // namespace loyalty::service
