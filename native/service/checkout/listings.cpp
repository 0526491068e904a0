#include "native/service/accounts/desk.h"
#include "native/service/checkout/coupons.h"
#include "native/service/checkout/discounts.h"
#include "native/service/checkout/route_parts.h"
#include "native/service/checkout/shapes.h"
#include "native/service/query/collections.h"
#include "native/service/query/context.h"
#include "native/service/query/filters.h"

namespace loyalty::service {
namespace {

using store::Filter;
using store::ValueType;
using wire::member;
using wire::text_at;

constexpr std::size_t sites_max = 100;

/// Coupons whose record was deleted are in no list.
void leave_out_deleted(Listing& listing) {
  listing.query.filter =
      both(std::move(listing.query.filter),
           condition({"recordDeleted", ValueType::boolean}, Filter::Op::missing));
}

Json shown_coupons(const store::Page<store::Document>& page) {
  Json coupons = Json::array();
  for (const store::Document& document : page.rows) {
    coupons.push_back(LoyaltyCoupon{document}.shown());
  }
  return coupons;
}

Json query_coupons(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  Listing listing = read_query(collections::coupons, member(request, "query"), context);
  leave_out_deleted(listing);
  const store::Page<store::Document> page = call.store.page(store::Kind::coupon, listing.query);
  const std::int64_t total = call.store.count(store::Kind::coupon, listing.query.filter);
  return {{"loyaltyCoupons", shown_coupons(page)},
          {"metadata", paging_metadata_v2(listing, page, total, context)}};
}

Json bulk_coupons(Call& call, const Json& request) {
  Listing listing = read_query(collections::coupons, member(request, "query"), context_of(call));
  leave_out_deleted(listing);
  Json sites = Json::array();
  for (const store::TenantId tenant : call.caller.sites) {
    if (sites.size() == sites_max) {
      break;
    }
    call.read_site(tenant, [&](store::Session& session) {
      sites.push_back(
          {{"metaSiteId", call.catalogs.state(session)->site},
           {"loyaltyCoupons", shown_coupons(session.page(store::Kind::coupon, listing.query))}});
    });
  }
  return {{"couponsInSite", std::move(sites)}};
}

/// Members see what is on their own account.
Filter own_discounts(Call& call, Filter filter) {
  if (!call.is_member()) {
    return filter;
  }
  return both(std::move(filter),
              condition({"accountId", ValueType::text}, Filter::Op::eq, {own_account(call).id}));
}

Json query_discounts(Call& call, const Json& request) {
  const QueryContext context = context_of(call);
  Listing listing = read_query(collections::checkout_discounts, member(request, "query"), context);
  listing.query.filter = own_discounts(call, std::move(listing.query.filter));
  const store::Page<store::Document> page =
      call.store.page(store::Kind::checkout_discount, listing.query);
  Json discounts = Json::array();
  for (const store::Document& document : page.rows) {
    discounts.push_back(HeldDiscount{document}.shown());
  }
  return {{"loyaltyCheckoutDiscounts", std::move(discounts)},
          {"pagingMetadata", paging_metadata(listing, page, context)}};
}

}  // namespace

void add_coupon_listings(Routes& to) {
  using namespace wire;
  const Schema coupons = array(shapes::coupon(), 0, 100);
  to.push_back({.name = "coupons.query",
                .verb = Verb::post,
                .path = "/loyalty-coupons/v1/coupons/query",
                .permission = Permission::read_coupons,
                .access = Route::Access::read,
                .request = object({optional("query", query_schema(collections::coupons))}),
                .response = object({required("loyaltyCoupons", coupons),
                                    required("metadata", paging_metadata_v2_schema())}),
                .run = query_coupons,
                .summary = "Coupons by filter, sorted, page by page"});
  const Schema in_site =
      object({required("metaSiteId", guid()), required("loyaltyCoupons", coupons)});
  to.push_back({.name = "coupons.bulkGet",
                .verb = Verb::get,
                .path = "/loyalty-coupons/v1/bulk/coupons",
                .permission = Permission::reward_bulk_read,
                .access = Route::Access::read,
                .request = object({optional("query", query_schema(collections::coupons))}),
                .response = object({required("couponsInSite", array(in_site, 0, sites_max))}),
                .run = bulk_coupons,
                .summary = "Coupons of all sites that the user belongs to"});
}

void add_checkout_listings(Routes& to) {
  using namespace wire;
  const Collection& discounts = collections::checkout_discounts;
  to.push_back(
      {.name = "checkoutDiscounts.query",
       .verb = Verb::post,
       .path = "/loyalty-checkout-exchange/v1/loyalty-checkout-discounts/query",
       .permission = Permission::query_checkout_discounts,
       .access = Route::Access::read,
       .request = object({optional("query", query_schema(discounts))}),
       .response = object({required("loyaltyCheckoutDiscounts", array(shapes::discount(), 0, 100)),
                           required("pagingMetadata", paging_metadata_schema())}),
       .run = query_discounts,
       .summary = "Discounts on checkouts by filter, page by page"});
}

}  // namespace loyalty::service
