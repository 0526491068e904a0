#include "core/rules/candidate.h"

#include <algorithm>

#include "core/base/check.h"

namespace loyalty {
namespace {

constexpr auto first_chosen = static_cast<std::uint32_t>(limits::promotions_max);

Source source_of(ChoiceKind kind) {
  switch (kind) {
    case ChoiceKind::reward:
      return Source::reward;
    case ChoiceKind::coupon:
      return Source::coupon;
    case ChoiceKind::code:
      return Source::code;
    case ChoiceKind::referral_reward:
      return Source::referral;
  }
  return Source::reward;
}

std::string_view status_text(ProgramStatus status) {
  constexpr std::string_view texts[] = {"DRAFT", "ACTIVE", "PAUSED"};
  return texts[static_cast<int>(status)];
}

std::string_view status_text(CouponStatus status) {
  constexpr std::string_view texts[] = {"PENDING", "ACTIVE", "APPLIED", "FAILED", "ARCHIVED"};
  return texts[static_cast<int>(status)];
}

Obstacle not_found(RejectionCode code, std::string_view text) {
  return {.code = code, .actual = Fact::of(text)};
}

const CompiledCoupon* find_by_id(std::span<const CompiledCoupon> coupons, std::string_view id) {
  for (const CompiledCoupon& coupon : coupons) {
    if (coupon.source->id.text() == id) {
      return &coupon;
    }
  }
  return nullptr;
}

const CompiledCoupon* find_by_code(std::span<const CompiledCoupon> coupons,
                                   std::string_view folded) {
  for (const CompiledCoupon& coupon : coupons) {
    if (!coupon.folded_code.empty() && coupon.folded_code == folded) {
      return &coupon;
    }
  }
  return nullptr;
}

Obstacle short_of_points(Points required, Points available, bool fixable) {
  return {.code = RejectionCode::insufficient_points,
          .required = Fact::points(required),
          .actual = Fact::points(available),
          .missing = Fact::points(required - available),
          .fix = fixable ? Fix::earn(required - available) : Fix{}};
}

}  // namespace

void KeptChoice::keep(std::span<const Choice> chosen, Instant now) {
  std::size_t size = 0;
  for (const Choice& choice : chosen) {
    size += choice.text.size();
  }
  chosen_.assign(chosen);
  texts_.resize(size);
  char* text = texts_.data();
  for (Choice& choice : chosen_) {
    choice.text = {text, choice.text.copy(text, choice.text.size())};
    text += choice.text.size();
  }
  now_ = now;
  holds_ = true;
}

bool KeptChoice::is(std::span<const Choice> chosen, Instant now) const {
  return holds_ && now == now_ &&
         std::equal(
             chosen.begin(), chosen.end(), chosen_.begin(), chosen_.end(),
             [](const Choice& a, const Choice& b) { return a.kind == b.kind && a.text == b.text; });
}

void CandidateCollector::collect_again(std::span<const Choice> chosen) {
  if (still_holds(chosen)) {
    return;
  }
  collect(chosen, {});
  // Without a rejection nobody depends on what others came to, or names what a quote lends.
  if (list_.rejections.empty()) {
    list_.kept.keep(chosen, situation_.now);
  }
}

bool CandidateCollector::still_holds(std::span<const Choice> chosen) {
  if (!list_.kept.is(chosen, situation_.now)) {
    return false;
  }
  list_.rejections.clear();  // of those that came to nothing when they ran
  for (Candidate& candidate : list_.all) {
    candidate.rejection = Candidate::not_rejected;
    if (candidate.points_as_money != nullptr) {
      candidate.chosen_points = chosen[candidate.choice].points;
      if (!has_points(candidate)) {
        return false;
      }
    }
    if (!eligibility_.is_clear(*candidate.conditions, candidate.limits, candidate.effects)) {
      return false;
    }
  }
  return true;
}

void CandidateCollector::collect(std::span<const Choice> chosen, const WhatIf& what_if) {
  list_.kept.forget();
  list_.all.clear();
  list_.running.clear();
  list_.rejections.clear();
  without_ = what_if.without;
  add_automatic(sources_.catalog->unanchored);
  for (const std::span<const Posting> postings : sources_.postings) {
    add_automatic(postings);
  }
  for (const Candidate& candidate : list_.all) {
    seen_[candidate.order] = 0;
  }
  std::uint32_t place = 0;
  for (const Choice& choice : chosen) {
    add_chosen(choice, place++);
  }
  if (what_if.with != nullptr) {
    add_chosen(*what_if.with, place);
  }
  if (!what_if.apart) {
    apply_exclusivity();
  }
  order();
}

/// Postings are sorted by end, latest first: the rest of a list is over at the first that is.
void CandidateCollector::add_automatic(std::span<const Posting> postings) {
  for (const Posting& posting : postings) {
    if (posting.ends_at <= situation_.now) {
      return;
    }
    const CompiledPromotion& promotion = sources_.catalog->promotions[posting.promotion];
    if (posting.starts_at > situation_.now || seen_[posting.promotion] != 0 ||
        promotion.source == without_ || !eligibility_.in_reach(promotion)) {
      continue;
    }
    seen_[posting.promotion] = 1;
    Candidate& candidate = list_.all.emplace_back();
    candidate.order = posting.promotion;
    candidate.source = Source::promotion;
    add_promotion(promotion, candidate);
  }
}

void CandidateCollector::add_chosen(const Choice& choice, std::uint32_t place) {
  Candidate& candidate = list_.all.emplace_back();
  candidate.id = choice.text;
  candidate.source = source_of(choice.kind);
  candidate.order = first_chosen + place;
  candidate.chosen = true;
  candidate.choice = place;
  switch (choice.kind) {
    case ChoiceKind::reward:
      add_reward(choice, candidate);
      drop_unsure_fixes();
      return;
    case ChoiceKind::code:
      add_code(choice, candidate);
      return;
    case ChoiceKind::coupon:
    case ChoiceKind::referral_reward: {
      const bool referral = choice.kind == ChoiceKind::referral_reward;
      const CompiledCoupon* coupon =
          find_by_id(referral ? sources_.referral_rewards : sources_.coupons, choice.text);
      candidate.identity = coupon != nullptr ? coupon->source : nullptr;
      if (refuse_closed_program(candidate) || refuse_guest(candidate)) {
        return;
      }
      if (coupon == nullptr) {
        refuse(candidate, not_found(referral ? RejectionCode::reward_not_found
                                             : RejectionCode::coupon_not_found,
                                    choice.text));
        return;
      }
      add_coupon(*coupon, candidate);
      return;
    }
  }
}

/// Takes the fix of the candidate just added away where it would not help after all.
template <class Useless>
void CandidateCollector::drop_fix(Useless useless) {
  if (preview_only || list_.all.empty() || !list_.all.back().rejected()) {
    return;
  }
  Fix& fix = list_.rejections[list_.all.back().rejection].fix;
  if (useless(fix)) {
    fix = {};
  }
}

/// With several rewards chosen, more points or a higher tier may serve one that runs earlier; and
/// one chosen later may take the place. Then such a fix is not surely enough.
void CandidateCollector::drop_unsure_fixes() {
  if (preview_only || list_.all.empty()) {
    return;
  }
  const auto unsure = [](const Fix& fix) {
    return fix.kind == Fix::Kind::earn_points || fix.kind == Fix::Kind::reach_tier;
  };
  const Policy& policy = sources_.catalog->catalog->policy;
  const Candidate& last = list_.all.back();
  const std::int64_t limit = last.counts_as_coupon ? policy.max_coupons : policy.max_points_rewards;
  bool sure = true;
  for (const Candidate& other : list_.all) {
    if (&other == &last || other.source != Source::reward) {
      continue;
    }
    const bool replaced = limit == 1 && other.counts_as_coupon == last.counts_as_coupon;
    const bool other_first = other.running_key() < last.running_key();
    sure = sure && (replaced || !other_first);
    if ((replaced || !other_first) && other.rejected() &&
        unsure(list_.rejections[other.rejection].fix)) {
      list_.rejections[other.rejection].fix = {};
    }
  }
  if (!sure) {
    drop_fix(unsure);
  }
}

void CandidateCollector::add_reward(const Choice& choice, Candidate& candidate) {
  const std::uint32_t number = sources_.catalog->reward_ids.find(choice.text);
  candidate.identity =
      number != TextTable::none ? sources_.catalog->rewards[number].source : nullptr;
  if (refuse_closed_program(candidate) || refuse_guest(candidate)) {
    return;
  }
  if (number == TextTable::none) {
    refuse(candidate, not_found(RejectionCode::reward_not_found, choice.text));
    return;
  }
  const CompiledReward& reward = sources_.catalog->rewards[number];
  candidate.id = reward.source->id.text();
  const bool coupon_reward = reward.source->type == RewardType::coupon_reward;
  candidate.lane = coupon_reward ? Lane::coupon : Lane::points;
  candidate.counts_as_coupon = coupon_reward;
  candidate.counts_as_points_reward = !coupon_reward;
  if (!reward.source->active) {
    refuse(candidate, {.code = RejectionCode::reward_not_active});
    return;
  }
  const CompiledRewardConfig* config = reward.by_tier[situation_.tier_index];
  if (config == nullptr) {
    refuse(candidate, wrong_tier(reward, choice.points));
    return;
  }
  candidate.priority = reward.source->priority;
  candidate.exclusive = reward.source->exclusive;
  candidate.conditions = &reward.conditions;
  candidate.effects = config->effects;
  candidate.points_as_money = config->points_as_money;
  candidate.cost = config->points_as_money == nullptr ? config->source->cost : no_points;
  candidate.chosen_points = config->points_as_money == nullptr ? std::nullopt : choice.points;
  add(candidate);
  drop_fix([&](const Fix& fix) {
    return fix.kind == Fix::Kind::reach_tier && !tier_is_enough(reward, fix.tier, choice.points);
  });
}

void CandidateCollector::add_coupon(const CompiledCoupon& coupon, Candidate& candidate) {
  const Coupon& source = *coupon.source;
  candidate.identity = &source;
  candidate.id = source.id.text();
  if (source.status != CouponStatus::active) {
    refuse(candidate,
           {.code = source.status == CouponStatus::applied ? RejectionCode::coupon_used
                                                           : RejectionCode::coupon_not_active,
            .actual = Fact::of(status_text(source.status))});
    return;
  }
  if (source.expires_at && situation_.now >= *source.expires_at) {
    refuse(candidate, {.code = RejectionCode::expired,
                       .required = Fact::at(*source.expires_at),
                       .actual = Fact::at(situation_.now)});
    return;
  }
  candidate.lane = Lane::coupon;
  candidate.counts_as_coupon = true;
  candidate.exclusive = source.exclusive;
  candidate.conditions = &coupon.conditions;
  candidate.effects = coupon.effects;
  add(candidate);
  if (source.expires_at) {
    drop_fix([&source](const Fix& fix) {
      return fix.kind == Fix::Kind::wait && fix.at >= *source.expires_at;
    });
  }
}

void CandidateCollector::add_code(const Choice& choice, Candidate& candidate) {
  const std::string_view folded = fold_code(choice.text, arena_.characters(choice.text.size()));
  if (const CompiledCoupon* coupon = find_by_code(sources_.coupons, folded)) {
    candidate.source = Source::coupon;
    candidate.identity = coupon->source;
    candidate.id = coupon->source->id.text();
    if (!refuse_closed_program(candidate)) {
      add_coupon(*coupon, candidate);
    }
    return;
  }
  const CompiledPromotion* promotion = nullptr;
  if (const std::uint32_t code = sources_.catalog->codes.find(folded); code != TextTable::none) {
    promotion = &sources_.catalog->promotions[sources_.catalog->code_promotions[code]];
  } else if (const std::uint32_t other = sources_.resolved_codes->find(folded);
             other != TextTable::none) {
    promotion = &sources_.resolved[sources_.folded_resolved[other]];
  }
  if (promotion == nullptr || promotion->source->trigger != Trigger::code) {
    refuse(candidate, not_found(RejectionCode::code_not_found, choice.text));
    return;
  }
  candidate.counts_as_coupon = true;
  candidate.counts_as_code = true;
  add_promotion(*promotion, candidate);
}

void CandidateCollector::add_promotion(const CompiledPromotion& promotion, Candidate& candidate) {
  const Promotion& source = *promotion.source;
  candidate.identity = &source;
  candidate.id = source.id.text();
  candidate.lane = source.lane;
  candidate.priority = source.priority;
  candidate.exclusive = source.exclusive;
  candidate.conditions = &promotion.conditions;
  candidate.limits = &source.limits;
  candidate.effects = promotion.effects;
  add(candidate);
}

/// Whether this candidate, the last of the list, is left out of a "what if". Otherwise an earlier
/// choice of the same one is forgotten: it counts once, at its last place.
bool CandidateCollector::is_put_aside(const Candidate& candidate) {
  if (candidate.identity == nullptr) {
    return false;
  }
  if (candidate.identity == without_) {
    list_.all.pop_back();
    return true;
  }
  if (candidate.chosen) {
    const void* identity = candidate.identity;
    for (std::size_t at = list_.all.size() - 1; at-- > 0;) {
      if (list_.all[at].chosen && list_.all[at].identity == identity) {
        list_.all.erase(at);
      }
    }
  }
  return false;
}

void CandidateCollector::add(Candidate& candidate) {
  if (!is_put_aside(candidate)) {
    test(list_.all.back());
  }
}

void CandidateCollector::refuse(Candidate& candidate, const Obstacle& obstacle) {
  if (!is_put_aside(candidate)) {
    list_.reject(list_.all.back(), obstacle);
  }
}

bool CandidateCollector::refuse_closed_program(Candidate& candidate) {
  const ProgramStatus status = sources_.catalog->catalog->program.status;
  if (status == ProgramStatus::active) {
    return false;
  }
  refuse(candidate,
         {.code = RejectionCode::program_not_active, .actual = Fact::of(status_text(status))});
  return true;
}

bool CandidateCollector::refuse_guest(Candidate& candidate) {
  if (situation_.account != nullptr) {
    return false;
  }
  refuse(candidate, {.code = RejectionCode::sign_in_required, .fix = Fix::sign_in()});
  return true;
}

/// Whether the chosen points are a position only if they happen to be the last one, which moves
/// with the cart.
bool CandidateCollector::may_be_off_step(const Candidate& candidate) {
  const Effect* effect = candidate.points_as_money;
  return effect != nullptr && candidate.chosen_points &&
         (*candidate.chosen_points - effect->min_points).count() % effect->step_points.count() != 0;
}

void CandidateCollector::test(Candidate& candidate) {
  const bool affordable = has_points(candidate);
  if (!preview_only && affordable &&
      eligibility_.is_clear(*candidate.conditions, candidate.limits, candidate.effects)) {
    return;
  }
  std::optional<Obstacle> obstacle =
      eligibility_.obstacle_of(*candidate.conditions, candidate.limits, candidate.effects);
  if (obstacle && (!affordable || may_be_off_step(candidate))) {
    obstacle->fix = {};
  }
  if (obstacle || !affordable) {
    list_.reject(candidate, obstacle ? *obstacle : points_obstacle(candidate));
  }
}

bool CandidateCollector::has_points(const Candidate& candidate) const {
  const Points available = situation_.available;
  if (candidate.points_as_money == nullptr) {
    return candidate.cost <= available;
  }
  const Points least = candidate.points_as_money->min_points;
  const Points chosen = candidate.chosen_points.value_or(least);
  return least <= chosen && chosen <= available;
}

/// Why has_points() said no.
Obstacle CandidateCollector::points_obstacle(const Candidate& candidate) const {
  const Points available = situation_.available;
  if (candidate.points_as_money == nullptr) {
    return short_of_points(candidate.cost, available, true);
  }
  const Points least = candidate.points_as_money->min_points;
  const Points chosen = candidate.chosen_points.value_or(least);
  if (max(chosen, least) > available) {
    return short_of_points(max(chosen, least), available, chosen >= least);
  }
  return {.code = RejectionCode::points_below_minimum,
          .required = Fact::points(least),
          .actual = Fact::points(chosen),
          .missing = Fact::points(least - chosen),
          .fix = Fix::choose(least)};
}

Obstacle CandidateCollector::wrong_tier(const CompiledReward& reward,
                                        std::optional<Points> chosen) {
  if constexpr (preview_only) {
    return {.code = RejectionCode::reward_not_available_for_tier};
  }
  const std::span<TierId> tiers = arena_.array<TierId>(reward.configs.size());
  std::size_t count = 0;
  for (const CompiledRewardConfig& config : reward.configs) {
    if (!config.source->tier.empty()) {
      tiers[count++] = config.source->tier;
    }
  }
  const Fix fix = eligibility_.reach_one_of(tiers.first(count));
  const bool enough = tier_is_enough(reward, fix.tier, chosen) &&
                      reward.source->conditions.tier_ids.empty() &&
                      !eligibility_.obstacle_of(reward.conditions, nullptr, {});
  return {.code = RejectionCode::reward_not_available_for_tier,
          .required = Fact::any_of(std::span<const TierId>{tiers.first(count)}),
          .actual = situation_.tier.empty() ? Fact::none() : Fact::of(situation_.tier.text()),
          .missing = fix.points ? Fact::points(*fix.points) : Fact::none(),
          .fix = enough ? fix : Fix{}};
}

/// Whether the config of `tier` could be used with this cart and these points.
bool CandidateCollector::tier_is_enough(const CompiledReward& reward, TierId tier,
                                        std::optional<Points> chosen) {
  if (tier.empty()) {
    return false;
  }
  const CompiledRewardConfig* config = reward.by_tier[sources_.catalog->tier_index(tier)];
  if (config == nullptr) {
    return false;
  }
  Points needed = config->source->cost;
  if (config->points_as_money != nullptr) {
    needed = config->points_as_money->min_points;
    if (chosen && *chosen < needed) {
      return false;
    }
    needed = max(needed, chosen.value_or(no_points));
  }
  return needed <= situation_.available && !eligibility_.obstacle_of_effects(config->effects);
}

/// An eligible exclusive candidate runs alone; otherwise the policy's limits hold (Q4).
void CandidateCollector::apply_exclusivity() {
  const Candidate* alone = nullptr;
  for (const Candidate& candidate : list_.all) {
    if (candidate.exclusive && !candidate.rejected() &&
        (alone == nullptr || candidate.priority > alone->priority ||
         (candidate.priority == alone->priority &&
          candidate.running_key() < alone->running_key()))) {
      alone = &candidate;
    }
  }
  if (alone == nullptr) {
    apply_limits(sources_.catalog->catalog->policy);
    return;
  }
  for (Candidate& candidate : list_.all) {
    if (&candidate != alone && !candidate.rejected()) {
      const Fix fix = candidate.chosen && alone->chosen ? Fix::choose() : Fix{};
      list_.reject(
          candidate,
          {.code = RejectionCode::not_combinable, .actual = Fact::of(alone->id), .fix = fix});
    }
  }
}

void CandidateCollector::apply_limits(const Policy& policy) {
  struct Count {
    std::int64_t limit;
    bool Candidate::*counts;
    std::int64_t used = 0;
    const Candidate* last = nullptr;
  };
  Count counts[] = {{policy.max_coupons, &Candidate::counts_as_coupon},
                    {policy.max_codes, &Candidate::counts_as_code},
                    {policy.max_points_rewards, &Candidate::counts_as_points_reward}};
  for (std::size_t at = list_.all.size(); at-- > 0;) {
    Candidate& candidate = list_.all[at];
    if (!candidate.chosen || candidate.rejected()) {
      continue;
    }
    const Count* full = nullptr;
    for (const Count& count : counts) {
      if (full == nullptr && candidate.*count.counts && count.used >= count.limit) {
        full = &count;
      }
    }
    if (full != nullptr) {
      list_.reject(candidate,
                   {.code = RejectionCode::not_combinable,
                    .actual = full->last != nullptr ? Fact::of(full->last->id) : Fact::none(),
                    .fix = full->limit > 0 ? Fix::choose() : Fix{}});
      continue;
    }
    for (Count& count : counts) {
      if (candidate.*count.counts) {
        ++count.used;
        count.last = count.last == nullptr ? &candidate : count.last;
      }
    }
  }
}

/// Few candidates run; sorting by insertion is quickest.
void CandidateCollector::order() {
  Buffer<std::uint32_t>& running = list_.running;
  for (std::uint32_t i = 0; i < list_.all.size(); ++i) {
    if (list_.all[i].rejected()) {
      continue;
    }
    const std::uint64_t key = list_.all[i].running_key();
    std::size_t at = running.size();
    running.push_back(i);
    for (; at > 0 && list_.all[running[at - 1]].running_key() > key; --at) {
      running[at] = running[at - 1];
    }
    running[at] = i;
  }
}

}  // namespace loyalty
