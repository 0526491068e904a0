#include "native/service/checkout/order_listing.h"

#include <utility>

#include "native/service/checkout/pending_points.h"
#include "native/service/program/program.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/query/dates.h"

namespace loyalty::service {
namespace {

using store::Filter;
using store::Kind;
using store::ValueType;
using wire::integer_at;
using wire::member;
using wire::text_at;

/// Contacts that a search may mean; with more the text says too little.
constexpr std::size_t contacts_found_max = 100;

Filter contains(std::string_view field, const std::string& text) {
  return {Filter::Op::contains, {field, ValueType::text}, {text}, {}};
}

Json contacts_like(store::Session& session, const std::string& text) {
  Filter any;
  any.op = Filter::Op::any;
  any.children = {contains("name", text), contains("email", text)};
  store::Query query;
  query.filter = std::move(any);
  query.limit = contacts_found_max;
  Json ids = Json::array();
  for (const store::Document& contact : session.page(Kind::contact, query).rows) {
    ids.push_back(contact.id);
  }
  return ids;
}

/// Orders with this number or id, and those of people of that name or e-mail address.
Json search_filter(store::Session& session, const std::string& text) {
  Json orders = Json::array({text});
  const std::string number = text.starts_with('#') ? text.substr(1) : text;
  if (const auto order = session.find(Kind::order, "number", number)) {
    orders.push_back(order->id);
  }
  return {{"$or",
           {{{"id", {{"$in", std::move(orders)}}}},
            {{"contactId", {{"$in", contacts_like(session, text)}}}}}}};
}

Json status_filter(const std::string& status) {
  const bool of_order = status == "APPROVED" || status == "CANCELED";
  return {{of_order ? "status" : "paymentStatus", status}};
}

Json filter_of(Call& call, const Json& request) {
  Json all = Json::array();
  if (const std::string contact = text_at(request, "contactId"); !contact.empty()) {
    all.push_back({{"contactId", contact}});
  }
  if (const std::string status = text_at(request, "status"); !status.empty()) {
    all.push_back(status_filter(status));
  }
  if (const std::string search = text_at(request, "search"); !search.empty()) {
    all.push_back(search_filter(call.store, search));
  }
  if (request.contains("from") || request.contains("to")) {
    all.push_back(placed_within(days_of(program_of(call)->ledger.settings.zone, request)));
  }
  return {{"$and", std::move(all)}};
}

Json list_orders(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Json filter = request.contains("cursor") ? Json::object() : filter_of(call, request);
  const Listing listing = read_query(collections::orders, asked_for(request, filter), context);
  const store::Page<store::Document> page = call.store.page(Kind::order, listing.query);
  Json answer{{"orders", Json::array()},
              {"total", call.store.count(Kind::order, listing.query.filter)}};
  for (const store::Document& document : page.rows) {
    answer["orders"].push_back(order_row(call, Order{document}));
  }
  put_next(answer, paging_metadata(listing, page, context));
  return answer;
}

}  // namespace

Json asked_for(const Json& request, Json filter) {
  Json paging{{"limit", integer_at(request, "limit", page_limit_default)}};
  if (const std::string cursor = text_at(request, "cursor"); !cursor.empty()) {
    paging["cursor"] = cursor;
    return {{"cursorPaging", std::move(paging)}};
  }
  return {{"cursorPaging", std::move(paging)}, {"filter", std::move(filter)}};
}

Json placed_within(const Period& period) {
  Json bounds = Json::object();
  if (period.from > Instant::min()) {
    bounds["$gte"] = wire::time_text(period.from);
  }
  if (period.to < Instant::max()) {
    bounds["$lt"] = wire::time_text(period.to);
  }
  return bounds.empty() ? bounds : Json{{"createdDate", std::move(bounds)}};
}

void put_next(Json& answer, const Json& metadata) {
  if (const std::string next = text_at(member(metadata, "cursors"), "next"); !next.empty()) {
    answer["next"] = next;
  }
}

void put_order_names(store::Session& session, const Order& order, Json& row) {
  if (const std::string number = text_at(order.body(), "number"); !number.empty()) {
    row["number"] = number;
  }
  const auto contact =
      order.contact_id().empty() ? std::nullopt : session.get(Kind::contact, order.contact_id());
  if (contact) {
    const Json body = Json::parse(contact->body);
    const std::string name = text_at(body, "name");
    const std::string shown = name.empty() ? text_at(body, "email") : name;
    if (!shown.empty()) {
      row["memberName"] = shown;
    }
  }
}

Json order_row(Call& call, const Order& order) {
  const Json& body = order.body();
  const Json& amounts = member(body, "amounts");
  const Json& points = member(body, "points");
  Json row{{"id", order.id()},
           {"checkoutId", text_at(body, "checkoutId")},
           {"placedAt", wire::time_text(order.document().created)},
           {"status", text_at(body, "status")},
           {"paymentStatus", text_at(body, "paymentStatus")},
           {"currency", text_at(body, "currency")},
           {"totalMinor", integer_at(amounts, "total")},
           {"discountMinor",
            integer_at(amounts, "itemsDiscount") + integer_at(amounts, "shippingDiscount")},
           {"pointsSpent", integer_at(points, "spent") - integer_at(points, "refunded")},
           {"pointsEarned", integer_at(points, "earned") - integer_at(points, "reversed")},
           {"pointsPending", points_when_paid(call, body).count()}};
  if (!order.contact_id().empty()) {
    row["contactId"] = order.contact_id();
  }
  put_order_names(call.store, order, row);
  return row;
}

wire::Schema order_row_schema() {
  using namespace wire;
  const Schema any_text = text(0, 0);
  const Schema money = integer(INT64_MIN, INT64_MAX);
  const Schema points = integer(INT64_MIN, INT64_MAX);
  return object({required("id", any_text), optional("number", any_text),
                 required("checkoutId", guid()), optional("contactId", guid()),
                 optional("memberName", any_text), required("placedAt", timestamp()),
                 required("status", any_text), required("paymentStatus", any_text),
                 required("currency", any_text), required("totalMinor", money),
                 required("discountMinor", money),
                 required("pointsSpent", points.describe("Less what came back.")),
                 required("pointsEarned", points.describe("Less what was taken back.")),
                 required("pointsPending", points.describe("Comes with the payment."))});
}

void add_order_listing(Routes& to) {
  using namespace wire;
  to.push_back(
      {.name = "orders.list",
       .verb = Verb::get,
       .path = "/orders/v1/orders",
       .permission = Permission::manage_orders,
       .access = Route::Access::read,
       .request = object(
           {optional("contactId", guid()),
            optional("status", enumeration({"APPROVED", "CANCELED", "NOT_PAID", "PAID",
                                            "PARTIALLY_REFUNDED", "FULLY_REFUNDED"})),
            optional("from", date()), optional("to", date()), optional("search", text(1, 100)),
            optional("limit", integer(1, page_limit_max)), optional("cursor", text(1, 16'000))}),
       .response = object({required("orders", array(order_row_schema(), 0, page_limit_max)),
                           optional("next", text(1, 0)), required("total", integer(0, INT64_MAX))}),
       .run = list_orders,
       .summary = "Orders, newest first; by person, status, days, or number and name"});
}

}  // namespace loyalty::service
