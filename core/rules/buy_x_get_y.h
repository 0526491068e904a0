#pragma once

#include "core/rules/selection.h"

namespace loyalty {

/// Lays out the eligible units and selects those that are given, marking bought and given units as
/// used (Q8a). Afterwards `selection` holds the lines with given units, in cart order.
void select_given_units(const CompiledEffect& effect, const PreparedCart& cart, RunState& state,
                        Selection& selection);

/// What a first group needs of one scope, and what there is.
struct UnitsNeeded {
  std::int64_t required = 0;
  std::int64_t actual = 0;
  const Scope* scope = nullptr;             ///< null: anything
  const CompiledScope* compiled = nullptr;  ///< the effect's scope or get_scope
};

/// What a first group needs of the scope that lacks units; required <= actual where nothing lacks.
/// Ignores units used by other effects.
UnitsNeeded units_needed(const CompiledEffect& effect, const PreparedCart& cart,
                         const RunState& untouched, Selection& selection);

}  // namespace loyalty
