#include "native/lint/finding.h"

#include "core/base/check.h"

namespace loyalty::cli {
namespace {

using enum FindingCode;
using enum Severity;

constexpr std::string_view unreachable = "unreachable";
constexpr std::string_view tiers = "tiers";
constexpr std::string_view conflicting = "conflicting";
constexpr std::string_view below_cost = "below cost";
constexpr std::string_view paid_by_itself = "paid by itself";

constexpr FindingKind kinds[] = {
    {window_empty, "WINDOW_EMPTY", error, unreachable, "It ends before it starts."},
    {window_over, "WINDOW_OVER", warning, unreachable, "It has ended."},
    {scope_empty, "SCOPE_EMPTY", error, unreachable,
     "Whatever the scope includes it also excludes, or its lowest price is above its highest."},
    {condition_impossible, "CONDITION_IMPOSSIBLE", error, unreachable,
     "No cart can hold what it asks for."},
    {nobody_eligible, "NOBODY_ELIGIBLE", error, unreachable,
     "No member can be in any of the tiers that it asks for."},
    {used_up, "USED_UP", warning, unreachable, "No use, or no budget, is left."},
    {limit_zero, "LIMIT_ZERO", warning, unreachable,
     "The policy admits none of its kind at a checkout."},
    {no_effect, "NO_EFFECT", warning, unreachable, "The effect can never discount anything."},
    {program_not_active, "PROGRAM_NOT_ACTIVE", warning, unreachable,
     "Rewards and loyalty coupons are refused and nothing is earned."},
    {nothing_earned, "NOTHING_EARNED", note, unreachable,
     "No active rule gives points for an order."},
    {tiers_not_active, "TIERS_NOT_ACTIVE", warning, tiers,
     "Tiers are switched off, so what is meant for a tier reaches nobody."},
    {tier_unknown, "TIER_UNKNOWN", warning, tiers, "It names a tier that does not exist."},
    {tier_unused, "TIER_UNUSED", note, tiers, "No reward, rule or condition names this tier."},
    {tier_left_out, "TIER_LEFT_OUT", warning, tiers,
     "Other tiers have a config here and this one has not: its members get nothing."},
    {shadowed, "SHADOWED", error, "shadowed",
     "Whenever it could run, an exclusive one with a higher or equal rank runs alone."},
    {exclusive_tie, "EXCLUSIVE_TIE", warning, conflicting,
     "Two exclusive ones of one lane and priority: the order in the catalog decides."},
    {duplicate, "DUPLICATE", warning, conflicting,
     "Two do the same for the same goods at the same time, so both discounts are given."},
    {exclusive_may_fail, "EXCLUSIVE_MAY_FAIL", warning, conflicting,
     "An exclusive one whose budget may not be enough: then nothing runs at all."},
    {step_gives_less, "STEP_GIVES_LESS", warning, conflicting,
     "A higher step has a lower rate: buying more costs the discount."},
    {group_price, "GROUP_PRICE", warning, below_cost,
     "A fixed price with a group size is the price of all groups together, not of each."},
    {gives_all, "GIVES_ALL", warning, below_cost,
     "It takes goods to zero, for any cart and without a limit."},
    {amount_without_minimum, "AMOUNT_WITHOUT_MINIMUM", note, below_cost,
     "A fixed amount off without a minimum as large: small carts are free."},
    {loyalty_loop, "LOYALTY_LOOP", error, paid_by_itself,
     "Spending earns points worth at least what was spent."},
    {earn_without_minimum, "EARN_WITHOUT_MINIMUM", note, paid_by_itself,
     "An order of any size earns points that a reward turns into money."},
};
static_assert(sizeof kinds / sizeof kinds[0] == finding_codes, "one row for every code");

}  // namespace

std::string_view name_of(Severity severity) {
  constexpr std::string_view names[] = {"error", "warning", "note"};
  return names[static_cast<int>(severity)];
}

std::span<const FindingKind> finding_kinds() { return kinds; }

const FindingKind& kind_of(FindingCode code) {
  const FindingKind& kind = kinds[static_cast<int>(code)];
  LOYALTY_CHECK(kind.code == code);
  return kind;
}

}  // namespace loyalty::cli
