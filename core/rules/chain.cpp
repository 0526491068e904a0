#include "core/rules/chain.h"

#include "core/rules/explain.h"

namespace loyalty {
namespace {

/// Whether a candidate can fail after it has changed the state.
bool may_fail_late(const Candidate& candidate) {
  if (candidate.limits != nullptr && candidate.limits->budget_left) {
    return true;
  }
  for (const CompiledEffect& effect : candidate.effects) {
    if (effect.source->kind == EffectKind::buy_x_get_y) {
      return true;
    }
  }
  return candidate.points_as_money != nullptr && candidate.effects.size() > 1;
}

/// Whether some effect skips lines that have a share.
bool asks_for_shares(std::span<const Candidate> candidates) {
  for (const Candidate& candidate : candidates) {
    for (const CompiledEffect& effect : candidate.effects) {
      if (effect.source->exclude_discounted) {
        return true;
      }
    }
  }
  return false;
}

struct RecordMark {
  std::size_t item_shares;
  std::size_t shipping_shares;
  std::size_t added;
  std::size_t steps;

  static RecordMark of(const ChainRecord& record) {
    return {record.item_shares.size(), record.shipping_shares.size(), record.added.size(),
            record.steps.size()};
  }
  void back_to(ChainRecord& record) const {
    record.item_shares.back_to(item_shares);
    record.shipping_shares.back_to(shipping_shares);
    record.added.resize(added);
    record.steps.resize(steps);
  }
};

}  // namespace

void Chain::run(CandidateList& list, RunState& state, Buffer<CandidateOutcome>& outcomes,
                ChainRecord* record) {
  outcomes.assign(list.all.size(), CandidateOutcome{});
  state.tracks_shared = asks_for_shares(list.all);
  for (const std::uint32_t index : list.running) {
    Candidate& candidate = list.all[index];
    if (!run(candidate, state, outcomes[index], record)) {
      list.reject(candidate, why_not_);
    }
  }
}

bool Chain::refuse(const Obstacle& obstacle) {
  why_not_ = obstacle;
  return false;
}

bool Chain::run(const Candidate& candidate, RunState& state, CandidateOutcome& outcome,
                ChainRecord* record) {
  if (!has_its_turn(candidate, state)) {
    return false;
  }
  const bool careful = may_fail_late(candidate);
  if (careful) {
    saved_ = state;
  }
  ShareSink sink;
  RecordMark mark{};
  if (record != nullptr) {
    mark = RecordMark::of(*record);
    sink = {&record->item_shares, &record->shipping_shares,
            static_cast<std::uint32_t>(record->discounts.size())};
    if (candidate.effects.size() > 1) {
      record->item_shares.may_repeat();
      record->shipping_shares.may_repeat();
    }
  }
  if (!run_effects(candidate, state, outcome, sink, record)) {
    if (careful) {
      state = saved_;
    }
    if (record != nullptr) {
      mark.back_to(*record);
    }
    return false;
  }
  state.points_left -= outcome.points;
  outcome.ran = true;
  if (record != nullptr) {
    record->discounts.push_back({.id = candidate.id,
                                 .source = candidate.source,
                                 .amount = outcome.amount,
                                 .points = candidate.source == Source::reward
                                               ? std::optional<Points>{outcome.points}
                                               : std::nullopt});
  }
  return true;
}

bool Chain::run_effects(const Candidate& candidate, RunState& state, CandidateOutcome& outcome,
                        const ShareSink& sink, ChainRecord* record) {
  Points points = candidate.cost;
  std::int64_t added = 0;
  Money amount;
  for (const CompiledEffect& effect : candidate.effects) {
    const EffectOutcome done =
        runner_.run(effect, {candidate.chosen_points, state.points_left - points}, state, sink);
    if (effect.source->kind == EffectKind::points_as_money) {
      outcome.steps = runner_.steps();
    }
    if (done.off_step) {
      return refuse({.code = RejectionCode::points_off_step,
                     .required = Fact::points(done.nearest),
                     .actual = Fact::points(*candidate.chosen_points),
                     .missing = Fact::points(*candidate.chosen_points - done.nearest),
                     .fix = Fix::choose(done.nearest)});
    }
    amount += done.amount;
    points += done.points;
    added += done.added;
    if (record != nullptr && (done.added > 0 || record->explains)) {
      write(effect, candidate, done, *record);
    }
  }
  if (amount == no_money && added == 0) {
    return refuse({.code = RejectionCode::nothing_to_discount, .actual = Fact::money(no_money)});
  }
  if (candidate.limits != nullptr && candidate.limits->budget_left &&
      amount > *candidate.limits->budget_left) {
    return refuse({.code = RejectionCode::budget_exhausted,
                   .required = Fact::money(amount),
                   .actual = Fact::money(*candidate.limits->budget_left),
                   .missing = Fact::money(amount - *candidate.limits->budget_left)});
  }
  outcome.amount = amount;
  outcome.points = points;
  return true;
}

/// What may have changed since the candidate was tested: amounts left and points left.
bool Chain::has_its_turn(const Candidate& candidate, const RunState& state) {
  if (policy_.condition_basis == ConditionBasis::running && candidate.conditions->any) {
    if (const std::optional<Obstacle> obstacle =
            eligibility_.running_obstacle_of(*candidate.conditions, state)) {
      return refuse(*obstacle);
    }
  }
  Points needed = candidate.cost;
  if (candidate.points_as_money != nullptr) {
    needed =
        max(candidate.chosen_points.value_or(no_points), candidate.points_as_money->min_points);
  }
  if (needed > state.points_left) {
    return refuse({.code = RejectionCode::insufficient_points,
                   .required = Fact::points(needed),
                   .actual = Fact::points(state.points_left),
                   .missing = Fact::points(needed - state.points_left)});
  }
  return true;
}

void Chain::write(const CompiledEffect& effect, const Candidate& candidate,
                  const EffectOutcome& done, ChainRecord& record) {
  const auto discount = static_cast<std::uint32_t>(record.discounts.size());
  if (done.added > 0) {
    const Effect& source = *effect.source;
    record.added.push_back({.discount = discount,
                            .product = source.product,
                            .quantity = done.added,
                            .unit_price = source.unit_price,
                            .discounted = source.unit_price * done.added});
  }
  if (!preview_only && record.explains && (done.amount > no_money || done.added > 0)) {
    record.steps.push_back(
        explain_effect(effect, candidate, done, policy_, cart_, selection_, arena_));
  }
}

}  // namespace loyalty
