#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "tests/property/world.h"

/// The best combination by trying all of them (Q16), with the engine's quote as the judge of each.
namespace loyalty::property {

struct BestOfAll {
  std::vector<Choice> chosen;
  oracle::Answer answer;
  oracle::Amount saved = 0;  ///< against choosing nothing
};

/// Who is meant by a choice: a coupon's code means the coupon, a promotion's code the promotion.
std::pair<Source, std::string_view> meant_by(const World& world, const Choice& choice);

/// What may be chosen: what is chosen, every owned coupon, every reward, each once.
std::vector<Choice> all_candidates(World& world);

/// Requires: at most 20 candidates.
BestOfAll best_of_all(World& world);

/// The quote of a set of choices, and whether nothing in it is rejected.
struct Tried {
  oracle::Answer answer;
  bool is_admissible = false;
};
Tried try_choices(World& world, Engine& engine, const std::vector<Choice>& chosen);

}  // namespace loyalty::property
