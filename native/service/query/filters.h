#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/zone.h"
#include "native/service/query/fields.h"
#include "native/store/query.h"
#include "native/wire/json.h"

/// The filter language: {"points.balance":{"$gte":5},"$or":[{"memberId":null},…]}.
namespace loyalty::service {

inline constexpr std::size_t filter_conditions_max = 100;
inline constexpr std::size_t filter_values_max = 500;
/// A filter travels in cursors, whose length is limited.
inline constexpr std::size_t filter_bytes_max = 8'000;

/// Throws Refused with every field, operator and value that the collection does not have, under
/// `path` (`query.filter`). Null is no filter. Times without an offset are of the zone.
store::Filter read_filter(const Collection& collection, const wire::Json& filter,
                          const std::string& path, const ZoneTable& zone = {});

/// Rows in whose searched fields the words of `search` {expression, mode, fields, fuzzy} stand: any
/// of them, or all with the mode AND. Everything where there are no words.
store::Filter search_filter(const Collection& collection, const wire::Json& search,
                            const std::string& path);

/// Both of them.
store::Filter both(store::Filter a, store::Filter b);

store::Filter condition(store::FieldRef field, store::Filter::Op op,
                        std::vector<store::Value> values = {});

/// A time with an offset, or a local one (`2026-01-15`, `2026-01-15T10:00:00`) of the zone.
std::optional<Instant> time_in(const ZoneTable& zone, std::string_view text);

}  // namespace loyalty::service
