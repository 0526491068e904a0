#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/instant.h"
#include "core/base/result.h"

/// JSON trees as the server works with them, and reading them with the strictness of the core.
namespace loyalty::wire {

/// Keys sorted bytewise. Numbers with a fraction are doubles, whole numbers 64-bit integers.
using Json = nlohmann::json;

inline constexpr std::size_t depth_max = 32;

/// Reads one JSON text. Refuses what the core's reader refuses: invalid UTF-8, a byte order mark, a
/// key twice in one object, more than depth_max levels, whole numbers beyond 64 bits, texts longer
/// than `bytes_max`. Numbers with fraction or exponent are fine here; the schema of a field
/// decides.
Result<Json> parse(std::string_view text, std::size_t bytes_max);

/// Compact text. What is not UTF-8 is replaced by U+FFFD; nothing read by parse() is.
std::string text_of(const Json& json);

/// `2026-01-15T10:00:00.000Z`
std::string time_text(Instant at);
/// RFC 3339 with any offset; nothing where it is not one.
std::optional<Instant> time_of(std::string_view text);

/// A member, or null where there is none. For reading trees without `contains`.
const Json& member(const Json& object, std::string_view name);
/// A text member; empty where it is absent.
std::string text_at(const Json& object, std::string_view name);
/// A whole-number member; `otherwise` where it is absent.
std::int64_t integer_at(const Json& object, std::string_view name, std::int64_t otherwise = 0);
bool truth_at(const Json& object, std::string_view name, bool otherwise = false);

}  // namespace loyalty::wire
