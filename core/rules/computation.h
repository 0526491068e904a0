#pragma once

#include <vector>

#include "core/base/buffer.h"
#include "core/rules/candidate.h"
#include "core/rules/chain.h"
#include "core/rules/quote.h"
#include "core/rules/tax.h"

namespace loyalty {

/// The sums of a finished chain.
struct Totals {
  Money items_net;
  Money shipping_net;
  Money item_tax;
  Money shipping_tax;
  Money total;
};

/// What a Workspace holds: one prepared checkout and the memory to compute its quotes.
struct Workspace::Data {
  const CompiledCatalog::Data* catalog = nullptr;
  Checkout checkout;
  TextTable request_tags;  ///< tags of the request's own rules that the catalog does not have
  PreparedCart cart;
  Buffer<CompiledCoupon> coupons;
  Buffer<CompiledCoupon> referral_rewards;
  Buffer<CompiledPromotion> resolved;
  TextTable resolved_codes;
  Buffer<std::uint32_t> resolved_code_promotions;
  Buffer<std::span<const Posting>> postings;  ///< of the tags that the request carries
  std::size_t postings_of_carried = 0;        ///< how many tags that were, plus one
  CandidateSources sources;
  Situation situation;

  RunState untouched;
  RunState state;
  RunState saved;
  Selection selection;
  AllocationScratch allocation;
  TaxScratch tax;
  Buffer<std::uint32_t> seen;
  CandidateList candidates;
  Buffer<CandidateOutcome> outcomes;
  ChainRecord record;
  Buffer<Money> item_taxes;
  Buffer<Money> shipping_taxes;

  Quote quote;
  Buffer<QuoteLine> lines;
  Buffer<QuoteLine> shipping_lines;
  bool lines_pending = false;  ///< the rows of both are to be written from `record`
  Buffer<Share> shares;
  Buffer<Share> shipping_shares;
  Buffer<EarnedByRule> earned;
  Buffer<Rejection> rejected;
  Buffer<std::uint64_t> rejected_order;
  Buffer<Choice> best_chosen;
  std::vector<RunState> branch_states;

  Arena prepared;  ///< lives until the next prepare()
  Arena scratch;   ///< lives until the next quote
};

/// One evaluation of the prepared checkout.
class Computation {
 public:
  explicit Computation(Workspace::Data& data) : data_{data} {}

  /// Sets the instant and what depends on it; before anything else.
  void begin(Instant now);
  /// Refreshes the sums that conditions look at, after the cart changed.
  void measure_cart();

  /// Collects and runs the candidates of a choice, and sums up. `record` is kept where not null.
  Totals evaluate(std::span<const Choice> chosen, const WhatIf& what_if, ChainRecord* record);
  /// Sums up what a state has left.
  Totals total(const RunState& state);

  Eligibility eligibility() {
    return {data_.situation, data_.untouched, data_.selection, data_.scratch};
  }
  Workspace::Data& data() { return data_; }

  /// The candidate with this identity in the last evaluation; null if there is none.
  const Candidate* find(const void* identity) const;
  const CandidateOutcome& outcome_of(const Candidate& candidate) const {
    return data_.outcomes[static_cast<std::size_t>(&candidate - data_.candidates.all.data())];
  }

 private:
  void find_postings();

  Workspace::Data& data_;
};

/// Q15: every reward and owned coupon on top of the current choice.
std::span<const Offer> make_offers(std::span<const Choice> chosen, Computation& computation);

/// Rejections that adding something, or a few more points, would turn; with what they would save.
std::span<const NearMiss> make_near_misses(std::span<const Choice> chosen,
                                           Computation& computation);

}  // namespace loyalty
