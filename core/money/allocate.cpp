#include "core/money/allocate.h"

#include <algorithm>
#include <bit>

#include "core/base/check.h"
#include "core/money/divider.h"

namespace loyalty {
namespace {

/// The pieces still open to a share, as indices into the caller's arrays.
using Open = std::span<const std::uint32_t>;

constexpr unsigned index_bits = 10;
constexpr std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;
static_assert(AllocationScratch::pieces_max <= index_mask, "an index fits beside a remainder");

/// A remainder and its piece in one number that sorts by remainder, then earlier piece first.
constexpr std::uint64_t remainder_key(std::uint64_t remainder, std::size_t index) {
  return remainder << index_bits | (index_mask - index);
}

std::uint64_t units(Money money) { return static_cast<std::uint64_t>(money.minor_units()); }
Money money(std::uint64_t units) { return Money::minor(static_cast<std::int64_t>(units)); }

/// One unit to each of the `count` largest keys.
void give_to_largest(std::uint64_t count, std::span<std::uint64_t> keys, std::span<Money> shares) {
  LOYALTY_CHECK(count <= keys.size());
  if (count == 0) {
    return;
  }
  const auto cut = keys.begin() + static_cast<std::ptrdiff_t>(count);
  if (cut != keys.end()) {
    std::nth_element(keys.begin(), cut, keys.end(), [](auto a, auto b) { return a > b; });
  }
  for (auto key = keys.begin(); key != cut; ++key) {
    shares[index_mask - (*key & index_mask)] += Money::minor(1);
  }
}

void give_leftover(std::uint64_t leftover, Open open, std::span<const Money> weights,
                   std::span<Money> shares, Split split, std::span<std::uint64_t> keys) {
  switch (split) {
    case Split::largest_remainder:
      give_to_largest(leftover, keys, shares);
      return;
    case Split::remainder_to_first:
      for (const std::uint32_t i : open) {
        if (leftover == 0) {
          return;
        }
        if (weights[i] > no_money) {
          shares[i] += Money::minor(1);
          --leftover;
        }
      }
      return;
    case Split::remainder_to_last:
      for (std::size_t at = open.size(); at-- > 0;) {
        if (weights[open[at]] > no_money) {
          shares[open[at]] += money(leftover);
          return;
        }
      }
  }
}

/// Splits over the open pieces only; the others keep what they have.
void split_over(Money total, Open open, std::span<const Money> weights, std::span<Money> shares,
                Split split, AllocationScratch& scratch) {
  std::uint64_t sum = 0;
  std::uint64_t heaviest = 0;
  for (const std::uint32_t i : open) {
    sum += units(weights[i]);
    heaviest = std::max(heaviest, units(weights[i]));
  }
  if (sum == 0) {
    LOYALTY_CHECK(total == no_money);
    for (const std::uint32_t i : open) {
      shares[i] = no_money;
    }
    return;
  }
  LOYALTY_CHECK(total >= no_money && sum <= static_cast<std::uint64_t>(limits::js_exact_max));
  const Divider by_sum{sum};
  const std::uint64_t amount = units(total);
  const bool fits = std::countl_zero(amount) + std::countl_zero(heaviest) >= 64;
  std::uint64_t given = 0;
  std::size_t keys = 0;
  for (const std::uint32_t i : open) {
    const std::uint64_t weight = units(weights[i]);
    const Division part = fits ? by_sum.divide(amount * weight) : mul_div(amount, weight, sum);
    shares[i] = money(part.quotient);
    given += part.quotient;
    if (part.remainder > 0) {
      scratch.keys[keys++] = remainder_key(part.remainder, i);
    }
  }
  give_leftover(amount - given, open, weights, shares, split, {scratch.keys, keys});
}

}  // namespace

void allocate(Money total, std::span<const Money> weights, std::span<Money> shares, Split split,
              AllocationScratch& scratch) {
  const std::size_t count = weights.size();
  LOYALTY_CHECK(count == shares.size() && count <= AllocationScratch::pieces_max);
  for (std::size_t i = 0; i < count; ++i) {
    scratch.open[i] = static_cast<std::uint32_t>(i);
  }
  split_over(total, {scratch.open, count}, weights, shares, split, scratch);
}

void allocate_within(Money total, std::span<const Money> weights, std::span<const Money> rooms,
                     std::span<Money> shares, Split split, AllocationScratch& scratch) {
  LOYALTY_CHECK(rooms.size() == weights.size());
  allocate(total, weights, shares, split, scratch);
  std::size_t open = weights.size();
  for (;;) {
    std::size_t still_open = 0;
    Money taken = no_money;
    for (std::size_t at = 0; at < open; ++at) {
      const std::uint32_t i = scratch.open[at];
      if (shares[i] > rooms[i]) {
        shares[i] = rooms[i];
        taken += rooms[i];
      } else {
        scratch.open[still_open++] = i;
      }
    }
    if (still_open == open) {
      return;
    }
    open = still_open;
    total -= taken;
    split_over(total, {scratch.open, open}, weights, shares, split, scratch);
  }
}

}  // namespace loyalty
