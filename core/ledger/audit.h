#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/book.h"

/// The auditor derives every number of a book again from its entries alone.
namespace loyalty::ledger {

enum class Invariant : std::uint8_t {
  sums_to_zero,        ///< L1: every entry, every account and the program
  balance_is_sum,      ///< L2: totals are the sums of the entries, and U25
  never_negative,      ///< L3: available and held, unless the policy allows debt below zero
  held_is_open_holds,  ///< L4: and every hold ends at most once
  one_effect_per_key,  ///< L5
  gapless_sequence,    ///< L7: sequences without gaps, ledger time increasing
  lots_are_available,  ///< the lots are worth what is available; a hold's, what it holds or spent
  reversals_in_range,  ///< nothing is reversed or refunded beyond what there was; debts add up
};

/// `BALANCE_IS_SUM`
std::string_view name_of(Invariant invariant);

struct Finding {
  Invariant invariant;
  std::string account;  ///< empty: the program
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// Everything that is wrong with the book; nothing in a book that only apply() has touched.
std::vector<Finding> audit(const Book& book);

}  // namespace loyalty::ledger
