#include "native/api/failures.h"

#include "native/store/session.h"

namespace loyalty::api {

using wire::Code;
using wire::Refused;

Failure failure_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Refused& refusal) {
    return {refusal, {}};
  } catch (const store::Conflict&) {
    return {Refused{Code::revision_mismatch}, {}};
  } catch (const store::Unavailable& error) {
    return {Refused{Code::temporary}, error.what()};
  } catch (const std::exception& error) {
    return {Refused{Code::internal}, error.what()};
  } catch (...) {
    return {Refused{Code::internal}, "something that is not an exception was thrown"};
  }
}

bool is_outcome(const Refused& refusal) {
  switch (refusal.code()) {
    case Code::validation:
    case Code::idempotency_key_required:
    case Code::idempotency_key_reused:
    case Code::unauthenticated:
    case Code::permission_denied:
    case Code::not_found:
    case Code::method_not_allowed:
    case Code::payload_too_large:
    case Code::unsupported_media_type:
    case Code::rate_limited:
    case Code::temporary:
    case Code::internal:
      return false;
    default:
      return true;
  }
}

}  // namespace loyalty::api
