#include "native/serve/whoami.h"

#include <memory>

#include "native/api/permissions.h"
#include "native/wire/json.h"

namespace loyalty::serve {
namespace {

using service::Caller;
using wire::Json;

Json site_json(const api::Site& site) { return {{"id", site.id}, {"name", site.name}}; }

Json whoami(const Caller& caller, const api::Roster& roster, ServerClock& clock) {
  const bool is_user = caller.identity == Caller::Identity::user;
  Json answer{{"identity", is_user ? "user" : "app"},
              {"scopes", caller.scopes},
              {"canManageKeys", api::has_scope(caller, api::Scope::admin)},
              {"virtualClock", clock.is_virtual()},
              {"serverTime", wire::time_text(clock.now())}};
  if (const api::Site* const site = roster.site_of(caller.tenant)) {
    answer["site"] = site_json(*site);
  }
  if (is_user) {
    answer["sites"] = Json::array();
    for (const store::TenantId tenant : caller.sites) {
      if (const api::Site* const site = roster.site_of(tenant)) {
        answer["sites"].push_back(site_json(*site));
      }
    }
  }
  return answer;
}

}  // namespace

void add_whoami_route(service::Routes& to) {
  using namespace wire;
  const Schema site = object({required("id", guid()), required("name", text(1, 100))});
  to.push_back(
      {.name = "identity.whoAmI",
       .verb = service::Verb::get,
       .path = "/identity/v1/whoami",
       .permission = service::Permission::know_own_key,
       .access = service::Route::Access::read,
       .request = object({}),
       .response =
           object({required("identity", enumeration({"app", "user"})),
                   required("scopes", array(text(1, 100), 0, 10)), optional("site", site),
                   optional("sites", array(site, 0, 100'000)), required("canManageKeys", boolean()),
                   required("virtualClock", boolean()), required("serverTime", timestamp())}),
       .summary = "What the caller's key is and opens"});
}

void serve_whoami(api::Dispatcher& dispatcher, ServerClock& clock) {
  dispatcher.serve_row("identity.whoAmI", [&dispatcher, &clock](const Caller& caller, const Json&,
                                                                const api::Dispatcher::End& end) {
    end(whoami(caller, *dispatcher.directory().roster(), clock), nullptr);
  });
}

}  // namespace loyalty::serve
