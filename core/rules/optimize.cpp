#include <algorithm>
#include <array>

#include "core/rules/computation.h"
#include "core/rules/potential.h"

namespace loyalty {
namespace {

/// How good a set is; smaller is better (Q16).
struct Rank {
  Money total;
  Points points;
  std::size_t discounts = 0;
};

bool better(const Rank& a, const Rank& b) {
  if (a.total != b.total) {
    return a.total < b.total;
  }
  if (a.points != b.points) {
    return a.points < b.points;
  }
  return a.discounts < b.discounts;
}

bool equal(const Rank& a, const Rank& b) { return !better(a, b) && !better(b, a); }

enum Counted { as_coupon, as_code, as_points_reward, counters };
using Counts = std::array<std::int64_t, counters>;

Counts counts_of(const Candidate& candidate) {
  return {candidate.counts_as_coupon ? 1 : 0, candidate.counts_as_code ? 1 : 0,
          candidate.counts_as_points_reward ? 1 : 0};
}

/// What may be chosen, in the order in which ties prefer it.
class Options {
 public:
  Options(std::span<const Choice> chosen, Computation& computation) {
    Workspace::Data& data = computation.data();
    const std::span<const Reward> rewards = data.catalog->catalog->rewards;
    choices_ = data.scratch.array<Choice>(chosen.size() + data.coupons.size() + rewards.size());
    for (const Choice& choice : chosen) {
      choices_[count_++] = choice;
    }
    computation.evaluate(chosen, {.apart = true}, nullptr);
    for (const CompiledCoupon& coupon : data.coupons) {
      if (computation.find(coupon.source) == nullptr) {
        choices_[count_++] = {ChoiceKind::coupon, coupon.source->id.text(), {}};
      }
    }
    for (const Reward& reward : rewards) {
      if (computation.find(&reward) == nullptr) {
        choices_[count_++] = {ChoiceKind::reward, reward.id.text(), {}};
      }
    }
  }

  std::span<const Choice> all() const { return choices_.first(count_); }

 private:
  std::span<Choice> choices_;
  std::size_t count_ = 0;
};

/// Branch and bound over the candidates in running order: each automatic promotion runs, each
/// option is taken or left. What a branch has left and what the rest could take off at most bound
/// it.
class Search {
 public:
  Search(std::span<const Choice> options, Computation& computation)
      : options_{options},
        computation_{computation},
        data_{computation.data()},
        tests_{computation.eligibility()},
        chain_{data_.catalog->catalog->policy,
               data_.cart,
               tests_,
               data_.selection,
               data_.allocation,
               data_.saved,
               data_.scratch} {
    taken_ = data_.scratch.array<std::uint32_t>(options.size());
    best_ = data_.scratch.array<std::uint32_t>(options.size());
  }

  /// Finds the best set; afterwards best() names it.
  void run() {
    CandidateCollector{data_.sources, data_.situation, tests_,
                       data_.scratch, data_.seen,      data_.candidates}
        .collect(options_, {.apart = true});
    const Candidate* alone = exclusive_promotion();
    const bool exclusive_options = has_exclusive_option();
    if (alone == nullptr) {
      search_combinations();
    }
    if (exclusive_options) {
      try_exclusive_options();
    }
    if (alone != nullptr) {
      consider_nothing_chosen();
    }
  }

  std::span<const std::uint32_t> best() const { return best_.first(best_count_); }
  bool optimal() const { return steps_left_ > 0; }
  Money least_total() const {
    return optimal() ? best_rank_.total : min(least_total_, best_rank_.total);
  }

 private:
  static constexpr std::int64_t steps_least = 20'000;
  static constexpr std::int64_t line_steps = 4'000'000;

  /// An eligible exclusive automatic promotion: then only exclusive options can do better.
  const Candidate* exclusive_promotion() const {
    const Candidate* alone = nullptr;
    for (const std::uint32_t index : data_.candidates.running) {
      const Candidate& candidate = data_.candidates.all[index];
      if (candidate.exclusive && !candidate.chosen &&
          (alone == nullptr || candidate.priority > alone->priority)) {
        alone = &candidate;
      }
    }
    return alone;
  }

