#pragma once

#include "core/base/arena.h"
#include "core/model/quote.h"
#include "core/rules/candidate.h"
#include "core/rules/effect_runner.h"

namespace loyalty {

/// The explanation of one effect just computed; its shares stand in `selection` (Q17).
ExplainRow explain_effect(const CompiledEffect& effect, const Candidate& candidate,
                          const EffectOutcome& done, const Policy& policy, const PreparedCart& cart,
                          const Selection& selection, Arena& arena);

/// All steps of a finished quote from subtotal to payable, with the effects' steps in their place.
std::span<const ExplainRow> explain_quote(const Quote& quote, std::span<const ExplainRow> effects,
                                          const Policy& policy, const PreparedCart& cart,
                                          Arena& arena);

}  // namespace loyalty
