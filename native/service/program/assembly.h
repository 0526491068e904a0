#pragma once

#include <vector>

#include "native/service/program/catalogs.h"

namespace loyalty::service {

/// Configs for tiers that there no longer are (U43).
enum class Orphans : std::uint8_t {
  left_out,  ///< nobody can be in such a tier
  kept,      ///< for those who look for them
};

struct Assembly {
  Json catalog;
  std::vector<RuleFacts> rule_facts;  ///< in the order of the catalog's earning rules
};

Assembly assemble(store::Session& session, const ProgramState& state, Orphans orphans);

/// One public entity in the core's form. Null where no config is left of it.
Json reward_rules(const Json& reward, const ProgramState& state, Orphans orphans);
Json earning_rules_of(const Json& rule, const ProgramState& state, Orphans orphans);
Json promotion_rules(const Json& promotion);

/// The policy that the settings say.
Json policy_of(const Json& settings);

}  // namespace loyalty::service
