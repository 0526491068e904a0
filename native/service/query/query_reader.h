#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/ledger/zone.h"
#include "native/service/query/fields.h"
#include "native/store/query.h"
#include "native/wire/json.h"
#include "native/wire/schema.h"

/// Reads `query` and `search` of the public API, and writes the metadata of the page that answers
/// them.
namespace loyalty::service {

inline constexpr std::int64_t page_limit_max = 100;
inline constexpr std::int64_t page_limit_default = 50;

/// What queries depend on beside themselves; context_of() makes it from a call.
struct QueryContext {
  std::string secret;  ///< of the site, signs cursors
  Instant now;
  /// The table of a named time zone; nothing where the name is unknown.
  std::function<std::optional<ZoneTable>(std::string_view)> zone = {};
};

/// A question that can be answered page by page.
struct Listing {
  store::Query query;
  const Collection* collection = nullptr;
  wire::Json asked;    ///< what a cursor keeps of it
  bool later = false;  ///< a page after the first, by cursor or offset
  ZoneTable zone;      ///< of searches
};

/// Shapes of requests and answers.
wire::Schema query_schema(const Collection& collection);
wire::Schema search_schema(const Collection& collection);
wire::Schema search_text_schema();  ///< {mode, expression, fields, fuzzy}
wire::Schema cursor_paging_schema();
wire::Schema paging_metadata_schema();
wire::Schema paging_metadata_v2_schema();

/// Reads {filter, sort, cursorPaging | paging} as accepted by query_schema(); null asks for
/// everything in the collection's own order. With a cursor everything else but the limit is the
/// cursor's. Throws Refused with violations under `path`.
Listing read_query(const Collection& collection, const wire::Json& query,
                   const QueryContext& context, const std::string& path = "query");

/// Reads {filter, sort, search, cursorPaging, timeZone} as accepted by search_schema(): the filter
/// of the listing holds the words too. Aggregations are read by aggregate().
Listing read_search(const Collection& collection, const wire::Json& search,
                    const QueryContext& context, const std::string& path = "search");

/// Filter and words alone, for counting and for bulk changes: {filter, search, timeZone}. The
/// filter of a search without its page. `path` is empty where both stand in the request itself.
store::Filter read_selection(const Collection& collection, const wire::Json& selection,
                             const QueryContext& context, const std::string& path);

/// {count, cursors{next,prev}, hasNext}; a cursor is left out where there is no such page.
wire::Json paging_metadata(const Listing& listing,
                           const std::vector<std::vector<store::Value>>& places, bool more,
                           const QueryContext& context);

/// {count, offset, total, tooManyToCount, cursors}.
wire::Json paging_metadata_v2(const Listing& listing,
                              const std::vector<std::vector<store::Value>>& places, bool more,
                              std::int64_t total, const QueryContext& context);

template <class Row>
wire::Json paging_metadata(const Listing& listing, const store::Page<Row>& page,
                           const QueryContext& context) {
  return paging_metadata(listing, page.places, page.more, context);
}

template <class Row>
wire::Json paging_metadata_v2(const Listing& listing, const store::Page<Row>& page,
                              std::int64_t total, const QueryContext& context) {
  return paging_metadata_v2(listing, page.places, page.more, total, context);
}

}  // namespace loyalty::service
