#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "native/store/query.h"
#include "native/store/sqlite/connection.h"
#include "native/store/sqlite/fields.h"

/// Questions as SQL. Texts of requests only ever become bound values.
namespace loyalty::store::sqlite {

/// What is asked about: `columns` of `rows`, a FROM clause that ends in a condition whose only
/// parameter is the tenant.
struct Collection {
  std::string_view columns;
  int column_count;
  std::string rows;
  Column (*column_of)(const FieldRef& field);
};

struct Selection {
  std::string sql;
  std::vector<Value> values;
};

/// One row more than the limit, to see whether there is any; after the columns of the collection
/// stand the sort values and the id. Backward questions give the nearest row first.
Selection select_page(const Collection& from, std::int64_t tenant, const Query& query);

/// How many rows pass.
Selection select_count(const Collection& from, std::int64_t tenant, const Filter& filter);

/// The values of a field and how many rows have each, the most frequent first.
Selection select_count_by(const Collection& from, std::int64_t tenant, const FieldRef& field,
                          const Filter& filter, std::size_t limit);

/// The answer of select_count().
std::int64_t read_count(Connection& connection, const Selection& selection);

/// The sort values and the id of a row of select_page().
std::vector<Value> read_place(const Cursor& row, const Collection& from, const Query& query);

/// Asks for a page. `read` makes a row of the columns of the collection.
template <class Row>
Page<Row> read_page(Connection& connection, const Collection& from, std::int64_t tenant,
                    const Query& query, Row (*read)(const Cursor&)) {
  const Selection selection = select_page(from, tenant, query);
  Page<Row> page;
  Cursor cursor = connection.query_built(selection.sql, selection.values);
  while (cursor.next()) {
    if (page.rows.size() == query.limit) {
      page.more = true;
      break;
    }
    page.rows.push_back(read(cursor));
    page.places.push_back(read_place(cursor, from, query));
  }
  if (query.backward) {
    std::reverse(page.rows.begin(), page.rows.end());
    std::reverse(page.places.begin(), page.places.end());
  }
  return page;
}

}  // namespace loyalty::store::sqlite
