#pragma once

#include <string>

#include "core/ledger/zone.h"
#include "native/service/query/fields.h"
#include "native/store/session.h"
#include "native/wire/json.h"
#include "native/wire/schema.h"

/// Numbers about the accounts that a search finds: counts by value, by range, by period, extremes,
/// and one inside the other.
namespace loyalty::service {

wire::Schema aggregations_schema();
wire::Schema aggregation_data_schema();

/// What shapes cannot say: which field has which aggregation, what goes inside what. Throws Refused
/// with violations under `path`.
void check_aggregations(const Collection& collection, const wire::Json& aggregations,
                        const std::string& path);

/// {results:[{name, fieldPath, type, values | ranges | scalar | scalarDate | dateHistogram |
/// nested}]} for a list as accepted by aggregations_schema(), in its order. Periods begin by the
/// clocks of the zone, weeks on Mondays. Throws Refused with violations under `path`.
wire::Json aggregate(store::Session& session, const Collection& collection,
                     const wire::Json& aggregations, const store::Filter& filter,
                     const ZoneTable& zone, const std::string& path = "search.aggregations");

}  // namespace loyalty::service
