#pragma once

#include "native/service/checkout/orders.h"
#include "native/service/query/periods.h"
#include "native/service/query/query_reader.h"
#include "native/service/route.h"

/// Orders as staff looks through them.
namespace loyalty::service {

/// A question of {limit, cursor} and a filter, as read_query() takes it; a cursor has its filter.
Json asked_for(const Json& request, Json filter);
/// The filter of what was placed in a period.
Json placed_within(const Period& period);
/// `next`, where there is another page.
void put_next(Json& answer, const Json& metadata);

/// `number` and `memberName`, as far as the order has them.
void put_order_names(store::Session& session, const Order& order, Json& row);

/// One row of the list.
Json order_row(Call& call, const Order& order);
wire::Schema order_row_schema();

/// Part of add_order_routes().
void add_order_listing(Routes& to);

}  // namespace loyalty::service
