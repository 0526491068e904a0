#pragma once

#include <string>
#include <vector>

#include "native/explain/scene.h"
#include "native/text/style.h"

namespace loyalty::cli {

/// Whether the quote is of what the shopper chose or of the best combination.
struct Best {
  bool asked = false;
  bool optimal = false;
  Money bound;
};

/// The whole story of one cart for a person with a pocket calculator. The quote was asked for its
/// explain steps, offers and near misses.
///
/// `notes` are those of the quote's offers.
std::string account_of_cart(const Scene& scene, const Quote& quote,
                            const std::vector<std::string>& notes, const Best& best,
                            const Style& style);

// The parts of it, each empty where there is nothing to tell.
std::string heading_part(const Scene& scene, const Style& style);
std::string cart_part(const Scene& scene, const Quote& quote, const Style& style);
std::string discounts_part(const Scene& scene, const Quote& quote, const Style& style);
std::string total_part(const Scene& scene, const Quote& quote, const Style& style);
std::string points_part(const Scene& scene, const Quote& quote, const Style& style);
std::string refused_part(const Scene& scene, const Quote& quote, const Style& style);
std::string offers_part(const Scene& scene, const Quote& quote,
                        const std::vector<std::string>& notes, const Style& style);
std::string near_misses_part(const Scene& scene, const Quote& quote, const Style& style);

/// Beyond so many discounts the cart's table has one column for all of them.
inline constexpr std::size_t discount_columns_max = 4;

}  // namespace loyalty::cli
