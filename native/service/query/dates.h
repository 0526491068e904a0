#pragma once

#include <string>
#include <string_view>

#include "core/base/calendar_date.h"
#include "native/service/query/periods.h"
#include "native/wire/json.h"

/// Dates as requests and answers write them, and stretches of local days.
namespace loyalty::service {

/// `2026-02-28`
std::string date_text(Date date);
/// `2026-02`
std::string month_text(Date date);

/// Requires: what date_text() writes, or wire::date() has let through.
Date date_in(std::string_view text);

/// From the first instant of the day `request.from` to the last of `request.to`, by the zone's
/// calendar; what is absent has no bound.
Period days_of(const ZoneTable& zone, const wire::Json& request);

}  // namespace loyalty::service
