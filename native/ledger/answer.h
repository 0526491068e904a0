#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/json/writer.h"
#include "core/ledger/book.h"
#include "native/ledger/operation.h"
#include "native/ledger/setup.h"

namespace loyalty::ledger {

/// A member moved to another tier because time passed (T3, U46).
struct TierChange {
  std::string account;
  Instant at;
  std::string from;  ///< id; empty: the base tier
  std::string to;
};

/// All tier changes after `from` up to and including `to`, in time order.
std::vector<TierChange> tier_changes(const Book& book, const Setup& setup, Instant from,
                                     Instant to);

/// Writes the answers, one line each, without the newline.
class Answers {
 public:
  explicit Answers(const Setup& setup) : setup_{setup} {}

  std::string_view opened(Instant now);
  /// `past`: the operation named a time before the clock, which stays where it is.
  std::string_view done(const Book& book, const Operation& operation, const Outcome& outcome,
                        const std::vector<TierChange>& changes, Instant now, bool past);
  std::string_view refused(const Operation& operation, const Refusal& refusal);
  std::string_view final_state(const Book& book, Instant now);

 private:
  void account(const Program& program, const Account& account, Instant now, bool whole);
  void lots_and_holds(const Program& program, const Account& account, Instant now);

  const Setup& setup_;
  Writer to_;
};

/// {"ok":false,"error":{"code","message","path"}}
std::string_view write_error(const Error& error, Writer& to);

}  // namespace loyalty::ledger