  bool has_exclusive_option() const {
    return std::any_of(
        data_.candidates.all.begin(), data_.candidates.all.end(),
        [](const Candidate& candidate) { return candidate.chosen && candidate.exclusive; });
  }

  void search_combinations() {
    candidates_ = data_.scratch.array<Candidate>(data_.candidates.running.size());
    for (const std::uint32_t index : data_.candidates.running) {
      const Candidate& candidate = data_.candidates.all[index];
      if (!(candidate.chosen && candidate.exclusive)) {
        candidates_[count_++] = candidate;
      }
    }
    const Policy& policy = data_.catalog->catalog->policy;
    limits_ = {policy.max_coupons, policy.max_codes, policy.max_points_rewards};
    bound_rest();
    highest_tax();
    states_.resize(count_ + 1);
    RunState& root = state_at(0);
    root.start(data_.cart, data_.situation.available);
    root.tracks_shared = true;
    steps_left_ =
        std::max(steps_least, line_steps / static_cast<std::int64_t>(data_.cart.items.count + 8));
    least_total_ = least_total(root, 0, limits_);
    branch(0, 0, 0, 0, limits_);
  }

  RunState& state_at(std::size_t depth) { return states_[depth]; }

  /// For each place in the running order: what all automatic promotions from there on could take
  /// off, and, counted in coupons and in points rewards, the largest potentials of the options.
  void bound_rest() {
    automatic_rest_ = data_.scratch.array<Money>(count_ + 1);
    const auto width_of = [this](Counted counted) {
      return static_cast<std::size_t>(
          std::min<std::int64_t>(limits_[counted], static_cast<std::int64_t>(count_)));
    };
    coupon_width_ = width_of(as_coupon);
    points_width_ = width_of(as_points_reward);
    coupon_rest_ = data_.scratch.array<Money>((count_ + 1) * (coupon_width_ + 1));
    points_rest_ = data_.scratch.array<Money>((count_ + 1) * (points_width_ + 1));
    for (std::size_t at = count_; at-- > 0;) {
      const Candidate& candidate = candidates_[at];
      const Money potential =
          potential_of(candidate, data_.catalog->catalog->policy, data_.cart, data_.untouched,
                       data_.situation.available, data_.selection);
      // No more than a whole cart can come off; the cap keeps the sum of very many in range.
      automatic_rest_[at] = min(automatic_rest_[at + 1] + (candidate.chosen ? no_money : potential),
                                Money::minor(limits::cart_minor_max));
      merge(coupon_rest_, coupon_width_, at,
            candidate.chosen && candidate.counts_as_coupon ? potential : no_money);
      merge(points_rest_, points_width_, at,
            candidate.chosen && candidate.counts_as_points_reward ? potential : no_money);
    }
  }

  /// Row `at` of a table holds the sums of the 0, 1, 2… largest potentials from there on.
  static void merge(std::span<Money> table, std::size_t width, std::size_t at, Money potential) {
    const std::span<Money> row = table.subspan(at * (width + 1), width + 1);
    const std::span<Money> below = table.subspan((at + 1) * (width + 1), width + 1);
    row[0] = no_money;
    for (std::size_t k = 1; k <= width; ++k) {
      row[k] = min(max(below[k], below[k - 1] + potential), Money::minor(limits::cart_minor_max));
    }
  }

  void highest_tax() {
    tax_rate_ = RatePpm{};
    for (std::size_t i = 0; i < data_.cart.items.count; ++i) {
      tax_rate_ = std::max(tax_rate_, data_.cart.items.tax_rate[i]);
    }
    for (std::size_t i = 0; i < data_.cart.shipping.count; ++i) {
      tax_rate_ = std::max(tax_rate_, data_.cart.shipping.tax_rate[i]);
    }
  }

