#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace loyalty::cli {

enum class Severity : std::uint8_t { error, warning, note };
std::string_view name_of(Severity severity);

/// What lint can find in a catalog that is valid. `findings.cpp` says of each how bad it is and
/// what it means.
enum class FindingCode : std::uint8_t {
  window_empty,
  window_over,
  scope_empty,
  condition_impossible,
  nobody_eligible,
  used_up,
  limit_zero,
  no_effect,
  program_not_active,
  nothing_earned,
  tiers_not_active,
  tier_unknown,
  tier_unused,
  tier_left_out,
  shadowed,
  exclusive_tie,
  duplicate,
  exclusive_may_fail,
  step_gives_less,
  group_price,
  gives_all,
  amount_without_minimum,
  loyalty_loop,
  earn_without_minimum,
};
inline constexpr int finding_codes = 24;

/// The row of a code in the one table of findings.
struct FindingKind {
  FindingCode code;
  std::string_view name;  ///< `WINDOW_EMPTY`
  Severity severity;
  std::string_view
      about;  ///< unreachable, tiers, shadowed, conflicting, below cost, paid by itself
  std::string_view meaning;
};
std::span<const FindingKind> finding_kinds();
const FindingKind& kind_of(FindingCode code);

/// One thing found: where (a JSON pointer into the catalog), and a sentence with the names and
/// numbers at hand.
struct Finding {
  FindingCode code{};
  std::string path;
  std::string message;
};

}  // namespace loyalty::cli
