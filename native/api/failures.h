#pragma once

#include <exception>
#include <string>

#include "native/wire/refused.h"

namespace loyalty::api {

/// How a call ends that did not succeed.
struct Failure {
  wire::Refused refusal;  ///< what the caller is told
  std::string cause;      ///< for the log, of what is not the caller's business; empty otherwise
};

/// A "no" as it is; Conflict as REVISION_MISMATCH; what the store cannot do now as TEMPORARY; all
/// else is our bug or a broken disk: INTERNAL, with nothing of it in the answer.
Failure failure_of(const std::exception_ptr& thrown);

/// Whether this "no" is an outcome of the call, to be repeated to whoever repeats the call, and not
/// a reason why it never took place.
bool is_outcome(const wire::Refused& refusal);

}  // namespace loyalty::api
