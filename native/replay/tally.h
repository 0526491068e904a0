#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/model/cart.h"
#include "core/model/quote.h"

namespace loyalty::cli {

/// One figure under the old and the new rules, summed over carts. Stops at the ends of the range
/// instead of overflowing.
struct Pair {
  std::int64_t before = 0;
  std::int64_t after = 0;
  std::int64_t difference() const { return after - before; }
  void add(std::int64_t more_before, std::int64_t more_after);
  void add(const Pair& other) { add(other.before, other.after); }
};

/// A cart that changed.
struct Change {
  std::size_t line = 0;  ///< in the file, from 1
  std::string cart;
  Pair payable;
  Pair points;  ///< earned less spent
};

/// A line that is no cart.
struct BadLine {
  std::size_t line = 0;
  Error error;
};

/// What one discount did over all carts.
struct PromotionTally {
  Pair uses;
  Pair amount;
};

using PromotionKey = std::pair<Source, std::string>;
/// Finds by a view of the name, so that counting copies no text.
struct PromotionOrder {
  using is_transparent = void;
  using View = std::pair<Source, std::string_view>;
  static View view(const PromotionKey& key) { return {key.first, key.second}; }
  static View view(const View& key) { return key; }
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return view(a) < view(b);
  }
};

inline constexpr std::size_t biggest_changes = 10;
inline constexpr std::size_t bad_lines_listed = 10;

/// What a stretch of a file of carts adds up to. Tallies of neighbouring stretches add up to that
/// of both, so that threads may share the work and the result does not tell.
class Tally {
 public:
  void add_cart(std::size_t line, std::string_view cart_id, const Quote& before,
                const Quote& after);
  void add_discount(std::string_view name, const Discount& discount, bool is_after);
  void add_bad_line(std::size_t line, const Error& error);
  void end_line() { ++lines; }
  /// Appends the tally of the stretch that follows in the file.
  void append(Tally&& next);

  std::size_t lines = 0;
  std::size_t carts = 0;
  std::size_t bad = 0;
  std::size_t changed = 0;
  std::size_t cheaper = 0;
  std::size_t dearer = 0;
  Pair payable;
  Pair discounts;
  Pair earned;
  Pair spent;
  std::vector<Change> biggest;  ///< by difference in payable, then in points, then by line
  std::vector<BadLine> bad_lines;
  /// By source and name: coupons with one name count as one.
  std::map<PromotionKey, PromotionTally, PromotionOrder> promotions;

 private:
  void keep_biggest(Change change);
};

}  // namespace loyalty::cli
