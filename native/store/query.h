#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Questions to a store, in no store's language.
namespace loyalty::store {

/// How a field's values compare.
enum class ValueType : std::uint8_t { text, integer, boolean, instant };

/// Something that can be filtered and sorted by. Declared as constants by those who know the
/// collection, never taken from a request: adapters build statements from them.
struct FieldRef {
  std::string_view path;  ///< `rewardName`, `couponReference.code`; for accounts and entries a
                          ///< column of their own
  ValueType type = ValueType::text;
};

/// Instants are milliseconds since 1970.
using Value = std::variant<std::nullptr_t, std::int64_t, bool, std::string>;

struct Filter {
  enum class Op : std::uint8_t {
    all,
    any,
    none,  ///< of the children; `all` of nothing is everything
    eq,
    ne,
    lt,
    le,
    gt,
    ge,
    in,
    not_in,
    exists,
    missing,
    starts_with,
    ends_with,
    contains,  ///< in any case of ASCII letters
    fuzzy,     ///< contains the value with at most one letter wrong, missing or too many
  };
  Op op = Op::all;
  FieldRef field = {};
  std::vector<Value> values = {};
  std::vector<Filter> children = {};
};

struct Sort {
  FieldRef field;
  bool descending = false;
};

/// Rows in the order of `sort`, then by id; the direction of the id is that of the last sort field.
struct Query {
  Filter filter = {};
  std::vector<Sort> sort = {};
  std::size_t limit = 50;
  /// Only rows beyond this one: the values of the sort fields and then the id.
  std::optional<std::vector<Value>> after = {};
  bool backward = false;  ///< rows before `after`, still in the order of `sort`
  std::size_t offset = 0;
};

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::vector<std::vector<Value>> places;  ///< of each row: its sort values and its id, for `after`
  bool more = false;                       ///< there are rows beyond the page, in its direction
};

}  // namespace loyalty::store
