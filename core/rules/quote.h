#pragma once

#include <cstdint>
#include <span>

#include "core/base/instant.h"
#include "core/model/account.h"
#include "core/model/cart.h"
#include "core/model/catalog.h"
#include "core/model/quote.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/workspace.h"

namespace loyalty {

/// Parts of a quote that are computed only when asked for.
struct Wanted {
  bool explain = false;
  bool offers = false;
  bool near_misses = false;
  bool lines_later = false;  ///< lines and their shares are left to write_lines()
};

/// Who buys what. Everything that it names outlives the workspace's use of it.
struct Checkout {
  const Account* account = nullptr;  ///< null: a guest
  const Cart* cart = nullptr;
  std::span<const Promotion> resolved;  ///< code promotions that the catalog leaves out
};

/// Makes the workspace ready for quotes of one checkout against one catalog: resolves tags, finds
/// the promotions in reach. Both outlive its use.
void prepare(const CompiledCatalog& catalog, const Checkout& checkout, Workspace& workspace);

/// Changes the quantity of one prepared line; `line` indexes the cart's lines.
void set_quantity(std::size_t line, std::int64_t quantity, Workspace& workspace);

/// Computes the quote of the prepared checkout. Pure: same inputs, same quote; allocates nothing on
/// the heap once the workspace is warm. The answer lives in the workspace until its next use.
const Quote& quote(const Intent& intent, Instant now, Wanted wanted, Workspace& workspace);

/// Writes the lines of the last quote that left them for later. Nothing else may have used the
/// workspace since, nor the prepared cart have changed.
void write_lines(Workspace& workspace);

/// Finds the admissible set of candidates with the smallest total (Q16): what is chosen, every
/// owned coupon, every usable reward. Exact for at least 12 candidates; beyond that exact unless
/// the search gives up, which `optimal` and `bound` then say.
BestChoice optimize(const Intent& intent, Instant now, Wanted wanted, Workspace& workspace);

}  // namespace loyalty
