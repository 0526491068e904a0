#include "native/api/member_token.h"

#include <algorithm>

#include "core/base/check.h"
#include "native/wire/base64.h"
#include "native/wire/json.h"

namespace loyalty::api {
namespace {

using wire::base64url;
using wire::from_base64url;
using wire::integer_at;
using wire::text_at;

constexpr std::size_t token_bytes_max = 2'048;
constexpr std::int64_t clock_skew_seconds = 60;

struct Parts {
  std::string_view header, payload, signature;
  std::string_view signed_text;
};

std::optional<Parts> parts_of(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (token.size() > token_bytes_max || first == token.npos || first == last ||
      token.find('.', first + 1) != last) {
    return std::nullopt;
  }
  return Parts{token.substr(0, first), token.substr(first + 1, last - first - 1),
               token.substr(last + 1), token.substr(0, last)};
}

std::optional<Json> object_of(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes) {
    return std::nullopt;
  }
  auto read = wire::parse(*bytes, token_bytes_max);
  if (!read.ok() || !read.value().is_object()) {
    return std::nullopt;
  }
  return std::move(read.value());
}

bool signed_by(const SigningKey& key, const Parts& parts) {
  const auto given = from_base64url(parts.signature);
  return given && same_secret(*given, bytes_of(hmac_sha256(key.secret, parts.signed_text)));
}

bool valid_now(const MemberClaims& claims, Instant now) {
  const std::int64_t seconds = now.ms() / 1'000;
  return claims.issued_at <= seconds + clock_skew_seconds && seconds < claims.expires_at &&
         claims.expires_at > claims.issued_at &&
         claims.expires_at - claims.issued_at <= token_seconds_max;
}

bool is_time(const Json& claims, const char* name) {
  const Json& value = wire::member(claims, name);
  return value.is_number_integer() && value >= 0 && value <= Instant::max().ms() / 1'000;
}

}  // namespace

std::string member_token(const Site& site, const MemberClaims& claims) {
  LOYALTY_CHECK(!site.signing_keys.empty());
  const SigningKey& key = site.signing_keys.back();
  const Json header{{"alg", "HS256"}, {"typ", "JWT"}, {"kid", key.id}};
  const Json payload{{"aud", claims.site},
                     {"sub", claims.member_id},
                     {"contactId", claims.contact_id},
                     {"iat", claims.issued_at},
                     {"exp", claims.expires_at}};
  std::string token = base64url(wire::text_of(header));
  token += '.';
  token += base64url(wire::text_of(payload));
  const Digest signature = hmac_sha256(key.secret, token);
  token += '.';
  token += base64url(bytes_of(signature));
  return token;
}

std::optional<MemberClaims> verified_claims(std::string_view token, const SiteById& site_by_id,
                                            Instant now) {
  const auto parts = parts_of(token);
  if (!parts) {
    return std::nullopt;
  }
  const auto header = object_of(parts->header);
  const auto payload = object_of(parts->payload);
  if (!header || !payload || text_at(*header, "alg") != "HS256" || header->contains("crit")) {
    return std::nullopt;
  }
  const Site* const site = site_by_id(text_at(*payload, "aud"));
  if (site == nullptr) {
    return std::nullopt;
  }
  const std::string key_id = text_at(*header, "kid");
  const auto key = std::find_if(site->signing_keys.begin(), site->signing_keys.end(),
                                [&key_id](const SigningKey& one) { return one.id == key_id; });
  if (key == site->signing_keys.end() || !signed_by(*key, *parts)) {
    return std::nullopt;
  }
  if (!is_time(*payload, "iat") || !is_time(*payload, "exp")) {
    return std::nullopt;
  }
  MemberClaims claims{.site = site->id,
                      .member_id = text_at(*payload, "sub"),
                      .contact_id = text_at(*payload, "contactId"),
                      .issued_at = integer_at(*payload, "iat"),
                      .expires_at = integer_at(*payload, "exp")};
  if (claims.member_id.empty() || !valid_now(claims, now)) {
    return std::nullopt;
  }
  return claims;
}

}  // namespace loyalty::api
