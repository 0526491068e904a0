#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/buffer.h"
#include "core/model/policy.h"
#include "core/money/allocate.h"
#include "core/rules/catalog_index.h"
#include "core/rules/prepared_cart.h"
#include "core/rules/run_state.h"

namespace loyalty {

/// Room to think for buy X get Y; arrays by line of the cart, or by position among its lines.
struct GiftScratch {
  Buffer<std::uint64_t> keys;
  Buffer<std::uint32_t> buy_line;
  Buffer<std::uint32_t> get_line;
  Buffer<std::int64_t> buy_units;
  Buffer<std::int64_t> get_units;
  Buffer<std::int64_t> rest;
  Buffer<std::int64_t> bought;
  Buffer<std::int64_t> given;
  Buffer<std::int64_t> used;
};

/// The lines (or shipping methods) that one effect works on, and what it takes of each.
///
/// `base` is the amount of the eligible units that the effect computes from, rooms() the most that
/// may come off. Arrays of one size, by position; `line[position]` is the index in the pool.
struct Selection {
  const Pool* pool = nullptr;
  bool shipping = false;
  bool original = false;    ///< bases are original amounts, not what is left
  bool roomy = false;       ///< every room equals its base: no share of a split can exceed it
  bool whole_lines = true;  ///< all units of every selected line
  Money base_sum;
  Money room_sum;
  std::size_t count = 0;
  Buffer<std::uint32_t> line;
  Buffer<std::int64_t> units;  ///< only where not whole_lines
  Buffer<Money> base;
  Buffer<Money> room;
  Buffer<Money> share;
  GiftScratch gifts;

  void resize(std::size_t size);

  std::int64_t units_at(std::size_t at) const {
    return whole_lines ? pool->quantity[line[at]] : units[at];
  }

  std::span<Money> bases() { return {base.data(), count}; }
  std::span<Money> rooms() { return {roomy ? base.data() : room.data(), count}; }
  std::span<Money> shares() { return {share.data(), count}; }
};

/// The first `units` units of a line of which `left` is left (Q5).
inline Money first_units(Money left, std::int64_t quantity, std::int64_t units) {
  if (units == quantity) {
    return left;
  }
  const std::int64_t each = left.minor_units() / quantity;
  const std::int64_t spare = left.minor_units() % quantity;
  return Money::minor(each * units + (units < spare ? units : spare));
}

bool works_on_original(const Effect& effect, const Policy& policy);

/// Selects the lines that an effect may discount, with all their units (Q5, "eligible lines").
void select_lines(const CompiledEffect& effect, const CompiledScope& scope,
                  const PreparedCart& cart, const RunState& state, Selection& selection);
void select_shipping(const CompiledEffect& effect, const PreparedCart& cart, const RunState& state,
                     Selection& selection);

/// Keeps only the units that groupSize and maxUnitsPerLine leave eligible, and, with `max_units`,
/// the first maxUnits of them (Q5, "eligible units").
void limit_units(const Effect& effect, bool max_units, Selection& selection);

/// Fills base and room from the selected units.
void measure(const RunState& state, Selection& selection);

}  // namespace loyalty