  /// A total that no set reachable from here can fall below.
  Money least_total(const RunState& state, std::size_t at, const Counts& free) {
    const Totals now = computation_.total(state);
    const std::size_t coupons = std::min(coupon_width_, static_cast<std::size_t>(free[as_coupon]));
    const std::size_t points =
        std::min(points_width_, static_cast<std::size_t>(free[as_points_reward]));
    const Money rest = automatic_rest_[at] + coupon_rest_[at * (coupon_width_ + 1) + coupons] +
                       points_rest_[at * (points_width_ + 1) + points];
    const Money net = max(now.items_net + now.shipping_net - rest, no_money);
    Money tax = no_money;
    if (!data_.cart.cart->prices_include_tax && tax_rate_ > RatePpm{}) {
      // Tax falls with the net by at most the highest rate; rounding moves each piece by under one
      // unit before and after, each unit of quantity where tax rounds per unit.
      const std::int64_t pieces = data_.catalog->catalog->policy.tax_rounding == TaxRounding::unit
                                      ? data_.situation.units
                                      : static_cast<std::int64_t>(data_.cart.items.count);
      const Money slack =
          Money::minor(2 * (pieces + static_cast<std::int64_t>(data_.cart.shipping.count)));
      tax =
          max(now.item_tax + now.shipping_tax - portion(rest, tax_rate_, Rounding::half_up) - slack,
              no_money);
    }
    return net + tax + data_.cart.cart->fees;
  }

  void branch(std::size_t at, std::size_t depth, std::size_t discounts, std::size_t taken,
              const Counts& free) {
    if (found_ && --steps_left_ <= 0) {
      return;
    }
    RunState& state = state_at(depth);
    while (at < count_ && !candidates_[at].chosen) {
      CandidateOutcome outcome;
      if (chain_.run(candidates_[at], state, outcome, nullptr)) {
        ++discounts;
      }
      ++at;
    }
    if (at == count_) {
      offer(state, discounts, taken);
      return;
    }
    if (found_ && least_total(state, at, free) > best_rank_.total) {
      return;
    }
    const Candidate& option = candidates_[at];
    Counts then_free = free;
    bool admissible = true;
    const Counts counted = counts_of(option);
    for (int i = 0; i < counters; ++i) {
      const auto counter = static_cast<std::size_t>(i);
      then_free[counter] -= counted[counter];
      admissible = admissible && then_free[counter] >= 0;
    }
    if (admissible) {
      RunState& next = state_at(depth + 1);
      next = state;
      CandidateOutcome outcome;
      if (chain_.run(option, next, outcome, nullptr)) {
        taken_[taken] = option.choice;
        branch(at + 1, depth + 1, discounts + 1, taken + 1, then_free);
      }
    }
    branch(at + 1, depth, discounts, taken, free);
  }

  void offer(const RunState& state, std::size_t discounts, std::size_t taken) {
    const Rank rank{.total = computation_.total(state).total,
                    .points = data_.situation.available - state.points_left,
                    .discounts = discounts};
    consider(rank, taken_.first(taken));
  }

  void consider(const Rank& rank, std::span<const std::uint32_t> set) {
    if (found_ && !better(rank, best_rank_) && !(equal(rank, best_rank_) && earlier(set))) {
      return;
    }
    found_ = true;
    best_rank_ = rank;
    best_count_ = set.size();
    std::copy(set.begin(), set.end(), best_.begin());
    std::sort(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(best_count_));
  }

  /// Whether a set names earlier options than the best one so far.
  bool earlier(std::span<const std::uint32_t> set) {
    const std::span<std::uint32_t> sorted = data_.scratch.array<std::uint32_t>(set.size());
    std::copy(set.begin(), set.end(), sorted.begin());
    std::sort(sorted.begin(), sorted.end());
    return std::lexicographical_compare(sorted.begin(), sorted.end(), best_.begin(),
                                        best_.begin() + static_cast<std::ptrdiff_t>(best_count_));
  }

  /// Exclusive options run alone, without even the automatic promotions.
  void try_exclusive_options() {
    for (std::uint32_t i = 0; i < options_.size(); ++i) {
      const Totals totals = computation_.evaluate(options_.subspan(i, 1), {}, nullptr);
      const Candidate* option = only_chosen();
      if (option != nullptr && option->exclusive && !option->rejected()) {
        consider({.total = totals.total,
                  .points = data_.situation.available - data_.state.points_left,
                  .discounts = 1},
                 {&i, 1});
      }
    }
  }

