#pragma once

#include <map>
#include <vector>

#include "core/ledger/account.h"
#include "core/ledger/settings.h"
#include "native/store/records.h"

/// When points will be gone if nobody does anything.
namespace loyalty::service::reports {

struct Loss {
  Instant at;  ///< the first instant without them
  Points points;
};

class ExpiryForecast {
 public:
  /// `program` outlives this. Looks ahead to `horizon`.
  ExpiryForecast(const ledger::Program& program, Instant now, Instant horizon);

  /// Whether losses() needs the states of accounts.
  bool needs_state() const;

  /// All losses of an account up to the horizon, in time order; together never more than what is
  /// available.
  std::vector<Loss> losses(const store::AccountPoints& account);

 private:
  std::vector<Loss> by_inactivity(const store::AccountPoints& account);
  std::vector<Loss> by_lots(const store::AccountPoints& account) const;
  Instant expiry_after(Instant expiry);

  const ledger::Program& program_;
  const Instant now_;
  const Instant horizon_;
  std::map<Instant, Instant> following_;  ///< accounts share few expiries: they fall on day ends
};

}  // namespace loyalty::service::reports
