#include "native/api/idempotency.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "native/api/failures.h"
#include "native/api/router.h"
#include "native/http/server.h"
#include "native/wire/refused.h"

namespace loyalty::api {
namespace {

using wire::Code;
using wire::Refused;

/// Effects of a "no" are undone to where the operation began; the "no" itself stays.
Outcome outcome_of(store::Session& session, const std::function<Outcome()>& work) {
  Outcome outcome;
  try {
    session.attempt([&] { outcome = work(); });
    return outcome;
  } catch (const store::Unavailable&) {
    throw;
  } catch (const store::Corrupt&) {
    throw;
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    if (!is_outcome(failure.refusal)) {
      throw;
    }
    return {.status = failure.refusal.http_status(), .body = wire::text_of(failure.refusal.body())};
  }
}

}  // namespace

void check_key(const service::Route& route, std::string_view header) {
  if (header.empty()) {
    if (route.key == service::Route::Key::required) {
      throw Refused{Code::idempotency_key_required};
    }
    return;
  }
  const bool printable =
      std::all_of(header.begin(), header.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!printable || header.size() > key_length_max) {
    throw Refused::invalid("Idempotency-Key", "FORMAT",
                           "must be 1 to 256 printable characters of ASCII");
  }
}

KeyUse key_use(const service::Route& route, std::string_view principal, std::string_view key,
               std::string_view canonical_request) {
  std::string text{http::name_of(method_of(route.verb))};
  text.append("\n").append(route.path).append("\n").append(canonical_request);
  return {.scope = std::string{principal} + "\n" + std::string{route.name},
          .key = std::string{key},
          .fingerprint = sha256(text)};
}

Outcome once(store::Session& session, const KeyUse& use, Instant now,
             const std::function<Outcome()>& work) {
  if (const auto before = session.remembered(use.scope, use.key)) {
    if (before->fingerprint != use.fingerprint) {
      throw Refused{Code::idempotency_key_reused};
    }
    return {.status = before->status, .body = before->body, .replayed = true};
  }
  Outcome outcome = outcome_of(session, work);
  const std::string& kept = outcome.kept_body.empty() ? outcome.body : outcome.kept_body;
  session.remember(use.scope, use.key, {use.fingerprint, outcome.status, kept}, now);
  return outcome;
}

}  // namespace loyalty::api
