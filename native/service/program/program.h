#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/settings.h"
#include "core/model/policy.h"
#include "core/money/currency.h"
#include "core/rules/refund.h"
#include "native/service/call.h"
#include "native/store/session.h"

namespace loyalty::service {

/// A tier as members are assigned to it.
struct TierRow {
  std::string id;
  std::string name;
  Points required_points;
};

/// The program of a site as everything else needs it: made from its documents once and shared until
/// one of them changes.
struct ProgramState {
  std::int64_t catalog_version = 0;  ///< grows with every change of what a quote depends on
  ledger::Program ledger;            ///< status, zone, expiry rules, pauses
  Currency currency;
  std::string time_zone;
  bool tiers_active = false;
  std::int64_t window_months = 12;
  std::vector<TierRow> tiers;  ///< ascending
  EarnRounding earn_rounding = EarnRounding::wix;
  PointsRefund points_refund = PointsRefund::whole_order;
  bool restaurants_mode = false;
  bool auto_pause = false;
  std::optional<Points> min_points_to_spend;
  std::vector<std::string> enabled_channels;  ///< FACEBOOK, …
  std::vector<std::string> allowed_origins;
  std::string site;  ///< GUID
};

/// The state of the call's site. In a writing call as its own writes left it.
std::shared_ptr<const ProgramState> program_of(Call& call);

/// Throws PROGRAM_NOT_ACTIVE.
void require_active(Call& call);

/// What an edit of the rules was, for the history of the catalog.
struct CatalogEdit {
  std::string_view operation;  ///< the route's name
  std::string entity_id = {};  ///< empty: the program itself, or several
  std::string name = {};       ///< of the entity
};

/// To be called by whoever changed a document that a quote depends on: a new catalog version, and
/// program_of() reads anew.
void catalog_changed(Call& call, const CatalogEdit& edit);

/// Makes the documents of a new site: program DRAFT, settings by default, pre-installed rules.
void install_program(Call& call, std::string_view site, const Json& settings);

/// Recalculates all accounts after a change of tiers, rewards or the program: in slices of work
/// that the scheduler carries out. `trigger`: REWARD_UPDATED or TIERS_RECALCULATED.
void recalculate_later(Call& call, std::string_view trigger);

/// Whether a recalculation is under way that has not come to the account yet: what is stored of its
/// tier, its rewards and its expiry is by the rules before.
bool awaits_recalculation(Call& call, std::string_view account_id);

}  // namespace loyalty::service
