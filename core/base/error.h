#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loyalty {

/// What is wrong with a document. The order is the order of checking: of several defects in one
/// document the one that stands first here is reported. Codes are only ever appended to the public
/// list; their order here may change with the order of checking.
enum class ErrorCode : std::uint8_t {
  none = 0,
  invalid_json,
  invalid_utf8,
  duplicate_key,
  too_deep,
  too_large,
  too_many,
  missing_field,
  wrong_type,
  not_an_integer,
  out_of_range,
  unknown_value,
  unknown_field,
  duplicate_id,
  unknown_reference,
  currency_unknown,
  currency_mismatch,
  invalid_time,
};

inline constexpr int error_codes = 18;

/// The public name (`NOT_AN_INTEGER`) and the sentence for a person; both come from one table.
std::string_view name_of(ErrorCode code);
std::string_view sentence_of(ErrorCode code);

/// A bad document: code, JSON pointer to the first offending field ("" is the whole document), and
/// a sentence that says what would be right.
struct Error {
  ErrorCode code = ErrorCode::none;
  std::string path;
  std::string message;
};

}  // namespace loyalty
