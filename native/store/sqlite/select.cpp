#include "native/store/sqlite/select.h"

#include <stdexcept>
#include <utility>
#include <variant>

#include "core/base/instant.h"
#include "native/store/session.h"

namespace loyalty::store::sqlite {
namespace {

using Op = Filter::Op;

/// Joins texts; `nothing` where there are none.
std::string joined(const std::vector<std::string>& parts, std::string_view between,
                   std::string_view nothing) {
  if (parts.empty()) {
    return std::string{nothing};
  }
  std::string text = "(";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    text += i == 0 ? std::string_view{} : between;
    text += parts[i];
  }
  return text + ")";
}

/// Writes conditions and keeps what is bound to them.
///
/// A condition may be NULL, which a WHERE takes for false; wherever one is negated, IS NOT TRUE
/// makes two values of three.
class Conditions {
 public:
  Conditions(const Collection& from, std::int64_t tenant) : from_{from}, values_{{tenant}} {}

  std::string of(const Filter& filter) {
    switch (filter.op) {
      case Op::all:
        return joined(of_children(filter), " AND ", "1");
      case Op::any:
        return joined(of_children(filter), " OR ", "0");
      case Op::none:
        return "(" + joined(of_children(filter), " OR ", "0") + " IS NOT TRUE)";
      case Op::in:
        return is_in(filter);
      case Op::not_in:
        return "(" + is_in(filter) + " IS NOT TRUE)";
      case Op::exists:
        return column(filter).sql + " IS NOT NULL";
      case Op::missing:
        return column(filter).sql + " IS NULL";
      case Op::eq:
        // `=` finds its way through an index, IS does not always.
        return is_null(operand(filter)) ? column(filter).sql + " IS NULL" : compared(filter, " = ");
      case Op::ne:
        return compared(filter, " IS NOT ");
      case Op::lt:
        return compared(filter, " < ");
      case Op::le:
        return compared(filter, " <= ");
      case Op::gt:
        return compared(filter, " > ");
      case Op::ge:
        return compared(filter, " >= ");
      case Op::starts_with:
        return called(filter, "text_starts");
      case Op::ends_with:
        return called(filter, "text_ends");
      case Op::contains:
        return called(filter, "text_contains");
      case Op::fuzzy:
        return called(filter, "text_resembles");
    }
    throw std::logic_error{"no such operator"};
  }

  /// Rows beyond `place` in the order of the columns. NULL comes before every value.
  std::string beyond(const std::vector<Column>& columns, const std::vector<bool>& descending,
                     const std::vector<Value>& place) {
    std::vector<std::string> ways;
    std::string same;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      ways.push_back("(" + same + further(columns[i], descending[i], place[i]) + ")");
      same += columns[i].sql + " IS " + parameter(place[i], columns[i].stored) + " AND ";
    }
    return joined(ways, " OR ", "0");
  }

  /// Not before the place in the first column: what an index can start from.
  std::string from_first(const Column& first, bool descending, const Value& value) {
    if (is_null(value) || descending) {
      return "1";
    }
    return first.sql + " >= " + parameter(value, first.stored);
  }

  std::string parameter(Value value, Column::Stored stored) {
    if (stored == Column::Stored::instant_text) {
      if (const auto* ms = std::get_if<std::int64_t>(&value)) {
        value = instant_text(*ms);
      }
    }
    return bound(std::move(value));
  }

  std::string bound(Value value) {
    values_.push_back(std::move(value));
    return "?" + std::to_string(values_.size());
  }

  std::vector<Value> take_values() { return std::move(values_); }

 private:
  static bool is_null(const Value& value) { return std::holds_alternative<std::nullptr_t>(value); }

  static const Value& operand(const Filter& filter) {
    if (filter.values.size() != 1) {
      throw std::logic_error{"an operator takes one value"};
    }
    return filter.values.front();
  }

  Column column(const Filter& filter) const { return from_.column_of(filter.field); }

  std::vector<std::string> of_children(const Filter& filter) {
    std::vector<std::string> parts;
    for (const Filter& child : filter.children) {
      parts.push_back(of(child));
    }
    return parts;
  }

  std::string compared(const Filter& filter, std::string_view op) {
    const Column left = column(filter);
    return left.sql + std::string{op} + parameter(operand(filter), left.stored);
  }

  std::string called(const Filter& filter, std::string_view function) {
    return std::string{function} + "(" + column(filter).sql + ", " + bound(operand(filter)) + ")";
  }

