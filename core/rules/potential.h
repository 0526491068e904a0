#pragma once

#include "core/rules/candidate.h"
#include "core/rules/selection.h"

namespace loyalty {

/// The most that a candidate can ever take off this cart, whatever runs before it: a bound, not an
/// estimate. Before tax.
Money potential_of(const Candidate& candidate, const Policy& policy, const PreparedCart& cart,
                   const RunState& untouched, Points available, Selection& selection);

}  // namespace loyalty
