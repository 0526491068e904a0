#include "native/explain/running_cart.h"

namespace loyalty::cli {

RunningCart::RunningCart(const Scene& scene) : cart_{scene.cart} {
  for (const CartLine& line : cart_.lines) {
    items_.push_back(line.unit_price * line.quantity);
  }
  for (const ShippingMethod& method : cart_.shipping) {
    shipping_.push_back(method.price);
  }
  points_left_ = scene.account != nullptr ? scene.account->available : no_points;
}

std::vector<RunningCart::Position> RunningCart::positions(const ExplainRow& row) const {
  std::vector<Position> found;
  const bool shipping = row.step == ExplainStep::shipping_discount;
  // A step's lines stand in the order of the cart.
  std::size_t index = 0;
  for (const ExplainLine& line : row.lines) {
    if (shipping) {
      while (index < cart_.shipping.size() && cart_.shipping[index].id != line.id) {
        ++index;
      }
      if (index == cart_.shipping.size()) {
        break;
      }
      const ShippingMethod& method = cart_.shipping[index];
      found.push_back({.index = index,
                       .left = shipping_[index],
                       .floor = no_money,
                       .share = line.amount,
                       .unit_price = method.price,
                       .quantity = 1,
                       .tax = method.tax_rate});
    } else {
      while (index < cart_.lines.size() && cart_.lines[index].id.text() != line.id) {
        ++index;
      }
      if (index == cart_.lines.size()) {
        break;
      }
      const CartLine& item = cart_.lines[index];
      found.push_back({.index = index,
                       .left = items_[index],
                       .floor = item.min_unit_price * item.quantity,
                       .share = line.amount,
                       .unit_price = item.unit_price,
                       .quantity = item.quantity,
                       .tax = item.tax_rate});
    }
  }
  return found;
}

void RunningCart::take(const ExplainRow& row) {
  const bool shipping = row.step == ExplainStep::shipping_discount;
  for (const Position& position : positions(row)) {
    (shipping ? shipping_ : items_)[position.index] -= position.share;
  }
}

Money RunningCart::items_left() const {
  Money sum;
  for (const Money left : items_) {
    sum += left;
  }
  return sum;
}

}  // namespace loyalty::cli
