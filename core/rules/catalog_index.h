#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/instant.h"
#include "core/model/catalog.h"
#include "core/rules/compiled_catalog.h"
#include "core/rules/compiled_rule.h"
#include "core/rules/text_table.h"

namespace loyalty {

struct CompiledPromotion {
  const Promotion* source = nullptr;
  CompiledConditions conditions;
  std::span<const CompiledEffect> effects;
};

struct CompiledRewardConfig {
  const RewardConfig* source = nullptr;
  std::span<const CompiledEffect> effects{};
  const Effect* points_as_money = nullptr;
};

struct CompiledReward {
  const Reward* source = nullptr;
  CompiledConditions conditions;
  std::span<const CompiledRewardConfig> configs;
  /// By tier index, 0 is the base tier: the config that counts, or null (U49).
  std::span<const CompiledRewardConfig* const> by_tier;
};

/// The applications that orders come from; a line's first namespaced tag names its own.
enum class Application : std::uint8_t { any, stores, bookings, events, pricing_plans, restaurants };
inline constexpr int applications = 6;

struct CompiledEarningRule {
  const EarningRule* source = nullptr;
  bool earned_by_orders = false;
  Application application = Application::any;
  CompiledScope scope{};
  /// By tier index: the config that counts, or null (U8).
  std::span<const EarningConfig* const> by_tier{};
};

/// One automatic promotion in a posting list.
struct Posting {
  Instant ends_at;  ///< Instant::max() for one without end
  Instant starts_at;
  std::uint32_t promotion = 0;
};

/// What CompiledCatalog holds.
///
/// The index: each automatic promotion that needs some tag is listed under every tag of one
/// any-of list that it needs, its rarest; the others are listed in `unanchored`. Lists are sorted
/// by end, latest first, so that the promotions that are over cost nothing.
struct CompiledCatalog::Data {
  explicit Data(const Catalog& catalog);

  const Catalog* catalog;
  Arena arena;
  TextTable tags;
  Buffer<CompiledPromotion> promotions;
  Buffer<CompiledReward> rewards;
  Buffer<CompiledEarningRule> earning_rules;
  Buffer<std::uint32_t> posting_starts;  ///< by tag number, one more than there are tags
  Buffer<Posting> postings;
  Buffer<Posting> unanchored;
  TextTable codes;  ///< folded
  Buffer<std::uint32_t> code_promotions;
  TextTable reward_ids;

  /// 0 is the base tier, which everybody has while tiers are not active.
  std::uint32_t tier_index(TierId tier) const;

  std::span<const Posting> postings_of(TagNumber tag) const {
    return {postings.data() + posting_starts[tag], posting_starts[tag + 1] - posting_starts[tag]};
  }
};

/// A code as it is compared: without surrounding spaces, ASCII letters in upper case. Writes at
/// most text.size() characters to `out`.
std::string_view fold_code(std::string_view text, char* out);

}  // namespace loyalty