  std::string is_in(const Filter& filter) {
    const Column left = column(filter);
    std::vector<std::string> listed;
    bool or_null = false;
    for (const Value& value : filter.values) {
      if (is_null(value)) {
        or_null = true;
      } else {
        listed.push_back(parameter(value, left.stored));
      }
    }
    std::string text = listed.empty() ? "0" : left.sql + " IN " + joined(listed, ", ", "()");
    return or_null ? "(" + text + " OR " + left.sql + " IS NULL)" : text;
  }

  std::string further(const Column& column, bool descending, const Value& value) {
    if (is_null(value)) {
      return descending ? "0" : column.sql + " IS NOT NULL";
    }
    const std::string place = parameter(value, column.stored);
    return descending ? "(" + column.sql + " < " + place + " OR " + column.sql + " IS NULL)"
                      : column.sql + " > " + place;
  }

  const Collection& from_;
  std::vector<Value> values_;
};

Value read_value(const Cursor& row, int column, Column::Stored stored) {
  if (row.is_null(column)) {
    return nullptr;
  }
  switch (stored) {
    case Column::Stored::integer:
    case Column::Stored::instant:
      return row.integer(column);
    case Column::Stored::boolean:
      return row.integer(column) != 0;
    case Column::Stored::text:
      return row.text(column);
    case Column::Stored::instant_text: {
      const auto instant = parse_instant(row.text(column));
      if (!instant) {
        throw Corrupt{"a body holds an instant that is none"};
      }
      return instant->ms();
    }
  }
  throw std::logic_error{"no such column"};
}

}  // namespace

Selection select_page(const Collection& from, std::int64_t tenant, const Query& query) {
  std::vector<Column> columns;
  std::vector<bool> descending;
  for (const Sort& sort : query.sort) {
    columns.push_back(from.column_of(sort.field));
    descending.push_back(sort.descending != query.backward);
  }
  columns.push_back({"id", Column::Stored::text});
  descending.push_back(descending.empty() ? query.backward : descending.back());

  Conditions conditions{from, tenant};
  std::string sql = "SELECT " + std::string{from.columns};
  for (const Column& column : columns) {
    sql += ", " + column.sql;
  }
  sql += " FROM " + from.rows + " AND " + conditions.of(query.filter);
  if (query.after) {
    if (query.after->size() != columns.size()) {
      throw std::logic_error{"a place has a value for each sort field, and an id"};
    }
    sql +=
        " AND " + conditions.from_first(columns.front(), descending.front(), query.after->front());
    sql += " AND " + conditions.beyond(columns, descending, *query.after);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    sql += (i == 0 ? " ORDER BY " : ", ") + columns[i].sql + (descending[i] ? " DESC" : "");
  }
  sql += " LIMIT " + conditions.bound(static_cast<std::int64_t>(query.limit) + 1);
  sql += " OFFSET " + conditions.bound(static_cast<std::int64_t>(query.offset));
  return {std::move(sql), conditions.take_values()};
}

Selection select_count(const Collection& from, std::int64_t tenant, const Filter& filter) {
  Conditions conditions{from, tenant};
  std::string sql = "SELECT count(*) FROM " + from.rows + " AND " + conditions.of(filter);
  return {std::move(sql), conditions.take_values()};
}

Selection select_count_by(const Collection& from, std::int64_t tenant, const FieldRef& field,
                          const Filter& filter, std::size_t limit) {
  Conditions conditions{from, tenant};
  const std::string value = from.column_of(field).sql;
  std::string sql = "SELECT " + value + ", count(*) FROM " + from.rows + " AND " +
                    conditions.of(filter) + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ";
  sql += conditions.bound(static_cast<std::int64_t>(limit));
  return {std::move(sql), conditions.take_values()};
}

std::int64_t read_count(Connection& connection, const Selection& selection) {
  Cursor row = connection.query_built(selection.sql, selection.values);
  return row.next() ? row.integer(0) : 0;
}

std::vector<Value> read_place(const Cursor& row, const Collection& from, const Query& query) {
  std::vector<Value> place;
  int column = from.column_count;
  for (const Sort& sort : query.sort) {
    place.push_back(read_value(row, column++, from.column_of(sort.field).stored));
  }
  place.push_back(row.text(column));
  return place;
}

}  // namespace loyalty::store::sqlite
