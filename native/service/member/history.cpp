#include "native/service/member/history.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "native/service/accounts/desk.h"
#include "native/service/accounts/shown.h"
#include "native/service/checkout/coupons.h"
#include "native/service/checkout/discounts.h"
#include "native/service/member/member_view.h"
#include "native/service/program/documents.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/query/dates.h"
#include "native/service/query/filters.h"
#include "native/wire/csv.h"

namespace loyalty::service {
namespace {

using store::Filter;
using store::ValueType;
using wire::member;
using wire::Refused;
using wire::text_at;

struct TypeName {
  std::string_view type;
  std::string_view title;  ///< of movements that say nothing of themselves
};
constexpr std::array<TypeName, 5> types{{{"EARN", "Points earned"},
                                         {"REDEEM", "Points redeemed"},
                                         {"ADJUST", "Points adjusted"},
                                         {"REFUND", "Points returned"},
                                         {"EXPIRE", "Points expired"}}};

std::string_view title_of_type(std::string_view type) {
  const auto* const at = std::find_if(types.begin(), types.end(),
                                      [type](const TypeName& one) { return one.type == type; });
  return at == types.end() ? type : at->title;
}

/// The types of a list with commas between them.
Json types_in(std::string_view list) {
  Json wanted = Json::array();
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find(','));
    const bool known = std::any_of(types.begin(), types.end(),
                                   [one](const TypeName& name) { return name.type == one; });
    if (!known) {
      throw Refused::invalid("type", "ENUM",
                             "must be EARN, REDEEM, ADJUST, REFUND or EXPIRE, or several of them "
                             "with commas between");
    }
    wanted.push_back(one);
    list.remove_prefix(std::min(list.size(), one.size() + 1));
  }
  return wanted;
}

/// The filter of a request in the language of queries, which a cursor keeps.
Json filter_of(Call& call, const Json& request) {
  Json filter = Json::object();
  if (Json wanted = types_in(text_at(request, "type")); !wanted.empty()) {
    filter["transactionType"]["$in"] = std::move(wanted);
  }
  const Period period = days_of(program_of(call)->ledger.settings.zone, request);
  if (request.contains("from")) {
    filter["createdDate"]["$gte"] = wire::time_text(period.from);
  }
  if (request.contains("to")) {
    filter["createdDate"]["$lt"] = wire::time_text(period.to);
  }
  if (const std::string words = text_at(request, "search"); !words.empty()) {
    filter["$or"] = {{{"description", {{"$contains", words}}}},
                     {{"orderId", {{"$contains", words}}}}};
  }
  return filter;
}

/// The account is a condition of its own, whatever a cursor says.
void restrict_to(const std::string& account, Listing& listing) {
  listing.query.filter = both(std::move(listing.query.filter),
                              condition({"accountId", ValueType::text}, Filter::Op::eq, {account}));
}

Listing listing_of(Call& call, const Json& request, const std::string& account,
                   const QueryContext& context) {
  Json paging = Json::object();
  for (const char* name : {"limit", "cursor"}) {
    if (request.contains(name)) {
      paging[name] = request[name];
    }
  }
  Json asked{{"cursorPaging", std::move(paging)}};
  if (!request.contains("cursor")) {
    asked["filter"] = filter_of(call, request);
  }
  Listing listing = read_query(collections::transactions, asked, context);
  restrict_to(account, listing);
  return listing;
}

/// What a redemption was for: the reward, and the order where there is one by now.
struct Redeemed {
  std::string reward;
  std::string order;
};

Redeemed redeemed_by(Call& call, const Json& info) {
  const Json& block = member(info, "redeemInfo");
  Redeemed redeemed;
  if (const std::string id = text_at(block, "rewardId"); !id.empty()) {
    if (const auto reward = call.store.get(store::Kind::reward, id)) {
      redeemed.reward = text_at(body_of(*reward), "name");
    }
  }
  const std::string reference = text_at(block, "referenceEntityId");
  if (reference.empty()) {
    return redeemed;
  }
  for (const store::Kind kind : {store::Kind::checkout_discount, store::Kind::coupon}) {
    if (const auto document = call.store.get(kind, reference)) {
      redeemed.order = text_at(body_of(*document), "orderId");
    }
  }
  return redeemed;
}

