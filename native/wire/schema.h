#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "native/wire/json.h"
#include "native/wire/refused.h"

/// Shapes of requests and answers, declared once: they check and normalise what comes in, and they
/// are the OpenAPI document.
namespace loyalty::wire {

class SchemaNode;

/// A shape. Cheap to copy.
class Schema {
 public:
  explicit Schema(std::shared_ptr<const SchemaNode> node) : node_{std::move(node)} {}
  /// A sentence for the OpenAPI document.
  Schema describe(std::string_view text) const;
  const SchemaNode& node() const { return *node_; }

 private:
  std::shared_ptr<const SchemaNode> node_;
};

struct Field {
  enum class Use : std::uint8_t {
    required,
    optional,   ///< null counts as absent
    read_only,  ///< accepted from clients that send whole entities back, and dropped
  };
  std::string name;
  Schema schema;
  Use use = Use::optional;
};
Field required(std::string name, Schema schema);
Field optional(std::string name, Schema schema);
Field read_only(std::string name, Schema schema);

Schema integer(std::int64_t min, std::int64_t max);
/// A 64-bit number that travels as text ("7"); a plain number is accepted. Normalised to a number.
Schema integer_text(std::int64_t min, std::int64_t max);
/// Characters, not bytes: code points. `max` 0: unlimited by itself.
Schema text(std::size_t min, std::size_t max);
Schema guid();  ///< canonical textual UUID, normalised to lower case
Schema boolean();
Schema enumeration(std::initializer_list<std::string_view> values);
/// RFC 3339. Normalised to time_text().
Schema timestamp();
Schema date();  ///< `2026-02-28`, an existing day
/// A decimal number as text or number, scaled by 10^scale into an integer when normalised to minor
/// units elsewhere: here it stays canonical decimal text ("3.5"). Bounds in units of 10^-scale,
/// both inclusive.
Schema decimal(int scale, std::int64_t min_scaled, std::int64_t max_scaled);
/// Requires: min <= max, max > 0. There is no array without a bound.
Schema array(Schema items, std::size_t min, std::size_t max);
Schema any();  ///< anything: filters, trigger payloads, documents that the core checks itself

/// An object of these fields; others are refused (UNKNOWN_FIELD) unless open.
class ObjectSchema {
 public:
  ObjectSchema(std::initializer_list<Field> fields);
  ObjectSchema& exactly_one_of(std::initializer_list<std::string_view> names);
  ObjectSchema& at_most_one_of(std::initializer_list<std::string_view> names);
  /// Unknown fields are accepted and dropped.
  ObjectSchema& open();
  operator Schema() const;  // NOLINT(google-explicit-constructor)

 private:
  std::shared_ptr<SchemaNode> node_;
};
inline ObjectSchema object(std::initializer_list<Field> fields) { return ObjectSchema{fields}; }

/// The request as operations get it: checked, nulls and read-only fields dropped, values
/// normalised. Throws Refused with every violation found (at most 100).
Json accept(const Schema& schema, Json request);

/// The value of a query-string parameter or path segment read as the schema of its field wants it:
/// "5" becomes 5 where an integer is wanted, repeated ones an array. Left as text where it cannot
/// be, so that accept() says what is wrong.
Json from_text(const Schema& schema, std::string_view text);

/// The schema of `dotted.field` inside an object schema; null where there is none.
const Schema* field_of(const Schema& schema, std::string_view dotted);

/// JSON Schema as OpenAPI 3.1 wants it.
Json openapi(const Schema& schema);

}  // namespace loyalty::wire
