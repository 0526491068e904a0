#pragma once

#include <string_view>

namespace loyalty {

/// The version of the core; every quote names it.
inline constexpr std::string_view core_version = "0.1.0";

}  // namespace loyalty
