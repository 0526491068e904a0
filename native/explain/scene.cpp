#include "native/explain/scene.h"

#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

/// Everything that is known of a candidate by its id.
struct Known {
  std::string_view name;
  std::span<const Effect> effects;
  bool found = false;
};

template <class List>
Known known_in(const List& list, std::string_view id) {
  for (const auto& entry : list) {
    if (entry.id.text() == id) {
      return {entry.name, entry.effects, true};
    }
  }
  return {};
}

Known known_reward(const Scene& scene, std::string_view id) {
  for (const Reward& reward : scene.catalog.rewards) {
    if (reward.id.text() != id) {
      continue;
    }
    for (const RewardConfig& config : reward.configs) {
      if (config.tier == scene.effective_tier()) {
        return {reward.name, config.effects, true};
      }
    }
    return {reward.name, {}, true};
  }
  return {};
}

Known known(const Scene& scene, std::string_view id, Source source) {
  switch (source) {
    case Source::promotion:
    case Source::code: {
      const Known held = known_in(scene.catalog.promotions, id);
      return held.found ? held : known_in(scene.resolved, id);
    }
    case Source::coupon:
      return scene.account != nullptr ? known_in(scene.account->coupons, id) : Known{};
    case Source::referral:
      return scene.account != nullptr ? known_in(scene.account->referral_rewards, id) : Known{};
    case Source::reward:
      return known_reward(scene, id);
  }
  return {};
}

/// Safe for a terminal; in quotes where nothing would be seen of it.
std::string visible(std::string_view name) {
  const std::string text = printable(name);
  return text.find_first_not_of(' ') == std::string::npos ? "\"" + text + "\"" : text;
}

}  // namespace

std::string Scene::name_of(std::string_view id, Source source) const {
  const Known entry = known(*this, id, source);
  return visible(entry.name.empty() ? id : entry.name);
}

std::string Scene::name_of(std::string_view id) const {
  for (const Source source :
       {Source::promotion, Source::reward, Source::coupon, Source::referral}) {
    const Known entry = known(*this, id, source);
    if (!entry.name.empty()) {
      return printable(entry.name);
    }
  }
  return visible(id);
}

std::string Scene::tier_name(TierId tier) const {
  for (const Tier& entry : catalog.tiers) {
    if (entry.id == tier && !entry.name.empty()) {
      return printable(entry.name);
    }
  }
  return tier.empty() ? "base tier" : printable(tier.text());
}

std::span<const Effect> Scene::effects_of(std::string_view id, Source source) const {
  return known(*this, id, source).effects;
}

TierId Scene::effective_tier() const {
  return account != nullptr && catalog.tiers_active ? account->tier : TierId{};
}

std::string_view kind_words(Source source) {
  switch (source) {
    case Source::promotion:
      return "automatic";
    case Source::code:
      return "code";
    case Source::coupon:
      return "coupon";
    case Source::reward:
      return "reward";
    case Source::referral:
      return "referral reward";
  }
  return "";
}

}  // namespace loyalty::cli
