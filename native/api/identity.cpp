#include "native/api/identity.h"

#include <algorithm>

#include "native/api/permissions.h"
#include "native/service/program/program.h"
#include "native/wire/refused.h"

namespace loyalty::api {
namespace {

using store::Document;
using store::Kind;
using wire::member;
using wire::text_at;

/// The public half of keys begins with this, so that scanners for leaked secrets know them.
constexpr std::string_view prefix_mark = "lk_";

std::vector<std::string> texts_at(const Json& object, std::string_view name) {
  const Json& values = member(object, name);
  return values.is_array() ? values.get<std::vector<std::string>>() : std::vector<std::string>{};
}

Site site_of(const Document& document) {
  const Json body = Json::parse(document.body);
  Site site{.id = document.id,
            .tenant = wire::integer_at(body, "tenant"),
            .name = text_at(body, "name"),
            .settings = member(body, "settings"),
            .signing_keys = {}};
  for (const Json& key : member(body, "signingKeys")) {
    site.signing_keys.push_back({text_at(key, "id"), text_at(key, "secret")});
  }
  return site;
}

Digest digest_of(std::string_view hex) {
  const auto value = [](char c) {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
  };
  Digest digest{};
  for (std::size_t i = 0; i < digest.size() && 2 * i + 1 < hex.size(); ++i) {
    digest[i] = static_cast<unsigned char>(value(hex[2 * i]) << 4U | value(hex[2 * i + 1]));
  }
  return digest;
}

ApiKey key_of(const Document& document) {
  const Json body = Json::parse(document.body);
  return {.id = document.id,
          .prefix = text_at(body, "prefix"),
          .hash = digest_of(text_at(body, "hash")),
          .identity =
              text_at(body, "identity") == "USER" ? Caller::Identity::user : Caller::Identity::app,
          .name = text_at(body, "name"),
          .app_id = text_at(body, "appId"),
          .sites = texts_at(body, "sites"),
          .scopes = texts_at(body, "scopes"),
          .revoked = wire::truth_at(body, "revoked")};
}

Document document_of(service::Call& call, const Json& body) {
  return {.id = call.ids.next(call.now),
          .revision = 1,
          .created = call.now,
          .updated = call.now,
          .body = wire::text_of(body),
          .keys = {}};
}

}  // namespace

Site add_site(service::Call& system, const std::string& name, const Json& settings) {
  store::TenantId tenant = store::system_tenant;
  for (const Site& site : sites_of(system.store)) {
    tenant = std::max(tenant, site.tenant);
  }
  ++tenant;
  const Json body{
      {"tenant", tenant},
      {"name", name},
      {"settings", settings.is_object() ? settings : Json::object()},
      {"signingKeys", Json::array({Json{{"id", "1"}, {"secret", system.ids.secret()}}})}};
  Document document = document_of(system, body);
  document.keys = {{"tenant", std::to_string(tenant)}};
  system.store.insert(Kind::site, document);
  return site_of(document);
}

void install_site(service::Call& call, const Site& site) {
  if (call.store.all(Kind::program).empty()) {
    service::install_program(call, site.id, site.settings);
  }
}

IssuedKey add_key(service::Call& system, Caller::Identity identity, const std::string& name,
                  const std::string& app_id, const std::vector<std::string>& sites,
                  const std::vector<std::string>& scopes) {
  std::size_t live = 0;
  for (const ApiKey& key : keys_of(system.store)) {
    live += !key.revoked && key.app_id == app_id && key.sites == sites ? 1U : 0U;
  }
  if (live >= live_keys_max) {
    throw wire::Refused::invalid("appId", "MAX_SIZE", "has two live keys; revoke one first");
  }
  IssuedKey issued;
  const std::string prefix = std::string{prefix_mark} + random_hex(8);
  const std::string secret = system.ids.secret();
  Document document =
      document_of(system, Json{{"prefix", prefix},
                               {"hash", hex_of(sha256(secret))},
                               {"identity", identity == Caller::Identity::user ? "USER" : "APP"},
                               {"name", name},
                               {"appId", app_id},
                               {"sites", sites},
                               {"scopes", scopes},
                               {"revoked", false}});
  document.keys = {{"prefix", prefix}};
  system.store.insert(Kind::api_key, document);
  return {key_of(document), prefix + "." + secret};
}

std::vector<Site> sites_of(store::Session& system) {
  std::vector<Site> sites;
  for (const Document& document : system.all(Kind::site)) {
    sites.push_back(site_of(document));
  }
  return sites;
}

std::vector<ApiKey> keys_of(store::Session& system) {
  std::vector<ApiKey> keys;
  for (const Document& document : system.all(Kind::api_key)) {
    keys.push_back(key_of(document));
  }
  return keys;
}

std::optional<Site> site_of(store::Session& system, store::TenantId tenant) {
  const auto document = system.find(Kind::site, "tenant", std::to_string(tenant));
  return document ? std::optional{site_of(*document)} : std::nullopt;
}

bool revoke_key(service::Call& system, std::string_view id) {
  const auto found = system.store.get(Kind::api_key, id);
  if (!found) {
    return false;
  }
  Document document = *found;
  Json body = Json::parse(document.body);
  if (wire::truth_at(body, "revoked")) {
    return false;
  }
  body["revoked"] = true;
  document.body = wire::text_of(body);
  ++document.revision;
  document.updated = system.now;
  system.store.update(Kind::api_key, document);
  return true;
}

Json key_json(const ApiKey& key) {
  return {{"id", key.id},
          {"prefix", key.prefix},
          {"identity", key.identity == Caller::Identity::user ? "USER" : "APP"},
          {"name", key.name},
          {"appId", key.app_id},
          {"scopes", key.scopes},
          {"revoked", key.revoked}};
}

Caller server_caller(store::TenantId tenant) {
  Caller caller;
  caller.identity = Caller::Identity::server;
  caller.principal = "server";
  caller.tenant = tenant;
  return caller;
}

std::vector<std::string> backend_scopes() {
  return {std::string{read_scope}, std::string{manage_scope}};
}

std::vector<std::string> first_scopes() {
  return {std::string{read_scope}, std::string{manage_scope}, std::string{admin_scope}};
}

}  // namespace loyalty::api
