#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/model/catalog.h"
#include "native/service/checkout/charge.h"
#include "native/service/program/awards.h"

/// What the lines of an order count for each earning rule, so that a return takes back as much of a
/// rule's base as the returned lines had in it.
namespace loyalty::service {

/// `[{"ruleId","base","lines":[minor units of each line]}]`; what of the base belongs to no line
/// (shipping, fees) stays until all goods are back. `lines`: of the quote, in the cart's order.
Json earned_bases(const Catalog& catalog, const Json& cart, const Json& lines,
                  std::span<const EarnedPoints> earned);

/// The bases that the award of an order starts from.
std::vector<RuleBase> rule_bases(const Json& bases);

/// What is left of them after `returned[i]` of `quantities[i]` units of line i have come back.
std::vector<RuleBase> remaining_bases(const Json& bases, std::span<const std::int64_t> quantities,
                                      std::span<const std::int64_t> returned);

}  // namespace loyalty::service
