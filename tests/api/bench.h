#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "native/api/dispatcher.h"
#include "native/api/identity.h"
#include "native/api/log.h"
#include "native/service/program/catalogs.h"
#include "native/store/store.h"
#include "native/store/write_queue.h"

/// A dispatcher over a real store, asked without sockets.
namespace loyalty::test {

using wire::Json;
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  int status = 0;
  std::string body;
  std::string content_type;
  Headers headers;

  Json json() const { return Json::parse(body, nullptr, false); }
  std::string header(std::string_view name) const;
  /// Of a refusal: its code; empty where it has none.
  std::string code() const;
  /// Of a refusal: the fields of its violations.
  std::vector<std::string> fields() const;
};

struct Ask {
  http::Method method = http::Method::get;
  std::string target;  ///< path and query
  std::string body = {};
  Headers headers = {};
  std::string peer = "203.0.113.7";
};

/// A folder that is gone when the test is.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A site with its backend's key.
struct TestSite {
  api::Site site;
  std::string key;
  std::string key_id;
};

class Bench {
 public:
  explicit Bench(service::Routes routes, const api::Dispatcher::Options& options = {
                                             .rates = {.on = false}, .codes = {.on = false}});
  ~Bench();

  Answer ask(const Ask& ask) { return ask_of(dispatcher, ask); }
  static Answer ask_of(api::Dispatcher& dispatcher, const Ask& ask);
  Answer get(const std::string& target, const std::string& credentials, const Headers& more = {});
  Answer post(const std::string& target, const Json& body, const std::string& credentials,
              const Headers& more = {});

  TestSite add_site(const std::vector<std::string>& scopes = api::backend_scopes());
  std::string add_key(const api::Site& site, const std::vector<std::string>& scopes);
  std::string add_user(const std::vector<std::string>& sites,
                       const std::vector<std::string>& scopes);
  std::string operator_key();
  std::string member_token(const api::Site& site, const std::string& member_id,
                           const std::string& contact_id) const;
  /// Runs a call as the server in a transaction of its own.
  void run(store::TenantId tenant, const std::function<void(service::Call&)>& work);

  /// All rows of all tables, for comparing.
  std::string dump() const;

  Folder folder;
  std::atomic<std::int64_t> now_ms{1'768'471'200'000};  ///< 2026-01-15T10:00:00Z
  std::string logged;
  api::Log log;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<service::Ids> ids;
  service::Catalogs catalogs;
  std::unique_ptr<store::WriteQueue> queue;
  const service::Routes routes;
  api::Dispatcher dispatcher;
};

/// Rows about nothing in particular, for testing what stands before and behind operations.
service::Routes plain_routes();

/// How often the operation of `plain.write` has run in this process.
int writes_run();

}  // namespace loyalty::test
