#include "native/service/accounts/standing.h"

#include <algorithm>
#include <vector>

#include "core/ledger/expiry.h"
#include "core/rules/reward_available.h"
#include "core/rules/tier_assignment.h"
#include "native/service/program/catalogs.h"

namespace loyalty::service {
namespace {

/// The tiers as the rules take them; they borrow from the state.
std::vector<Tier> tiers_of(const ProgramState& program) {
  std::vector<Tier> tiers;
  tiers.reserve(program.tiers.size());
  for (const TierRow& tier : program.tiers) {
    tiers.push_back({TierId{tier.id}, tier.name, tier.required_points});
  }
  return tiers;
}

/// `now`, or the account's last tier event where ledger time is ahead of the clock (Z15): what was
/// just granted counts at once.
Instant tier_time(const ledger::Account& account, Instant now) {
  return account.tier_events.empty() ? now : std::max(now, account.tier_events.back().at);
}

TierForecast forecast_of(const ProgramState& program, const std::vector<Tier>& tiers,
                         const ledger::Account& account, Instant now) {
  return tier_forecast(tiers, program.tiers_active, account.tier_events,
                       program.ledger.settings.zone, program.window_months,
                       tier_time(account, now));
}

bool is_active(const ProgramState& program) {
  return program.ledger.settings.status == ledger::Status::active;
}

void earlier(std::optional<Instant>& due, Instant at) { due = due ? std::min(*due, at) : at; }

}  // namespace

void set_standing(Call& call, const ProgramState& program, const ledger::Account& account,
                  store::AccountRow& row) {
  const std::vector<Tier> tiers = tiers_of(program);
  const TierForecast tier = forecast_of(program, tiers, account, call.now);
  const std::string_view tier_id = tier.tier == nullptr ? "" : tier.tier->id.text();
  if (row.tier_id != tier_id || row.tier_points != tier.points) {
    row.tier_id = tier_id;
    row.tier_points = tier.points;
    row.tier_updated = call.now;
  }
  const auto expiry = ledger::next_expiry(program.ledger, account, call.now);
  const bool expires = expiry && expiry->points > no_points;
  row.expires_at = expires ? std::optional(expiry->at) : std::nullopt;
  row.expiring = expires ? expiry->points : no_points;
  row.reward_available =
      is_active(program) && reward_available(call.catalogs.catalog(call.store)->compiled->catalog(),
                                             TierId{row.tier_id}, row.available);
}

std::optional<Instant> reminder_now(const ProgramState& program, const store::AccountRow& row,
                                    const std::optional<Instant>& reminded, Instant now) {
  const bool wanted = is_active(program) && row.expires_at && reminded != row.expires_at &&
                      *row.expires_at - reminder_time <= now;
  return wanted ? row.expires_at : std::nullopt;
}

std::optional<Instant> due(const ProgramState& program, const ledger::Account& account,
                           const std::optional<Instant>& reminded, const store::AccountRow& row,
                           Instant now) {
  std::optional<Instant> due;
  for (const ledger::Hold& hold : account.holds) {
    if (hold.state == ledger::HoldState::held) {
      earlier(due, hold.expires_at);
    }
  }
  if (row.expires_at) {
    earlier(due, *row.expires_at);
    if (is_active(program) && reminded != row.expires_at) {
      earlier(due, *row.expires_at - reminder_time);
    }
  }
  const std::vector<Tier> tiers = tiers_of(program);
  const TierForecast tier = forecast_of(program, tiers, account, now);
  if (tier.changes_at) {
    earlier(due, *tier.changes_at);
  }
  return due;
}

}  // namespace loyalty::service
