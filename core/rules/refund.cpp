#include "core/rules/refund.h"

#include <cstddef>

#include "core/base/check.h"
#include "core/money/mul_div.h"

namespace loyalty {

Money returned_share(Money stored, std::int64_t returned, std::int64_t units) {
  LOYALTY_CHECK(stored >= no_money && 0 <= returned && returned <= units && units >= 1);
  return Money::minor(static_cast<std::int64_t>(
      mul_div(static_cast<std::uint64_t>(stored.minor_units()),
              static_cast<std::uint64_t>(returned), static_cast<std::uint64_t>(units))
          .quotient));
}

ReturnedAmounts returned_amounts(const OrderedLine& line, std::int64_t returned) {
  const Money subtotal = returned_share(line.subtotal, returned, line.quantity);
  const Money discount = returned_share(line.subtotal - line.net, returned, line.quantity);
  return {.subtotal = subtotal,
          .discount = discount,
          .net = subtotal - discount,
          .tax = returned_share(line.tax, returned, line.quantity)};
}

ReturnedAmounts returned_amounts(std::span<const OrderedLine> lines,
                                 std::span<const std::int64_t> returned) {
  LOYALTY_CHECK(lines.size() == returned.size());
  ReturnedAmounts sum;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const ReturnedAmounts amounts = returned_amounts(lines[i], returned[i]);
    sum.subtotal += amounts.subtotal;
    sum.discount += amounts.discount;
    sum.net += amounts.net;
    sum.tax += amounts.tax;
  }
  return sum;
}

Money remaining_base(std::span<const OrderedLine> lines, std::span<const std::int64_t> returned) {
  LOYALTY_CHECK(lines.size() == returned.size());
  Money base;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    base += lines[i].earning_base -
            returned_share(lines[i].earning_base, returned[i], lines[i].quantity);
  }
  return base;
}

Points points_to_reverse(const EarningRule& rule, const EarningConfig& config, Points granted,
                         Points reversed, Money remaining, Currency currency,
                         EarnRounding rounding) {
  const Points kept = rule_points(rule, config, remaining, currency, rounding);
  return max(no_points, granted - kept - reversed);
}

Points points_to_refund(PointsRefund policy, Points spent, Points refunded, Money goods,
                        Money goods_returned) {
  LOYALTY_CHECK(no_money <= goods_returned && goods_returned <= goods);
  LOYALTY_CHECK(no_points <= refunded && refunded <= spent);
  if (goods_returned == goods) {
    return spent - refunded;
  }
  if (policy == PointsRefund::whole_order) {
    return no_points;
  }
  const Points due = Points::of(
      static_cast<std::int64_t>(mul_div(static_cast<std::uint64_t>(spent.count()),
                                        static_cast<std::uint64_t>(goods_returned.minor_units()),
                                        static_cast<std::uint64_t>(goods.minor_units()))
                                    .quotient));
  return max(no_points, due - refunded);
}

}  // namespace loyalty
