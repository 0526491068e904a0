#include "tests/service_accounts/fixture.h"

#include <algorithm>

#include "tests/store/new_folder.h"

namespace loyalty::service {

AccountsTest::AccountsTest()
    : now{*parse_instant("2026-01-15T12:00:00Z")}, folder{test::new_folder()}, ids_{make_ids()} {
  reset_program();
  store = store::open_sqlite(
      {.path = (folder / "store.db").string(), .cache_bytes = 1 << 20, .allow_data_loss = true});
  caller.identity = Caller::Identity::app;
  caller.app_id = "till";
  add_account_routes(routes_);
  add_transaction_routes(routes_);
  add_ledger_routes(routes_);
  add_event_routes(routes_);
}

AccountsTest::~AccountsTest() {
  store.reset();
  std::filesystem::remove_all(folder);
}

void AccountsTest::run(bool writing, const std::function<void(Call&)>& work) {
  const auto called = [&](store::Session& session) {
    Call call{.store = session,
              .caller = caller,
              .now = now,
              .ids = *ids_,
              .catalogs = catalogs_,
              .origin = origin};
    work(call);
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

void AccountsTest::write(const std::function<void(Call&)>& work) { run(true, work); }
void AccountsTest::read(const std::function<void(Call&)>& work) { run(false, work); }

Json AccountsTest::ask(const std::string& route, Json request) {
  const auto found = std::find_if(routes_.begin(), routes_.end(),
                                  [&](const Route& one) { return one.name == route; });
  if (found == routes_.end()) {
    throw std::logic_error("no route " + route);
  }
  Json answer;
  run(found->access == Route::Access::write, [&](Call& call) {
    answer = found->run(call, wire::accept(found->request, std::move(request)));
  });
  // Whatever is answered is what the document of the API promises.
  try {
    wire::accept(found->response, answer);
  } catch (const wire::Refused& refusal) {
    ADD_FAILURE() << route << " " << refusal.body() << " " << answer;
  }
  return answer;
}

std::string AccountsTest::refused(const std::string& route, Json request) {
  try {
    ask(route, std::move(request));
  } catch (const wire::Refused& refusal) {
    return std::string{wire::name_of(refusal.code())};
  }
  return "";
}

std::string AccountsTest::new_contact(const std::string& email) {
  std::string id;
  write([&](Call& call) {
    store::Document contact;
    contact.id = call.ids.next(now);
    contact.created = now;
    contact.updated = now;
    contact.body = Json{{"email", email}, {"name", "Ann " + email}}.dump();
    call.store.insert(store::Kind::contact, contact);
    id = contact.id;
  });
  return id;
}

std::string AccountsTest::new_account(const std::string& email) {
  const std::string address =
      email.empty() ? "a" + std::to_string(++contacts_) + "@example.com" : email;
  return ask("accounts.create", {{"contactId", new_contact(address)}})["account"]["id"];
}

Moved AccountsTest::do_move(const ledger::Command& command) {
  Moved moved;
  write([&](Call& call) { moved = move(call, command, {}); });
  return moved;
}

std::string AccountsTest::earn(const std::string& account, std::int64_t points) {
  return do_move(ledger::Earn{.account = account, .points = pts(points)}).transaction_id;
}

store::AccountRow AccountsTest::row(const std::string& account) {
  std::optional<store::AccountRow> row;
  read([&](Call& call) { row = call.store.account(account); });
  return row.value();
}

std::vector<std::string> AccountsTest::new_events() {
  std::vector<std::string> slugs;
  read([&](Call& call) {
    for (const store::EventRow& event : call.store.events(last_event_, 10'000)) {
      last_event_ = event.sequence;
      const bool transaction = event.fqdn.find("transaction") != std::string::npos;
      slugs.push_back(transaction ? "transaction" : event.slug);
    }
  });
  return slugs;
}

std::vector<store::EntryRow> AccountsTest::entries(const std::string& account) {
  std::vector<store::EntryRow> rows;
  read([&](Call& call) { rows = call.store.entries(account, 0, 10'000); });
  return rows;
}

std::size_t AccountsTest::settle() {
  std::size_t done = 0;
  write([&](Call& call) { done = settle_accounts(call, 100); });
  return done;
}

}  // namespace loyalty::service
