#include "native/service/checkout/order_explanation.h"
#include "native/service/checkout/order_listing.h"
#include "native/service/checkout/order_requests.h"
#include "native/service/checkout/orders.h"
#include "native/service/checkout/route_parts.h"
#include "native/service/checkout/shapes.h"

namespace loyalty::service {
namespace {

using wire::text_at;

Order order_of(Call& call, const Json& request) {
  return require_order(call.store, text_at(request, "id"));
}

Json get(Call& call, const Json& request) { return {{"order", order_of(call, request).shown()}}; }

Json pay(Call& call, const Json& request) {
  return {{"order", pay_order(call, order_of(call, request)).shown()}};
}

Json cancel(Call& call, const Json& request) {
  return {{"order", cancel_order(call, order_of(call, request)).shown()}};
}

Json refund(Call& call, const Json& request) {
  Json given_back;
  const Order order =
      refund_order(call, order_of(call, request), wire::member(request, "lines"), given_back);
  return {{"order", order.shown()}, {"refund", std::move(given_back)}};
}

}  // namespace

void add_order_routes(Routes& to) {
  using namespace wire;
  add_order_listing(to);
  add_order_explanation(to);
  add_replay_routes(to);
  const Schema id = text(1, 128);
  const Schema by_id = object({required("id", id)});
  const Schema order = object({required("order", shapes::order())});
  const Schema line =
      object({required("id", text(1, 128)), required("quantity", integer(1, 1'000'000))});
  const Schema amounts =
      object({required("subtotal", integer(0, INT64_MAX)),
              required("discount", integer(0, INT64_MAX)), required("net", integer(0, INT64_MAX)),
              required("tax", integer(0, INT64_MAX)), required("amount", integer(0, INT64_MAX)),
              required("refundedPoints", integer(0, 999'999'999)),
              required("reversedPoints", integer(0, 999'999'999))});
  const auto add = [&to](std::string_view name, Verb verb, std::string_view path,
                         const Schema& request, const Schema& response, Operation run,
                         std::string_view summary) {
    const bool changes = verb != Verb::get;
    to.push_back({.name = name,
                  .verb = verb,
                  .path = path,
                  .permission = Permission::manage_orders,
                  .access = changes ? Route::Access::write : Route::Access::read,
                  .request = request,
                  .response = response,
                  .run = run,
                  .key = changes ? Route::Key::required : Route::Key::accepted,
                  .summary = summary});
  };
  add("orders.get", Verb::get, "/orders/v1/orders/{id}", by_id, order, get, "One order");
  add("orders.paid", Verb::post, "/orders/v1/orders/{id}/paid", by_id, order, pay,
      "The order is paid: points are spent for good, the order earns");
  add("orders.cancel", Verb::post, "/orders/v1/orders/{id}/cancel", by_id, order, cancel,
      "Undoes an order: points, coupons and uses come back, earned points go");
  add("orders.refund", Verb::post, "/orders/v1/orders/{id}/refund",
      object({required("id", id), required("lines", array(line, 1, 1'000))}),
      object({required("order", shapes::order()), required("refund", amounts)}), refund,
      "Takes back units of an order's lines");
}

}  // namespace loyalty::service
