#include "tests/service_checkout/fixture.h"

#include <algorithm>
#include <stdexcept>

#include "native/service/checkout/checkouts.h"
#include "tests/store/new_folder.h"

namespace loyalty::service {

CheckoutTest::CheckoutTest()
    : now{*parse_instant("2026-01-15T12:00:00Z")}, folder{test::new_folder()}, ids_{make_ids()} {
  store = store::open_sqlite(
      {.path = (folder / "store.db").string(), .cache_bytes = 1 << 20, .allow_data_loss = true});
  add_program_routes(routes_);
  add_tier_routes(routes_);
  add_earning_rule_routes(routes_);
  add_reward_routes(routes_);
  add_promotion_routes(routes_);
  add_account_routes(routes_);
  add_transaction_routes(routes_);
  add_coupon_routes(routes_);
  add_checkout_routes(routes_);
  add_referral_routes(routes_);
  as_app();
  write([](Call& call) { install_program(call, site_id, {{"currency", "USD"}}); });
  ask("program.activate", Json::object());
}

CheckoutTest::~CheckoutTest() {
  store.reset();
  std::filesystem::remove_all(folder);
}

void CheckoutTest::run(bool writing, const std::function<void(Call&)>& work) {
  const auto called = [&](store::Session& session) {
    Call call{.store = session,
              .caller = caller,
              .now = now,
              .ids = *ids_,
              .catalogs = catalogs_,
              .idempotency_key = idempotency_key};
    call.read_site = [&](store::TenantId tenant,
                         const std::function<void(store::Session&)>& reading) {
      store->read(tenant, reading);
    };
    work(call);
    status = call.status;
    headers = call.headers;
  };
  if (!writing) {
    store->read(site, called);
    return;
  }
  store::Work one{.tenant = site, .run = called};
  store->write({&one, 1});
  if (one.failure) {
    std::rethrow_exception(one.failure);
  }
}

void CheckoutTest::as_app() {
  caller = {};
  caller.identity = Caller::Identity::app;
  caller.app_id = "till";
}

void CheckoutTest::as(const Member& member) {
  caller = {};
  caller.identity = Caller::Identity::member;
  caller.contact_id = member.contact;
  caller.member_id = member.member;
}

void CheckoutTest::as_guest() { caller = {}; }

void CheckoutTest::as_user() {
  caller = {};
  caller.identity = Caller::Identity::user;
  caller.sites = {site};
}

const Route& CheckoutTest::route_of(std::string_view name) const {
  const auto found = std::find_if(routes_.begin(), routes_.end(),
                                  [&](const Route& one) { return one.name == name; });
  if (found == routes_.end()) {
    throw std::logic_error("no route " + std::string{name});
  }
  return *found;
}

Json CheckoutTest::ask(std::string_view name, Json request) {
  try {
    return try_to_ask(name, std::move(request));
  } catch (const wire::Refused& refusal) {
    ADD_FAILURE() << name << ": " << refusal.body();
    throw;
  }
}

Json CheckoutTest::try_to_ask(std::string_view name, Json request) {
  const Route& route = route_of(name);
  Json answer;
  run(route.access == Route::Access::write, [&](Call& call) {
    answer = route.run(call, wire::accept(route.request, std::move(request)));
  });
  // Whatever is answered is what the document of the API promises.
  wire::accept(route.response, answer);
  return answer;
}

CheckoutTest::No CheckoutTest::refused(std::string_view route, Json request) {
  try {
    try_to_ask(route, std::move(request));
  } catch (const wire::Refused& refusal) {
    const Json body = refusal.body();
    return {std::string{wire::name_of(refusal.code())},
            wire::member(wire::member(wire::member(body, "details"), "applicationError"), "data")};
  }
  return {};
}

std::string CheckoutTest::ask_text(std::string_view name, const std::string& body) {
  const Route& route = route_of(name);
  std::string answer;
  run(route.access == Route::Access::write,
      [&](Call& call) { answer = route.run_text(call, body); });
  return answer;
}

std::string CheckoutTest::new_id() { return ids_->next(now); }

std::string CheckoutTest::new_contact() {
  const std::string number = std::to_string(++contacts_);
  std::string id;
  write([&](Call& call) {
    store::Document contact;
    contact.id = id = call.ids.next(now);
    contact.created = contact.updated = now;
    contact.body = Json{{"email", "a" + number + "@example.com"},
                        {"name", "Ann " + number},
                        {"memberId", call.ids.next(now)}}
                       .dump();
    call.store.insert(store::Kind::contact, contact);
  });
  return id;
}

CheckoutTest::Member CheckoutTest::new_member(std::int64_t points) {
  const Caller before = caller;
  as_app();
  now = now - Duration::minutes(1);  // entries of one instant would be a millisecond apart
  Member member;
  member.contact = new_contact();
  const Json account = ask("accounts.create", {{"contactId", member.contact}})["account"];
  member.account = account["id"];
  member.member = account["memberId"];
  if (points > 0) {
    write([&](Call& call) {
      move(call, ledger::Earn{.account = member.account, .points = Points::of(points)}, {});
    });
  }
  now = now + Duration::minutes(1);
  caller = before;
  return member;
}

Json CheckoutTest::account(const Member& member) {
  Json account;
  read([&](Call& call) { account = account_json(account_now(call, member.account).value()); });
  return account;
}

std::int64_t CheckoutTest::balance(const Member& member) {
  return account(member)["points"]["balance"];
}

std::int64_t CheckoutTest::held(const Member& member) { return account(member)["points"]["held"]; }

std::string CheckoutTest::transactions(const Member& member) {
  std::string types;
  read([&](Call& call) {
    for (const store::EntryRow& row : call.store.entries(member.account, 0, 1'000)) {
      if (!row.transaction_type.empty()) {
        types += (types.empty() ? "" : " ") + row.transaction_type;
      }
    }
  });
  return types;
}

std::vector<std::string> CheckoutTest::new_events(std::string_view fqdn) {
  std::vector<std::string> slugs;
  read([&](Call& call) {
    for (const store::EventRow& event : call.store.events(last_event_, 10'000)) {
      last_event_ = event.sequence;
      if (event.fqdn == fqdn) {
        slugs.push_back(event.slug);
      }
    }
  });
  return slugs;
}

Json CheckoutTest::new_reward(Json reward) {
  const Caller before = caller;
  as_app();
  Json made = ask("rewards.create", {{"reward", std::move(reward)}})["reward"];
  caller = before;
  return made;
}

Json CheckoutTest::new_flexible_reward() {
  return new_reward(
      {{"name", "Money off"},
       {"active", true},
       {"type", "DISCOUNT_AMOUNT"},
       {"discountAmount", {{"configsByTier", {{{"amount", "1.00"}, {"costInPoints", 10}}}}}}});
}

Json CheckoutTest::new_coupon_reward() {
  return new_reward(
      {{"name", "Five off"},
       {"active", true},
       {"type", "COUPON_REWARD"},
       {"couponReward",
        {{"fixedAmount", {{"configsByTier", {{{"amount", 5}, {"costInPoints", 50}}}}}}}}});
}

Json CheckoutTest::new_promotion(Json promotion) {
  const Caller before = caller;
  as_app();
  Json made = ask("promotions.create", {{"promotion", std::move(promotion)}})["promotion"];
  caller = before;
  return made;
}

Json CheckoutTest::new_earning_rule(std::int64_t points_per_dollar) {
  const Json rule{
      {"title", "Shop here"},
      {"sourceAppId", "1380b703-ce81-ff05-f115-39571d94dfcd"},
      {"triggerAppId", "1380b703-ce81-ff05-f115-39571d94dfcd"},
      {"triggerActivityType", "stores/OrderPaid"},
      {"status", "ACTIVE"},
      {"conversionRate", {{"configs", {{{"moneyAmount", 1}, {"points", points_per_dollar}}}}}}};
  return ask("earningRules.create", {{"earningRule", rule}})["earningRule"];
}

Json CheckoutTest::program_settings(Json settings) {
  return ask("program.updateSettings", {{"settings", std::move(settings)}});
}

Json CheckoutTest::cart(std::int64_t unit_price, std::int64_t quantity) {
  return {{"currency", "USD"},
          {"lines",
           {{{"id", "shoes"},
             {"unitPrice", unit_price},
             {"quantity", quantity},
             {"tags", {"stores/product:shoes"}}}}}};
}

Json CheckoutTest::new_checkout(const Member& member, const Json& cart) {
  const Caller before = caller;
  as_app();
  Json standing =
      ask("checkouts.create", {{"checkout", {{"contactId", member.contact}, {"cart", cart}}}});
  caller = before;
  return standing;
}

Json CheckoutTest::new_guest_checkout(const Json& cart) {
  const Caller before = caller;
  as_app();
  Json standing = ask("checkouts.create", {{"checkout", {{"cart", cart}}}});
  caller = before;
  return standing;
}

Json CheckoutTest::apply(const std::string& checkout, const Json& chosen) {
  const Json list = chosen.is_array() ? chosen : Json::array({chosen});
  return ask("storefront.apply", {{"id", checkout}, {"intent", {{"chosen", list}}}});
}

Json CheckoutTest::complete(const std::string& checkout, std::string_view payment) {
  const Caller before = caller;
  as_app();
  Json order = ask("checkouts.complete", {{"id", checkout}, {"paymentStatus", payment}})["order"];
  caller = before;
  return order;
}

Json CheckoutTest::update_cart(const std::string& checkout, const Json& cart) {
  const Caller before = caller;
  as_app();
  Json standing = ask("checkouts.update", {{"id", checkout}, {"checkout", {{"cart", cart}}}});
  caller = before;
  return standing;
}

std::size_t CheckoutTest::time_out() {
  std::size_t done = 0;
  write([&](Call& call) { done = time_out_checkouts(call, 100); });
  return done;
}

std::size_t CheckoutTest::settle() {
  std::size_t done = 0;
  write([&](Call& call) { done = settle_accounts(call, 100); });
  return done;
}

Json CheckoutTest::reward_choice(const Json& reward, std::int64_t points) {
  Json choice{{"reward", {{"id", reward["id"]}}}};
  if (points > 0) {
    choice["reward"]["points"] = points;
  }
  return choice;
}

Json CheckoutTest::coupon_choice(const Json& coupon) {
  return {{"coupon", {{"id", coupon["id"]}}}};
}

Json CheckoutTest::code_choice(std::string_view code) {
  return {{"code", {{"text", std::string{code}}}}};
}

}  // namespace loyalty::service
