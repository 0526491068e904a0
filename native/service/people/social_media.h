#pragma once

#include <cstddef>
#include <string_view>

#include "native/service/call.h"

namespace loyalty::service {

/// After an account was merged into another: the channels that it followed are followed by the one
/// that remains, each once.
void channels_merged(Call& call, std::string_view from, std::string_view into);

/// How many channels the account follows.
std::size_t channels_followed(Call& call, std::string_view account);

}  // namespace loyalty::service
