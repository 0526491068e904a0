#include <atomic>
#include <stdexcept>

#include "native/wire/refused.h"
#include "tests/api/bench.h"

namespace loyalty::test {
namespace {

using service::Call;
using service::Permission;
using service::Route;
using service::Verb;

std::atomic<int> runs{0};

Json echo(Call&, const Json& request) { return request; }

Json who(Call& call, const Json&) {
  return {{"identity", static_cast<int>(call.caller.identity)},
          {"principal", call.caller.principal},
          {"memberId", call.caller.member_id},
          {"contactId", call.caller.contact_id},
          {"tenant", call.caller.tenant},
          {"sites", call.caller.sites},
          {"base", call.base_url}};
}

/// Keeps a text; declines, breaks or goes on as the request says.
Json write(Call& call, const Json& request) {
  ++runs;
  store::Document document{.id = call.ids.next(call.now),
                           .created = call.now,
                           .updated = call.now,
                           .body = Json{{"text", wire::text_at(request, "text")}}.dump(),
                           .keys = {}};
  call.store.insert(store::Kind::upload, document);
  const std::string then = wire::text_at(request, "then");
  if (then == "decline") {
    throw wire::Refused{wire::Code::insufficient_points, Json{{"available", 3}}};
  }
  if (then == "invalid") {
    throw wire::Refused::invalid("text", "FORMAT", "must be other");
  }
  if (then == "conflict") {
    throw store::Conflict("row 7 of the table of marker-secret");
  }
  if (then == "break") {
    throw std::runtime_error("marker-secret in /etc/passwd");
  }
  return {{"id", document.id}, {"origin", call.origin}, {"key", call.idempotency_key}};
}

Json count(Call& call, const Json&) {
  return {{"count", call.store.all(store::Kind::upload).size()}};
}

Json tagged(Call& call, const Json&) {
  call.headers.emplace_back("ETag", "\"v1\"");
  return {{"value", 1}};
}

Json table(Call&, const Json& request) {
  if (request.contains("content")) {
    return {{"length", wire::text_at(request, "content").size()}};
  }
  return {{"content", "a,b\n1,2\n"},
          {"contentType", "text/csv; charset=utf-8"},
          {"fileName", "rows \"of\"/../x.csv"}};
}

std::string text_quote(Call&, std::string_view body) {
  return "{\"bytes\":" + std::to_string(body.size()) + "}";
}

/// Knows one code only.
Json enter(Call&, const Json& request) {
  Json rejected = Json::array();
  for (const Json& code : wire::member(request, "codes")) {
    if (code != "GOOD") {
      rejected.push_back({{"id", code}, {"source", "code"}, {"code", "CODE_NOT_FOUND"}});
    }
  }
  return {{"rejected", std::move(rejected)}};
}

Json secret(Call& call, const Json&) { return {{"id", 1}, {"token", call.ids.secret()}}; }

}  // namespace

int writes_run() { return runs; }

service::Routes plain_routes() {
  using namespace wire;
  using Access = Route::Access;
  const Schema nothing = object({});
  const Schema entity = object({optional("id", text(1, 40)), optional("name", text(1, 10)),
                                optional("size", integer(0, 9))});
  const auto row = [&](std::string_view name, Verb verb, std::string_view path,
                       Permission permission, Access access, Schema request,
                       service::Operation run) {
    return Route{.name = name,
                 .verb = verb,
                 .path = path,
                 .permission = permission,
                 .access = access,
                 .request = std::move(request),
                 .response = any(),
                 .run = run};
  };
  service::Routes routes;
  routes.push_back(row("plain.public", Verb::get, "/plain/v1/public", Permission::none_needed,
                       Access::read, nothing, who));
  routes.push_back(row("plain.site", Verb::get, "/plain/v1/{site}/public", Permission::none_needed,
                       Access::read, object({required("site", guid())}), who));
  routes.push_back(row("plain.who", Verb::get, "/plain/v1/who", Permission::read_own_account,
                       Access::read, nothing, who));
  routes.push_back(row("plain.read", Verb::get, "/plain/v1/things/{id}", Permission::read_accounts,
                       Access::read,
                       object({required("id", guid()), optional("limit", integer(1, 100)),
                               optional("deep", boolean()),
                               optional("paging", object({optional("limit", integer(1, 5))})),
                               optional("ids", array(text(1, 9), 0, 3)), optional("q", any())}),
                       echo));
  routes.push_back(row("plain.count", Verb::get, "/plain/v1/things/count",
                       Permission::read_accounts, Access::read, nothing, count));
  routes.push_back(row("plain.update", Verb::patch, "/plain/v1/things/{thing.id}",
                       Permission::manage_accounts, Access::write,
                       object({required("thing", entity)}), echo));
  routes.push_back(
      row("plain.write", Verb::post, "/plain/v1/things", Permission::manage_accounts, Access::write,
          object({required("text", text(1, 100)), optional("then", text(1, 20))}), write));
  routes.push_back(
      row("plain.must", Verb::post, "/plain/v1/must", Permission::manage_accounts, Access::write,
          object({required("text", text(1, 100)), optional("then", text(1, 20))}), write));
  routes.back().key = Route::Key::required;
  routes.push_back(row("plain.tagged", Verb::get, "/plain/v1/tagged", Permission::none_needed,
                       Access::read, nothing, tagged));
  routes.push_back(row("plain.table", Verb::get, "/plain/v1/table", Permission::read_accounts,
                       Access::read, nothing, table));
  routes.back().raw = true;
  routes.push_back(row("plain.upload", Verb::put, "/plain/v1/table", Permission::manage_imports,
                       Access::write, object({required("content", text(0, 0))}), table));
  routes.back().raw = true;
  routes.back().body_bytes_max = 2'000;
  routes.push_back(row("plain.quote", Verb::post, "/plain/v1/quote", Permission::quote,
                       Access::read, nothing, nullptr));
  routes.back().run_text = text_quote;
  routes.back().rate = Route::Rate::quote;
  routes.push_back(row("plain.enter", Verb::post, "/plain/v1/enter", Permission::quote,
                       Access::read, object({optional("codes", array(text(1, 40), 0, 9))}), enter));
  routes.back().rate = Route::Rate::code_entry;
  routes.push_back(row("plain.secret", Verb::post, "/plain/v1/secret", Permission::manage_accounts,
                       Access::write, nothing, secret));
  routes.back().secret = true;
  return routes;
}

}  // namespace loyalty::test
