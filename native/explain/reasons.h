#pragma once

#include <string>

#include "native/explain/scene.h"

namespace loyalty::cli {

/// Why a candidate does not run, with its numbers: `It asks for 50.00 EUR of shoes; the cart has
/// 44.95.`
std::string reason_words(const Rejection& rejection, const Scene& scene);
/// The same of an offer or a near miss, which carry the code only.
std::string reason_words(RejectionCode code);

/// What would help: `add 5.05 EUR of shoes`, `520 points more`, `from 1 December 2025`. Empty where
/// nothing does.
std::string fix_words(const Fix& fix, RejectionCode code, const Fact& required, const Fact& actual,
                      const Scene& scene);

}  // namespace loyalty::cli
