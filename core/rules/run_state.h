#pragma once

#include <cstdint>

#include "core/base/buffer.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/rules/prepared_cart.h"

namespace loyalty {

/// The part of a computation that changes while discounts run: what is left of each line (Q5).
struct RunState {
  Buffer<Money> items_left;
  Buffer<Money> shipping_left;
  Money items_net;                    ///< the sum of items_left
  Money shipping_net;                 ///< the sum of shipping_left
  Buffer<std::uint64_t> shared;       ///< lines that have a share
  std::uint32_t shipping_shared = 0;  ///< methods that have a share
  bool tracks_shared = false;         ///< some effect asks for `shared`
  Buffer<std::int64_t> used;          ///< units bought or given by a buy X get Y, by line
  bool any_used = false;
  Points points_left;

  /// Nothing has run yet.
  void start(const PreparedCart& cart, Points available) {
    items_left.assign({cart.items.subtotal.data(), cart.items.count});
    shipping_left.assign({cart.shipping.subtotal.data(), cart.shipping.count});
    items_net = cart.items_subtotal;
    shipping_net = cart.shipping_subtotal;
    shared.assign(cart.words, 0);
    any_used = false;
    shipping_shared = 0;
    tracks_shared = false;
    points_left = available;
  }

  void use_units(std::size_t line, std::int64_t units, std::size_t count) {
    if (!any_used) {
      used.assign(count, 0);
      any_used = true;
    }
    used[line] += units;
  }
  std::int64_t used_units(std::size_t line) const { return any_used ? used[line] : 0; }
};

}  // namespace loyalty