std::string order_in(const Json& info) {
  for (const char* const block : {"earnInfo", "refundInfo", "redeemInfo"}) {
    if (const std::string order = text_at(member(info, block), "orderId"); !order.empty()) {
      return order;
    }
  }
  return text_at(info, "orderId");
}

Json movement_of(Call& call, const store::EntryRow& row) {
  Json shown = transaction_json(row);
  Redeemed redeemed = redeemed_by(call, shown);
  const std::string order = order_in(shown);
  const std::string returned = text_at(member(shown, "refundInfo"), "refundedTransactionId");
  if (const auto first = returned.empty() ? std::nullopt : call.store.entry(returned)) {
    redeemed = redeemed_by(call, transaction_json(*first));
  }
  shown["type"] = row.transaction_type;
  shown["points"] = balance_delta(row.entry).count();
  shown["at"] = wire::time_text(row.entry.at);
  shown["title"] =
      row.description.empty() ? std::string{title_of_type(row.transaction_type)} : row.description;
  if (!redeemed.reward.empty()) {
    shown["rewardName"] = redeemed.reward;
  }
  name_order(call, order.empty() ? redeemed.order : order, shown);
  return shown;
}

Json movements_of(Call& call, const store::Page<store::EntryRow>& page) {
  Json movements = Json::array();
  for (const store::EntryRow& row : page.rows) {
    movements.push_back(movement_of(call, row));
  }
  return movements;
}

std::string csv_of(const Json& movements) {
  // A byte order mark: without it spreadsheets take UTF-8 for something else.
  std::string text = "\xEF\xBB\xBF";
  text += wire::csv_line({"Date", "Type", "Points", "Balance", "Title", "Reward", "Order"});
  for (const Json& one : movements) {
    text += wire::csv_line(
        {text_at(one, "at"), text_at(one, "type"), std::to_string(wire::integer_at(one, "points")),
         std::to_string(wire::integer_at(one, "balanceAfter")), text_at(one, "title"),
         text_at(one, "rewardName"), text_at(one, one.contains("number") ? "number" : "orderId")});
  }
  return text;
}

}  // namespace

Json own_transactions(Call& call, const Json& request) {
  const std::optional<store::AccountRow> account = account_of_caller(call);
  const QueryContext context = context_of(call);
  // Who has not joined yet has an account that no movement names.
  const Listing listing = listing_of(call, request, account ? account->id : std::string{}, context);
  const store::Page<store::EntryRow> page = call.store.transactions(listing.query);
  Json metadata = paging_metadata(listing, page, context);
  Json answer{{"transactions", movements_of(call, page)},
              {"total", call.store.count_transactions(listing.query.filter)}};
  if (const std::string next = text_at(member(metadata, "cursors"), "next"); !next.empty()) {
    answer["next"] = next;
  }
  answer["pagingMetadata"] = std::move(metadata);
  return answer;
}

Json exported_transactions(Call& call, const Json& request) {
  const std::optional<store::AccountRow> account = account_of_caller(call);
  Listing listing =
      listing_of(call, request, account ? account->id : std::string{}, context_of(call));
  listing.query.limit = exported_max;
  const store::Page<store::EntryRow> page = call.store.transactions(listing.query);
  if (page.more) {
    throw Refused::invalid("from", "MAX_SIZE",
                           "must leave at most 10,000 movements: ask for a shorter time with from "
                           "and to, or for fewer types");
  }
  const Json movements = movements_of(call, page);
  if (text_at(request, "format") == "json") {
    return {{"content", wire::text_of(Json{{"transactions", movements}})},
            {"contentType", "application/json"},
            {"fileName", "points.json"}};
  }
  return {{"content", csv_of(movements)},
          {"contentType", "text/csv; charset=utf-8"},
          {"fileName", "points.csv"}};
}

wire::Schema member_transaction_schema() {
  using namespace wire;
  const Schema points = integer(-limits::points_max, limits::points_max);
  return object({required("id", guid()),
                 required("type", enumeration({"EARN", "REDEEM", "ADJUST", "REFUND", "EXPIRE"})),
                 required("points", points), required("balanceAfter", points),
                 required("at", timestamp()), required("title", text(1, 0)),
                 optional("description", text(0, 0)), optional("orderId", text(1, 512)),
                 optional("number", text(1, 0)), optional("rewardName", text(1, 0))})
      .open();
}

}  // namespace loyalty::service
