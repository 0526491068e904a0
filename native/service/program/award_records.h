#pragma once

#include <optional>
#include <string_view>

#include "core/money/currency.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "native/wire/json.h"

/// What an event awarded, rule by rule, as it is kept by the event's id: enough to take some of it
/// back or to add to it, whatever has become of the rules since.
namespace loyalty::service {

inline constexpr std::string_view award_event_scope = "earn-event";  ///< of claims, by event

/// What the rule of then gives for a base; nothing where there is none.
Points award_for(const wire::Json& record, std::optional<Money> base, Currency currency);

/// What was granted and not taken back.
Points standing_of(const wire::Json& record);

}  // namespace loyalty::service
