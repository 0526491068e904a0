#include "core/base/limits.h"

#include <gtest/gtest.h>

#include "core/base/calendar_date.h"

namespace loyalty::limits {
namespace {

// Documents in the world rely on these numbers: none may shrink by accident.
TEST(Limits, AreThoseOfTheRules) {
  EXPECT_EQ(money_minor_max, 1'000'000'000'000);
  EXPECT_EQ(cart_minor_max, 100 * money_minor_max);
  EXPECT_EQ(cart_lines_max, 1'000);
  EXPECT_EQ(quantity_max, 1'000'000);
  EXPECT_EQ(line_tags_max, 64);
  EXPECT_EQ(tag_bytes_max, 128);
  EXPECT_EQ(id_bytes_max, 128);
  EXPECT_EQ(rewards_max, 200);
  EXPECT_EQ(promotions_max, 100'000);
  EXPECT_EQ(codes_max, 1'000'000);
  EXPECT_EQ(tiers_max, 20);
  EXPECT_EQ(tier_configs_max, 21);
  EXPECT_EQ(earning_rules_max, 200);
  EXPECT_EQ(chosen_max, 64);
  EXPECT_EQ(shipping_methods_max, 20);
  EXPECT_EQ(wallets_max, 20);
  EXPECT_EQ(owned_coupons_max, 200);
  EXPECT_EQ(effects_max, 16);
  EXPECT_EQ(steps_max, 20);
  EXPECT_EQ(points_max, 999'999'999);
  EXPECT_EQ(points_per_call_max, 9'999'999);
  EXPECT_EQ(discount_rate_ppm_max, 1'000'000);
  EXPECT_EQ(tax_rate_ppm_max, 10'000'000);
  EXPECT_EQ(document_bytes_max, 1'048'576U);
  EXPECT_EQ(catalog_bytes_max, 64 * document_bytes_max);
  EXPECT_EQ(nesting_max, 32);
}

TEST(Limits, EndTimeWithTheYear2199) {
  EXPECT_EQ(instant_ms_max, days_from_date({2200, 1, 1}) * 86'400'000);
}

TEST(Limits, KeepEveryAmountExactInJavaScript) {
  EXPECT_EQ(js_exact_max, 9'007'199'254'740'991);
  // The largest cart with the highest tax on everything, and its fees.
  EXPECT_LE(cart_minor_max * (1 + tax_rate_ppm_max / rate_ppm_one), js_exact_max);
}

}  // namespace
}  // namespace loyalty::limits
