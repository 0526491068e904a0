#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "native/wire/schema.h"

/// What is behind a Schema; for the files of the schema itself.
namespace loyalty::wire {

class SchemaNode {
 public:
  enum class Kind : std::uint8_t {
    integer,
    integer_text,
    text,
    guid,
    boolean,
    enumeration,
    timestamp,
    date,
    decimal,
    array,
    any,
    object,
  };

  /// Fields of which some number may be there.
  struct Group {
    std::vector<std::string> names;
    bool needs_one = false;
  };

  Kind kind = Kind::any;
  std::int64_t min = 0;  ///< value, code points, entries or scaled value
  std::int64_t max = 0;
  int scale = 0;                    ///< decimal
  std::vector<std::string> values;  ///< enumeration
  std::vector<Schema> items;        ///< array: exactly one
  std::vector<Field> fields;        ///< object
  std::vector<Group> groups;        ///< object
  bool open = false;                ///< object: unknown fields are dropped
  std::string description;

  const Field* field(std::string_view name) const;
};

}  // namespace loyalty::wire