  void consider_nothing_chosen() {
    const Totals totals = computation_.evaluate({}, {}, nullptr);
    std::size_t discounts = 0;
    for (const CandidateOutcome& outcome : data_.outcomes) {
      discounts += outcome.ran ? 1U : 0U;
    }
    consider({.total = totals.total, .points = no_points, .discounts = discounts}, {});
  }

  const Candidate* only_chosen() const {
    for (const Candidate& candidate : data_.candidates.all) {
      if (candidate.chosen) {
        return &candidate;
      }
    }
    return nullptr;
  }

  std::span<const Choice> options_;
  Computation& computation_;
  Workspace::Data& data_;
  Eligibility tests_;
  Chain chain_;

  std::span<Candidate> candidates_;  ///< eligible ones in running order, no exclusive options
  std::size_t count_ = 0;
  Counts limits_{};
  std::span<Money> automatic_rest_;
  std::span<Money> coupon_rest_;
  std::span<Money> points_rest_;
  std::size_t coupon_width_ = 0;
  std::size_t points_width_ = 0;
  RatePpm tax_rate_;
  std::vector<RunState>& states_ = data_.branch_states;

  std::span<std::uint32_t> taken_;
  std::span<std::uint32_t> best_;
  std::size_t best_count_ = 0;
  Rank best_rank_;
  bool found_ = false;
  std::int64_t steps_left_ = 1;
  Money least_total_;
};

/// Whether `count` different candidates were chosen and all of them ran.
bool all_chosen_run(const CandidateList& candidates, std::size_t count) {
  std::size_t ran = 0;
  for (const Candidate& candidate : candidates.all) {
    if (candidate.chosen && candidate.rejected()) {
      return false;
    }
    ran += candidate.chosen ? 1U : 0U;
  }
  return ran == count;
}

/// Adds option after option, each time the one that helps most; for searches that gave up. Looks at
/// no more sets than its budget allows.
void improve_greedily(std::span<const Choice> options, Buffer<Choice>& chosen,
                      Computation& computation) {
  const Money found = computation.evaluate(chosen, {}, nullptr).total;
  constexpr std::int64_t work_most = 2'000'000;
  const Workspace::Data& data = computation.data();
  const auto work =
      static_cast<std::int64_t>((data.cart.items.count + 8) * (data.candidates.running.size() + 1));
  std::int64_t evaluations_left = std::max<std::int64_t>(work_most / work, 64);
  Buffer<Choice> greedy;
  Money total = computation.evaluate(greedy, {}, nullptr).total;
  for (const Choice* addition = nullptr;; addition = nullptr) {
    for (const Choice& option : options) {
      if (--evaluations_left < 0) {
        break;
      }
      const Money with = computation.evaluate(greedy, {.with = &option}, nullptr).total;
      if (with < total && all_chosen_run(computation.data().candidates, greedy.size() + 1)) {
        total = with;
        addition = &option;
      }
    }
    if (addition == nullptr) {
      break;
    }
    greedy.push_back(*addition);
  }
  if (total < found) {
    chosen = greedy;
  }
}

}  // namespace

BestChoice optimize(const Intent& intent, Instant now, Wanted wanted, Workspace& workspace) {
  Workspace::Data& data = workspace.data();
  Computation computation{data};
  computation.begin(now);
  const Options options{intent.chosen, computation};
  const Money without = computation.evaluate({}, {}, nullptr).total;
  Search search{options.all(), computation};
  search.run();
  data.best_chosen.clear();
  for (const std::uint32_t option : search.best()) {
    data.best_chosen.push_back(options.all()[option]);
  }
  if (!search.optimal()) {
    improve_greedily(options.all(), data.best_chosen, computation);
  }
  BestChoice best;
  best.optimal = search.optimal();
  best.bound = without - search.least_total();
  best.chosen = data.best_chosen;
  best.quote = quote({data.best_chosen}, now, wanted, workspace);
  return best;
}

}  // namespace loyalty
