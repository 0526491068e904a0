#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/id.h"
#include "core/model/effect.h"
#include "core/money/currency.h"

namespace loyalty {

enum class ItemKind : std::uint8_t { item, subscription, gift_card };

struct CartLine {
  LineId id;
  Money unit_price;
  std::int64_t quantity = 1;
  Texts tags;
  RatePpm tax_rate;
  bool discountable = true;
  ItemKind kind = ItemKind::item;
  Money min_unit_price;  ///< no discount brings a unit below this
  std::optional<Money> list_unit_price;
};

struct ShippingMethod {
  std::string_view id;
  Money price;
  RatePpm tax_rate;
  Texts tags;
};

/// A gift card or store credit: a payment, after tax.
struct Wallet {
  std::string_view id;
  Money balance;
};

struct Cart {
  std::string_view id;
  Currency currency;
  bool prices_include_tax = false;
  std::span<const CartLine> lines;
  std::span<const ShippingMethod> shipping;
  Money fees;
  std::span<const Wallet> wallets;
};

enum class ChoiceKind : std::uint8_t { reward, coupon, code, referral_reward };

struct Choice {
  ChoiceKind kind = ChoiceKind::reward;
  std::string_view text;         ///< an id, or the code as entered
  std::optional<Points> points;  ///< rewards only
};

/// What the shopper chose, in the order chosen.
struct Intent {
  std::span<const Choice> chosen;
};

}  // namespace loyalty
