#pragma once

#include <optional>
#include <string_view>

#include "core/money/currency.h"
#include "core/money/money.h"
#include "native/wire/json.h"

/// Amounts in what other applications tell of their activities.
namespace loyalty::service {

/// The amount at a dotted path (`priceSummary.totalAmount`, `items[0].price`): decimal text, a
/// number, or an object that has it as `amount` or `value`. Major units; what is finer than the
/// currency's minor unit is cut off. Zero where there is none, or it is none.
Money amount_in(const wire::Json& payload, std::string_view path, Currency currency);

}  // namespace loyalty::service
