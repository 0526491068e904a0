#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "native/api/secrets.h"
#include "native/service/route.h"
#include "native/store/session.h"

/// The first answer to a key is the answer to it for good (U26).
namespace loyalty::api {

inline constexpr std::size_t key_length_max = 256;

/// What an operation came to, as it is sent.
struct Outcome {
  int status = 200;
  std::string body;
  bool replayed = false;
  std::string kept_body = {};  ///< remembered in place of body where that holds a secret
};

/// What a key belongs to: the caller and the operation. The site is the session's.
struct KeyUse {
  std::string scope;
  std::string key;
  Digest fingerprint = {};  ///< of method, route and canonical request
};

/// Throws where the header is missing though the row needs it, or is not 1 to 256 printable ASCII
/// characters.
void check_key(const service::Route& route, std::string_view header);

KeyUse key_use(const service::Route& route, std::string_view principal, std::string_view key,
               std::string_view canonical_request);

/// Runs `work` once for a key, in the session's transaction, and remembers how it ended: a "no"
/// too, whose effects are undone. Later calls get the same answer without running it. Throws
/// IDEMPOTENCY_KEY_REUSED where the key was used for another request, and what `work` throws where
/// that is not an outcome of the call.
Outcome once(store::Session& session, const KeyUse& use, Instant now,
             const std::function<Outcome()>& work);

}  // namespace loyalty::api
