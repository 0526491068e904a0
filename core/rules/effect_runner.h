#pragma once

#include <optional>

#include "core/model/quote.h"
#include "core/rules/selection.h"
#include "core/rules/share_list.h"

namespace loyalty {

/// What is known about the points of a points-as-money effect when its turn comes.
struct PointsBudget {
  std::optional<Points> chosen;  ///< absent: as many as give the largest discount
  Points available;              ///< what earlier candidates left
};

/// Where shares are written down; nowhere by default.
struct ShareSink {
  ShareList* items = nullptr;
  ShareList* shipping = nullptr;
  std::uint32_t discount = 0;
};

struct EffectOutcome {
  Money amount;            ///< the sum of the shares
  Money base;              ///< what it was computed from, for the explanation
  RatePpm rate;            ///< of percentages
  Points points;           ///< taken; points_as_money only
  std::int64_t added = 0;  ///< units given on top; free_item only
  bool off_step = false;   ///< the chosen points lie between two positions: nothing was done
  Points nearest;          ///< then: the position below
};

/// Computes effects one after another (Q5 to Q10). The shares of the last one are in `selection`.
class EffectRunner {
 public:
  EffectRunner(const Policy& policy, const PreparedCart& cart, Selection& selection,
               AllocationScratch& scratch)
      : policy_{policy}, cart_{cart}, selection_{selection}, scratch_{scratch} {}

  /// The positions of the last points-as-money effect that ran.
  const PointSteps& steps() const { return steps_; }

  /// Computes the effect on what `state` has left and takes it off.
  EffectOutcome run(const CompiledEffect& effect, const PointsBudget& points, RunState& state,
                    const ShareSink& sink);

 private:
  enum class Fineness : std::uint8_t { target, line, unit };

  Fineness fineness_of(const Effect& effect) const;
  Money off(Money value, const Effect& effect, RatePpm rate) const;
  Money off_of_line(Money value, std::size_t at, const Effect& effect, RatePpm rate) const;
  bool takes_gross(const Effect& effect) const;

  void share_by_target(const Effect& effect, RatePpm rate);
  void share_gross_by_target(const Effect& effect);
  void share_by_line(const Effect& effect, RatePpm rate);
  void share_by_unit(const Effect& effect, RatePpm rate, const RunState& state);
  void share_to_cheapest(const Effect& effect, RatePpm rate, const RunState& state);
  void split(Money total);
  void cap(Money most);
  std::optional<RatePpm> step_rate(const CompiledEffect& effect) const;
  EffectOutcome run_points(const Effect& effect, const PointsBudget& points, const RunState& state);
  Money apply(RunState& state, const ShareSink& sink);

  const Policy& policy_;
  const PreparedCart& cart_;
  Selection& selection_;
  AllocationScratch& scratch_;
  PointSteps steps_;
};

}  // namespace loyalty
