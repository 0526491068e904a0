#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/id.h"
#include "core/base/instant.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/money/ratio.h"

/// What a reward, promotion or coupon does, and when. Plain data that borrows its texts and lists
/// from the document's arena. Bounds: core/base/limits.h; meaning: RULES.md.
namespace loyalty {

using Texts = std::span<const std::string_view>;

/// Which lines, or which shipping methods, something is about. Both prices are inclusive bounds of
/// the unit price as the cart states it.
struct Scope {
  Texts include;  ///< any of these tags; empty: everything
  Texts exclude;  ///< none of these tags
  std::optional<Money> min_unit_price;
  std::optional<Money> max_unit_price;
};

struct ScopedAmount {
  Scope scope;
  Money amount;
};

struct ScopedQuantity {
  Scope scope;
  std::int64_t quantity = 0;
};

/// All that are present must hold.
struct Conditions {
  std::optional<Instant> starts_at;  ///< first instant at which it holds
  std::optional<Instant> ends_at;    ///< first instant at which it no longer holds
  std::optional<Money> min_subtotal;
  std::optional<ScopedAmount> min_subtotal_of;
  std::optional<std::int64_t> min_quantity;
  std::optional<ScopedQuantity> min_quantity_of;
  std::optional<std::int64_t> min_line_quantity;
  Texts contains_tags;               ///< some line has one of these
  std::span<const TierId> tier_ids;  ///< the account's tier is one of these
  bool members_only = false;
  Texts customer_tags;  ///< the account has one of these
  std::optional<std::int64_t> order_number;
  Texts shipping_methods;  ///< some method has one of these as id or tag
};

/// What the merchant still allows; the server fills these in.
struct UseLimits {
  std::optional<std::int64_t> uses_left;
  std::optional<std::int64_t> uses_left_for_customer;
  std::optional<Money> budget_left;  ///< compared with the whole amount, never partly used
};

enum class EffectKind : std::uint8_t {
  percent,
  tiered_percent,
  fixed_amount,
  fixed_price,
  free_shipping,
  buy_x_get_y,
  free_item,
  points_as_money,
};

enum class Target : std::uint8_t { order, lines, shipping };
enum class Apply : std::uint8_t { across, each, each_unit, cheapest_unit };
/// What an effect computes from; `policy` follows the catalog's `compounding`.
enum class EffectBase : std::uint8_t { policy, remaining, original };
enum class StepBasis : std::uint8_t { subtotal, quantity };
enum class Pick : std::uint8_t { cheapest_in_group, cheapest, dearest };

struct RateStep {
  std::int64_t from = 0;  ///< minor units or units, as the effect's `by` says
  RatePpm rate;
};

struct PerUnits {
  Scope scope;
  std::int64_t every = 1;
};

struct Effect {
  EffectKind kind = EffectKind::percent;
  Target target = Target::order;
  Apply apply = Apply::across;
  EffectBase base = EffectBase::policy;
  bool amount_includes_tax = false;
  bool exclude_discounted = false;
  bool applies_to_subscriptions = false;
  std::optional<Scope> scope;
  std::optional<Money> max_discount;
  std::optional<std::int64_t> max_units;
  std::optional<std::int64_t> max_units_per_line;
  std::optional<std::int64_t> group_size;
  std::optional<std::int64_t>
      discounted_cycles;  ///< first cycles of a subscription; for the seller

  RatePpm rate;  ///< percent, buy_x_get_y
  Money amount;  ///< fixed_amount, fixed_price, points_as_money (value of `cost` points)

  StepBasis by = StepBasis::subtotal;  ///< tiered_percent
  std::span<const RateStep> steps;     ///< tiered_percent; ascending, `from` strictly growing

  std::int64_t buy = 0;  ///< buy_x_get_y
  std::int64_t get = 0;
  std::optional<Scope> buy_scope;
  std::optional<Scope> get_scope;
  bool repeat = true;
  std::optional<Money> amount_off;  ///< per given unit, in place of `rate`
  Pick pick = Pick::cheapest_in_group;

  ProductId product;  ///< free_item
  std::int64_t quantity = 0;
  Money unit_price;
  std::optional<PerUnits> per_units;

  Points cost;  ///< points_as_money: `cost` points are worth `amount`
  Points min_points;
  Points step_points = Points::of(1);
  std::optional<Points> max_points;
  std::optional<RatePpm> max_share_of_order;
};

}  // namespace loyalty
