#pragma once

#include <optional>
#include <string>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/json/tape.h"
#include "core/ledger/command.h"
#include "native/ledger/setup.h"

namespace loyalty::ledger {

/// A line after the first.
struct Operation {
  std::string name;  ///< as the line has it
  std::string key;   ///< empty: the line may go without one, and does
  std::string origin;
  std::optional<Instant> at;  ///< the clock goes there first; absent: it stays
  Command command;
};

/// Reads an operation. `advance` is an Expire of all accounts at its `to`. Points by conversion are
/// computed here, by the setup's currency and rounding. Unknown fields are refused.
Result<Operation> decode_operation(const Tape& tape, const Setup& setup);

}  // namespace loyalty::ledger
