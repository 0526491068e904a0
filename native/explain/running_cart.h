#pragma once

#include <cstddef>
#include <vector>

#include "native/explain/scene.h"

namespace loyalty::cli {

/// What is left of lines, shipping methods and points while the steps of a quote are told one by
/// one.
class RunningCart {
 public:
  explicit RunningCart(const Scene& scene);

  /// Where one line stands before a step, and what the step took off it.
  struct Position {
    std::size_t index = 0;  ///< into the cart's lines or shipping methods
    Money left;
    Money floor;
    Money share;
    Money unit_price;
    std::int64_t quantity = 1;
    RatePpm tax;

    /// Nothing more could be taken off it, because of its lowest price.
    bool at_floor() const { return floor > no_money && left - share <= floor; }
  };
  /// The lines of a step, before it.
  std::vector<Position> positions(const ExplainRow& row) const;
  /// Goes on behind a step.
  void take(const ExplainRow& row);
  /// Goes on behind a discount that the member paid for with points.
  void spend(Points points) { points_left_ = points_left_ - points; }

  Money items_left() const;
  Points points_left() const { return points_left_; }

 private:
  const Cart& cart_;
  std::vector<Money> items_;
  std::vector<Money> shipping_;
  Points points_left_;
};

}  // namespace loyalty::cli
