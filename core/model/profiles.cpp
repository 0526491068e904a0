#include "core/base/limits.h"
#include "core/model/policy.h"

namespace loyalty {
namespace {

/// As many as an intent can hold: no limit.
constexpr std::int64_t any_number = limits::chosen_max;

/// What differs from the defaults, and why, stands in PROFILES.md with its public sources.
constexpr Profile table[] = {
    {.name = "default", .policy = {}},
    {.name = "wix", .policy = {}},
    {.name = "sylius", .policy = {.condition_basis = ConditionBasis::running}},
    {.name = "medusa",
     .policy = {.rounding = Rounding::half_down,
                .tax_rounding = TaxRounding::order,
                .max_coupons = any_number,
                .max_codes = any_number}},
    {.name = "vendure",
     .policy = {.rounding = Rounding::half_down,
                .condition_basis = ConditionBasis::running,
                .max_coupons = any_number,
                .max_codes = any_number}},
    {.name = "solidus",
     .policy = {.basis = RoundingBasis::line, .split = Split::remainder_to_first}},
    {.name = "odoo",
     .policy = {.max_coupons = any_number,
                .max_points_rewards = any_number,
                .max_codes = any_number,
                .earn_rounding = EarnRounding::floor}},
};

}  // namespace

std::span<const Profile> profiles() { return table; }

}  // namespace loyalty
