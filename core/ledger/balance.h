#pragma once

#include "core/ledger/entry.h"
#include "core/money/points.h"

namespace loyalty::ledger {

/// The totals of one account, or of a whole program: the sum of its entries and nothing else.
///
/// Since all places sum to zero, available = earned + adjusted - redeemed - expired holds at every
/// instant (U25), where redeemed counts held points too (U95).
class Balance {
 public:
  void post(const Postings& postings) { sums_ += postings; }

  /// What the member can spend; negative only under the policy that allows it (U15).
  Points available() const { return sums_.on(LedgerAccount::member_available); }
  Points held() const { return sums_.on(LedgerAccount::member_held); }
  /// Ever earned, less what was reversed (U13).
  Points earned() const {
    return -(sums_.on(LedgerAccount::program_issued) + sums_.on(LedgerAccount::program_reversed));
  }
  Points adjusted() const { return -sums_.on(LedgerAccount::program_adjusted); }
  /// Held and spent, less what was refunded (U95).
  Points redeemed() const { return held() + sums_.on(LedgerAccount::program_redeemed); }
  Points expired() const { return sums_.on(LedgerAccount::program_expired); }

  const Postings& sums() const { return sums_; }

  friend bool operator==(const Balance&, const Balance&) = default;

 private:
  Postings sums_;
};

}  // namespace loyalty::ledger
