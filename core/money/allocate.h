#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/limits.h"
#include "core/money/money.h"

namespace loyalty {

/// Who gets the units that a proportional split leaves over.
enum class Split : std::uint8_t {
  largest_remainder,   ///< one each to the largest fractions, earlier first among equals
  remainder_to_first,  ///< one each from the first weighted piece on
  remainder_to_last,   ///< all to the last weighted piece
};

/// Room to think for allocate(); reused so that a quote allocates nothing on the heap.
struct AllocationScratch {
  static constexpr std::size_t pieces_max = limits::cart_lines_max;
  std::uint64_t keys[pieces_max + 1];  ///< one more: a key is written before it is counted
  std::uint32_t open[pieces_max];
};

/// Splits a total over pieces in proportion to their weights (Q8).
///
/// Every share is the exact proportion rounded down; the units left over go by `split`.
/// 100 over 1,1,1 gives 34,33,33 by largest remainder.
///
/// Requires: total >= 0; weights >= 0 with a sum of at most 2^53; sizes equal, at most 1,000; and a
/// positive weight unless total is 0.
/// Ensures: shares sum to `total` exactly (I-1); weight zero gets zero (I-2).
void allocate(Money total, std::span<const Money> weights, std::span<Money> shares, Split split,
              AllocationScratch& scratch);

/// As allocate(), where no share may exceed its room: a piece whose share would is given its room
/// and taken out, and the rest is split anew by the same rule until none exceeds (Q8).
///
/// Requires also: 0 <= total <= the rooms of the pieces with a positive weight.
void allocate_within(Money total, std::span<const Money> weights, std::span<const Money> rooms,
                     std::span<Money> shares, Split split, AllocationScratch& scratch);

}  // namespace loyalty
