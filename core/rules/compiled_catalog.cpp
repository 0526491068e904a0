#include "core/rules/compiled_catalog.h"

#include <algorithm>

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

/// The lists of tags of which a candidate needs one each; it is indexed under the rarest list.
using Anchor = std::vector<TagNumber>;

void add_anchor(TagNumbers tags, std::vector<Anchor>& anchors) {
  if (!tags.empty()) {
    anchors.emplace_back(tags.begin(), tags.end());
  }
}

/// The tags one of which some effect needs; empty if any effect needs none.
Anchor anchor_of_effects(std::span<const CompiledEffect> effects) {
  Anchor anchor;
  for (const CompiledEffect& effect : effects) {
    if (effect.scope.include.empty()) {
      return {};
    }
    anchor.insert(anchor.end(), effect.scope.include.begin(), effect.scope.include.end());
  }
  std::sort(anchor.begin(), anchor.end());
  anchor.erase(std::unique(anchor.begin(), anchor.end()), anchor.end());
  return anchor;
}

std::vector<Anchor> anchors_of(const CompiledPromotion& promotion) {
  std::vector<Anchor> anchors;
  add_anchor(promotion.conditions.contains_tags, anchors);
  add_anchor(promotion.conditions.customer_tags, anchors);
  add_anchor(promotion.conditions.subtotal_of.include, anchors);
  add_anchor(promotion.conditions.quantity_of.include, anchors);
  add_anchor(anchor_of_effects(promotion.effects), anchors);
  return anchors;
}

bool ends_later(const Posting& a, const Posting& b) {
  return a.ends_at > b.ends_at || (a.ends_at == b.ends_at && a.promotion < b.promotion);
}

/// Lists every automatic promotion where a request that it may match will look for it.
class Indexer {
 public:
  explicit Indexer(CompiledCatalog::Data& data) : data_{data}, wanted_by_(data.tags.size()) {}

  void run() {
    std::vector<std::vector<Anchor>> anchors(data_.promotions.size());
    for (std::size_t i = 0; i < data_.promotions.size(); ++i) {
      if (data_.promotions[i].source->trigger == Trigger::automatic) {
        anchors[i] = anchors_of(data_.promotions[i]);
        for (const Anchor& anchor : anchors[i]) {
          for (const TagNumber tag : anchor) {
            ++wanted_by_[tag];
          }
        }
      }
    }
    std::vector<std::vector<Posting>> lists(data_.tags.size());
    for (std::size_t i = 0; i < data_.promotions.size(); ++i) {
      if (data_.promotions[i].source->trigger == Trigger::automatic) {
        list(static_cast<std::uint32_t>(i), anchors[i], lists);
      }
    }
    flatten(lists);
  }

 private:
  std::uint64_t commonness(const Anchor& anchor) const {
    std::uint64_t sum = 0;
    for (const TagNumber tag : anchor) {
      sum += wanted_by_[tag];
    }
    return sum;
  }

  void list(std::uint32_t promotion, const std::vector<Anchor>& anchors,
            std::vector<std::vector<Posting>>& lists) {
    const Conditions& conditions = data_.promotions[promotion].source->conditions;
    const Posting posting{.ends_at = conditions.ends_at.value_or(Instant::max()),
                          .starts_at = conditions.starts_at.value_or(Instant::min()),
                          .promotion = promotion};
    if (anchors.empty()) {
      data_.unanchored.push_back(posting);
      return;
    }
    const auto rarest = std::min_element(
        anchors.begin(), anchors.end(),
        [this](const Anchor& a, const Anchor& b) { return commonness(a) < commonness(b); });
    for (const TagNumber tag : *rarest) {
      if (lists[tag].empty() || lists[tag].back().promotion != promotion) {
        lists[tag].push_back(posting);
      }
    }
  }

  void flatten(std::vector<std::vector<Posting>>& lists) {
    std::sort(data_.unanchored.begin(), data_.unanchored.end(), ends_later);
    data_.posting_starts.reserve(lists.size() + 1);
    for (std::vector<Posting>& list : lists) {
      std::sort(list.begin(), list.end(), ends_later);
      data_.posting_starts.push_back(static_cast<std::uint32_t>(data_.postings.size()));
      data_.postings.insert(data_.postings.end(), list.begin(), list.end());
    }
    data_.posting_starts.push_back(static_cast<std::uint32_t>(data_.postings.size()));
  }

  CompiledCatalog::Data& data_;
  std::vector<std::uint32_t> wanted_by_;
};

template <class Compiler>
std::span<const CompiledRewardConfig> compile_configs(std::span<const RewardConfig> sources,
                                                      Compiler& compiler, Arena& arena) {
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

template <class Compiler>
CompiledEarningRule compile_earning_rule(const EarningRule& source, Compiler& compiler) {
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
  RuleCompiler compiler{arena, [this](std::string_view tag) { return tags.intern(tag); }};
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
