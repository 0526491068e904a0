#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/id.h"
#include "core/model/effect.h"
#include "core/model/policy.h"
#include "core/money/currency.h"

/// The published, versioned rules of a shop. Plain data that borrows from the document's arena.
namespace loyalty {

enum class ProgramStatus : std::uint8_t { draft, active, paused };

/// One wording of the name of the points: `form` is a CLDR plural category, or empty where one
/// wording serves all counts.
struct PointNameForm {
  std::string_view locale;
  std::string_view form;
  std::string_view text;
};

struct Program {
  ProgramStatus status = ProgramStatus::draft;
  std::string_view name;
  std::span<const PointNameForm> point_name;
};

struct Tier {
  TierId id;
  std::string_view name;
  Points required_points;
};

enum class RewardType : std::uint8_t { discount_amount, coupon_reward };

struct RewardConfig {
  TierId tier;  ///< empty: the base tier
  Points cost;
  std::span<const Effect> effects;
};

struct Reward {
  RewardId id;
  std::string_view name;
  RewardType type = RewardType::discount_amount;
  std::int64_t revision = 1;
  bool active = false;
  Conditions conditions;
  bool exclusive = false;
  std::int64_t priority = 0;
  std::span<const RewardConfig> configs;
};

enum class Trigger : std::uint8_t { automatic, code };
/// The order in which candidates run (Q3).
enum class Lane : std::uint8_t { automatic, code, coupon, points };

struct Promotion {
  PromotionId id;
  std::string_view name;
  Trigger trigger = Trigger::automatic;
  Texts codes;
  Lane lane = Lane::automatic;
  std::int64_t priority = 0;
  bool exclusive = false;
  Conditions conditions;
  UseLimits limits;
  std::span<const Effect> effects;
};

enum class RuleStatus : std::uint8_t { active, paused };

/// Either `points` per order, or `points` for each `money_amount` in major units.
struct EarningConfig {
  TierId tier;  ///< empty: the base tier
  Points points;
  std::int64_t money_amount = 0;  ///< 0: fixed points
};

struct EarningRule {
  RuleId id;
  std::string_view title;
  std::string_view trigger;
  RuleStatus status = RuleStatus::active;
  std::optional<EarnBase> base;  ///< absent: the policy's
  std::optional<Scope> scope;
  bool base_applies_to_all = false;  ///< tiers without a config use the base tier's (U8)
  std::span<const EarningConfig> configs;
  std::optional<Points> max_points;
};

struct Catalog {
  std::string_view version;
  Currency currency;
  std::string_view time_zone;
  Program program;
  Policy policy;
  bool tiers_active = false;
  std::span<const Tier> tiers;
  std::span<const Reward> rewards;
  std::span<const Promotion> promotions;
  std::span<const EarningRule> earning_rules;
};

}  // namespace loyalty
