#pragma once

#include <cstdint>

#include "core/base/id.h"
#include "core/model/catalog.h"
#include "core/model/policy.h"
#include "core/money/currency.h"
#include "core/money/money.h"
#include "core/money/points.h"

/// What one earning rule gives for one base (U1, U2, U5 to U10). What the base is (U3, U4, Q13) is
/// the caller's decision: the quote takes it from a cart, the ledger's clients from a paid order.
namespace loyalty {

/// Points for spending `base` where every `money_amount` major units are worth `points`.
///
/// - wix: whole major units only, then exactly, then down. 4.99 EUR at 10 per 1 is 40; 10.00 EUR at
///   10 per 20 is 5.
/// - floor: exactly, then down. 4.99 EUR at 10 per 1 is 49.
/// - per_step: full steps only. 10.00 EUR at 10 per 20 is 0, 30.00 EUR is 10.
///
/// In a currency without decimals `wix` and `floor` agree (U2). A base of zero or less gives zero
/// (U5). The result never exceeds limits::points_max; no input in range overflows.
///
/// Requires: money_amount >= 1; points >= 0.
Points converted_points(Money base, Currency currency, std::int64_t money_amount, Points points,
                        EarnRounding rounding);

/// The config by which a member of `tier` (empty: the base tier) earns; null: no award.
///
/// While tiers are not active everybody has the base tier's config. A tier without a config earns
/// nothing, unless the rule says that its base config applies to all (U8). The tier is the one
/// before the grant (U7).
const EarningConfig* config_for(const EarningRule& rule, TierId tier, bool tiers_active);

/// The money for which a config that converts money gives its points once.
///
/// Requires: config.money_amount >= 1.
Money step_of(const EarningConfig& config, Currency currency);

/// What a rule grants, and whether the limit of a single grant cut it (U10).
struct Award {
  Points points;
  bool clamped = false;  ///< more than limits::points_per_call_max was earned; the entry says so
};

/// The award for a base: fixed points or converted ones, never more than the rule's `max_points`,
/// and never more than limits::points_per_call_max. A base of zero or less gives zero, of fixed
/// points too (U5); an activity that has no base at all (a birthday) is `activity_award`.
///
/// Requires: `config` is one of the rule's.
Award rule_award(const EarningRule& rule, const EarningConfig& config, Money base,
                 Currency currency, EarnRounding rounding);

/// The award of an activity without a base: the config's points, capped alike. Zero where the
/// config converts money.
Award activity_award(const EarningRule& rule, const EarningConfig& config);

/// The points of rule_award().
Points rule_points(const EarningRule& rule, const EarningConfig& config, Money base,
                   Currency currency, EarnRounding rounding);

}  // namespace loyalty
