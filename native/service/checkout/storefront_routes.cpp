#include "core/base/version.h"
#include "native/service/accounts/desk.h"
#include "native/service/checkout/applying.h"
#include "native/service/checkout/checkout_state.h"
#include "native/service/checkout/chosen.h"
#include "native/service/checkout/route_parts.h"
#include "native/service/checkout/shapes.h"
#include "native/service/program/catalogs.h"

namespace loyalty::service {
namespace {

using wire::Code;
using wire::member;
using wire::Refused;
using wire::text_at;

/// The public rules, told as one text: catalogs are large.
std::string bootstrap(Call& call, std::string_view) {
  const std::shared_ptr<const PublishedCatalog> catalog = call.catalogs.catalog(call.store);
  const std::shared_ptr<const ProgramState> program = call.catalogs.state(call.store);
  call.headers.emplace_back("ETag", "W/\"" + catalog->digest + "\"");
  call.headers.emplace_back("Cache-Control", "public, max-age=60");
  const Json head{{"site", program->site},
                  {"catalogVersion", std::to_string(catalog->version)},
                  {"catalogDigest", catalog->digest},
                  {"coreVersion", core_version},
                  {"serverTime", wire::time_text(call.now)}};
  std::string text = wire::text_of(head);
  text.back() = ',';
  text += "\"catalog\":";
  text += catalog->public_json;
  text += '}';
  return text;
}

/// What a page that is loaded anew needs to go on with its checkout.
Json own_checkout_state(Call& call, const Checkout& checkout) {
  Json state = state_of(call, checkout, Json::array({"digest"}));
  Json shown = std::move(state["checkout"]);
  for (const char* const name : {"cart", "contactId", "createdDate", "updatedDate", "total"}) {
    shown.erase(name);
  }
  shown["discounts"] = std::move(state["discounts"]);
  shown["quote"] = std::move(state["quote"]);
  return shown;
}

/// The account as a browser previews with it: what a quote here would take it to be.
Json me(Call& call, const Json& request) {
  const Shopper shopper = shopper_of_caller(call);
  if (shopper.is_guest()) {
    throw Refused{Code::member_required};
  }
  Points held;
  std::optional<Checkout> checkout;
  if (const std::string id = text_at(request, "checkoutId"); !id.empty()) {
    checkout = require_checkout(call, id);
    held = held_by(open_discounts(call.store, *checkout), call.now);
  }
  const std::shared_ptr<const PublishedCatalog> catalog = call.catalogs.catalog(call.store);
  const std::shared_ptr<const ProgramState> program = call.catalogs.state(call.store);
  Json answer{{"account", json_of(account_document(call, *program, catalog->public_catalog(),
                                                   shopper, {held, {}}))},
              {"serverTime", wire::time_text(call.now)}};
  if (shopper.account) {
    answer["loyaltyAccount"] = account_json(*shopper.account);
  }
  if (checkout) {
    answer["checkout"] = own_checkout_state(call, *checkout);
  }
  return answer;
}

Json resolve_code(Call& call, const Json& request) {
  const Shopper shopper = shopper_of_caller(call);
  return {
      {"promotion", public_promotion_of_code(call, shopper.contact_id, text_at(request, "code"))}};
}

Json chosen_of(const Json& request) {
  const Json& chosen = member(member(request, "intent"), "chosen");
  if (!chosen.is_null() && !chosen.is_array()) {
    throw Refused::invalid("intent.chosen", "TYPE", "must be a list");
  }
  return chosen.is_array() ? chosen : Json::array();
}

Preview preview_of(const Call& call, const Json& request) {
  const Json& total = member(request, "expectedTotal");
  return {.cart = member(request, "cart"),
          .digest = text_at(request, "previewDigest"),
          .now = wire::time_of(text_at(request, "now")).value_or(call.now),
          .total = total.is_number_integer()
                       ? std::optional{Money::minor(total.get<std::int64_t>())}
                       : std::nullopt};
}

/// The checkout, or for an unknown one what the cart of the request would be: its prices decide
/// nothing, for a checkout is only made by the shop's backend.
Checkout checkout_or_sketch(Call& call, const Json& request) {
  const std::string id = text_at(request, "id");
  if (call.store.get(store::Kind::checkout, id)) {
    return require_checkout(call, id);
  }
  if (!member(request, "cart").is_object()) {
    throw Refused{Code::checkout_not_found};
  }
  store::Document sketch;
  sketch.id = id;
  Json body{{"cart", member(request, "cart")}, {"status", "OPEN"}};
  if (call.is_member()) {
    body["contactId"] = call.caller.contact_id;
  }
  sketch.body = wire::text_of(body);
  return Checkout{std::move(sketch)};
}

Json checkout_quote(Call& call, const Json& request) {
  Checkout checkout = checkout_or_sketch(call, request);
  if (call.is_member() && checkout.contact_id().empty()) {  // as it will be when applied
    store::Document document = checkout.document();
    Json body = checkout.body();
    body["contactId"] = call.caller.contact_id;
    document.body = wire::text_of(body);
    checkout = Checkout{std::move(document)};
  }
  const Json chosen = chosen_of(request);
  const Charge charge = price(call, checkout, chosen, member(request, "want"));
  if (is_same(call, checkout, chosen, preview_of(call, request), charge)) {
    return {{"same", true}, {"digest", text_at(request, "previewDigest")}};
  }
  return {{"same", false}, {"digest", charge.digest}, {"quote", json_of(charge.quote)}};
}

/// The checkout to apply to. Only a backend can bring one that the server does not know.
Checkout checkout_to_apply_to(Call& call, const Json& request) {
  const std::string id = text_at(request, "id");
  if (call.store.get(store::Kind::checkout, id)) {
    return own_open_checkout(call, require_open_checkout(call, id));
  }
  using Identity = Caller::Identity;
  const bool is_backend =
      call.caller.identity == Identity::app || call.caller.identity == Identity::user;
  if (!is_backend || !member(request, "cart").is_object()) {
    throw Refused{Code::checkout_not_found};
  }
  Json made{{"id", id}, {"cart", member(request, "cart")}};
  if (const std::string contact = text_at(request, "contactId"); !contact.empty()) {
    shopper_of_contact(call, contact);
    made["contactId"] = contact;
  }
  complete_tags(made["cart"]);
  return create_checkout(call, made);
}

Json apply(Call& call, const Json& request) {
  const Checkout checkout = checkout_to_apply_to(call, request);
  Json answer =
      standing_json(apply_choice(call, checkout, chosen_of(request), preview_of(call, request)));
  answer.erase("checkout");
  return answer;
}

Json remove(Call& call, const Json& request) {
  const Checkout checkout = require_open_checkout(call, text_at(request, "id"));
  const Standing standing = remove_discount(call, checkout, text_at(request, "discountId"));
  return {{"releasedPoints", standing.released.count()}, {"quote", json_of(standing.charge.quote)}};
}

}  // namespace

void add_storefront_routes(Routes& to) {
  using namespace wire;
  using enum Permission;
  using enum Route::Access;
  const Schema cart = shapes::core_document("cart");
  const Schema intent = shapes::core_document("intent");
  const Schema quoted = shapes::core_document("quote");
  const Schema want = array(enumeration({"explain", "offers", "nearMisses", "digest"}), 0, 4);
  const Schema question = object({required("cart", cart), optional("intent", intent),
                                  optional("want", want), optional("contactId", guid())});
  const Schema answered = object({required("ok", boolean()), required("value", quoted)});
  const Schema points = integer(0, 999'999'999);
  const Schema discounts = array(shapes::shop_discount(), 0, 1'000);
  const Schema applied = object({required("id", guid()), required("revision", shapes::revision()),
                                 required("status", enumeration({"OPEN", "COMPLETED"})),
                                 optional("orderId", text(1, 0)), required("intent", intent),
                                 optional("notices", array(any(), 0, 1'000)),
                                 required("discounts", discounts), required("quote", quoted)});
  const Schema digest = text(64, 64);
  to.push_back(
      {.name = "storefront.bootstrap",
       .verb = Verb::get,
       .path = "/storefront/v1/{site}/bootstrap",
       .permission = none_needed,
       .access = read,
       .request = object({required("site", guid()), optional("locale", text(0, 35))}),
       .response =
           object({required("site", guid()), required("catalog", shapes::core_document("catalog")),
                   required("catalogVersion", text(1, 0)), required("catalogDigest", digest),
                   required("coreVersion", text(1, 0)), required("serverTime", timestamp())}),
       .summary = "The public rules of a site",
       .run_text = bootstrap});
  to.push_back(
      {.name = "storefront.me",
       .verb = Verb::get,
       .path = "/storefront/v1/me",
       .permission = read_own_account,
       .access = read,
       .request = object({optional("checkoutId", guid())}),
       .response = object({required("account", shapes::core_document("account")),
                           optional("loyaltyAccount", any()), optional("checkout", applied),
                           required("serverTime", timestamp())}),
       .run = me,
       .summary = "The signed-in member as a preview sees it"});
  to.push_back({.name = "storefront.quote",
                .verb = Verb::post,
                .path = "/storefront/v1/quote",
                .permission = Permission::quote,
                .access = read,
                .request = question,
                .response = answered,
                .rate = Route::Rate::quote,
                .summary = "What a cart costs with a choice",
                .run_text = quote_text});
  to.push_back({.name = "storefront.optimize",
                .verb = Verb::post,
                .path = "/storefront/v1/optimize",
                .permission = Permission::quote,
                .access = read,
                .request = question,
                .response = answered,
                .rate = Route::Rate::quote,
                .summary = "The best combination for a cart",
                .run_text = optimize_text});
  to.push_back({.name = "storefront.resolveCode",
                .verb = Verb::post,
                .path = "/storefront/v1/codes",
                .permission = Permission::quote,
                .access = read,
                .request = object({required("code", text(1, 128))}),
                .response = object({optional("promotion", any())}),
                .run = resolve_code,
                .rate = Route::Rate::code_entry,
                .summary = "The promotion behind an entered code"});
  to.push_back(
      {.name = "storefront.checkoutQuote",
       .verb = Verb::post,
       .path = "/storefront/v1/checkouts/{id}/quote",
       .permission = Permission::quote,
       .access = read,
       .request = object({required("id", guid()), optional("cart", cart),
                          optional("intent", intent), optional("want", want),
                          optional("previewDigest", text(0, 64)), optional("now", timestamp())}),
       .response = object(
           {required("same", boolean()), required("digest", digest), optional("quote", quoted)}),
       .run = checkout_quote,
       .rate = Route::Rate::quote,
       .summary = "Whether the server computes what the browser previews"});
  to.push_back(
      {.name = "storefront.apply",
       .verb = Verb::post,
       .path = "/storefront/v1/checkouts/{id}/apply",
       .permission = own_checkout,
       .access = write,
       .request =
           object({required("id", guid()), optional("cart", cart), required("intent", intent),
                   optional("contactId", guid()), optional("previewDigest", text(0, 64)),
                   optional("now", timestamp()), optional("expectedTotal", integer(0, INT64_MAX))}),
       .response = object({required("discounts", discounts), required("quote", quoted),
                           required("releasedPoints", points)}),
       .run = apply,
       .key = Route::Key::required,
       .summary = "Applies a choice to a checkout and holds its points"});
  to.push_back({.name = "storefront.removeDiscount",
                .verb = Verb::del,
                .path = "/storefront/v1/checkouts/{id}/discounts/{discountId}",
                .permission = own_checkout,
                .access = write,
                .request = object({required("id", guid()), required("discountId", guid())}),
                .response = object({required("releasedPoints", points), required("quote", quoted)}),
                .run = remove,
                .key = Route::Key::required,
                .summary = "Takes a discount off a checkout"});
}

}  // namespace loyalty::service
