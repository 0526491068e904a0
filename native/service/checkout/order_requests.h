#pragma once

#include <optional>
#include <string>
#include <vector>

#include "native/service/checkout/orders.h"
#include "native/service/route.h"

/// What orders were priced with, kept so that the same core computes the same again: the whole
/// request, and the catalog of that version unless it is very large.
namespace loyalty::service {

/// Keeps what a new order was priced with.
void keep_request(Call& call, const Order& order, const Charge& charge);

/// What an order was priced with. Orders placed before any of it was kept have none.
struct OrderRequest {
  Json request;                 ///< account, cart, intent, now, and `resolved` where codes were
  std::string catalog_version;  ///< under whose public part it was priced
  std::vector<UsedUp> used_up;  ///< limits of that catalog of which nothing was left
};
std::optional<OrderRequest> request_of(store::Session& session, const Order& order);

/// `[{"promotionId","limit"}]`
Json used_up_json(const std::vector<UsedUp>& used_up);

/// The whole catalog of a version that an order names, in the core's form. Null where it was not
/// kept.
Json catalog_of_version(store::Session& session, const std::string& version);

/// The quote of the order again, with `explain`, under the catalog of then. Null where that was not
/// kept, or the core no longer takes it.
Json quote_again(store::Session& session, const OrderRequest& kept);

/// Part of add_order_routes().
void add_replay_routes(Routes& to);

}  // namespace loyalty::service
