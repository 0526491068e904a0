#pragma once

#include <cstddef>
#include <cstdint>

/// Every quantity has a limit, and the limits are proved against each other (RULES.md, section 2).
///
/// The decoder checks each bound once; after that no sum in the core can overflow and no sum needs
/// an error path. All results stay exact in a JavaScript number.
namespace loyalty::limits {

inline constexpr std::int64_t js_exact_max = (std::int64_t{1} << 53) - 1;

/// Any single amount, a line total included, in minor units.
inline constexpr std::int64_t money_minor_max = 1'000'000'000'000;
/// Items + shipping + fees of one cart, in minor units.
inline constexpr std::int64_t cart_minor_max = 100'000'000'000'000;
inline constexpr std::int64_t cart_lines_max = 1'000;
inline constexpr std::int64_t quantity_max = 1'000'000;
inline constexpr std::int64_t line_tags_max = 64;
inline constexpr std::int64_t tag_bytes_max = 128;
inline constexpr std::int64_t id_bytes_max = 128;
inline constexpr std::int64_t name_bytes_max = 1'024;

inline constexpr std::int64_t rewards_max = 200;
inline constexpr std::int64_t promotions_max = 100'000;
inline constexpr std::int64_t codes_max = 1'000'000;
inline constexpr std::int64_t tiers_max = 20;
/// One config per tier and one for the base tier.
inline constexpr std::int64_t tier_configs_max = tiers_max + 1;
inline constexpr std::int64_t earning_rules_max = 200;

inline constexpr std::int64_t chosen_max = 64;
inline constexpr std::int64_t shipping_methods_max = 20;
inline constexpr std::int64_t wallets_max = 20;
inline constexpr std::int64_t owned_coupons_max = 200;
inline constexpr std::int64_t effects_max = 16;
inline constexpr std::int64_t steps_max = 20;
inline constexpr std::int64_t scope_tags_max = 1'000;

inline constexpr std::int64_t points_max = 999'999'999;
inline constexpr std::int64_t points_per_call_max = 9'999'999;
inline constexpr std::int64_t earn_money_amount_max = 999'999'999;

inline constexpr std::int64_t rate_ppm_one = 1'000'000;
inline constexpr std::int64_t discount_rate_ppm_max = rate_ppm_one;
inline constexpr std::int64_t tax_rate_ppm_max = 10'000'000;

inline constexpr std::size_t document_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t catalog_bytes_max = std::size_t{64} << 20;
inline constexpr std::int64_t nesting_max = 32;

/// Instants, in milliseconds of UTC: 1970-01-01 up to, not including, 2200-01-01.
inline constexpr std::int64_t instant_ms_max = 7'258'118'400'000;

static_assert(money_minor_max <= js_exact_max / cart_lines_max,
              "the items of a full cart must stay exact in JavaScript");
static_assert(cart_minor_max <= js_exact_max / 20,
              "a cart with the highest tax on everything must stay exact in JavaScript");
static_assert(cart_minor_max <= INT64_MAX / (tax_rate_ppm_max / rate_ppm_one + 1),
              "total with tax cannot overflow");
static_assert(points_max <= INT64_MAX / points_per_call_max, "points times cost fit in 64 bits");
static_assert(cart_lines_max * quantity_max <= INT64_MAX / 1'000,
              "units of a cart can be counted without overflow");

}  // namespace loyalty::limits
