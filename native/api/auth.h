#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "native/api/directory.h"
#include "native/http/server.h"
#include "native/service/call.h"

/// Who is calling.
namespace loyalty::api {

/// What a caller has proved itself by, as far as it can end.
struct Credential {
  std::string key_prefix;          ///< of a key; empty: not by one
  std::optional<Instant> expires;  ///< of a token
};

struct Authenticated {
  Credential credential;
  service::Caller caller;  ///< caller.tenant: the site, or the system tenant where none is named
  std::shared_ptr<const Roster> roster;
  const Site* site = nullptr;  ///< of the roster; null where none is named
};

/// Recognises callers by the Authorization header, with or without `Bearer`:
///   prefix.secret      a key of a backend, or of a user
///   three parts        a member's token
///   nothing            a visitor
/// The site is the one of the key or token. Users and visitors name it in the path of a storefront
/// call or in the header `x-loyalty-site`; users who name none mean the first of theirs.
///
/// Throws UNAUTHENTICATED for credentials that are not valid, the same for every reason, and
/// SITE_NOT_FOUND where the site named is not one of the caller's.
class Authenticator {
 public:
  explicit Authenticator(Directory& directory) : directory_{directory} {}

  /// `site_in_path`: empty where the path names none.
  Authenticated authenticate(const http::Request& request, std::string_view site_in_path,
                             Instant now) const;

  /// Whether what was accepted once would be accepted still.
  bool still_holds(const Credential& credential, Instant now) const;

 private:
  Directory& directory_;
};

}  // namespace loyalty::api
