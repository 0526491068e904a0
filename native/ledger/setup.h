#pragma once

#include <string>
#include <vector>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/json/tape.h"
#include "core/ledger/settings.h"
#include "core/model/catalog.h"
#include "core/model/policy.h"
#include "core/money/currency.h"

namespace loyalty::ledger {

/// A tier with its own texts.
struct TierRule {
  std::string id;
  std::string name;
  Points required_points;
};

/// The first line: how the program runs, and what time it is.
struct Setup {
  Instant now;
  Settings settings;
  std::optional<Currency> currency;  ///< for earning by conversion
  EarnRounding earn_rounding = EarnRounding::wix;
  bool tiers_active = true;
  std::int64_t window_months = 12;
  std::vector<TierRule> tiers;
};

/// Reads the setup; everything but `now` has a default. Unknown fields are refused.
Result<Setup> decode_setup(const Tape& tape);

/// The tiers as the rules take them; they borrow from the setup.
std::vector<Tier> tiers_of(const Setup& setup);

}  // namespace loyalty::ledger
