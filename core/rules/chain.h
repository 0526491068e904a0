#pragma once

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/model/quote.h"
#include "core/rules/candidate.h"
#include "core/rules/effect_runner.h"
#include "core/rules/eligibility.h"
#include "core/rules/run_state.h"
#include "core/rules/share_list.h"

namespace loyalty {

/// What a chain of discounts did, kept where a quote is to be written.
struct ChainRecord {
  Buffer<Discount> discounts;
  ShareList item_shares;
  ShareList shipping_shares;
  Buffer<AddedLine> added;
  bool explains = false;
  Buffer<ExplainRow> steps;

  void clear(const PreparedCart& cart) {
    discounts.clear();
    item_shares.start(cart.items.count);
    shipping_shares.start(cart.shipping.count);
    added.clear();
    steps.clear();
  }
};

/// What one candidate came to.
struct CandidateOutcome {
  bool ran = false;
  Money amount;
  Points points;
  std::optional<PointSteps> steps;
};

/// Runs candidates one after another on one state (Q5), each whole or not at all.
class Chain {
 public:
  Chain(const Policy& policy, const PreparedCart& cart, const Eligibility& eligibility,
        Selection& selection, AllocationScratch& scratch, RunState& saved, Arena& arena)
      : policy_{policy},
        cart_{cart},
        eligibility_{eligibility},
        selection_{selection},
        saved_{saved},
        arena_{arena},
        runner_{policy, cart, selection, scratch} {}

  /// Runs the list in its order; those that do nothing or go beyond their budget are rejected.
  void run(CandidateList& list, RunState& state, Buffer<CandidateOutcome>& outcomes,
           ChainRecord* record);

  /// Runs one candidate. False: it cannot run, nothing has changed, and why_not() tells why.
  bool run(const Candidate& candidate, RunState& state, CandidateOutcome& outcome,
           ChainRecord* record);
  const Obstacle& why_not() const { return why_not_; }

 private:
  bool refuse(const Obstacle& obstacle);
  bool run_effects(const Candidate& candidate, RunState& state, CandidateOutcome& outcome,
                   const ShareSink& sink, ChainRecord* record);
  bool has_its_turn(const Candidate& candidate, const RunState& state);
  void write(const CompiledEffect& effect, const Candidate& candidate, const EffectOutcome& done,
             ChainRecord& record);

  const Policy& policy_;
  const PreparedCart& cart_;
  const Eligibility& eligibility_;
  Selection& selection_;
  RunState& saved_;
  Arena& arena_;
  EffectRunner runner_;
  Obstacle why_not_;
};

}  // namespace loyalty
