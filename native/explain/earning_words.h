#pragma once

#include <string>

#include "native/explain/scene.h"

namespace loyalty::cli {

/// The title of an earning rule, else its id; safe for a terminal.
std::string rule_title(const Scene& scene, RuleId rule);

/// How the points of a rule come about: `whole EUR of 53.29 × 5 ÷ 1, rounded down`.
std::string earning_formula(const Scene& scene, const EarnedByRule& earned);

}  // namespace loyalty::cli
