#include <utility>

#include "core/base/limits.h"
#include "native/service/program/scopes.h"
#include "native/wire/money_text.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::integer_at;
using wire::member;
using wire::Refused;
using wire::truth_at;

std::int64_t minor_units(const Json& amount, Currency currency, const std::string& field) {
  const std::optional<Money> money = wire::money_of(amount, currency);
  if (!money || *money < no_money) {
    throw Refused::invalid(
        field, "SCALE",
        "must be an amount with at most " + std::to_string(currency.exponent()) + " decimals");
  }
  return money->minor_units();
}

std::int64_t rate_ppm(const Json& percent) {
  const std::optional<std::string> text = wire::decimal_text(percent);
  const wire::ScaledDecimal rate = wire::scaled(text.value_or(""), 4);
  if (rate.fault || rate.value < 0 || rate.value > limits::discount_rate_ppm_max) {
    throw Refused::invalid("percentOffRate", "MAX", "must be a percentage up to 100");
  }
  return rate.value;
}

/// Where a discount on goods acts: on the goods in the scope, or on the whole order.
Json on_goods(const Json& specification, std::string_view apply_to_many) {
  const Json& scope = member(specification, "scope");
  const bool one_item = truth_at(specification, "limitedToOneItem") || is_always_one_item(scope);
  Json effect = Json::object();
  const std::string_view apply = one_item ? "cheapestUnit" : apply_to_many;
  if (scope.is_object() || apply != "across") {
    effect["target"] = "lines";
    effect["apply"] = std::string{apply};
  } else {
    effect["target"] = "order";
  }
  if (scope.is_object()) {
    effect["scope"] = {{"include", {tag_of_scope(scope)}}};
  }
  return effect;
}

Json effect_of(const Json& specification, Currency currency) {
  if (const Json& amount = member(specification, "moneyOffAmount"); !amount.is_null()) {
    Json effect = on_goods(specification, "across");
    effect["kind"] = "fixedAmount";
    effect["amount"] = minor_units(amount, currency, "moneyOffAmount");
    return effect;
  }
  if (const Json& percent = member(specification, "percentOffRate"); !percent.is_null()) {
    Json effect = on_goods(specification, "across");
    effect["kind"] = "percent";
    effect["ratePpm"] = rate_ppm(percent);
    return effect;
  }
  if (const Json& price = member(specification, "fixedPriceAmount"); !price.is_null()) {
    Json effect = on_goods(specification, "eachUnit");  // every unit costs as much
    effect["kind"] = "fixedPrice";
    effect["amount"] = minor_units(price, currency, "fixedPriceAmount");
    return effect;
  }
  if (const Json& gift = member(specification, "buyXGetY"); !gift.is_null()) {
    Json effect{
        {"kind", "buyXGetY"}, {"buy", integer_at(gift, "x", 1)}, {"get", integer_at(gift, "y", 1)}};
    if (const Json& scope = member(specification, "scope"); scope.is_object()) {
      effect["scope"] = {{"include", {tag_of_scope(scope)}}};
    }
    if (truth_at(specification, "limitedToOneItem")) {
      effect["maxUnits"] = 1;
    }
    return effect;
  }
  if (truth_at(specification, "freeShipping")) {
    return {{"kind", "freeShipping"}};
  }
  throw Refused::invalid("specification", "REQUIRED", "must say what the coupon takes off");
}

}  // namespace

Json coupon_rules(const Json& specification, Currency currency) {
  Json effect = effect_of(specification, currency);
  if (truth_at(specification, "appliesToSubscriptions")) {
    effect["appliesToSubscriptions"] = true;
    if (const std::int64_t cycles = integer_at(specification, "discountedCycleCount"); cycles > 0) {
      effect["discountedCycles"] = cycles;
    }
  }
  Json rules{{"effects", Json::array({std::move(effect)})}};
  if (const Json& minimum = member(specification, "minimumSubtotal"); !minimum.is_null()) {
    rules["conditions"] = {{"minSubtotal", minor_units(minimum, currency, "minimumSubtotal")}};
  }
  return rules;
}

Json coupon_specification(const Json& reward, const Json& config) {
  const Json& coupon = member(reward, "couponReward");
  Json specification{{"name", wire::text_at(reward, "name")}};
  if (coupon.contains("fixedAmount")) {
    specification["type"] = "MONEY_OFF_AMOUNT";
    specification["moneyOffAmount"] = member(config, "amount");
  } else if (coupon.contains("percentage")) {
    specification["type"] = "PERCENT_OFF_RATE";
    specification["percentOffRate"] = member(config, "percentage");
  } else {
    specification["type"] = "FREE_SHIPPING";
    specification["freeShipping"] = true;
  }
  for (const std::string_view name : {"scope", "minimumSubtotal", "limitedToOneItem",
                                      "appliesToSubscriptions", "discountedCycleCount"}) {
    if (const Json& value = member(coupon, name); !value.is_null()) {
      specification[std::string{name}] = value;
    }
  }
  return specification;
}

}  // namespace loyalty::service
