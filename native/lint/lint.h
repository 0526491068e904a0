#pragma once

#include <vector>

#include "core/base/instant.h"
#include "core/model/catalog.h"
#include "native/lint/finding.h"
#include "native/lint/subject.h"

namespace loyalty::cli {

/// Everything that is suspicious about a valid catalog at `now`, in the order of the checks below;
/// the same catalog and instant give the same findings.
std::vector<Finding> lint(const Catalog& catalog, Instant now);

using Findings = std::vector<Finding>;

/// What can never run: windows, conditions, scopes, codes, limits, effects without effect.
void find_unreachable(const Catalog& catalog, std::span<const Subject> subjects, Instant now,
                      Findings& findings);
/// Tiers that do not exist, are not used, or were forgotten.
void find_tier_mistakes(const Catalog& catalog, std::span<const Subject> subjects,
                        Findings& findings);
/// What stands in the way of each other: shadowed, tied, doubled.
void find_conflicts(std::span<const Subject> subjects, Instant now, Findings& findings);
/// What gives goods away, and steps that fall.
void find_giveaways(const Catalog& catalog, std::span<const Subject> subjects, Findings& findings);
/// Points that pay for the purchase that earns them.
void find_loops(const Catalog& catalog, Findings& findings);

}  // namespace loyalty::cli
