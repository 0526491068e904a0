#pragma once

#include <string_view>

/// How the lines spell enumerations, in the order of the enums.
namespace loyalty::ledger::spelled {

inline constexpr std::string_view status[] = {"DRAFT", "ACTIVE", "PAUSED"};
inline constexpr std::string_view expiry_model[] = {"none", "inactivity", "lots"};
inline constexpr std::string_view expiry_grain[] = {"day", "month"};
inline constexpr std::string_view reversal[] = {"CLAMP", "ALLOW_NEGATIVE", "FORGIVE"};

}  // namespace loyalty::ledger::spelled
