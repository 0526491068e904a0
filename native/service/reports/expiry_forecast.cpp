#include "native/service/reports/expiry_forecast.h"

#include <algorithm>

#include "core/ledger/expiry.h"
#include "native/service/accounts/ledger_state.h"

namespace loyalty::service::reports {

ExpiryForecast::ExpiryForecast(const ledger::Program& program, Instant now, Instant horizon)
    : program_{program}, now_{now}, horizon_{horizon} {}

bool ExpiryForecast::needs_state() const {
  return program_.settings.expiry.model == ledger::ExpiryModel::lots;
}

std::vector<Loss> ExpiryForecast::losses(const store::AccountPoints& account) {
  switch (program_.settings.expiry.model) {
    case ledger::ExpiryModel::none:
      return {};
    case ledger::ExpiryModel::lots:
      return by_lots(account);
    case ledger::ExpiryModel::inactivity:
      break;
  }
  return by_inactivity(account);
}

/// Each expiry takes a percentage of what is left, rounded down, and then the clock starts again
/// (U32, U33).
std::vector<Loss> ExpiryForecast::by_inactivity(const store::AccountPoints& account) {
  std::vector<Loss> losses;
  if (!account.expires_at) {
    return losses;
  }
  Points left = account.available;
  Loss next{*account.expires_at, account.expiring};
  while (next.points > no_points && next.at < horizon_) {
    losses.push_back(next);
    left -= next.points;
    next = {expiry_after(next.at),
            Points::of(left.count() * program_.settings.expiry.percentage / 100)};
  }
  return losses;
}

std::vector<Loss> ExpiryForecast::by_lots(const store::AccountPoints& account) const {
  std::vector<Loss> losses;
  for (const ledger::Lot& lot : read_state(account.state).lots) {
    const Instant at = ledger::lot_expiry(program_, lot, now_);
    if (at < horizon_) {
      losses.push_back({at, lot.points});
    }
  }
  std::sort(losses.begin(), losses.end(), [](const Loss& a, const Loss& b) { return a.at < b.at; });
  return losses;
}

Instant ExpiryForecast::expiry_after(Instant expiry) {
  const auto known = following_.find(expiry);
  if (known != following_.end()) {
    return known->second;
  }
  ledger::Account idle;
  idle.inactive_since = {local_day(program_.settings.zone, expiry), expiry};
  return following_.emplace(expiry, ledger::inactivity_expiry(program_, idle, now_)).first->second;
}

}  // namespace loyalty::service::reports
