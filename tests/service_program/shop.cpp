#include "tests/service_program/shop.h"

#include <algorithm>
#include <utility>

#include "tests/store/new_folder.h"

namespace loyalty::service {

ShopTest::ShopTest()
    : now{*parse_instant("2026-01-15T12:00:00Z")}, folder{test::new_folder()}, ids_{make_ids()} {
  store = store::open_sqlite(
      {.path = (folder / "store.db").string(), .cache_bytes = 1 << 20, .allow_data_loss = true});
  caller.identity = Caller::Identity::app;
  add_program_routes(routes_);
  add_tier_routes(routes_);
  add_earning_rule_routes(routes_);
  add_reward_routes(routes_);
  add_promotion_routes(routes_);
  add_draft_routes(routes_);
  write([](Call& call) { install_program(call, site_id, Json::object()); });
  new_events();
}

ShopTest::~ShopTest() {
  store.reset();
  std::filesystem::remove_all(folder);
}

void ShopTest::run(bool writing, store::TenantId tenant, const std::function<void(Call&)>& work) {
  std::vector<std::function<void()>> after_commit;
  const auto called = [&](store::Session& session) {
    Call call{.store = session, .caller = caller, .now = now, .ids = *ids_, .catalogs = catalogs};
    call.read_site = [this](store::TenantId other, const auto& read) { store->read(other, read); };
    work(call);
    after_commit = std::move(call.after_commit);
  };
  if (!writing) {
    store->read(tenant, called);
    return;
  }
  store::Work one{.tenant = tenant, .run = called};
  store->write({&one, 1});
  if (one.failure) {
    std::rethrow_exception(one.failure);
  }
  for (const auto& done : after_commit) {
    done();
  }
}

void ShopTest::write(const std::function<void(Call&)>& work, store::TenantId tenant) {
  run(true, tenant, work);
}
void ShopTest::read(const std::function<void(Call&)>& work, store::TenantId tenant) {
  run(false, tenant, work);
}

Json ShopTest::ask(std::string_view route, Json request) {
  const auto found = std::find_if(routes_.begin(), routes_.end(),
                                  [&](const Route& one) { return one.name == route; });
  if (found == routes_.end()) {
    throw std::logic_error("no route " + std::string{route});
  }
  Json answer;
  run(found->access == Route::Access::write, site, [&](Call& call) {
    answer = found->run(call, wire::accept(found->request, std::move(request)));
  });
  wire::accept(found->response, answer);
  return answer;
}

std::string ShopTest::refused(std::string_view route, Json request) {
  try {
    ask(route, std::move(request));
  } catch (const wire::Refused& refusal) {
    return std::string{wire::name_of(refusal.code())};
  }
  return "";
}

std::string ShopTest::violation(std::string_view route, Json request) {
  try {
    ask(route, std::move(request));
  } catch (const wire::Refused& refusal) {
    const Json body = refusal.body();
    const Json& first = body["details"]["validationError"]["fieldViolations"][0];
    return wire::text_at(first, "field") + " " + wire::text_at(first, "violatedRule");
  }
  return "";
}

std::string ShopTest::new_tier(const std::string& name, std::int64_t points) {
  return ask(
      "tiers.create",
      {{"tier", {{"tierDefinition", {{"name", name}}}, {"requiredPoints", points}}}})["tier"]["id"];
}

void ShopTest::tiers_are(const std::string& status) {
  const Json settings = ask("tiers.getProgram")["programSettings"];
  ask("tiers.updateSettings", {{"programSettings",
                                {{"status", status},
                                 {"revision", settings["revision"]},
                                 {"rollingWindow", {{"durationInMonths", 12}}}}}});
}

std::string ShopTest::new_contact() {
  std::string id;
  write([&](Call& call) {
    store::Document contact;
    contact.id = call.ids.next(now);
    contact.created = now;
    contact.updated = now;
    contact.body =
        Json{{"email", std::to_string(++contacts_) + "@example.com"}, {"name", "Ann"}}.dump();
    call.store.insert(store::Kind::contact, contact);
    id = contact.id;
  });
  return id;
}

store::AccountRow ShopTest::account_of(const std::string& contact) {
  std::optional<store::AccountRow> row;
  read([&](Call& call) { row = call.store.account_of_contact(contact); });
  return row.value_or(store::AccountRow{});
}

std::vector<std::string> ShopTest::new_events() {
  std::vector<std::string> events;
  read([&](Call& call) {
    for (const store::EventRow& event : call.store.events(last_event_, 10'000)) {
      last_event_ = event.sequence;
      const std::string kind = event.fqdn.substr(event.fqdn.rfind('.') + 1);
      if (kind != "account" && kind != "loyalty_transaction") {
        events.push_back(kind + " " + event.slug);
        last_body_ = Json::parse(event.body);
        for (Json& part : last_body_) {
          for (Json& body : part) {
            body = body.is_string() ? Json::parse(body.get<std::string>(), nullptr, false) : body;
          }
        }
      }
    }
  });
  return events;
}

Json ShopTest::last_event_body() { return last_body_; }

std::shared_ptr<const PublishedCatalog> ShopTest::published() {
  std::shared_ptr<const PublishedCatalog> catalog;
  read([&](Call& call) { catalog = call.catalogs.catalog(call.store); });
  return catalog;
}

}  // namespace loyalty::service
