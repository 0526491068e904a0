#include "native/api/identity.h"
#include "native/api/member_token.h"
#include "native/api/permissions.h"
#include "native/service/program/settings.h"
#include "native/service/route.h"
#include "native/wire/refused.h"

/// Who may call: sites, keys, member tokens.
namespace loyalty::api {
namespace {

using service::Call;
using service::Route;
using store::Kind;
using wire::Code;
using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::text_at;

Site own_site(Call& call) {
  auto site = site_of(call.store, call.caller.tenant);
  if (!site) {
    throw Refused{Code::site_not_found};
  }
  return *site;
}

Json site_json(const Site& site) { return {{"id", site.id}, {"name", site.name}}; }

/// A site with its program and a first key of its backend, which is shown this once.
Json create_site(Call& call, const Json& request) {
  const Json& given = member(request, "settings");
  const Json settings = service::checked_settings(given.is_null() ? Json::object() : given);
  const std::string name = request.value("name", "Site");
  const Site site = add_site(call, name, settings);
  const IssuedKey key = add_key(call, Caller::Identity::app, name, call.ids.next(call.now),
                                {site.id}, first_scopes());
  call.follow_ups.emplace_back(site.tenant, [site, now = call.now, &ids = call.ids,
                                             &catalogs = call.catalogs](store::Session& session) {
    const Caller server = server_caller(site.tenant);
    Call installing{
        .store = session, .caller = server, .now = now, .ids = ids, .catalogs = catalogs};
    install_site(installing, site);
  });
  return {{"site", site.id}, {"name", site.name}, {"keys", {{"backend", key.text}}}};
}

Json list_sites(Call& call, const Json&) {
  Json sites = Json::array();
  for (const Site& site : sites_of(call.store)) {
    const auto& own = call.caller.sites;
    if (std::find(own.begin(), own.end(), site.tenant) != own.end()) {
      sites.push_back(site_json(site));
    }
  }
  return {{"sites", std::move(sites)}};
}

/// The person that a token is for, as the site knows them.
struct Person {
  std::string member_id;
  std::string contact_id;
};

Person person_of(store::Session& session, const Json& request) {
  Person person{text_at(request, "memberId"), text_at(request, "contactId")};
  std::optional<store::Document> contact;
  if (!person.contact_id.empty()) {
    contact = session.get(Kind::contact, person.contact_id);
  } else if (const auto account = session.account_of_member(person.member_id)) {
    contact = session.get(Kind::contact, account->contact_id);
  } else {
    contact = session.find(Kind::contact, "memberId", person.member_id);
  }
  if (!contact) {
    throw Refused{Code::contact_not_found};
  }
  person.contact_id = contact->id;
  const std::string known = text_at(Json::parse(contact->body), "memberId");
  if (known.empty()) {
    throw Refused{Code::member_required};
  }
  if (!person.member_id.empty() && person.member_id != known) {
    throw Refused{Code::contact_not_found};
  }
  person.member_id = known;
  return person;
}

Json mint_member_token(Call& call, const Json& request) {
  const Site site = own_site(call);
  Person person;
  call.read_site(site.tenant,
                 [&](store::Session& session) { person = person_of(session, request); });
  const std::int64_t issued = call.now.ms() / 1'000;
  const std::int64_t expires = issued + integer_at(request, "ttlSeconds", token_seconds_max);
  const MemberClaims claims{.site = site.id,
                            .member_id = person.member_id,
                            .contact_id = person.contact_id,
                            .issued_at = issued,
                            .expires_at = expires};
  return {{"token", member_token(site, claims)},
          {"expiresAt", wire::time_text(Instant::from_ms(expires * 1'000))}};
}

bool is_own(const ApiKey& key, const Site& site) {
  return key.identity == Caller::Identity::app && key.sites == std::vector<std::string>{site.id};
}

Json create_key(Call& call, const Json& request) {
  const Site site = own_site(call);
  const std::string app_id =
      request.contains("appId") ? text_at(request, "appId") : call.ids.next(call.now);
  const std::vector<std::string> scopes = request.contains("scopes")
                                              ? request["scopes"].get<std::vector<std::string>>()
                                              : backend_scopes();
  const IssuedKey issued = add_key(call, Caller::Identity::app, request.value("name", "Backend"),
                                   app_id, {site.id}, scopes);
  return {{"apiKey", key_json(issued.key)}, {"secret", issued.text}};
}

Json list_keys(Call& call, const Json&) {
  const Site site = own_site(call);
  Json keys = Json::array();
  for (const ApiKey& key : keys_of(call.store)) {
    if (is_own(key, site)) {
      keys.push_back(key_json(key));
    }
  }
  return {{"apiKeys", std::move(keys)}};
}

Json delete_key(Call& call, const Json& request) {
  const Site site = own_site(call);
  const std::string id = text_at(request, "id");
  for (const ApiKey& key : keys_of(call.store)) {
    if (key.id == id && is_own(key, site) && revoke_key(call, id)) {
      return Json::object();
    }
  }
  throw Refused{Code::not_found};
}

wire::Schema site_schema() {
  using namespace wire;
  return object({required("id", guid()), required("name", text(1, 100))});
}

wire::Schema key_schema() {
  using namespace wire;
  return object({required("id", guid()), required("prefix", text(1, 40)),
                 required("identity", enumeration({"APP", "USER"})), required("name", text(1, 100)),
                 required("appId", guid()), required("scopes", array(text(1, 100), 0, 10)),
                 required("revoked", boolean())});
}

wire::Schema scopes_schema() {
  using namespace wire;
  return array(enumeration({read_scope, manage_scope, restaurants_scope, admin_scope}), 1, 4);
}

}  // namespace
}  // namespace loyalty::api

namespace loyalty::service {

void add_identity_routes(Routes& to) {
  using namespace api;
  using namespace wire;
  using Access = Route::Access;
  const Schema nothing = object({});
  to.push_back(
      {.name = "identity.createSite",
       .verb = Verb::post,
       .path = "/identity/v1/sites",
       .permission = Permission::manage_sites,
       .access = Access::write,
       .request = object({optional("name", text(1, 100)), optional("settings", settings_schema())}),
       .response = object({required("site", guid()), required("name", text(1, 100)),
                           optional("keys", object({required("backend", text(1, 200))}))}),
       .run = create_site,
       .summary = "Makes a site with a program and a key for its backend.",
       .secret = true});
  to.push_back({.name = "identity.listSites",
                .verb = Verb::get,
                .path = "/identity/v1/sites",
                .permission = Permission::manage_sites,
                .access = Access::read,
                .request = nothing,
                .response = object({required("sites", array(site_schema(), 0, 100'000))}),
                .run = list_sites,
                .summary = "The caller's sites."});
  to.push_back(
      {.name = "identity.mintMemberToken",
       .verb = Verb::post,
       .path = "/identity/v1/member-tokens",
       .permission = Permission::mint_tokens,
       .access = Access::read,
       .request = object({optional("memberId", text(1, 64)), optional("contactId", guid()),
                          optional("ttlSeconds", integer(1, token_seconds_max))})
                      .exactly_one_of({"memberId", "contactId"}),
       .response = object({required("token", text(1, 2'048)), required("expiresAt", timestamp())}),
       .run = mint_member_token,
       .summary = "A token with which a member's browser calls for itself.",
       .secret = true});
  to.push_back(
      {.name = "identity.createApiKey",
       .verb = Verb::post,
       .path = "/identity/v1/api-keys",
       .permission = Permission::manage_keys,
       .access = Access::write,
       .request = object({optional("name", text(1, 100)), optional("appId", guid()),
                          optional("scopes", scopes_schema())}),
       .response = object({required("apiKey", key_schema()), optional("secret", text(1, 200))}),
       .run = create_key,
       .summary = "A key for a backend of the site. Its secret is shown this once.",
       .secret = true});
  to.push_back({.name = "identity.listApiKeys",
                .verb = Verb::get,
                .path = "/identity/v1/api-keys",
                .permission = Permission::manage_keys,
                .access = Access::read,
                .request = nothing,
                .response = object({required("apiKeys", array(key_schema(), 0, 10'000))}),
                .run = list_keys,
                .summary = "The keys of the site's backends, without their secrets."});
  to.push_back({.name = "identity.revokeApiKey",
                .verb = Verb::del,
                .path = "/identity/v1/api-keys/{id}",
                .permission = Permission::manage_keys,
                .access = Access::write,
                .request = object({required("id", guid())}),
                .response = nothing,
                .run = delete_key,
                .summary = "Revokes a key at once."});
}

}  // namespace loyalty::service
