#pragma once

#include "native/service/call.h"
#include "native/wire/schema.h"

/// A member's movements of points: page by page, and as a file.
namespace loyalty::service {

/// The most movements that one file holds.
inline constexpr std::size_t exported_max = 10'000;

/// {type, from, to, search, limit, cursor} → {transactions, next, total, pagingMetadata}
Json own_transactions(Call& call, const Json& request);

/// {format, type, from, to, search} → {content, contentType, fileName}. Throws VALIDATION where
/// more than `exported_max` match.
Json exported_transactions(Call& call, const Json& request);

/// A movement as its member sees it.
wire::Schema member_transaction_schema();

}  // namespace loyalty::service
