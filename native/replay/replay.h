#pragma once

#include <atomic>
#include <cstddef>
#include <string_view>

#include "core/rules/compiled_catalog.h"
#include "native/replay/tally.h"

namespace loyalty::cli {

/// Quotes every cart of a file against two catalogs of one currency, with `threads` threads. The
/// result does not depend on how many. `bytes_done` grows to the size of the text.
Tally replay(std::string_view carts, const CompiledCatalog& before, const CompiledCatalog& after,
             std::size_t threads, std::atomic<std::size_t>& bytes_done);

}  // namespace loyalty::cli
