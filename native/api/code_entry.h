#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "native/wire/json.h"

/// Which codes a request enters, and which of them an answer does not know.
namespace loyalty::api {

/// Whether any member `codes` or `code` of a request, at any depth, holds a text.
bool enters_code(const wire::Json& request);

/// The codes that an answer says do not exist: rows of `rejected`, or the error.
std::vector<std::string> unknown_codes(std::string_view answer, const wire::Json& request);

}  // namespace loyalty::api
