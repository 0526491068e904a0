#include "core/money/allocate.h"

#include <algorithm>
#include <bit>

#include "core/base/build.h"
#include "core/base/check.h"
#include "core/base/sort.h"
#include "core/money/divider.h"

namespace loyalty {
namespace {

/// All pieces, in order: what a split starts with.
struct AllPieces {
  std::size_t count;
  std::size_t size() const { return count; }
  std::size_t operator[](std::size_t at) const { return at; }
};

/// The pieces still open to a share, as indices into the caller's arrays.
struct OpenPieces {
  std::span<const std::uint32_t> indices;
  std::size_t size() const { return indices.size(); }
  std::size_t operator[](std::size_t at) const { return indices[at]; }
};

constexpr unsigned index_bits = 10;
constexpr std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;
static_assert(AllocationScratch::pieces_max <= index_mask, "an index fits beside a remainder");

/// A remainder and its piece in one number that sorts by remainder, then earlier piece first.
constexpr std::uint64_t remainder_key(std::uint64_t remainder, std::size_t index) {
  return remainder << index_bits | (index_mask - index);
}

std::uint64_t units(Money money) { return static_cast<std::uint64_t>(money.minor_units()); }
Money money(std::uint64_t units) { return Money::minor(static_cast<std::int64_t>(units)); }

/// One unit to each of the `count` largest keys, which are no longer the same afterwards.
void give_to_largest(std::uint64_t count, std::uint64_t* keys, std::size_t size, Money* shares) {
  LOYALTY_CHECK(count <= size);
  std::uint64_t flip = 0;
  Money unit = Money::minor(1);
  const auto give = [&](std::uint64_t key) {
    shares[index_mask - ((key ^ flip) & index_mask)] += unit;
  };
  if (count > size - count) {  // to all, and the smallest, few, give it back
    for (std::size_t at = 0; at < size; ++at) {
      give(keys[at]);
      keys[at] = ~keys[at];
    }
    flip = UINT64_MAX;
    unit = Money::minor(-1);
    count = size - count;
  }
  constexpr std::uint64_t few = 8;
  if (count > few) {
    if constexpr (preview_only) {
      sort_keys({keys, size});
      keys += size - count;
    } else {
      std::nth_element(keys, keys + count, keys + size, [](auto a, auto b) { return a > b; });
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      give(keys[i]);
    }
    return;
  }
  // Few: take out the largest again and again.
  for (; count > 0; --count) {
    std::size_t largest = 0;
    std::uint64_t key = keys[0];
    for (std::size_t at = 1; at < size; ++at) {
      largest = keys[at] > key ? at : largest;
      key = keys[at] > key ? keys[at] : key;
    }
    give(key);
    keys[largest] = keys[--size];
  }
}

template <class Pieces>
void give_leftover(std::uint64_t leftover, Pieces pieces, const Money* weights, Money* shares,
                   Split split, std::span<std::uint64_t> keys) {
  switch (split) {
    case Split::largest_remainder:
      give_to_largest(leftover, keys.data(), keys.size(), shares);
      return;
    case Split::remainder_to_first:
      for (std::size_t at = 0; at < pieces.size() && leftover > 0; ++at) {
        if (weights[pieces[at]] > no_money) {
          shares[pieces[at]] += Money::minor(1);
          --leftover;
        }
      }
      return;
    case Split::remainder_to_last:
      for (std::size_t at = pieces.size(); at-- > 0;) {
        if (weights[pieces[at]] > no_money) {
          shares[pieces[at]] += money(leftover);
          return;
        }
      }
  }
}

/// Gives every piece its proportion rounded down; returns how many remainder keys it left.
template <class Pieces, class Divide>
std::size_t give_floors(Pieces pieces, const Money* weights, Money* shares, Divide divide,
                        std::uint64_t& leftover, std::uint64_t* keys) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const std::size_t i = pieces[at];
    const Division part = divide(units(weights[i]));
    shares[i] = money(part.quotient);
    leftover -= part.quotient;
    keys[count] = remainder_key(part.remainder, i);
    count += part.remainder > 0 ? 1U : 0U;
  }
  return count;
}

/// Splits over these pieces only; the others keep what they have.
template <class Pieces>
void split_over(Money total, std::uint64_t sum, Pieces pieces, const Money* weights, Money* shares,
                Split split, AllocationScratch& scratch) {
  if (total == no_money) {
    for (std::size_t at = 0; at < pieces.size(); ++at) {
      shares[pieces[at]] = no_money;
    }
    return;
  }
  LOYALTY_CHECK(total > no_money && sum > 0 &&
                sum <= static_cast<std::uint64_t>(limits::js_exact_max));
  const std::uint64_t amount = units(total);
  std::uint64_t leftover = amount;
  std::size_t keys = 0;
  // No weight is larger than the sum, so where amount × sum fits, every product does.
  if (!preview_only && std::countl_zero(amount) + std::countl_zero(sum) >= 64) {
    const Divider by_sum{sum};
    const auto divide = [&](std::uint64_t weight) { return by_sum.divide(amount * weight); };
    keys = give_floors(pieces, weights, shares, divide, leftover, scratch.keys);
  } else {
    const auto divide = [&](std::uint64_t weight) { return mul_div(amount, weight, sum); };
    keys = give_floors(pieces, weights, shares, divide, leftover, scratch.keys);
  }
  if (leftover > 0) {
    give_leftover(leftover, pieces, weights, shares, split, {scratch.keys, keys});
  }
}

template <class Pieces>
std::uint64_t sum_of(Pieces pieces, const Money* weights) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    sum += units(weights[pieces[at]]);
  }
  return sum;
}

}  // namespace

void allocate(Money total, std::span<const Money> weights, std::span<Money> shares, Split split,
              AllocationScratch& scratch) {
  const AllPieces all{weights.size()};
  LOYALTY_CHECK(all.count == shares.size() && all.count <= AllocationScratch::pieces_max);
  if constexpr (preview_only) {  // one loop over indices serves both
    for (std::uint32_t i = 0; i < all.count; ++i) {
      scratch.open[i] = i;
    }
    const OpenPieces pieces{{scratch.open, all.count}};
    split_over(total, sum_of(pieces, weights.data()), pieces, weights.data(), shares.data(), split,
               scratch);
    return;
  }
  split_over(total, sum_of(all, weights.data()), all, weights.data(), shares.data(), split,
             scratch);
}

void allocate_within(Money total, std::span<const Money> weights, std::span<const Money> rooms,
                     std::span<Money> shares, Split split, AllocationScratch& scratch) {
  LOYALTY_CHECK(rooms.size() == weights.size());
  allocate(total, weights, shares, split, scratch);
  std::size_t open = 0;
  Money taken = no_money;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (shares[i] > rooms[i]) {
      shares[i] = rooms[i];
      taken += rooms[i];
    } else {
      scratch.open[open++] = static_cast<std::uint32_t>(i);
    }
  }
  for (std::size_t before = weights.size(); open < before;) {
    before = open;
    total -= taken;
    taken = no_money;
    const OpenPieces pieces{{scratch.open, open}};
    split_over(total, sum_of(pieces, weights.data()), pieces, weights.data(), shares.data(), split,
               scratch);
    open = 0;
    for (std::size_t at = 0; at < before; ++at) {
      const std::uint32_t i = scratch.open[at];
      if (shares[i] > rooms[i]) {
        shares[i] = rooms[i];
        taken += rooms[i];
      } else {
        scratch.open[open++] = i;
      }
    }
  }
}

}  // namespace loyalty
