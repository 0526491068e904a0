#include "core/rules/computation.h"

namespace loyalty {
namespace {

/// A reward or owned coupon that could be chosen.
struct Option {
  const void* identity = nullptr;
  Choice choice;
  Source source = Source::reward;
};

std::span<Option> options_of(Computation& computation) {
  Workspace::Data& data = computation.data();
  const std::span<const Reward> rewards = data.catalog->catalog->rewards;
  const std::span<Option> options =
      data.scratch.array<Option>(rewards.size() + data.coupons.size());
  std::size_t count = 0;
  for (const Reward& reward : rewards) {
    options[count++] = {&reward, {ChoiceKind::reward, reward.id.text(), {}}, Source::reward};
  }
  for (const CompiledCoupon& coupon : data.coupons) {
    options[count++] = {
        coupon.source, {ChoiceKind::coupon, coupon.source->id.text(), {}}, Source::coupon};
  }
  return options;
}

/// Copies what the last evaluation says of one candidate.
void describe(const Candidate& candidate, const Computation& computation, const CandidateList& list,
              Offer& offer) {
  const CandidateOutcome& outcome = computation.outcome_of(candidate);
  offer.usable = outcome.ran;
  if (candidate.rejected()) {
    offer.code = list.rejections[candidate.rejection].code;
  }
  if (outcome.ran && candidate.source == Source::reward) {
    offer.points = outcome.points;
  }
  offer.steps = outcome.steps;
}

void mark_best(std::span<Offer> offers) {
  Offer* best = nullptr;
  for (Offer& offer : offers) {
    if (!offer.usable || offer.saves <= no_money) {
      continue;
    }
    const Points points = offer.points.value_or(no_points);
    if (best == nullptr || offer.saves > best->saves ||
        (offer.saves == best->saves && points < best->points.value_or(no_points))) {
      best = &offer;
    }
  }
  if (best != nullptr) {
    best->best = true;
  }
}

/// The unit that is cheapest to add: in scope the cheapest line, else the line with most units.
std::optional<std::size_t> line_to_raise(const Fix& fix, const CompiledScope& scope,
                                         const PreparedCart& cart) {
  std::uint64_t mask[limits::cart_lines_max / 64 + 1];
  cart.select_lines(scope, mask);
  std::optional<std::size_t> found;
  each_line(mask, cart.words, [&](std::size_t line) {
    if (!has_bit(cart.discountable, line)) {
      return;
    }
    const bool better =
        found && (fix.scope != nullptr ? cart.items.price[line] < cart.items.price[*found]
                                       : cart.items.quantity[line] > cart.items.quantity[*found]);
    if (!found || better) {
      found = line;
    }
  });
  return found;
}

/// Does what a fix says to the prepared cart or the points, and takes it back when it goes.
class Hypothesis final : private TagNumbering {
 public:
  Hypothesis(const Fix& fix, Computation& computation)
      : computation_{computation}, data_{computation.data()} {
    switch (fix.kind) {
      case Fix::Kind::add_amount:
        add_amount(fix);
        break;
      case Fix::Kind::add_quantity:
        add_quantity(fix);
        break;
      case Fix::Kind::earn_points:
        earned_ = fix.points.value_or(no_points);
        data_.situation.available += earned_;
        possible_ = data_.situation.available <= Points::of(limits::points_max);
        break;
      default:
        break;
    }
    computation_.measure_cart();
  }
  ~Hypothesis() {
    if (pushed_) {
      data_.cart.pop_line();
    }
    if (raised_) {
      data_.cart.set_quantity(*raised_, quantity_before_);
    }
    data_.situation.available -= earned_;
    computation_.measure_cart();
  }
  Hypothesis(const Hypothesis&) = delete;
  Hypothesis& operator=(const Hypothesis&) = delete;

  bool possible() const { return possible_; }

 private:
  TagNumber number_of(std::string_view tag) override {
    const std::uint32_t known = data_.catalog->tags.find(tag);
    return known != TextTable::none ? known
                                    : data_.catalog->tags.size() + data_.request_tags.find(tag);
  }

  void add_amount(const Fix& fix) {
    if (data_.cart.items.count >= static_cast<std::size_t>(limits::cart_lines_max)) {
      return;
    }
    const std::string_view tag = fix.scope != nullptr ? sample_tag(*fix.scope) : std::string_view{};
    const RatePpm tax = data_.cart.items.count > 0 ? data_.cart.items.tax_rate[0] : RatePpm{};
    data_.cart.push_line(fix.amount, tax, tag.empty() ? 0 : number_of(tag), !tag.empty());
    pushed_ = true;
    possible_ = true;
  }

  void add_quantity(const Fix& fix) {
    RuleCompiler compiler{data_.scratch, *this};
    const CompiledScope scope = fix.scope != nullptr ? compiler.scope(*fix.scope) : CompiledScope{};
    raised_ = line_to_raise(fix, scope, data_.cart);
    if (!raised_) {
      return;
    }
    quantity_before_ = data_.cart.items.quantity[*raised_];
    const std::int64_t quantity = quantity_before_ + fix.quantity;
    possible_ = quantity <= limits::quantity_max && data_.cart.items.price[*raised_] * quantity <=
                                                        Money::minor(limits::money_minor_max);
    if (possible_) {
      data_.cart.set_quantity(*raised_, quantity);
    }
  }

