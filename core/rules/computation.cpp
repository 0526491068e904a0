#include "core/rules/computation.h"

namespace loyalty {

void Computation::begin(Instant now) {
  data_.scratch.reset();
  data_.situation.now = now;
  measure_cart();
}

void Computation::measure_cart() {
  data_.situation.subtotal = data_.cart.items_subtotal - data_.cart.gift_card_subtotal;
  data_.situation.units = data_.cart.units;
}

/// The posting lists of the tags that the request carries; looked up anew when it carries more.
void Computation::find_postings() {
  const std::span<const TagNumber> carried = data_.cart.carried();
  if (data_.postings_of_carried == carried.size() + 1) {
    return;
  }
  data_.postings.clear();
  for (const TagNumber tag : carried) {
    if (tag < data_.catalog->tags.size() && !data_.catalog->postings_of(tag).empty()) {
      data_.postings.push_back(data_.catalog->postings_of(tag));
    }
  }
  data_.postings_of_carried = carried.size() + 1;
  data_.sources.postings = data_.postings;
}

Totals Computation::evaluate(std::span<const Choice> chosen, const WhatIf& what_if,
                             ChainRecord* record) {
  find_postings();
  Eligibility tests = eligibility();
  CandidateCollector collector{data_.sources, data_.situation, tests,
                               data_.scratch, data_.seen,      data_.candidates};
  if (record != nullptr) {  // a quote of its own, not a question beside one
    collector.collect_again(chosen);
    record->clear(data_.cart);
  } else {
    collector.collect(chosen, what_if);
  }
  data_.state.start(data_.cart, data_.situation.available);
  Chain chain{data_.catalog->catalog->policy,
              data_.cart,
              tests,
              data_.selection,
              data_.allocation,
              data_.saved,
              data_.scratch};
  chain.run(data_.candidates, data_.state, data_.outcomes, record);
  return total(data_.state);
}

Totals Computation::total(const RunState& state) {
  const PreparedCart& cart = data_.cart;
  const bool included = cart.cart->prices_include_tax;
  Totals totals;
  totals.items_net = state.items_net;
  totals.shipping_net = state.shipping_net;
  const TaxRounding rounding = data_.catalog->catalog->policy.tax_rounding;
  totals.item_tax =
      tax_pool(cart.items, state.items_left, rounding, included, data_.item_taxes, data_.tax);
  totals.shipping_tax = tax_pool(cart.shipping, state.shipping_left, TaxRounding::line, included,
                                 data_.shipping_taxes, data_.tax);
  totals.total = totals.items_net + totals.shipping_net + cart.cart->fees;
  if (!included) {
    totals.total += totals.item_tax + totals.shipping_tax;
  }
  return totals;
}

const Candidate* Computation::find(const void* identity) const {
  for (const Candidate& candidate : data_.candidates.all) {
    if (candidate.identity == identity) {
      return &candidate;
    }
  }
  return nullptr;
}

}  // namespace loyalty
