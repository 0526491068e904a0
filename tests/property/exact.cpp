#include "tests/property/exact.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace loyalty::oracle {
namespace {

__extension__ typedef __int128
    Exact;  // NOLINT(modernize-use-using): using cannot carry __extension__

}  // namespace

Amount sum(const Amounts& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), Amount{0});
}

Amount divide(Amount a, Amount b, Amount divisor, Rounding rounding) {
  const Exact product = static_cast<Exact>(a) * b;
  const Exact quotient = product / divisor;
  const Exact twice = 2 * (product % divisor);
  bool up = false;
  switch (rounding) {
    case Rounding::half_up:
      up = twice >= divisor;
      break;
    case Rounding::half_even:
      up = twice > divisor || (twice == divisor && quotient % 2 == 1);
      break;
    case Rounding::half_down:
      up = twice > divisor;
      break;
    case Rounding::down:
      break;
  }
  return static_cast<Amount>(quotient + (up ? 1 : 0));
}

Amounts allocate(Amount total, const Amounts& weights, Split split) {
  const Amount weight = sum(weights);
  Amounts shares(weights.size(), 0);
  if (weight == 0) {
    return shares;
  }
  std::vector<std::pair<Exact, std::size_t>> fractions;  // larger first, then earlier line first
  std::vector<std::size_t> weighted;
  Amount left_over = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Exact product = static_cast<Exact>(total) * weights[i];
    shares[i] = static_cast<Amount>(product / weight);
    left_over -= shares[i];
    if (weights[i] > 0) {
      fractions.emplace_back(-(product % weight), i);
      weighted.push_back(i);
    }
  }
  std::sort(fractions.begin(), fractions.end());
  for (std::size_t k = 0; left_over > 0; ++k) {
    switch (split) {
      case Split::largest_remainder:
        shares[fractions[k].second] += 1;
        left_over -= 1;
        break;
      case Split::remainder_to_first:
        shares[weighted[k]] += 1;
        left_over -= 1;
        break;
      case Split::remainder_to_last:
        shares[weighted.back()] += left_over;
        left_over = 0;
        break;
    }
  }
  return shares;
}

Amounts allocate_within(Amount total, const Amounts& weights, const Amounts& rooms, Split split) {
  Amounts open = weights;  // a line that is taken out weighs nothing
  Amounts fixed(weights.size(), 0);
  for (;;) {
    const Amounts shares = allocate(total, open, split);
    bool exceeded = false;
    Amount taken = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (shares[i] > rooms[i]) {
        fixed[i] = rooms[i];
        taken += rooms[i];
        open[i] = 0;
        exceeded = true;
      }
    }
    if (!exceeded) {
      Amounts all = fixed;
      for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] += shares[i];
      }
      return all;
    }
    total -= taken;
  }
}

}  // namespace loyalty::oracle
