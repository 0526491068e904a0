#pragma once

#include "native/service/call.h"
#include "native/service/route.h"

/// What staff asks about the whole program. Points are whole, money is in minor units, days and
/// months are those of the program's zone.
namespace loyalty::service::reports {

/// Buckets that one report may have.
inline constexpr std::size_t buckets_max = 400;
/// Members that a preview names.
inline constexpr std::size_t sample_max = 20;
/// Months that a forecast looks ahead; what would be gone later does not count as going.
inline constexpr std::int64_t forecast_months = 120;
/// Accounts without a tier of their own are in this one.
std::string base_tier_name(store::Session& session);

/// What moved, bucket by bucket. Throws VALIDATION where there would be more than buckets_max.
Json point_flows(Call& call, const Json& request);
/// What all points would cost the shop if they were spent today.
Json liability(Call& call, const Json& request);
/// Who is in which tier, and how tier points are spread.
Json tiers(Call& call, const Json& request);
/// Who would be in which tier by other thresholds or another window. Throws VALIDATION where names
/// or thresholds are not unique.
Json preview_tiers(Call& call, const Json& request);
/// What is still to do before members can come.
Json checklist(Call& call, const Json& request);

}  // namespace loyalty::service::reports
