#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "native/api/identity.h"

/// Tokens of signed-in members: compact JWS, HMAC with SHA-256, for fifteen minutes at most.
namespace loyalty::api {

inline constexpr std::int64_t token_seconds_max = 900;

struct MemberClaims {
  std::string site;             ///< GUID; the audience
  std::string member_id;        ///< the subject
  std::string contact_id;       ///< GUID
  std::int64_t issued_at = 0;   ///< seconds since 1970
  std::int64_t expires_at = 0;  ///< seconds since 1970; not valid from then on
};

/// A token signed with the site's newest key.
std::string member_token(const Site& site, const MemberClaims& claims);

/// The claims of a token that is valid now: signed by a live key of the site that it names as its
/// audience, with the one algorithm that there is, issued and not expired, for no longer than
/// allowed. Nothing for everything else.
using SiteById = std::function<const Site*(std::string_view id)>;
std::optional<MemberClaims> verified_claims(std::string_view token, const SiteById& site_by_id,
                                            Instant now);

}  // namespace loyalty::api
