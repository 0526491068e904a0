#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "native/store/session.h"

/// The auditor of a store derives every number of a site again from its entries alone. It reads
/// slice by slice: its memory grows with the longest account, not with the store.
namespace loyalty::store {

enum class Invariant : std::uint8_t {
  sums_to_zero,        ///< L1: every entry, every account and the program
  balance_is_sum,      ///< L2: an account's totals, and what its entries say of them, are the sums
  never_negative,      ///< L3: available and held, unless the account may be below zero
  held_is_open_holds,  ///< L4: and every hold ends at most once
  one_effect_per_key,  ///< L5: as far as one account's entries tell
  gapless_sequence,    ///< L7: sequences without gaps, ledger time increasing
  chain_verifies,      ///< L7: every hash, and the account knows the last one
  row_is_readable,     ///< entries, accounts, items and documents are as they were written
  entry_has_account,   ///< no entries beside those of the accounts
  events_are_gapless,  ///< the outbox has every number from its first on
};

/// `BALANCE_IS_SUM`
std::string_view name_of(Invariant invariant);

struct Finding {
  Invariant invariant;
  std::string account;        ///< empty: the program
  std::int64_t sequence = 0;  ///< of the entry or the event, 0 where it is about the whole
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct Audit {
  std::vector<Finding> findings;  ///< the first of them, at most `findings_max`
  std::int64_t found = 0;         ///< how many there are
  std::int64_t accounts = 0;
  std::int64_t entries = 0;
  std::int64_t events = 0;
  std::int64_t documents = 0;
  Points available, held;  ///< of the program, by its entries
};
inline constexpr std::size_t findings_max = 1'000;

/// Everything that is wrong with a site's ledger. Throws Corrupt where the store itself cannot be
/// read any further.
Audit audit(Session& session);

}  // namespace loyalty::store
