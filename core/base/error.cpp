#include "core/base/error.h"

#include "core/base/check.h"

namespace loyalty {
namespace {

struct Row {
  ErrorCode code;
  std::string_view name;
  std::string_view sentence;
};

constexpr Row rows[] = {
    {ErrorCode::none, "", ""},
    {ErrorCode::invalid_json, "INVALID_JSON", "This is not valid JSON."},
    {ErrorCode::invalid_utf8, "INVALID_UTF8", "This text is not valid UTF-8."},
    {ErrorCode::duplicate_key, "DUPLICATE_KEY", "This key stands twice in the same object."},
    {ErrorCode::too_deep, "TOO_DEEP", "This is nested deeper than 32 levels."},
    {ErrorCode::too_large, "TOO_LARGE", "This document is larger than allowed."},
    {ErrorCode::too_many, "TOO_MANY", "This list has more entries than allowed."},
    {ErrorCode::missing_field, "MISSING_FIELD", "This field is required."},
    {ErrorCode::wrong_type, "WRONG_TYPE", "This value has the wrong type."},
    {ErrorCode::not_an_integer, "NOT_AN_INTEGER",
     "This must be a whole number, written without fraction or exponent."},
    {ErrorCode::out_of_range, "OUT_OF_RANGE", "This value is outside its range."},
    {ErrorCode::unknown_value, "UNKNOWN_VALUE", "This is none of the known values."},
    {ErrorCode::unknown_field, "UNKNOWN_FIELD", "This field is not known here."},
    {ErrorCode::duplicate_id, "DUPLICATE_ID", "This id stands twice in the same list."},
    {ErrorCode::unknown_reference, "UNKNOWN_REFERENCE",
     "This names something that does not exist."},
    {ErrorCode::currency_unknown, "CURRENCY_UNKNOWN", "This is not an ISO 4217 currency code."},
    {ErrorCode::currency_mismatch, "CURRENCY_MISMATCH",
     "The cart's currency differs from the catalog's."},
    {ErrorCode::invalid_time, "INVALID_TIME",
     "This is not an RFC 3339 time in UTC such as 2025-03-01T00:00:00Z, from 1970 to 2199."},
};
static_assert(sizeof rows / sizeof rows[0] == error_codes, "one row for every code");

const Row& row_of(ErrorCode code) {
  const Row& row = rows[static_cast<int>(code)];
  LOYALTY_CHECK(row.code == code);
  return row;
}

}  // namespace

std::string_view name_of(ErrorCode code) { return row_of(code).name; }
std::string_view sentence_of(ErrorCode code) { return row_of(code).sentence; }

}  // namespace loyalty
