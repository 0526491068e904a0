#include "native/lint/subject.h"

#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

void add_effects(std::span<const Effect> effects, const std::string& path,
                 std::vector<EffectAt>& into) {
  for (std::size_t i = 0; i < effects.size(); ++i) {
    into.push_back({path + "/effects/" + std::to_string(i), &effects[i]});
  }
}

}  // namespace

Lane Subject::lane() const {
  if (promotion != nullptr) {
    return promotion->lane;
  }
  return reward->type == RewardType::discount_amount ? Lane::points : Lane::coupon;
}

std::int64_t Subject::priority() const {
  return promotion != nullptr ? promotion->priority : reward->priority;
}

bool Subject::exclusive() const {
  return promotion != nullptr ? promotion->exclusive : reward->exclusive;
}

std::string title_of(std::string_view kind, std::string_view name, std::string_view id) {
  return std::string{kind} + " '" + printable(name.empty() ? id : name) + "'";
}

std::vector<Subject> subjects_of(const Catalog& catalog) {
  std::vector<Subject> subjects;
  subjects.reserve(catalog.promotions.size() + catalog.rewards.size());
  for (std::size_t i = 0; i < catalog.promotions.size(); ++i) {
    const Promotion& promotion = catalog.promotions[i];
    Subject& subject = subjects.emplace_back();
    subject.path = "/promotions/" + std::to_string(i);
    subject.name = title_of("promotion", promotion.name, promotion.id.text());
    subject.conditions = &promotion.conditions;
    subject.promotion = &promotion;
    add_effects(promotion.effects, subject.path, subject.effects);
  }
  for (std::size_t i = 0; i < catalog.rewards.size(); ++i) {
    const Reward& reward = catalog.rewards[i];
    Subject& subject = subjects.emplace_back();
    subject.path = "/rewards/" + std::to_string(i);
    subject.name = title_of("reward", reward.name, reward.id.text());
    subject.conditions = &reward.conditions;
    subject.reward = &reward;
    for (std::size_t j = 0; j < reward.configs.size(); ++j) {
      add_effects(reward.configs[j].effects, subject.path + "/configs/" + std::to_string(j),
                  subject.effects);
    }
  }
  return subjects;
}

}  // namespace loyalty::cli
