#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <type_traits>

#include "core/base/build.h"
#include "core/json/joined_texts.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/model/effect.h"
#include "core/model/policy.h"
#include "core/model/quote.h"

/// How the documents spell enumerations. One table for both directions, in the order of the enum.
namespace loyalty::names {

using Names = std::span<const std::string_view>;

inline constexpr std::string_view program_status[] = {"DRAFT", "ACTIVE", "PAUSED"};
inline constexpr std::string_view reward_type[] = {"DISCOUNT_AMOUNT", "COUPON_REWARD"};
inline constexpr std::string_view rule_status[] = {"ACTIVE", "PAUSED"};
inline constexpr std::string_view coupon_status[] = {"PENDING", "ACTIVE", "APPLIED", "FAILED",
                                                     "ARCHIVED"};
inline constexpr std::string_view trigger[] = {"automatic", "code"};
inline constexpr std::string_view lane[] = {"automatic", "code", "coupon", "points"};
inline constexpr std::string_view item_kind[] = {"item", "subscription", "giftCard"};
inline constexpr std::string_view choice_kind[] = {"reward", "coupon", "code", "referralReward"};

inline constexpr std::string_view effect_kind[] = {"percent",    "tieredPercent", "fixedAmount",
                                                   "fixedPrice", "freeShipping",  "buyXGetY",
                                                   "freeItem",   "pointsAsMoney"};
inline constexpr std::string_view target[] = {"order", "lines", "shipping"};
inline constexpr std::string_view apply[] = {"across", "each", "eachUnit", "cheapestUnit"};
/// EffectBase less `policy`, which is the absence of the field.
inline constexpr std::string_view effect_base[] = {"remaining", "original"};
inline constexpr std::string_view step_basis[] = {"subtotal", "quantity"};
inline constexpr std::string_view pick[] = {"cheapestInGroup", "cheapest", "dearest"};

inline constexpr std::string_view rounding[] = {"halfUp", "halfEven", "halfDown", "down"};
inline constexpr std::string_view rounding_basis[] = {"target", "line", "unit"};
inline constexpr std::string_view split[] = {"largestRemainder", "remainderToFirst",
                                             "remainderToLast"};
inline constexpr std::string_view condition_basis[] = {"beforeDiscounts", "running"};
inline constexpr std::string_view compounding[] = {"remaining", "original"};
inline constexpr std::string_view tax_rounding[] = {"line", "unit", "order"};
inline constexpr std::string_view earn_rounding[] = {"wix", "floor", "perStep"};
inline constexpr std::string_view earn_base[] = {"afterDiscounts", "subtotal", "total"};

inline constexpr std::string_view explain_step[] = {
    "subtotal", "discount", "addedItem", "itemsNet", "shipping", "shippingDiscount",
    "tax",      "fees",     "total",     "wallet",   "payable",  "earn"};

/// The categories of CLDR plural rules, as `pointName` uses them.
inline constexpr std::string_view plural_form[] = {"zero", "one", "two", "few", "many", "other"};

/// Names to read by, in the order of their enum.
using Known = std::conditional_t<preview_only, JoinedTexts, Names>;

template <const auto& list>
constexpr Known known() {
  if constexpr (preview_only) {
    return joined<list>();
  } else {
    return list;
  }
}

inline bool is_one_of(const JoinedTexts& known, std::string_view text) {
  return known.find(text) != known.count;
}
inline bool is_one_of(Names known, std::string_view text) {
  return std::find(known.begin(), known.end(), text) != known.end();
}

template <class Enum>
constexpr std::string_view of(Names names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace loyalty::names
