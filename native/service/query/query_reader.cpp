#include "native/service/query/query_reader.h"

#include <algorithm>
#include <utility>

#include "native/service/query/aggregations.h"
#include "native/service/query/cursor.h"
#include "native/service/query/filters.h"
#include "native/wire/refused.h"

namespace loyalty::service {
namespace {

using wire::Json;
using wire::member;
using wire::Refused;

const store::FieldRef id_ref{"id", store::ValueType::text};

/// `query.filter`, or `filter` at the top.
std::string under(const std::string& path, std::string_view name) {
  return path.empty() ? std::string{name} : path + "." + std::string{name};
}

wire::Schema sort_schema(std::size_t max) {
  return wire::array(wire::object({wire::required("fieldName", wire::text(1, 512)),
                                   wire::optional("order", wire::enumeration({"ASC", "DESC"}))}),
                     0, max);
}

wire::Schema cursors_schema() {
  return wire::object(
      {wire::optional("next", wire::text(0, 0)), wire::optional("prev", wire::text(0, 0))});
}

std::vector<store::Sort> read_sort(const Collection& collection, const Json& sort,
                                   const std::string& path) {
  std::vector<store::Sort> read;
  std::vector<wire::FieldViolation> violations;
  for (std::size_t i = 0; sort.is_array() && i < sort.size(); ++i) {
    const std::string name = wire::text_at(sort[i], "fieldName");
    const QueryField* field = collection.field(name);
    if (field == nullptr || !field->sortable) {
      violations.push_back({path + "[" + std::to_string(i) + "].fieldName",
                            "cannot be sorted by",
                            "UNKNOWN_FIELD",
                            {}});
      continue;
    }
    // A field that stands in the order already decides nothing any more.
    const bool repeated = std::any_of(read.begin(), read.end(), [field](const store::Sort& one) {
      return one.field.path == field->ref.path;
    });
    if (!repeated) {
      read.push_back({field->ref, wire::text_at(sort[i], "order") == "DESC"});
    }
  }
  if (!violations.empty()) {
    throw Refused{std::move(violations)};
  }
  if (read.empty()) {
    read.push_back(collection.default_sort);
  }
  return read;
}

ZoneTable read_zone(const std::string& name, const QueryContext& context, const std::string& path) {
  if (name.empty() || name == "Z") {
    return {};
  }
  if (name.front() == '+' || name.front() == '-') {
    // `+02:00` is what UTC's clock shows less than a clock there: an instant written with it.
    const auto at = wire::time_of("2000-01-02T00:00:00" + name);
    if (at) {
      const auto ahead = wire::time_of("2000-01-02T00:00:00Z")->ms() - at->ms();
      return ZoneTable::fixed(static_cast<std::int32_t>(ahead / 1'000));
    }
  } else if (context.zone) {
    if (auto zone = context.zone(name)) {
      return *std::move(zone);
    }
  }
  throw Refused::invalid(path, "FORMAT",
                         "must be an offset such as +02:00, or a time zone such as Europe/Berlin");
}

/// What is asked, read anew for every page: from the request or from a cursor.
Listing listing_of(const Collection& collection, const Json& asked, const QueryContext& context,
                   const std::string& path) {
  Listing listing;
  listing.collection = &collection;
  listing.asked = asked;
  listing.zone = read_zone(wire::text_at(asked, "timeZone"), context, under(path, "timeZone"));
  listing.query.filter =
      both(read_filter(collection, member(asked, "filter"), under(path, "filter"), listing.zone),
           search_filter(collection, member(asked, "search"), under(path, "search")));
  listing.query.sort = read_sort(collection, member(asked, "sort"), under(path, "sort"));
  return listing;
}

/// The members of a request that a cursor keeps.
Json asked_of(const Json& request) {
  Json asked = Json::object();
  for (const char* name : {"filter", "sort", "search", "timeZone"}) {
    const Json& value = member(request, name);
    if (!value.is_null() && !value.empty()) {
      asked[name] = value;
    }
  }
  return asked;
}

Cursor require_cursor(const Collection& collection, const std::string& text, const Json& asked,
                      const QueryContext& context, const std::string& path) {
  auto cursor = read_cursor(text, collection.name, context.secret, context.now);
  if (!cursor) {
    throw Refused::invalid(path, "FORMAT",
                           "must be a cursor that this query gave in the last 24 hours");
  }
  for (const auto& [name, value] : asked.items()) {
    if (member(cursor->asked, name) != value) {
      throw Refused::invalid(path, "ONE_OF",
                             "is the cursor of another question: send it without filter and sort");
    }
  }
  return *std::move(cursor);
}

Listing read_page(const Collection& collection, const Json& request, const QueryContext& context,
                  const std::string& path) {
  const Json& cursor_paging = member(request, "cursorPaging");
  const Json& offset_paging = member(request, "paging");
  const Json asked = asked_of(request);
  const std::string cursor_text = wire::text_at(cursor_paging, "cursor");
  Listing listing;
  if (cursor_text.empty()) {
    listing = listing_of(collection, asked, context, path);
  } else {
    const std::string place = under(path, "cursorPaging.cursor");
    Cursor cursor = require_cursor(collection, cursor_text, asked, context, place);
    listing = listing_of(collection, cursor.asked, context, path);
    listing.query.after = std::move(cursor.place);
    listing.query.backward = cursor.backward;
    listing.later = true;
  }
  const Json& paging = offset_paging.is_null() ? cursor_paging : offset_paging;
  listing.query.limit =
      static_cast<std::size_t>(wire::integer_at(paging, "limit", page_limit_default));
  listing.query.offset = static_cast<std::size_t>(wire::integer_at(offset_paging, "offset"));
  listing.later = listing.later || listing.query.offset > 0;
  return listing;
}

Json cursors_json(const Listing& listing, const std::vector<std::vector<store::Value>>& places,
                  bool more, const QueryContext& context) {
  Json cursors = Json::object();
  if (places.empty()) {
    return cursors;
  }
  const auto write = [&](const std::vector<store::Value>& place, bool backward) {
    return write_cursor({listing.asked, place, backward}, listing.collection->name, context.secret,
                        context.now);
  };
  // Going back, the page that one comes from is the next.
  const bool backward = listing.query.backward;
  if (backward || more) {
    cursors["next"] = write(places.back(), false);
  }
  if (backward ? more : listing.later) {
    cursors["prev"] = write(places.front(), true);
  }
  return cursors;
}

}  // namespace

wire::Schema cursor_paging_schema() {
  return wire::object({wire::optional("limit", wire::integer(1, page_limit_max)),
                       wire::optional("cursor", wire::text(0, cursor_characters_max))});
}

wire::Schema search_text_schema() {
  return wire::object({wire::optional("mode", wire::enumeration({"OR", "AND"})),
                       wire::optional("expression", wire::text(0, 100)),
                       wire::optional("fields", wire::array(wire::text(1, 200), 0, 20)),
                       wire::optional("fuzzy", wire::boolean())});
}

wire::Schema query_schema(const Collection& collection) {
  const auto filter = wire::optional("filter", wire::any().describe("{field: {operator: value}}"));
  const auto sort = wire::optional("sort", sort_schema(collection.sort_max));
  const auto cursors = wire::optional("cursorPaging", cursor_paging_schema());
  if (!collection.paged_by_offset) {
    return wire::object({filter, sort, cursors});
  }
  return wire::object(
             {filter, sort, cursors,
              wire::optional(
                  "paging", wire::object({wire::optional("limit", wire::integer(1, page_limit_max)),
                                          wire::optional("offset", wire::integer(0, 1'000'000))})),
              wire::optional("fields", wire::array(wire::text(1, 512), 0, 100)),
              wire::optional("fieldsets", wire::array(wire::text(1, 512), 0, 100))})
      .at_most_one_of({"cursorPaging", "paging"});
}

wire::Schema search_schema(const Collection& collection) {
  return wire::object({wire::optional("filter", wire::any()),
                       wire::optional("sort", sort_schema(collection.sort_max)),
                       wire::optional("search", search_text_schema()),
                       wire::optional("cursorPaging", cursor_paging_schema()),
                       wire::optional("timeZone", wire::text(0, 50)),
                       wire::optional("aggregations", aggregations_schema())});
}

wire::Schema paging_metadata_schema() {
  return wire::object({wire::optional("count", wire::integer(0, page_limit_max)),
                       wire::optional("cursors", cursors_schema()),
                       wire::optional("hasNext", wire::boolean())});
}

wire::Schema paging_metadata_v2_schema() {
  return wire::object({wire::optional("count", wire::integer(0, INT64_MAX)),
                       wire::optional("offset", wire::integer(0, 1'000'000)),
                       wire::optional("total", wire::integer(0, INT64_MAX)),
                       wire::optional("tooManyToCount", wire::boolean()),
                       wire::optional("cursors", cursors_schema())});
}

Listing read_query(const Collection& collection, const Json& query, const QueryContext& context,
                   const std::string& path) {
  return read_page(collection, query, context, path);
}

Listing read_search(const Collection& collection, const Json& search, const QueryContext& context,
                    const std::string& path) {
  return read_page(collection, search, context, path);
}

store::Filter read_selection(const Collection& collection, const Json& selection,
                             const QueryContext& context, const std::string& path) {
  return listing_of(collection, asked_of(selection), context, path).query.filter;
}

Json paging_metadata(const Listing& listing, const std::vector<std::vector<store::Value>>& places,
                     bool more, const QueryContext& context) {
  Json cursors = cursors_json(listing, places, more, context);
  const bool next = cursors.contains("next");
  return Json{{"count", places.size()}, {"cursors", std::move(cursors)}, {"hasNext", next}};
}

Json paging_metadata_v2(const Listing& listing,
                        const std::vector<std::vector<store::Value>>& places, bool more,
                        std::int64_t total, const QueryContext& context) {
  return Json{{"count", places.size()},
              {"offset", listing.query.offset},
              {"total", total},
              {"tooManyToCount", false},
              {"cursors", cursors_json(listing, places, more, context)}};
}

}  // namespace loyalty::service
