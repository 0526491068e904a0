#include "tests/service_people/people_fixture.h"

#include <algorithm>
#include <utility>

#include "native/service/program/awards.h"
#include "tests/store/new_folder.h"

namespace loyalty::service {

PeopleTest::PeopleTest()
    : now{*parse_instant("2026-01-15T12:00:00Z")}, folder{test::new_folder()}, ids_{make_ids()} {
  store = store::open_sqlite(
      {.path = (folder / "store.db").string(), .cache_bytes = 1 << 20, .allow_data_loss = true});
  caller.identity = Caller::Identity::app;
  caller.app_id = loyalty_app;
  for (const auto add : {add_program_routes, add_earning_rule_routes, add_account_routes,
                         add_transaction_routes, add_contact_routes, add_import_routes,
                         add_social_media_routes, add_referral_routes, add_activity_routes}) {
    add(routes_);
  }
  write([](Call& call) { install_program(call, site_id, Json::object()); });
  ask("program.activate");
  new_events();
}

PeopleTest::~PeopleTest() {
  store.reset();
  std::filesystem::remove_all(folder);
}

void PeopleTest::run(bool writing, const std::function<void(Call&)>& work) {
  std::vector<std::function<void()>> after_commit;
  const auto called = [&](store::Session& session) {
    Call call{.store = session, .caller = caller, .now = now, .ids = *ids_, .catalogs = catalogs};
    call.base_url = "https://shop.example";
    work(call);
    after_commit = std::move(call.after_commit);
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
  for (const auto& done : after_commit) {
    done();
  }
}

Json PeopleTest::ask(std::string_view route, Json request) {
  const auto found = std::find_if(routes_.begin(), routes_.end(),
                                  [&](const Route& one) { return one.name == route; });
  if (found == routes_.end()) {
    throw std::logic_error("no route " + std::string{route});
  }
  Json answer;
  run(found->access == Route::Access::write, [&](Call& call) {
    answer = found->run(call, wire::accept(found->request, std::move(request)));
  });
  wire::accept(found->response, answer);
  return answer;
}

std::string PeopleTest::refused(std::string_view route, Json request) {
  try {
    ask(route, std::move(request));
  } catch (const wire::Refused& refusal) {
    const Json body = refusal.body();
    const Json& validation = wire::member(wire::member(body, "details"), "validationError");
    if (!validation.is_object()) {
      return std::string{wire::name_of(refusal.code())};
    }
    const Json& first = validation["fieldViolations"][0];
    return wire::text_at(first, "field") + " " + wire::text_at(first, "violatedRule");
  }
  return "";
}

std::string PeopleTest::contact(Json fields) {
  return ask("contacts.create", {{"contact", std::move(fields)}})["contact"]["id"];
}

std::string PeopleTest::account(const std::string& contact_id) {
  return ask("accounts.create", {{"contactId", contact_id}})["account"]["id"];
}

std::string PeopleTest::earn(const std::string& account_id, std::int64_t points) {
  static int number = 0;
  return ask("accounts.earnPoints",
             {{"accountId", account_id},
              {"amount", points},
              {"appId", "till"},
              {"idempotencyKey", std::to_string(++number)}})["transactionId"];
}

Json PeopleTest::account_of(const std::string& contact_id) {
  return ask("accounts.fetchBy", {{"contactId", contact_id}})["account"];
}

std::int64_t PeopleTest::balance_of(const std::string& contact_id) {
  return account_of(contact_id)["points"]["balance"];
}

std::string PeopleTest::fixed_rule(const std::string& app, const std::string& activity,
                                   std::int64_t points) {
  Json rule{{"title", "Rule"},
            {"status", "ACTIVE"},
            {"sourceAppId", loyalty_app},
            {"triggerAppId", app},
            {"triggerActivityType", activity},
            {"fixedAmount", {{"configs", Json::array({Json{{"points", points}}})}}}};
  return ask("earningRules.create", {{"earningRule", std::move(rule)}})["earningRule"]["id"];
}

void PeopleTest::run_jobs_to_end() {
  std::size_t done = 1;
  while (done > 0) {
    write([&](Call& call) { done = run_jobs(call, 7); });
  }
}

std::size_t PeopleTest::birthdays(std::size_t limit) {
  std::size_t done = 0;
  write([&](Call& call) { done = award_birthdays(call, limit); });
  return done;
}

std::vector<std::string> PeopleTest::new_events() {
  std::vector<std::string> events;
  read([&](Call& call) {
    for (const store::EventRow& event : call.store.events(last_event_, 10'000)) {
      last_event_ = event.sequence;
      events.push_back(event.fqdn.substr(event.fqdn.rfind('.') + 1) + " " + event.slug);
    }
  });
  return events;
}

bool PeopleTest::happened(const std::string& event) {
  const auto events = new_events();
  return std::find(events.begin(), events.end(), event) != events.end();
}

}  // namespace loyalty::service