  Computation& computation_;
  Workspace::Data& data_;
  bool possible_ = false;
  bool pushed_ = false;
  std::optional<std::size_t> raised_;
  std::int64_t quantity_before_ = 0;
  Points earned_;
};

/// A candidate that something small would turn.
struct Miss {
  const void* identity = nullptr;
  bool chosen = false;  ///< part of the intent, or automatic
  Choice choice;
  Rejection rejection;
};

bool is_small(const Fix& fix) {
  return fix.kind == Fix::Kind::add_amount || fix.kind == Fix::Kind::add_quantity ||
         fix.kind == Fix::Kind::earn_points;
}

class MissFinder {
 public:
  MissFinder(std::span<const Choice> chosen, Computation& computation)
      : chosen_{chosen}, computation_{computation}, data_{computation.data()} {}

  std::span<const NearMiss> find() {
    const std::span<Option> options = options_of(computation_);
    computation_.evaluate(chosen_, {}, nullptr);
    misses_ = data_.scratch.array<Miss>(data_.candidates.all.size() + options.size());
    for (const Candidate& candidate : data_.candidates.all) {
      note(candidate, nullptr);
    }
    const std::span<bool> is_chosen = data_.scratch.array<bool>(options.size());
    for (std::size_t i = 0; i < options.size(); ++i) {
      is_chosen[i] = computation_.find(options[i].identity) != nullptr;
    }
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (!is_chosen[i]) {
        computation_.evaluate(chosen_, {.with = &options[i].choice}, nullptr);
        if (const Candidate* candidate = computation_.find(options[i].identity)) {
          note(*candidate, &options[i].choice);
        }
      }
    }
    return weigh();
  }

 private:
  void note(const Candidate& candidate, const Choice* choice) {
    if (!candidate.rejected() || candidate.identity == nullptr) {
      return;
    }
    const Rejection& rejection = data_.candidates.rejections[candidate.rejection];
    if (is_small(rejection.fix)) {
      misses_[count_++] = {candidate.identity, choice == nullptr,
                           choice != nullptr ? *choice : Choice{}, rejection};
    }
  }

  std::span<const NearMiss> weigh() {
    const std::span<NearMiss> rows = data_.scratch.array<NearMiss>(count_);
    std::size_t rows_count = 0;
    for (const Miss& miss : misses_.first(count_)) {
      const Money saves = saves_of(miss);
      if (saves <= no_money) {
        continue;
      }
      std::size_t at = rows_count++;
      for (; at > 0 && rows[at - 1].saves < saves; --at) {
        rows[at] = rows[at - 1];
      }
      rows[at] = {.id = miss.rejection.id,
                  .source = miss.rejection.source,
                  .code = miss.rejection.code,
                  .missing = miss.rejection.missing,
                  .fix = miss.rejection.fix,
                  .saves = saves};
    }
    return rows.first(rows_count);
  }

  /// What the candidate takes off once the fix is done; zero if it still does not run.
  Money saves_of(const Miss& miss) {
    const Hypothesis hypothesis{miss.rejection.fix, computation_};
    if (!hypothesis.possible()) {
      return no_money;
    }
    const WhatIf with{.with = miss.chosen ? nullptr : &miss.choice};
    const Money total = computation_.evaluate(chosen_, with, nullptr).total;
    const Candidate* candidate = computation_.find(miss.identity);
    if (candidate == nullptr || !computation_.outcome_of(*candidate).ran) {
      return no_money;
    }
    return computation_.evaluate(chosen_, {.without = miss.identity}, nullptr).total - total;
  }

  std::span<const Choice> chosen_;
  Computation& computation_;
  Workspace::Data& data_;
  std::span<Miss> misses_;
  std::size_t count_ = 0;
};

}  // namespace

std::span<const Offer> make_offers(std::span<const Choice> chosen, Computation& computation) {
  Workspace::Data& data = computation.data();
  const std::span<Option> options = options_of(computation);
  const std::span<Offer> offers = data.scratch.array<Offer>(options.size());
  const std::span<bool> is_chosen = data.scratch.array<bool>(options.size());
  const Money current = computation.evaluate(chosen, {}, nullptr).total;
  for (std::size_t i = 0; i < options.size(); ++i) {
    offers[i].id = options[i].choice.text;
    offers[i].source = options[i].source;
    if (const Candidate* candidate = computation.find(options[i].identity)) {
      is_chosen[i] = true;
      describe(*candidate, computation, data.candidates, offers[i]);
    }
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (is_chosen[i]) {
      const WhatIf without{.without = options[i].identity};
      if (offers[i].usable) {
        offers[i].saves = computation.evaluate(chosen, without, nullptr).total - current;
      }
      continue;
    }
    const Money total = computation.evaluate(chosen, {.with = &options[i].choice}, nullptr).total;
    if (const Candidate* candidate = computation.find(options[i].identity)) {
      describe(*candidate, computation, data.candidates, offers[i]);
    }
    if (offers[i].usable) {
      offers[i].saves = current - total;
    }
  }
  mark_best(offers);
  return offers;
}

std::span<const NearMiss> make_near_misses(std::span<const Choice> chosen,
                                           Computation& computation) {
  return MissFinder{chosen, computation}.find();
}

}  // namespace loyalty
