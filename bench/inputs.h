#pragma once

#include <cstddef>
#include <string>

/// The carts and catalogs of the benchmarks, as JSON documents. Deterministic.
namespace loyalty::bench {

struct Case {
  std::string catalog;
  std::string request;  ///< without the catalog
};

/// 3 lines, one points-as-money reward.
Case small();
/// 10 lines, a reward with a config per tier, an owned 10 % coupon for some of the lines, free
/// shipping above a minimum, tax.
Case typical();
/// `lines` lines, `discounts` automatic promotions that all apply, percentages and amounts in turn.
Case large(std::size_t lines, std::size_t discounts);
/// 10 lines, 10 owned coupons and 10 rewards to choose from.
Case best_of_20();
/// The typical cart against `promotions` automatic promotions, of which three match.
Case many_promotions(std::size_t promotions);
/// The typical cart with one entered code against `codes` code promotions.
Case many_codes(std::size_t codes);

}  // namespace loyalty::bench
