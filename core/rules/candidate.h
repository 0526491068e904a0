#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/buffer.h"
#include "core/model/quote.h"
#include "core/rules/eligibility.h"

namespace loyalty {

/// Something that may discount the cart: an automatic promotion in reach, or what was chosen (Q2).
struct Candidate {
  static constexpr std::uint32_t not_rejected = UINT32_MAX;

  const void* identity = nullptr;  ///< the document's object; null for what was not found
  std::string_view id;
  Source source = Source::promotion;
  Lane lane = Lane::automatic;
  std::int64_t priority = 0;
  std::uint32_t order = 0;  ///< automatic: place in the catalog; chosen: behind those, as chosen
  bool chosen = false;
  std::uint32_t choice = 0;  ///< index in the intent, if chosen
  bool exclusive = false;
  bool counts_as_coupon = false;
  bool counts_as_code = false;
  bool counts_as_points_reward = false;
  const CompiledConditions* conditions = nullptr;
  const UseLimits* limits = nullptr;
  std::span<const CompiledEffect> effects;
  Points cost;  ///< of a reward that is not points as money
  const Effect* points_as_money = nullptr;
  std::optional<Points> chosen_points;
  std::uint32_t rejection = not_rejected;  ///< index into CandidateList::rejections

  bool rejected() const { return rejection != not_rejected; }
  /// Smaller runs earlier (Q3).
  std::uint64_t running_key() const {
    constexpr std::int64_t priority_span = 1 << 21;
    const auto inverse_priority = static_cast<std::uint64_t>(priority_span / 2 - priority);
    return static_cast<std::uint64_t>(lane) << 62 | inverse_priority << 32 | order;
  }
};

/// A coupon, referral reward or resolved promotion, compiled for one request.
struct CompiledCoupon {
  const Coupon* source = nullptr;
  std::string_view folded_code;
  CompiledConditions conditions;
  std::span<const CompiledEffect> effects;
};

/// Asks that only "what if" computations have.
struct WhatIf {
  const void* without = nullptr;  ///< this candidate is no candidate
  const Choice* with = nullptr;   ///< chosen last, on top of the intent
  bool apart = false;             ///< each by itself: neither exclusivity nor limits
};

/// The choice that a list of candidates was collected for, in memory of its own.
class KeptChoice {
 public:
  void forget() { holds_ = false; }
  void keep(std::span<const Choice> chosen, Instant now);
  /// Whether these are the same entries at the same instant; points may differ.
  bool is(std::span<const Choice> chosen, Instant now) const;

 private:
  bool holds_ = false;
  Instant now_;
  Buffer<Choice> chosen_;
  Buffer<char> texts_;
};

struct CandidateList {
  Buffer<Candidate> all;
  Buffer<std::uint32_t> running;  ///< indices of those that run, in running order
  Buffer<Rejection> rejections;
  KeptChoice kept;  ///< what the list may serve again, if anything

  void reject(Candidate& candidate, const Obstacle& obstacle) {
    candidate.rejection = static_cast<std::uint32_t>(rejections.size());
    rejections.push_back({.id = candidate.id,
                          .source = candidate.source,
                          .code = obstacle.code,
                          .required = obstacle.required,
                          .actual = obstacle.actual,
                          .missing = obstacle.missing,
                          .fix = obstacle.fix});
  }
};

/// What candidates are drawn from.
struct CandidateSources {
  const CompiledCatalog::Data* catalog = nullptr;
  std::span<const std::span<const Posting>> postings{};  ///< of the tags that the request carries
  std::span<const CompiledCoupon> coupons;
  std::span<const CompiledCoupon> referral_rewards;
  std::span<const CompiledPromotion> resolved;
  std::span<const std::uint32_t> folded_resolved;  ///< by code number in `resolved_codes`
  const TextTable* resolved_codes = nullptr;
};

/// Collects, tests and orders candidates (Q2, Q3, Q4).
class CandidateCollector {
 public:
  CandidateCollector(const CandidateSources& sources, const Situation& situation,
                     Eligibility& eligibility, Arena& arena, Buffer<std::uint32_t>& seen,
                     CandidateList& list)
      : sources_{sources},
        situation_{situation},
        eligibility_{eligibility},
        arena_{arena},
        seen_{seen},
        list_{list} {}

  /// Fills the list: all candidates, their rejections so far, and who runs in which order.
  void collect(std::span<const Choice> chosen, const WhatIf& what_if);

  /// As collect() without a "what if", for the prepared cart as it is: where the last list was
  /// collected for the same entries, and nothing stands in anybody's way then and now, it still
  /// holds. Only quantities and points may have changed since.
  void collect_again(std::span<const Choice> chosen);

 private:
  bool still_holds(std::span<const Choice> chosen);
  void add_automatic(std::span<const Posting> postings);
  void add_chosen(const Choice& choice, std::uint32_t place);
  void add_reward(const Choice& choice, Candidate& candidate);
  void add_coupon(const CompiledCoupon& coupon, Candidate& candidate);
  void add_code(const Choice& choice, Candidate& candidate);
  void add_promotion(const CompiledPromotion& promotion, Candidate& candidate);
  void add(Candidate& candidate);
  bool is_put_aside(const Candidate& candidate);
  void refuse(Candidate& candidate, const Obstacle& obstacle);
  bool refuse_closed_program(Candidate& candidate);
  bool refuse_guest(Candidate& candidate);
  static bool may_be_off_step(const Candidate& candidate);
  void test(Candidate& candidate);
  bool has_points(const Candidate& candidate) const;
  Obstacle points_obstacle(const Candidate& candidate) const;
  Obstacle wrong_tier(const CompiledReward& reward, std::optional<Points> chosen);
  bool tier_is_enough(const CompiledReward& reward, TierId tier, std::optional<Points> chosen);
  void drop_unsure_fixes();
  template <class Useless>
  void drop_fix(Useless useless);

  void apply_exclusivity();
  void apply_limits(const Policy& policy);
  void order();

  const CandidateSources& sources_;
  const Situation& situation_;
  Eligibility& eligibility_;
  Arena& arena_;
  Buffer<std::uint32_t>& seen_;
  CandidateList& list_;
  const void* without_ = nullptr;
};

}  // namespace loyalty
