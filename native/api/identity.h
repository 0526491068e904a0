#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/api/secrets.h"
#include "native/service/call.h"

/// Sites and keys as the server keeps them: documents of the system tenant.
namespace loyalty::api {

using service::Caller;
using wire::Json;

/// A secret that signs member tokens of a site. The last of a site's signs, all verify.
struct SigningKey {
  std::string id;
  std::string secret;
};

struct Site {
  std::string id;  ///< GUID
  store::TenantId tenant = store::system_tenant;
  std::string name;
  Json settings;  ///< that its program was, or is still to be, installed with
  std::vector<SigningKey> signing_keys;
};

/// A key of a backend (`app`) or of a person or program that sees several sites (`user`). Of its
/// secret only the hash is kept.
struct ApiKey {
  std::string id;      ///< GUID
  std::string prefix;  ///< public half: how the key is found and named in logs
  Digest hash = {};    ///< of the secret half
  Caller::Identity identity = Caller::Identity::app;
  std::string name;
  std::string app_id;              ///< what transactions name as their source
  std::vector<std::string> sites;  ///< apps: exactly one; users: theirs, none for all
  std::vector<std::string> scopes;
  bool revoked = false;
};

/// A new key and the text that its owner gets, once.
struct IssuedKey {
  ApiKey key;
  std::string text;  ///< `prefix.secret`
};

/// Two live keys, so that the one can be replaced by the other without a pause.
inline constexpr std::size_t live_keys_max = 2;

/// Adds a site to the system tenant: number, GUID, a first signing key. Its program is installed by
/// install_site() in its own tenant.
Site add_site(service::Call& system, const std::string& name, const Json& settings);

/// Installs the program of a site, unless that has been done.
void install_site(service::Call& call, const Site& site);

/// Adds a key. Throws where its app or user has two live ones.
IssuedKey add_key(service::Call& system, Caller::Identity identity, const std::string& name,
                  const std::string& app_id, const std::vector<std::string>& sites,
                  const std::vector<std::string>& scopes);

std::vector<Site> sites_of(store::Session& system);
std::vector<ApiKey> keys_of(store::Session& system);

/// The site with this number.
std::optional<Site> site_of(store::Session& system, store::TenantId tenant);

/// False where there is no such live key.
bool revoke_key(service::Call& system, std::string_view id);

/// A key as the API shows it: everything but its secret.
Json key_json(const ApiKey& key);

/// The server itself, at work in a site.
Caller server_caller(store::TenantId tenant);

/// What a backend key may do unless less is asked for.
std::vector<std::string> backend_scopes();

/// The same and giving out further keys: the key that is made with a site.
std::vector<std::string> first_scopes();

}  // namespace loyalty::api
