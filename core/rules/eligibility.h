#pragma once

#include <array>
#include <optional>
#include <span>

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/model/account.h"
#include "core/model/rejection.h"
#include "core/rules/catalog_index.h"
#include "core/rules/prepared_cart.h"
#include "core/rules/selection.h"

namespace loyalty {

/// Why a candidate may not run: a rejection without the candidate's name.
struct Obstacle {
  RejectionCode code{};
  Fact required{};
  Fact actual{};
  Fact missing{};
  Fix fix{};
  bool of_one_line = false;  ///< the quantity is wanted on one line
  bool of_eligible = false;  ///< only units that the effect may discount count
};

/// What conditions are compared with.
struct Situation {
  const CompiledCatalog::Data* catalog = nullptr;
  const PreparedCart* cart = nullptr;
  const Account* account = nullptr;  ///< null: a guest
  TierId tier;                       ///< empty: the base tier
  std::uint32_t tier_index = 0;      ///< CompiledCatalog::Data::tier_index()
  Points available;
  Instant now;
  Money subtotal;          ///< items without gift cards, before discounts
  std::int64_t units = 0;  ///< units of all lines
};

/// A tag by which goods come into a scope; empty where it names none that it does not exclude.
std::string_view sample_tag(const Scope& scope);

/// Decides whether a candidate may run (Q2, conditions), and why not.
class Eligibility {
 public:
  Eligibility(const Situation& situation, const RunState& untouched, Selection& selection,
              Arena& arena)
      : situation_{situation}, untouched_{untouched}, selection_{selection}, arena_{arena} {}

  /// Whether nothing stands in the way: the quick answer.
  bool is_clear(const CompiledConditions& conditions, const UseLimits* limits,
                std::span<const CompiledEffect> effects);

  /// The first obstacle in checking order, if any. Its fix stands only if it is enough (Q14).
  std::optional<Obstacle> obstacle_of(const CompiledConditions& conditions, const UseLimits* limits,
                                      std::span<const CompiledEffect> effects);

  /// What all effects lack, if each lacks something: the obstacle of the first one.
  std::optional<Obstacle> obstacle_of_effects(std::span<const CompiledEffect> effects);

  /// Whether an automatic promotion is a candidate at all (Q2).
  bool in_reach(const CompiledPromotion& promotion) const;

  /// Under conditionBasis running: the amounts once more, with what is left (Q4).
  std::optional<Obstacle> running_obstacle_of(const CompiledConditions& conditions,
                                              const RunState& state) const;

  /// The tier with the fewest points to go among `tiers`, as a fix; none without such a tier.
  Fix reach_one_of(std::span<const TierId> tiers) const;

 private:
  struct Found {
    std::array<Obstacle, 20> obstacles;
    std::size_t count = 0;
  };

  template <class Report>
  bool check(const CompiledConditions& conditions, const UseLimits* limits,
             std::span<const CompiledEffect> effects, Report report);
  template <class Report>
  bool check_customer(const CompiledConditions& conditions, Report report);
  template <class Report>
  bool check_amounts(const CompiledConditions& conditions, Report report) const;
  template <class Report>
  bool check_quantities(const CompiledConditions& conditions, Report report) const;
  template <class Report>
  static bool check_limits(const UseLimits& limits, Report report);

  bool surely_has_its_scope(const CompiledEffect& effect) const;
  std::optional<Obstacle> obstacle_of_effect(const CompiledEffect& effect);
  std::optional<Obstacle> obstacle_of_free_item(const CompiledEffect& effect) const;
  std::optional<Obstacle> obstacle_of_group_size(const CompiledEffect& effect);
  std::optional<Obstacle> obstacle_of_buying(const CompiledEffect& effect);
  Obstacle honest(Obstacle obstacle) const;
  std::int64_t units_only_to_give(const CompiledEffect& effect);
  std::optional<Obstacle> obstacle_of_steps(const CompiledEffect& effect);
  bool scope_in_cart(const CompiledEffect& effect) const;
  Money subtotal_of(const CompiledScope& scope, const Buffer<Money>& amounts) const;
  std::int64_t units_of(const CompiledScope& scope) const;
  Texts shipping_ids();

  const Situation& situation_;
  const RunState& untouched_;
  Selection& selection_;
  Arena& arena_;
};

}  // namespace loyalty
