#include "native/service/checkout/order_news.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;

constexpr std::string_view fqdn = "loyalty.v1.order";

/// Orders of a site are counted from the one after this.
constexpr std::int64_t number_before_first = 1'000;

}  // namespace

std::string next_order_number(Call& call) {
  constexpr std::string_view scope = "sequence";
  constexpr std::string_view name = "order";
  const std::optional<std::string> last = call.store.claimed(scope, name);
  std::string next = std::to_string((last ? std::stoll(*last) : number_before_first) + 1);
  if (last) {
    call.store.change_claim(scope, name, next);
  } else {
    call.store.claim(scope, name, next);
  }
  return next;
}

void tell_of_order(Call& call, const Order& order, EventKind kind) {
  Json body{{"id", order.id()}};
  for (const char* name : {"number", "checkoutId", "contactId", "accountId", "status",
                           "paymentStatus", "currency", "points"}) {
    if (const Json& value = member(order.body(), name); !value.is_null()) {
      body[name] = value;
    }
  }
  body["totalMinor"] = integer_at(member(order.body(), "amounts"), "total");
  emit(call, fqdn, kind == EventKind::created ? "created" : "updated", kind, order.id(), body);
}

}  // namespace loyalty::service
