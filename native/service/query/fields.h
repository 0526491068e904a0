#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "native/store/query.h"

/// What of a collection can be asked for.
namespace loyalty::service {

/// Operators of the query language, as bits.
namespace operators {
inline constexpr std::uint8_t equality = 1;  ///< $eq $ne $in $nin $hasSome $hasAll $exists
inline constexpr std::uint8_t order = 2;     ///< $lt $lte $gt $gte
inline constexpr std::uint8_t text = 4;      ///< $startsWith $endsWith $contains
inline constexpr std::uint8_t exists = 8;    ///< $exists alone
}  // namespace operators

struct QueryField {
  std::string_view name;  ///< as requests say it
  store::FieldRef ref;
  std::uint8_t allowed = 0;  ///< of operators
  bool sortable = true;
  bool aggregated = false;
};

struct Collection {
  std::string_view name;  ///< cursors of one are no cursors of another
  std::span<const QueryField> fields;
  store::Sort default_sort;
  std::size_t sort_max = 5;
  std::span<const std::string_view> searched = {};  ///< fields of free text
  bool paged_by_offset = false;                     ///< `paging{limit,offset}` is possible too

  const QueryField* field(std::string_view field_name) const {
    for (const QueryField& one : fields) {
      if (one.name == field_name) {
        return &one;
      }
    }
    return nullptr;
  }
};

}  // namespace loyalty::service
