#pragma once

#include <string>
#include <vector>

#include "core/rules/compiled_catalog.h"
#include "core/rules/quote.h"
#include "native/explain/scene.h"

namespace loyalty::cli {

/// What is to be said beside each offer of a quote: the positions of a slider, or, where it cannot
/// be used, why not and what would help. An offer carries the bare code, so the numbers are those
/// of a quote in which it is chosen as well.
std::vector<std::string> offer_notes(const Scene& scene, const CompiledCatalog& catalog,
                                     const Checkout& checkout, const Intent& intent,
                                     std::span<const Offer> offers);

}  // namespace loyalty::cli
