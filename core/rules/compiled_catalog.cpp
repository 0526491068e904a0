#include "core/rules/compiled_catalog.h"

#include <array>

#include "core/base/buffer.h"
#include "core/base/sort.h"
#include "core/rules/catalog_index.h"
#include "core/rules/earning.h"

namespace loyalty {
namespace {

struct OrderTrigger {
  std::string_view name;
  Application application;
};

/// The triggers that an order pulls (Q13); a rule with another trigger earns elsewhere.
constexpr OrderTrigger order_triggers[] = {
    {"order", Application::any},
    {"stores/OrderPaid", Application::stores},
    {"bookings/BookingConfirmed", Application::bookings},
    {"events/OrderConfirmed", Application::events},
    {"wix_pricing_plans-plan_purchased", Application::pricing_plans},
    {"wix_restaurants_orders-order_submitted", Application::restaurants},
    {"restaurants-order-is-pending", Application::restaurants},
};

/// A promotion in a list, in a number that sorts by end, latest first, then by place.
constexpr unsigned promotion_bits = 17;
static_assert(limits::promotions_max <= 1 << promotion_bits);
static_assert(limits::instant_ms_max < std::int64_t{1} << (63 - promotion_bits));

/// Lists every automatic promotion where a request that it may match will look for it: under the
/// tags of one of its anchors, the rarest. An anchor is a list of tags of which it needs one.
class Indexer {
 public:
  explicit Indexer(CompiledCatalog::Data& data)
      : data_{data}, wanted_by_(data.tags.size()), listed_for_(data.tags.size()) {}

  void run() {
    const std::size_t count = data_.promotions.size();
    each_automatic([this](std::uint32_t promotion) {
      for (const TagNumbers anchor : anchors_of(data_.promotions[promotion])) {
        for (const TagNumber tag : anchor) {
          ++wanted_by_[tag];
        }
      }
    });
    Buffer<std::uint8_t> rarest(count);
    data_.posting_starts.assign(data_.tags.size() + 1, 0);
    each_automatic([&](std::uint32_t promotion) {
      rarest[promotion] = rarest_anchor(anchors_of(data_.promotions[promotion]));
      each_tag(promotion, rarest[promotion],
               [this](TagNumber tag) { ++data_.posting_starts[tag]; });
    });
    std::uint32_t total = 0;
    for (std::uint32_t& list : data_.posting_starts) {
      total += list;
      list = total;  // the end, which moves to the start as the list fills
    }
    Buffer<std::uint64_t> unanchored;
    Buffer<std::uint64_t> listed(total);
    listed_for_.assign(data_.tags.size(), 0);
    each_automatic([&](std::uint32_t promotion) {
      const std::uint64_t key = key_of(promotion);
      if (rarest[promotion] == no_anchor) {
        unanchored.push_back(key);
      }
      each_tag(promotion, rarest[promotion],
               [&](TagNumber tag) { listed[--data_.posting_starts[tag]] = key; });
    });
    write({unanchored.data(), unanchored.size()}, data_.unanchored);
    for (TagNumber tag = 0; tag < data_.tags.size(); ++tag) {
      const std::uint32_t start = data_.posting_starts[tag];
      write({listed.data() + start, data_.posting_starts[tag + 1] - start}, data_.postings);
    }
  }

 private:
  static constexpr std::size_t anchors_max = 5;
  static constexpr std::uint8_t no_anchor = anchors_max;
  using Anchors = std::array<TagNumbers, anchors_max>;  ///< empty ones are none

  template <class Visit>
  void each_automatic(Visit visit) {
    for (std::uint32_t i = 0; i < data_.promotions.size(); ++i) {
      if (data_.promotions[i].source->trigger == Trigger::automatic) {
        visit(i);
      }
    }
  }

  Anchors anchors_of(const CompiledPromotion& promotion) {
    return {promotion.conditions.contains_tags, promotion.conditions.customer_tags,
            promotion.conditions.subtotal_of.include, promotion.conditions.quantity_of.include,
            tags_of_effects(promotion.effects)};
  }

  /// The tags one of which some effect needs; empty if any effect needs none.
  TagNumbers tags_of_effects(std::span<const CompiledEffect> effects) {
    if (effects.size() == 1) {
      return effects[0].scope.include;
    }
    tags_.clear();
    for (const CompiledEffect& effect : effects) {
      if (effect.scope.include.empty()) {
        return {};
      }
      for (const TagNumber tag : effect.scope.include) {
        tags_.push_back(tag);
      }
    }
    return tags_;
  }

  std::uint8_t rarest_anchor(const Anchors& anchors) const {
    std::uint8_t rarest = no_anchor;
    std::uint64_t least = UINT64_MAX;
    for (std::uint8_t i = 0; i < anchors_max; ++i) {
      std::uint64_t commonness = 0;
      for (const TagNumber tag : anchors[i]) {
        commonness += wanted_by_[tag];
      }
      if (!anchors[i].empty() && commonness < least) {
        least = commonness;
        rarest = i;
      }
    }
    return rarest;
  }

  /// Visits each tag of an anchor once.
  template <class Visit>
  void each_tag(std::uint32_t promotion, std::uint8_t anchor, Visit visit) {
    if (anchor == no_anchor) {
      return;
    }
    const TagNumbers tags = anchors_of(data_.promotions[promotion])[anchor];
    for (const TagNumber tag : tags) {
      if (listed_for_[tag] != promotion + 1) {
        listed_for_[tag] = promotion + 1;
        visit(tag);
      }
    }
  }

  const Conditions& conditions_of(std::uint32_t promotion) const {
    return *data_.promotions[promotion].conditions.source;
  }

