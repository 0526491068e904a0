#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/model/catalog.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/rules/earning.h"

/// Partial refunds of an order by what its quote stored: discount, tax and points come back in
/// proportion to the units returned, and any way of splitting a return gives the same sums (L10).
/// Allocation is never run again on the smaller cart.
namespace loyalty {

/// What of `stored` belongs to the first `returned` of `units`: R(k) = floor(stored × k / units).
/// A return from k1 to k2 units gives R(k2) - R(k1), so that any split adds up to the whole.
/// Requires: stored >= 0; 0 <= returned <= units; units >= 1.
Money returned_share(Money stored, std::int64_t returned, std::int64_t units);

/// A line of a placed order, in the amounts that its quote fixed.
struct OrderedLine {
  std::int64_t quantity = 1;
  Money subtotal;
  Money net;           ///< after all discounts
  Money tax;           ///< added to or included in net, as the order has it
  Money earning_base;  ///< what of the line counted toward earning; zero for gift cards (U68)
};

/// What a return gives back. Discount is what the customer does not get back of the subtotal.
struct ReturnedAmounts {
  Money subtotal;
  Money discount;
  Money net;  ///< subtotal - discount
  Money tax;
  friend bool operator==(const ReturnedAmounts&, const ReturnedAmounts&) = default;
};

/// What returning `returned` units of a line in all gives back; of a step from k1 to k2 units it is
/// the difference of the two.
ReturnedAmounts returned_amounts(const OrderedLine& line, std::int64_t returned);

/// The sum over an order's lines, `returned[i]` units of line i in all.
/// Requires: sizes equal.
ReturnedAmounts returned_amounts(std::span<const OrderedLine> lines,
                                 std::span<const std::int64_t> returned);

/// What of the order still counts toward earning (U14).
Money remaining_base(std::span<const OrderedLine> lines, std::span<const std::int64_t> returned);

/// Points to take back after a return, on top of what was taken back before: the rule's award less
/// its award on the remaining base, less `reversed` (U14). Never negative. Fixed points stay until
/// nothing remains.
Points points_to_reverse(const EarningRule& rule, const EarningConfig& config, Points granted,
                         Points reversed, Money remaining, Currency currency,
                         EarnRounding rounding);

enum class PointsRefund : std::uint8_t {
  whole_order,   ///< points come back when all goods have come back (U17)
  proportional,  ///< floor(spent × goods returned / goods)
};

/// Spent points to give back after a return, on top of what was given back before. A full return
/// gives all of them back under either policy (U16).
///
/// Goods are measured by their subtotals before discounts: an order that points paid wholly has no
/// money by which to measure what came back.
///
/// Requires: 0 <= goods_returned <= goods, what has come back in all, and 0 <= refunded <= spent.
Points points_to_refund(PointsRefund policy, Points spent, Points refunded, Money goods,
                        Money goods_returned);

}  // namespace loyalty
