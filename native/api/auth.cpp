#include "native/api/auth.h"

#include <algorithm>

#include "native/api/member_token.h"
#include "native/http/gate.h"
#include "native/wire/refused.h"

namespace loyalty::api {
namespace {

using service::Caller;
using wire::Code;
using wire::Refused;

std::string_view credentials_of(const http::Request& request) {
  std::string_view value = request.header("authorization");
  constexpr std::string_view scheme = "Bearer ";
  if (value.size() > scheme.size() && http::same_word(value.substr(0, scheme.size()), scheme)) {
    value.remove_prefix(scheme.size());
  }
  while (value.starts_with(' ')) {
    value.remove_prefix(1);
  }
  return value;
}

/// The key whose text this is. Does the same work whether or not there is one with the prefix.
const ApiKey* verified_key(const Roster& roster, std::string_view text) {
  const std::size_t point = text.find('.');
  const ApiKey* const key = roster.key(text.substr(0, point));
  const Digest given = sha256(text.substr(point + 1));
  const Digest kept = key == nullptr ? Digest{} : key->hash;
  return same_secret(given, kept) ? key : nullptr;
}

Caller caller_of(const ApiKey& key) {
  Caller caller;
  caller.identity = key.identity;
  caller.principal = (key.identity == Caller::Identity::user ? "user:" : "app:") + key.app_id;
  caller.app_id = key.app_id;
  caller.scopes = key.scopes;
  return caller;
}

Caller caller_of(MemberClaims claims) {
  Caller caller;
  caller.identity = Caller::Identity::member;
  caller.principal = "member:" + claims.member_id;
  caller.contact_id = std::move(claims.contact_id);
  caller.member_id = std::move(claims.member_id);
  return caller;
}

Caller visitor(std::string_view peer) {
  Caller caller;
  caller.principal = "visitor:" + std::string{peer};
  return caller;
}

/// Ids in headers and paths may come in capitals.
std::string folded(std::string_view id) {
  std::string text{id};
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

Authenticated Authenticator::authenticate(const http::Request& request,
                                          std::string_view site_in_path, Instant now) const {
  Authenticated result;
  result.roster = directory_.roster();
  const Roster& roster = *result.roster;
  const std::string_view credentials = credentials_of(request);
  std::vector<const Site*> own;  // of users and apps; empty: any
  bool any_site = false;
  if (credentials.empty()) {
    result.caller = visitor(request.peer);
    any_site = true;
  } else if (std::count(credentials.begin(), credentials.end(), '.') == 1) {
    const ApiKey* const key = verified_key(roster, credentials);
    if (key == nullptr) {
      throw Refused{Code::unauthenticated};
    }
    result.credential.key_prefix = key->prefix;
    result.caller = caller_of(*key);
    any_site = key->sites.empty();
    for (const std::string& id : key->sites) {
      if (const Site* const site = roster.site(id)) {
        own.push_back(site);
      }
    }
  } else {
    auto claims = verified_claims(
        credentials, [&roster](std::string_view id) { return roster.site(id); }, now);
    if (!claims) {
      throw Refused{Code::unauthenticated};
    }
    own.push_back(roster.site(claims->site));
    result.credential.expires = Instant::from_ms(claims->expires_at * 1'000);
    result.caller = caller_of(std::move(*claims));
  }
  if (result.caller.identity == Caller::Identity::user) {
    if (any_site) {
      for (const Site& site : roster.sites()) {
        own.push_back(&site);
      }
    }
    for (const Site* const site : own) {
      result.caller.sites.push_back(site->tenant);
    }
  }

  const std::string_view in_header = request.header("x-loyalty-site");
  for (const std::string_view named : {site_in_path, in_header}) {
    if (named.empty()) {
      continue;
    }
    const Site* const site = roster.site(folded(named));
    const bool allowed =
        site != nullptr && (any_site || std::find(own.begin(), own.end(), site) != own.end());
    if (!allowed || (result.site != nullptr && result.site != site)) {
      throw Refused{Code::site_not_found};
    }
    result.site = site;
  }
  if (result.site == nullptr && !own.empty()) {
    result.site = own.front();
  }
  if (result.site != nullptr) {
    result.caller.tenant = result.site->tenant;
  }
  return result;
}

bool Authenticator::still_holds(const Credential& credential, Instant now) const {
  if (credential.expires && *credential.expires <= now) {
    return false;
  }
  return credential.key_prefix.empty() ||
         directory_.roster()->key(credential.key_prefix) != nullptr;
}

}  // namespace loyalty::api
