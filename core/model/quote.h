#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/id.h"
#include "core/base/instant.h"
#include "core/model/cart.h"
#include "core/model/effect.h"
#include "core/model/rejection.h"

/// The answer of a checkout computation. Plain data that borrows from the workspace that computed
/// it and from the documents that it was computed from: valid until the next computation there.
namespace loyalty {

/// What of one discount fell on one line.
struct Share {
  std::uint32_t discount = 0;  ///< index into Quote::discounts
  Money amount;
};

struct QuoteLine {
  std::string_view id;
  Money subtotal;
  Money discount;
  Money net;
  Money tax;
  std::span<const Share> shares;  ///< in the order the discounts ran; no zero amounts
};

/// A free item: priced, fully discounted, and nowhere else (Q8b).
struct AddedLine {
  std::uint32_t discount = 0;
  ProductId product;
  std::int64_t quantity = 0;
  Money unit_price;
  Money discounted;  ///< unit price × quantity
};

struct Discount {
  std::string_view id;
  Source source = Source::promotion;
  Money amount;
  std::optional<Points> points;  ///< rewards only: what the member pays
};

struct EarnedByRule {
  RuleId rule;
  Money base;
  Points points;
};

struct PointsOutcome {
  Points spent;
  Points earned;
  std::span<const EarnedByRule> earned_by_rule;
  Points available_after;  ///< available less spent; what is earned comes with payment
};

/// The positions of a points slider.
struct PointSteps {
  Points min;   ///< first position
  Points step;  ///< distance of positions
  Points max;   ///< last position; may lie less than a step after the one before it
  Points best;  ///< the fewest points that give the largest discount
  Money best_amount;
};

struct Offer {
  std::string_view id;
  Source source = Source::reward;
  bool usable = false;
  std::optional<RejectionCode> code;
  Money saves;  ///< total without it less total with it, on top of what is chosen
  std::optional<Points> points;
  bool best = false;
  std::optional<PointSteps> steps;
};

struct NearMiss {
  std::string_view id;
  Source source = Source::promotion;
  RejectionCode code{};
  Fact missing;
  Fix fix;
  Money saves;
};

enum class ExplainStep : std::uint8_t {
  subtotal,
  discount,
  added_item,
  items_net,
  shipping,
  shipping_discount,
  tax,
  fees,
  total,
  wallet,
  payable,
  earn,
};

struct ExplainLine {
  std::string_view id;
  Money amount;
};

/// One step from subtotal to payable, enough to redo it with a pocket calculator.
struct ExplainRow {
  ExplainStep step = ExplainStep::subtotal;
  std::string_view rule;  ///< the number in RULES.md
  std::string_view id;
  std::optional<Money> base;
  std::optional<RatePpm> rate;
  std::string_view rounding;
  Money amount;
  std::optional<Points> points;
  std::span<const ExplainLine> lines;
  std::optional<Source> source{};  ///< of discounts: with the id, whose step this is
};

struct Quote {
  Money subtotal;
  Money items_discount;
  Money items_net;
  Money shipping;
  Money shipping_discount;
  Money tax;
  Money fees;
  Money total;
  Money wallet_paid;
  Money payable;
  std::span<const QuoteLine> lines;
  std::span<const QuoteLine> shipping_lines;
  std::span<const AddedLine> added_lines;
  std::span<const Discount> discounts;
  PointsOutcome points;
  std::span<const Rejection> rejected;
  std::optional<std::span<const Offer>> offers;
  std::optional<std::span<const NearMiss>> near_misses;
  std::optional<std::span<const ExplainRow>> explain;
  std::string_view catalog_version;
  std::optional<std::int64_t> account_revision;
};

/// The best combination (Q16).
struct BestChoice {
  std::span<const Choice> chosen;
  Quote quote;
  bool optimal = false;
  Money bound;  ///< no admissible set saves more than this; what is saved where optimal
};

}  // namespace loyalty
