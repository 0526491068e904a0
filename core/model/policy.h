#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/money/allocate.h"
#include "core/money/money.h"
#include "core/money/rounding.h"

namespace loyalty {

enum class RoundingBasis : std::uint8_t { target, line, unit };
enum class ConditionBasis : std::uint8_t { before_discounts, running };
enum class Compounding : std::uint8_t { remaining, original };
enum class TaxRounding : std::uint8_t { line, unit, order };
enum class EarnRounding : std::uint8_t { wix, floor, per_step };
enum class EarnBase : std::uint8_t { after_discounts, subtotal, total };

/// The switches of a catalog; every default is the first value (RULES.md, section 4).
struct Policy {
  Rounding rounding = Rounding::half_up;
  RoundingBasis basis = RoundingBasis::target;
  Split split = Split::largest_remainder;
  ConditionBasis condition_basis = ConditionBasis::before_discounts;
  Compounding compounding = Compounding::remaining;
  TaxRounding tax_rounding = TaxRounding::line;
  std::int64_t max_coupons = 1;
  std::int64_t max_points_rewards = 1;
  std::int64_t max_codes = 1;
  Money min_payable{};
  EarnRounding earn_rounding = EarnRounding::wix;
  EarnBase earn_base = EarnBase::after_discounts;
};

/// A named set of switches that computes like a well-known shop system (PROFILES.md).
struct Profile {
  std::string_view name;
  Policy policy;
};

/// All profiles, `default` first. Profiles are data: nothing branches by name.
std::span<const Profile> profiles();

}  // namespace loyalty
