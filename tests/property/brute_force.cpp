#include "tests/property/brute_force.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace loyalty::property {
namespace {

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

}  // namespace

std::pair<Source, std::string_view> meant_by(const World& world, const Choice& choice) {
  switch (choice.kind) {
    case ChoiceKind::reward:
      return {Source::reward, choice.text};
    case ChoiceKind::coupon:
      return {Source::coupon, choice.text};
    case ChoiceKind::referral_reward:
      return {Source::referral, choice.text};
    case ChoiceKind::code:
      break;
  }
  if (!world.is_guest) {
    for (const Coupon& coupon : world.coupons) {
      if (same_letters(coupon.code, choice.text)) {
        return {Source::coupon, coupon.id.text()};
      }
    }
  }
  for (const auto* promotions : {&world.promotions, &world.resolved}) {
    for (const Promotion& promotion : *promotions) {
      for (const std::string_view code : promotion.codes) {
        if (same_letters(code, choice.text)) {
          return {Source::code, promotion.id.text()};
        }
      }
    }
  }
  return {Source::code, choice.text};
}

std::vector<Choice> all_candidates(World& world) {
  std::vector<Choice> all;
  const auto add = [&](const Choice& choice) {
    const auto meant = meant_by(world, choice);
    std::erase_if(all, [&](const Choice& earlier) { return meant_by(world, earlier) == meant; });
    all.push_back(choice);
  };
  const auto add_new = [&](const Choice& choice) {
    const auto meant = meant_by(world, choice);
    if (std::none_of(all.begin(), all.end(),
                     [&](const Choice& earlier) { return meant_by(world, earlier) == meant; })) {
      all.push_back(choice);
    }
  };
  for (const Choice& choice : world.chosen) {
    add(choice);  // chosen in two ways it counts once, at its last place
  }
  if (!world.is_guest) {
    for (const Coupon& coupon : world.coupons) {
      add_new({ChoiceKind::coupon, coupon.id.text(), std::nullopt});
    }
  }
  for (const Reward& reward : world.rewards) {
    add_new({ChoiceKind::reward, reward.id.text(), std::nullopt});
  }
  return all;
}

Tried try_choices(World& world, Engine& engine, const std::vector<Choice>& chosen) {
  Tried tried;
  tried.answer = answer_of(engine.quote(Intent{chosen}));
  tried.is_admissible = std::none_of(chosen.begin(), chosen.end(), [&](const Choice& choice) {
    const auto meant = meant_by(world, choice);
    return std::any_of(tried.answer.rejected.begin(), tried.answer.rejected.end(),
                       [&](const oracle::Refusal& refusal) {
                         return refusal.source == meant.first && refusal.id == meant.second;
                       });
  });
  return tried;
}

BestOfAll best_of_all(World& world) {
  const std::vector<Choice> all = all_candidates(world);
  Engine engine(world);
  BestOfAll best;
  oracle::Amount total_of_nothing = 0;
  std::vector<std::size_t> best_set;
  for (std::uint32_t set = 0; set < (std::uint32_t{1} << all.size()); ++set) {
    std::vector<Choice> chosen;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((set >> i & 1U) != 0) {
        chosen.push_back(all[i]);
        places.push_back(i);
      }
    }
    const Tried tried = try_choices(world, engine, chosen);
    if (set == 0) {
      total_of_nothing = tried.answer.total;
    }
    const auto rank = [](const oracle::Answer& answer, const std::vector<std::size_t>& of) {
      return std::tuple(answer.total, answer.spent, answer.discounts.size(), of);
    };
    if (tried.is_admissible &&
        (set == 0 || rank(tried.answer, places) < rank(best.answer, best_set))) {
      best.chosen = chosen;
      best.answer = tried.answer;
      best_set = places;
    }
  }
  best.saved = total_of_nothing - best.answer.total;
  return best;
}

}  // namespace loyalty::property
