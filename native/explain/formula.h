#pragma once

#include <string>

#include "native/explain/running_cart.h"
#include "native/explain/scene.h"

namespace loyalty::cli {

/// How the amount of one step of a discount comes about, to be redone with a pocket calculator:
/// `10 % of 49.80 = 4.98`, `320 points × 5.00 ÷ 500 = 3.20`. `running` stands before the step.
std::string formula(const Scene& scene, const Discount& discount, const ExplainRow& row,
                    const RunningCart& running);

}  // namespace loyalty::cli
