#include "native/service/checkout/order_requests.h"

#include <utility>

#include "native/service/checkout/order_listing.h"
#include "native/service/checkout/quote_engine.h"
#include "native/service/program/documents.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/query/dates.h"
#include "native/service/route.h"

namespace loyalty::service {
namespace {

using store::Kind;
using wire::integer_at;
using wire::member;
using wire::text_at;

constexpr std::string_view snapshot_scope = "catalog-snapshot";
constexpr std::int64_t cases_max = 500;

/// Larger catalogs are not kept: a shop that edits one all day would fill its disk with copies.
constexpr std::size_t snapshot_bytes_max = 512 * 1024;

/// One catalog serves all orders of its version.
void keep_catalog(Call& call, const PublishedCatalog& catalog) {
  if (catalog.json.size() > snapshot_bytes_max) {
    return;
  }
  const std::string version = std::to_string(catalog.version);
  if (call.store.claim(snapshot_scope, version, "")) {
    call.store.insert(Kind::catalog_snapshot, {.id = version,
                                               .revision = 1,
                                               .created = call.now,
                                               .updated = call.now,
                                               .body = catalog.json,
                                               .keys = {}});
  }
}

Json case_json(store::Session& session, const store::Document& document) {
  const Order order = require_order(session, document.id);
  const OrderRequest kept = request_of(session, order).value();
  const Json& quote = member(order.body(), "quote");
  const Json& points = member(quote, "points");
  Json row{{"orderId", order.id()},
           {"placedAt", wire::time_text(document.created)},
           {"catalogVersion", kept.catalog_version},
           {"request", kept.request},
           {"quote",
            {{"total", integer_at(quote, "total")},
             {"digest", text_at(quote, "digest")},
             {"spent", integer_at(points, "spent")},
             {"earned", integer_at(points, "earned")}}}};
  if (!kept.used_up.empty()) {
    row["usedUp"] = used_up_json(kept.used_up);
  }
  put_order_names(session, order, row);
  return row;
}

/// Orders, or what they were priced with, of the asked days.
store::Filter in_period(const Period& period) {
  const store::FieldRef created{"createdDate", store::ValueType::instant};
  store::Filter both;
  both.children = {{store::Filter::Op::ge, created, {period.from.ms()}, {}},
                   {store::Filter::Op::lt, created, {period.to.ms()}, {}}};
  return both;
}

Json replay_cases(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  const Period period = days_of(call.catalogs.state(call.store)->ledger.settings.zone, request);
  const Listing listing =
      read_query(collections::order_requests, asked_for(request, placed_within(period)), context);
  const store::Page<store::Document> page = call.store.page(Kind::order_request, listing.query);
  Json answer{{"cases", Json::array()}};
  for (const store::Document& document : page.rows) {
    answer["cases"].push_back(case_json(call.store, document));
  }
  const store::Filter placed = in_period(period);
  answer["leftOut"] =
      call.store.count(Kind::order, placed) - call.store.count(Kind::order_request, placed);
  put_next(answer, paging_metadata(listing, page, context));
  return answer;
}

}  // namespace

void keep_request(Call& call, const Order& order, const Charge& charge) {
  const auto catalog = call.catalogs.catalog(call.store);
  keep_catalog(call, *catalog);
  Json body{{"catalogVersion", std::to_string(catalog->version)}};
  if (!charge.used_up.empty()) {
    body["usedUp"] = used_up_json(charge.used_up);
  }
  store::Document document = new_document(call, body);
  // Joined as text: taking a request apart to write it again takes longer than all the rest.
  document.body.back() = ',';
  document.body += R"("request":)" + charge.request + "}";
  document.id = order.id();
  call.store.insert(Kind::order_request, document);
}

std::optional<OrderRequest> request_of(store::Session& session, const Order& order) {
  const std::optional<store::Document> document = session.get(Kind::order_request, order.id());
  if (!document) {
    return std::nullopt;
  }
  Json body = body_of(*document);
  OrderRequest kept{.request = std::move(body["request"]),
                    .catalog_version = text_at(body, "catalogVersion"),
                    .used_up = {}};
  for (const Json& one : member(body, "usedUp")) {
    kept.used_up.push_back({text_at(one, "promotionId"), text_at(one, "limit")});
  }
  return kept;
}

Json used_up_json(const std::vector<UsedUp>& used_up) {
  Json rows = Json::array();
  for (const UsedUp& one : used_up) {
    rows.push_back({{"promotionId", one.promotion_id}, {"limit", one.limit}});
  }
  return rows;
}

Json catalog_of_version(store::Session& session, const std::string& version) {
  const std::optional<store::Document> kept = session.get(Kind::catalog_snapshot, version);
  return kept ? body_of(*kept) : Json();
}

Json quote_again(store::Session& session, const OrderRequest& kept) {
  const Json catalog = catalog_of_version(session, kept.catalog_version);
  if (catalog.is_null()) {
    return nullptr;
  }
  const auto document =
      CatalogDocument::from_json(wire::text_of(with_used_up(public_part(catalog), kept.used_up)));
  Json request = kept.request;
  request["want"] = {"explain"};
  if (!document.ok()) {
    return nullptr;
  }
  const CompiledCatalog compiled{document.value()->catalog()};
  QuoteEngine& engine = QuoteEngine::of_this_thread();
  if (engine.open(compiled, wire::text_of(request))) {
    return nullptr;
  }
  const Quote& quote = engine.quote(engine.request().now());
  return json_of(std::string{engine.text(quote, {})});
}

void add_replay_routes(Routes& to) {
  using namespace wire;
  const Schema any_text = text(0, 0);
  const Schema quote =
      object({required("total", integer(INT64_MIN, INT64_MAX)), required("digest", any_text),
              required("spent", integer(0, INT64_MAX)), required("earned", integer(0, INT64_MAX))});
  const Schema used_up = object({required("promotionId", any_text), required("limit", any_text)});
  const Schema one =
      object({required("orderId", any_text), optional("number", any_text),
              required("placedAt", timestamp()), optional("memberName", any_text),
              required("catalogVersion", any_text),
              required("request", any().describe("The core's request without its catalog.")),
              optional("usedUp", array(used_up, 0, 1'000)), required("quote", quote)});
  to.push_back(
      {.name = "orders.replayCases",
       .verb = Verb::get,
       .path = "/orders/v1/replay-cases",
       .permission = Permission::manage_orders,
       .access = Route::Access::read,
       .request =
           object({optional("limit", integer(1, cases_max)), optional("cursor", text(1, 16'000)),
                   optional("from", date()), optional("to", date())}),
       .response = object({required("cases", array(one, 0, cases_max)),
                           required("leftOut", integer(0, INT64_MAX)), optional("next", any_text)}),
       .run = replay_cases,
       .summary = "What orders were priced with, newest first, to price them again"});
}

}  // namespace loyalty::service