  std::uint64_t key_of(std::uint32_t promotion) const {
    const Instant ends_at = conditions_of(promotion).ends_at.value_or(Instant::max());
    return static_cast<std::uint64_t>(limits::instant_ms_max - ends_at.ms()) << promotion_bits |
           promotion;
  }

  /// Appends a list of keys as postings, in order.
  void write(std::span<std::uint64_t> keys, Buffer<Posting>& postings) const {
    sort_keys(keys);
    for (const std::uint64_t key : keys) {
      const auto promotion = static_cast<std::uint32_t>(key & ((1U << promotion_bits) - 1));
      const Conditions& conditions = conditions_of(promotion);
      postings.push_back({.ends_at = conditions.ends_at.value_or(Instant::max()),
                          .starts_at = conditions.starts_at.value_or(Instant::min()),
                          .promotion = promotion});
    }
  }

  CompiledCatalog::Data& data_;
  Buffer<std::uint32_t> wanted_by_;
  Buffer<std::uint32_t> listed_for_;  ///< the last promotion under a tag, plus one
  Buffer<TagNumber> tags_;
};

class CatalogTags final : public TagNumbering {
 public:
  explicit CatalogTags(TextTable& tags) : tags_{tags} {}
  TagNumber number_of(std::string_view tag) override { return tags_.intern(tag); }

 private:
  TextTable& tags_;
};

std::span<const CompiledRewardConfig> compile_configs(std::span<const RewardConfig> sources,
                                                      RuleCompiler& compiler, Arena& arena) {
  const std::span<CompiledRewardConfig> configs = arena.array<CompiledRewardConfig>(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    configs[i] = {.source = &sources[i], .effects = compiler.effects(sources[i].effects)};
    for (const Effect& effect : sources[i].effects) {
      if (effect.kind == EffectKind::points_as_money) {
        configs[i].points_as_money = &effect;
      }
    }
  }
  return configs;
}

/// The configs by tier index, as `find(tier)` finds them.
template <class Config, class Find>
std::span<const Config* const> by_tier(const Catalog& catalog, Arena& arena, Find find) {
  const std::span<const Config*> found = arena.array<const Config*>(catalog.tiers.size() + 1);
  found[0] = find(TierId{});
  for (std::size_t i = 0; i < catalog.tiers.size(); ++i) {
    found[i + 1] = find(catalog.tiers[i].id);
  }
  return found;
}

const CompiledRewardConfig* config_of(std::span<const CompiledRewardConfig> configs, TierId tier) {
  for (const CompiledRewardConfig& config : configs) {
    if (config.source->tier == tier) {
      return &config;
    }
  }
  return nullptr;
}

CompiledEarningRule compile_earning_rule(const EarningRule& source, RuleCompiler& compiler) {
  CompiledEarningRule rule{.source = &source};
  for (const OrderTrigger& trigger : order_triggers) {
    if (trigger.name == source.trigger) {
      rule.earned_by_orders = source.status == RuleStatus::active;
      rule.application = trigger.application;
    }
  }
  if (source.scope) {
    rule.scope = compiler.scope(*source.scope);
  }
  return rule;
}

}  // namespace

std::string_view fold_code(std::string_view text, char* out) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    out[i] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return {out, text.size()};
}

CompiledCatalog::Data::Data(const Catalog& source) : catalog{&source} {
  CatalogTags numbering{tags};
  RuleCompiler compiler{arena, numbering};
  for (const Reward& reward : source.rewards) {
    const std::span<const CompiledRewardConfig> configs =
        compile_configs(reward.configs, compiler, arena);
    rewards.push_back(
        {.source = &reward,
         .conditions = compiler.conditions(reward.conditions),
         .configs = configs,
         .by_tier = by_tier<CompiledRewardConfig>(
             source, arena, [configs](TierId tier) { return config_of(configs, tier); })});
    reward_ids.intern(reward.id.text());
  }
  promotions.reserve(source.promotions.size());
  for (const Promotion& promotion : source.promotions) {
    promotions.push_back({.source = &promotion,
                          .conditions = compiler.conditions(promotion.conditions),
                          .effects = compiler.effects(promotion.effects)});
    for (const std::string_view code : promotion.codes) {
      const std::string_view folded = fold_code(code, arena.characters(code.size()));
      if (codes.intern(folded) == code_promotions.size()) {
        code_promotions.push_back(static_cast<std::uint32_t>(promotions.size() - 1));
      }
    }
  }
  for (const EarningRule& rule : source.earning_rules) {
    earning_rules.push_back(compile_earning_rule(rule, compiler));
    earning_rules.back().by_tier = by_tier<EarningConfig>(
        source, arena, [&rule](TierId tier) { return config_for(rule, tier, true); });
  }
  Indexer{*this}.run();
}

std::uint32_t CompiledCatalog::Data::tier_index(TierId tier) const {
  for (std::uint32_t i = 0; catalog->tiers_active && i < catalog->tiers.size(); ++i) {
    if (catalog->tiers[i].id == tier) {
      return i + 1;
    }
  }
  return 0;
}

CompiledCatalog::CompiledCatalog(const Catalog& catalog) : data_{std::make_unique<Data>(catalog)} {}
CompiledCatalog::~CompiledCatalog() = default;
CompiledCatalog::CompiledCatalog(CompiledCatalog&&) noexcept = default;
CompiledCatalog& CompiledCatalog::operator=(CompiledCatalog&&) noexcept = default;

const Catalog& CompiledCatalog::catalog() const { return *data_->catalog; }

}  // namespace loyalty
