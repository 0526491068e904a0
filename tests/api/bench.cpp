#include "tests/api/bench.h"

#include <filesystem>
#include <future>
#include <stdexcept>

#include <sqlite3.h>
#include <stdlib.h>

#include "native/api/member_token.h"
#include "native/api/permissions.h"
#include "native/http/exchange.h"
#include "native/http/gate.h"
#include "tests/store/new_folder.h"

namespace loyalty::test {
namespace {

using service::Call;
using service::Caller;

/// A connection that keeps the answer.
class Kept final : public http::Exchange::Connection {
 public:
  explicit Kept(const Ask& ask) : ask_{ask} {
    const std::string_view target = ask_.target;
    const std::size_t mark = target.find('?');
    request_ = {.method = ask_.method,
                .path = target.substr(0, mark),
                .query = mark == target.npos ? std::string_view{} : target.substr(mark + 1),
                .body = ask_.body,
                .peer = ask_.peer,
                .headers = {}};
    for (const auto& [name, value] : ask_.headers) {
      request_.headers.emplace_back(name, value);
    }
  }
  const http::Request& request() const override { return request_; }
  void answer(http::Response response) override {
    if (!answered_.exchange(true)) {
      promise_.set_value(std::move(response));
    }
  }
  void drop() override { answer({.status = 500}); }
  std::shared_ptr<http::Exchange::Stream> stream(std::vector<http::Header>) override {
    return nullptr;
  }
  std::future<http::Response> answered() { return promise_.get_future(); }

 private:
  const Ask ask_;
  http::Request request_;
  std::promise<http::Response> promise_;
  std::atomic<bool> answered_{false};
};

}  // namespace

std::string Answer::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (http::same_word(key, name)) {
      return value;
    }
  }
  return {};
}

std::string Answer::code() const {
  const Json details = wire::member(json(), "details");
  return wire::text_at(wire::member(details, "applicationError"), "code");
}

std::vector<std::string> Answer::fields() const {
  std::vector<std::string> names;
  const Json details = wire::member(json(), "details");
  for (const Json& one :
       wire::member(wire::member(details, "validationError"), "fieldViolations")) {
    names.push_back(wire::text_at(one, "field"));
  }
  return names;
}

Folder::Folder() : path_{new_folder().string()} {}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Bench::Bench(service::Routes rows, const api::Dispatcher::Options& options)
    : log{api::Log::Level::info, [this](std::string_view lines) { logged += lines; }},
      store{store::open_sqlite({.path = folder.file("loyalty.db"),
                                .cache_bytes = 1'024 * 1'024,
                                .allow_data_loss = true,
                                .check_on_open = false})},
      ids{service::make_ids()},
      queue{std::make_unique<store::WriteQueue>(*store, store::WriteQueue::Options{})},
      routes{std::move(rows)},
      dispatcher{routes,
                 api::Services{.store = *store,
                               .queue = *queue,
                               .catalogs = catalogs,
                               .ids = *ids,
                               .log = log,
                               .now = [this] { return Instant::from_ms(now_ms); }},
                 options} {}

Bench::~Bench() { queue.reset(); }

Answer Bench::ask_of(api::Dispatcher& dispatcher, const Ask& ask) {
  const auto connection = std::make_shared<Kept>(ask);
  auto answered = connection->answered();
  dispatcher.handle(http::Exchange{connection});
  if (answered.wait_for(std::chrono::seconds{20}) != std::future_status::ready) {
    throw std::runtime_error("no answer to " + ask.target);
  }
  http::Response response = answered.get();
  return {response.status, response.file ? *response.file : response.body,
          std::string{response.content_type}, std::move(response.headers)};
}

Answer Bench::get(const std::string& target, const std::string& credentials, const Headers& more) {
  Ask ask{.target = target, .headers = more};
  if (!credentials.empty()) {
    ask.headers.emplace_back("Authorization", credentials);
  }
  return this->ask(ask);
}

Answer Bench::post(const std::string& target, const Json& body, const std::string& credentials,
                   const Headers& more) {
  Ask ask{.method = http::Method::post, .target = target, .body = body.dump(), .headers = more};
  if (!credentials.empty()) {
    ask.headers.emplace_back("Authorization", credentials);
  }
  return this->ask(ask);
}

void Bench::run(store::TenantId tenant, const std::function<void(Call&)>& work) {
  queue->run(tenant, [&](store::Session& session) {
    const Caller server = api::server_caller(tenant);
    Call call{.store = session,
              .caller = server,
              .now = Instant::from_ms(now_ms),
              .ids = *ids,
              .catalogs = catalogs};
    work(call);
  });
  dispatcher.directory().changed();
}

TestSite Bench::add_site(const std::vector<std::string>& scopes) {
  TestSite made;
  run(store::system_tenant, [&](Call& call) {
    made.site = api::add_site(call, "Shop", Json::object());
    const auto issued = api::add_key(call, Caller::Identity::app, "Backend",
                                     call.ids.next(call.now), {made.site.id}, scopes);
    made.key = issued.text;
    made.key_id = issued.key.id;
  });
  run(made.site.tenant, [&](Call& call) { api::install_site(call, made.site); });
  return made;
}

std::string Bench::add_key(const api::Site& site, const std::vector<std::string>& scopes) {
  std::string key;
  run(store::system_tenant, [&](Call& call) {
    key =
        api::add_key(call, Caller::Identity::app, "Key", call.ids.next(call.now), {site.id}, scopes)
            .text;
  });
  return key;
}

std::string Bench::add_user(const std::vector<std::string>& sites,
                            const std::vector<std::string>& scopes) {
  std::string key;
  run(store::system_tenant, [&](Call& call) {
    key = api::add_key(call, Caller::Identity::user, "User", call.ids.next(call.now), sites, scopes)
              .text;
  });
  return key;
}

std::string Bench::operator_key() { return add_user({}, api::first_scopes()); }

std::string Bench::member_token(const api::Site& site, const std::string& member_id,
                                const std::string& contact_id) const {
  const std::int64_t seconds = now_ms / 1'000;
  return api::member_token(site, {.site = site.id,
                                  .member_id = member_id,
                                  .contact_id = contact_id,
                                  .issued_at = seconds,
                                  .expires_at = seconds + 900});
}

std::string Bench::dump() const {
  sqlite3* db = nullptr;
  sqlite3_open_v2(folder.file("loyalty.db").c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
  std::string text;
  const auto append = [](void* to, int count, char** values, char**) {
    auto& all = *static_cast<std::string*>(to);
    for (int i = 0; i < count; ++i) {
      all.append(values[i] == nullptr ? "NULL" : values[i]).append("|");
    }
    all += '\n';
    return 0;
  };
  std::string tables;
  sqlite3_exec(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", append,
               &tables, nullptr);
  for (std::size_t at = 0; at < tables.size();) {
    const std::size_t end = tables.find('|', at);
    const std::string name = tables.substr(at, end - at);
    text += "# " + name + "\n";
    sqlite3_exec(db, ("SELECT * FROM \"" + name + "\"").c_str(), append, &text, nullptr);
    at = end + 2;
  }
  sqlite3_close(db);
  return text;
}

}  // namespace loyalty::test
