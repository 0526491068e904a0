#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native/service/program/program.h"

/// A program that tests set up directly, in place of the one made from documents.
namespace loyalty::service {

struct FakeReward {
  std::string id;
  std::int64_t cost = 1;
  bool flexible = false;  ///< points as money, from `cost` on
  bool active = true;
  std::vector<std::string> tiers = {""};  ///< with a config of their own
};

/// Starts anew: ACTIVE, UTC, no expiry, no tiers, no rewards.
void reset_program();
ProgramState& program_state();
/// To be called after changes of status, tiers or rewards.
void publish_rewards(std::vector<FakeReward> rewards);
void add_tier(std::string id, std::int64_t required_points);

}  // namespace loyalty::service
