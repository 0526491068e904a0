#pragma once

#include <cstdint>
#include <span>

namespace loyalty {

/// Sorts numbers, smallest first, in at most n log n steps whatever the input.
///
/// What is to be sorted is packed into one number with its place in the lower bits: then the order
/// is total, and one short function serves all lists.
void sort_keys(std::span<std::uint64_t> keys);

}  // namespace loyalty
