#include "core/ledger/expiry.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

namespace loyalty::ledger {
namespace {

Instant expiry_in(const Program& program, const Deadline& deadline, Instant now) {
  return expiry_of(deadline, program.settings.zone, program.pauses, now);
}

/// The later of the calendar's expiry and of what a refund or a change of rules promised.
Instant not_before(const Program& program, Instant expiry, const std::optional<Deadline>& refunded,
                   Instant now) {
  for (const std::optional<Deadline>& floor : {refunded, program.expiry_changed}) {
    if (floor) {
      expiry = std::max(expiry, expiry_in(program, *floor, now));
    }
  }
  return expiry;
}

Deadline deadline_from(const Program& program, Date day, Instant since) {
  const ExpiryRules& rules = program.settings.expiry;
  return {last_valid_day(day, rules.months, rules.grain), since};
}

std::optional<NextExpiry> next_lot(const Program& program, const Account& account, Instant now) {
  std::optional<NextExpiry> next;
  for (const Lot& lot : account.lots) {
    const Instant at = lot_expiry(program, lot, now);
    if (!next || at < next->at) {
      next = NextExpiry{at, lot.points};
    } else if (at == next->at) {
      next->points += lot.points;
    }
  }
  return next;
}

}  // namespace

Instant lot_expiry(const Program& program, const Lot& lot, Instant now) {
  const Deadline deadline = deadline_from(program, lot.granted_day, lot.granted_at);
  return not_before(program, expiry_in(program, deadline, now), lot.refunded, now);
}

Instant inactivity_expiry(const Program& program, const Account& account, Instant now) {
  const InactiveSince& since = account.inactive_since;
  const Deadline deadline = deadline_from(program, since.day, since.at);
  return not_before(program, expiry_in(program, deadline, now), account.refunded, now);
}

std::optional<NextExpiry> next_expiry(const Program& program, const Account& account, Instant now) {
  switch (program.settings.expiry.model) {
    case ExpiryModel::none:
      return std::nullopt;
    case ExpiryModel::lots:
      return next_lot(program, account, now);
    case ExpiryModel::inactivity:
      break;
  }
  const std::int64_t available = max(account.balance.available(), no_points).count();
  const Points lost = Points::of(available * program.settings.expiry.percentage / 100);
  return NextExpiry{inactivity_expiry(program, account, now), lost};
}

void put_in_spending_order(const Program& program, Account& account, Instant now) {
  const bool by_expiry = program.settings.expiry.model == ExpiryModel::lots;
  std::vector<std::pair<Instant, Lot>> ordered;
  ordered.reserve(account.lots.size());
  for (Lot& lot : account.lots) {
    const Instant expiry = by_expiry ? lot_expiry(program, lot, now) : Instant::min();
    ordered.emplace_back(expiry, std::move(lot));
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.granted_at, a.second.sequence, a.second.key) <
           std::tie(b.first, b.second.granted_at, b.second.sequence, b.second.key);
  });
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    account.lots[i] = std::move(ordered[i].second);
  }
}

Deadline grace_from(const ZoneTable& zone, Instant at) {
  return {local_day(zone, at + Duration::days(grace_days)), at};
}

}  // namespace loyalty::ledger
