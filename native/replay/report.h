#pragma once

#include <string>

#include "core/money/currency.h"
#include "native/replay/tally.h"
#include "native/text/style.h"

namespace loyalty::cli {

/// What would have changed, for a person.
std::string replay_text(const Tally& tally, Currency currency, const Style& style);
/// The same figures as JSON; amounts in minor units.
std::string replay_json(const Tally& tally, Currency currency);

}  // namespace loyalty::cli
