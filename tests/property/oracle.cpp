#include "tests/property/oracle.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>

#include "tests/property/oracle_effects.h"

namespace loyalty::oracle {
namespace {

__extension__ typedef __int128
    Exact;  // NOLINT(modernize-use-using): using cannot carry __extension__

constexpr Amount million = 1'000'000;

struct Candidate {
  std::string id;
  Source source = Source::promotion;
  Lane lane = Lane::automatic;
  std::int64_t priority = 0;
  bool exclusive = false;
  bool is_chosen = false;
  bool is_coupon = false;
  bool is_code = false;
  bool is_points_reward = false;
  Conditions conditions;
  UseLimits limits;
  std::span<const Effect> effects;
  std::optional<std::int64_t> cost;  ///< rewards
  std::optional<std::int64_t> chosen_points;
  std::optional<RejectionCode> refusal;

  const Effect* points_effect() const {
    for (const Effect& effect : effects) {
      if (effect.kind == EffectKind::points_as_money) {
        return &effect;
      }
    }
    return nullptr;
  }
};

bool same_code(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

class Computation {
 public:
  explicit Computation(const Case& input)
      : in_(input), catalog_(*input.catalog), cart_(*input.cart) {
    for (const CartLine& line : cart_.lines) {
      Piece piece;
      piece.line = &line;
      piece.id = line.id.text();
      piece.tags = line.tags;
      piece.price = minor(line.unit_price);
      piece.quantity = line.quantity;
      piece.floor = minor(line.min_unit_price) * line.quantity;
      piece.tax_rate = line.tax_rate.per_million();
      piece.left = piece.subtotal();
      state_.lines.push_back(piece);
    }
    for (const ShippingMethod& method : cart_.shipping) {
      Piece piece;
      piece.id = method.id;
      piece.tags = method.tags;
      piece.price = minor(method.price);
      piece.tax_rate = method.tax_rate.per_million();
      piece.left = piece.price;
      state_.methods.push_back(piece);
    }
    state_.available = in_.account != nullptr ? in_.account->available.count() : 0;
  }

  Answer answer() {
    collect();
    decide_who_runs();
    run_chain();
    return assemble();
  }

 private:
  /// All that a candidate changes, so that it can be undone by copying.
  struct State {
    Pieces lines;
    Pieces methods;
    std::int64_t available = 0;
    std::vector<Discount> discounts;
    std::vector<AddedLine> added;
  };

  const Policy& policy() const { return catalog_.policy; }
  TierId tier() const {
    return in_.account != nullptr && catalog_.tiers_active ? in_.account->tier : TierId{};
  }

  // ---- Q2: candidates

  void collect() {
    for (const Promotion& promotion : catalog_.promotions) {
      if (promotion.trigger == Trigger::automatic && in_reach(promotion)) {
        candidates_.push_back(of(promotion, Source::promotion));
      }
    }
    for (const Choice& choice : in_.intent.chosen) {
      Candidate candidate = of(choice);
      std::erase_if(candidates_, [&](const Candidate& earlier) {
        return earlier.is_chosen && earlier.source == candidate.source &&
               earlier.id == candidate.id;
      });
      candidates_.push_back(candidate);
    }
    for (Candidate& candidate : candidates_) {
      if (!candidate.refusal) {
        candidate.refusal = refusal_before_running(candidate);
      }
    }
  }

  bool in_reach(const Promotion& promotion) const {
    const Conditions& c = promotion.conditions;
    if ((c.starts_at && in_.now < *c.starts_at) || (c.ends_at && in_.now >= *c.ends_at)) {
      return false;
    }
    if (!c.customer_tags.empty() &&
        (in_.account == nullptr || !has_any(in_.account->customer_tags, c.customer_tags))) {
      return false;
    }
    const auto cart_has = [&](Texts tags) {
      return tags.empty() ||
             std::any_of(state_.lines.begin(), state_.lines.end(),
                         [&](const Piece& line) { return has_any(line.tags, tags); });
    };
    if (!cart_has(c.contains_tags) ||
        (c.min_subtotal_of && !cart_has(c.min_subtotal_of->scope.include)) ||
        (c.min_quantity_of && !cart_has(c.min_quantity_of->scope.include))) {
      return false;
    }
    return std::any_of(promotion.effects.begin(), promotion.effects.end(),
                       [&](const Effect& effect) {
                         return is_about_the_cart(effect, state_.lines, state_.methods);
                       });
  }

  static Candidate of(const Promotion& promotion, Source source) {
    Candidate c;
    c.id = promotion.id.text();
    c.source = source;
    c.lane = promotion.lane;
    c.priority = promotion.priority;
    c.exclusive = promotion.exclusive;
    c.is_chosen = c.is_coupon = c.is_code = source == Source::code;
    c.conditions = promotion.conditions;
    c.limits = promotion.limits;
    c.effects = promotion.effects;
    return c;
  }

  Candidate of(const Choice& choice) const {
    switch (choice.kind) {
      case ChoiceKind::reward:
        return of_reward(choice);
      case ChoiceKind::coupon:
        return of_coupon(choice.text, Source::coupon);
      case ChoiceKind::referral_reward:
        return of_coupon(choice.text, Source::referral);
      case ChoiceKind::code:
        return of_code(trimmed(choice.text));
    }
    return {};
  }

  Candidate of_code(std::string_view text) const {
    if (in_.account != nullptr) {
      for (const Coupon& coupon : in_.account->coupons) {
        if (same_code(coupon.code, text)) {
          return of_coupon(coupon.id.text(), Source::coupon);
        }
      }
    }
    for (const auto& promotions : {catalog_.promotions, in_.resolved}) {
      for (const Promotion& promotion : promotions) {
        for (const std::string_view code : promotion.codes) {
          if (promotion.trigger == Trigger::code && same_code(trimmed(code), text)) {
            return of(promotion, Source::code);
          }
        }
      }
    }
    Candidate c;
    c.id = text;
    c.source = Source::code;
    c.is_chosen = true;
    c.refusal = RejectionCode::code_not_found;
    return c;
  }

  /// Program status and sign-in, which come first for all that is the member's.
  std::optional<RejectionCode> refusal_of_membership() const {
    if (catalog_.program.status != ProgramStatus::active) {
      return RejectionCode::program_not_active;
    }
    if (in_.account == nullptr) {
      return RejectionCode::sign_in_required;
    }
    return std::nullopt;
  }

  Candidate of_coupon(std::string_view id, Source source) const {
    Candidate c;
    c.id = id;
    c.source = source;
    c.lane = Lane::coupon;
    c.is_chosen = c.is_coupon = true;
    c.refusal = refusal_of_membership();
    if (in_.account == nullptr) {
      return c;
    }
    const auto& owned =
        source == Source::coupon ? in_.account->coupons : in_.account->referral_rewards;
    for (const Coupon& coupon : owned) {
      if (coupon.id.text() != id) {
        continue;
      }
      c.exclusive = coupon.exclusive;
      c.conditions = coupon.conditions;
      c.effects = coupon.effects;
      if (!c.refusal && coupon.status == CouponStatus::applied) {
        c.refusal = RejectionCode::coupon_used;
      } else if (!c.refusal && coupon.status != CouponStatus::active) {
        c.refusal = RejectionCode::coupon_not_active;
      } else if (!c.refusal && coupon.expires_at && in_.now >= *coupon.expires_at) {
        c.refusal = RejectionCode::expired;
      }
      return c;
    }
    if (!c.refusal) {
      c.refusal = source == Source::coupon ? RejectionCode::coupon_not_found
                                           : RejectionCode::reward_not_found;
    }
    return c;
  }

  Candidate of_reward(const Choice& choice) const {
    Candidate c;
    c.id = choice.text;
    c.source = Source::reward;
    c.lane = Lane::points;
    c.is_chosen = true;
    c.refusal = refusal_of_membership();
    if (c.refusal) {
      return c;
    }
    for (const Reward& reward : catalog_.rewards) {
      if (reward.id.text() != choice.text) {
        continue;
      }
      c.is_coupon = reward.type == RewardType::coupon_reward;
      c.is_points_reward = !c.is_coupon;
      c.lane = c.is_coupon ? Lane::coupon : Lane::points;
      c.priority = reward.priority;
      c.exclusive = reward.exclusive;
      c.conditions = reward.conditions;
      if (choice.points) {
        c.chosen_points = choice.points->count();
      }
      if (!reward.active) {
        c.refusal = RejectionCode::reward_not_active;
        return c;
      }
      c.refusal = RejectionCode::reward_not_available_for_tier;
      for (const RewardConfig& config : reward.configs) {
        if (config.tier == tier()) {
          c.refusal.reset();
          c.cost = config.cost.count();
          c.effects = config.effects;
        }
      }
      return c;
    }
    c.refusal = RejectionCode::reward_not_found;
    return c;
  }

  // ---- conditions, limits, scopes, points, in checking order

  std::optional<RejectionCode> refusal_before_running(const Candidate& candidate) const {
    if (const auto code = refusal_by_conditions(candidate)) {
      return code;
    }
    if (candidate.limits.uses_left == 0) {
      return RejectionCode::usage_limit_reached;
    }
    if (candidate.limits.uses_left_for_customer == 0) {
      return RejectionCode::customer_limit_reached;
    }
    if (candidate.limits.budget_left == no_money) {
      return RejectionCode::budget_exhausted;
    }
    std::optional<RejectionCode> lack;
    for (const Effect& effect : candidate.effects) {
      const auto code = lack_of(effect, state_.lines, state_.methods);
      if (!code) {
        lack.reset();
        break;
      }
      if (!lack) {
        lack = code;
      }
    }
    return lack ? lack : refusal_by_points(candidate);
  }

  Amount subtotal_of(const Scope& scope, bool running) const {
    Amount amount = 0;
    for (const Piece& line : state_.lines) {
      if (in_scope(line, scope) && !is_gift_card(line)) {
        amount += running ? line.left : line.subtotal();
      }
    }
    return amount;
  }

  std::int64_t quantity_of(const Scope& scope) const {
    std::int64_t quantity = 0;
    for (const Piece& line : state_.lines) {
      quantity += in_scope(line, scope) ? line.quantity : 0;
    }
    return quantity;
  }

  std::optional<RejectionCode> refusal_by_amounts(const Conditions& c, bool running) const {
    const bool too_little = (c.min_subtotal && subtotal_of({}, running) < minor(*c.min_subtotal)) ||
                            (c.min_subtotal_of && subtotal_of(c.min_subtotal_of->scope, running) <
                                                      minor(c.min_subtotal_of->amount));
    return too_little ? std::optional(RejectionCode::minimum_subtotal_not_met) : std::nullopt;
  }

  std::optional<RejectionCode> refusal_by_conditions(const Candidate& candidate) const {
    const Conditions& c = candidate.conditions;
    const Account* account = in_.account;
    if (c.starts_at && in_.now < *c.starts_at) {
      return RejectionCode::not_started;
    }
    if (c.ends_at && in_.now >= *c.ends_at) {
      return RejectionCode::expired;
    }
    if (c.members_only && account == nullptr) {
      return RejectionCode::sign_in_required;
    }
    if (!c.tier_ids.empty() &&
        (account == nullptr ||
         std::find(c.tier_ids.begin(), c.tier_ids.end(), tier()) == c.tier_ids.end())) {
      return RejectionCode::tier_required;
    }
    if (!c.customer_tags.empty() &&
        (account == nullptr || !has_any(account->customer_tags, c.customer_tags))) {
      return RejectionCode::customer_not_eligible;
    }
    if (c.order_number && (account == nullptr || account->order_number != *c.order_number)) {
      return RejectionCode::order_number_mismatch;
    }
    if (!c.shipping_methods.empty() &&
        std::none_of(state_.methods.begin(), state_.methods.end(), [&](const Piece& method) {
          const std::string_view id = method.id;
          return has_any(method.tags, c.shipping_methods) || has_any({&id, 1}, c.shipping_methods);
        })) {
      return RejectionCode::shipping_method_mismatch;
    }
    if (!c.contains_tags.empty() &&
        std::none_of(state_.lines.begin(), state_.lines.end(),
                     [&](const Piece& line) { return has_any(line.tags, c.contains_tags); })) {
      return RejectionCode::scope_not_in_cart;
    }
    if (const auto code = refusal_by_amounts(c, false)) {
      return code;
    }
    if (c.min_quantity && quantity_of({}) < *c.min_quantity) {
      return RejectionCode::minimum_quantity_not_met;
    }
    if (c.min_quantity_of && quantity_of(c.min_quantity_of->scope) < c.min_quantity_of->quantity) {
      return RejectionCode::minimum_quantity_not_met;
    }
    if (c.min_line_quantity &&
        std::none_of(state_.lines.begin(), state_.lines.end(),
                     [&](const Piece& line) { return line.quantity >= *c.min_line_quantity; })) {
      return RejectionCode::minimum_quantity_not_met;
    }
    return std::nullopt;
  }

  std::optional<RejectionCode> refusal_by_points(const Candidate& candidate) const {
    if (!candidate.cost) {
      return std::nullopt;
    }
    const Effect* const effect = candidate.points_effect();
    if (effect == nullptr) {
      return *candidate.cost > state_.available ? std::optional(RejectionCode::insufficient_points)
                                                : std::nullopt;
    }
    const std::int64_t least = effect->min_points.count();
    if (least > state_.available || candidate.chosen_points.value_or(0) > state_.available) {
      return RejectionCode::insufficient_points;
    }
    if (candidate.chosen_points && *candidate.chosen_points < least) {
      return RejectionCode::points_below_minimum;
    }
    return std::nullopt;
  }

  // ---- Q3, Q4: order, exclusivity, limits

  void decide_who_runs() {
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) {
                       return std::tuple(a.lane, -a.priority, a.is_chosen) <
                              std::tuple(b.lane, -b.priority, b.is_chosen);
                     });
    const Candidate* alone = nullptr;
    for (const Candidate& candidate : candidates_) {
      if (!candidate.refusal && candidate.exclusive &&
          (alone == nullptr || candidate.priority > alone->priority)) {
        alone = &candidate;
      }
    }
    if (alone != nullptr) {
      for (Candidate& candidate : candidates_) {
        if (!candidate.refusal && &candidate != alone) {
          candidate.refusal = RejectionCode::not_combinable;
        }
      }
      return;
    }
    // Back from the last chosen one: what still fits stays.
    std::int64_t coupons = 0;
    std::int64_t codes = 0;
    std::int64_t points_rewards = 0;
    for (std::size_t k = in_.intent.chosen.size(); k-- > 0;) {
      const Candidate wanted = of(in_.intent.chosen[k]);
      for (Candidate& candidate : candidates_) {
        if (!candidate.is_chosen || candidate.source != wanted.source ||
            candidate.id != wanted.id || candidate.refusal || is_looked_at(candidate)) {
          continue;
        }
        looked_at_.push_back(&candidate);
        const bool fits =
            (!candidate.is_coupon || coupons < policy().max_coupons) &&
            (!candidate.is_code || codes < policy().max_codes) &&
            (!candidate.is_points_reward || points_rewards < policy().max_points_rewards);
        if (fits) {
          coupons += candidate.is_coupon ? 1 : 0;
          codes += candidate.is_code ? 1 : 0;
          points_rewards += candidate.is_points_reward ? 1 : 0;
        } else {
          candidate.refusal = RejectionCode::not_combinable;
        }
      }
    }
  }

  bool is_looked_at(const Candidate& candidate) const {
    return std::find(looked_at_.begin(), looked_at_.end(), &candidate) != looked_at_.end();
  }

  // ---- the chain

  void run_chain() {
    for (Candidate& candidate : candidates_) {
      if (!candidate.refusal) {
        run(candidate);
      }
    }
  }

  void run(Candidate& candidate) {
    if (policy().condition_basis == ConditionBasis::running) {
      candidate.refusal = refusal_by_amounts(candidate.conditions, true);
    }
    if (!candidate.refusal) {
      candidate.refusal = refusal_by_points(candidate);
    }
    if (candidate.refusal) {
      return;
    }
    const State before = state_;
    Discount discount{candidate.id, candidate.source, 0, std::nullopt};
    const std::size_t added = state_.added.size();
    std::int64_t points = candidate.cost.value_or(0);
    for (const Effect& effect : candidate.effects) {
      if (effect.kind == EffectKind::free_item) {
        add_item(effect, candidate.id);
        continue;
      }
      Pieces& pieces = effect.target == Target::shipping ? state_.methods : state_.lines;
      if (effect.kind == EffectKind::points_as_money) {
        const auto [amounts, taken, refusal] = pay_with_points(
            rules_, effect, state_.lines, state_.available, candidate.chosen_points);
        if (refusal) {
          state_ = before;
          candidate.refusal = refusal;
          return;
        }
        points = taken;
        discount.amount += give(amounts, pieces, candidate.id);
      } else {
        discount.amount += give(amounts_of(rules_, effect, pieces), pieces, candidate.id);
      }
    }
    if (discount.amount == 0 && state_.added.size() == added) {
      state_ = before;
      candidate.refusal = RejectionCode::nothing_to_discount;
      return;
    }
    if (candidate.limits.budget_left && discount.amount > minor(*candidate.limits.budget_left)) {
      state_ = before;
      candidate.refusal = RejectionCode::budget_exhausted;
      return;
    }
    if (candidate.cost) {
      discount.points = points;
      state_.available -= points;
    }
    state_.discounts.push_back(discount);
  }

  static Amount give(const Amounts& amounts, Pieces& pieces, const std::string& id) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (amounts[i] == 0) {
        continue;
      }
      Piece& piece = pieces[i];
      piece.left -= amounts[i];
      if (!piece.shares.empty() && piece.shares.back().first == id) {
        piece.shares.back().second += amounts[i];
      } else {
        piece.shares.emplace_back(id, amounts[i]);
      }
    }
    return sum(amounts);
  }

  void add_item(const Effect& effect, const std::string& id) {
    std::int64_t quantity = effect.quantity;
    if (effect.per_units) {
      quantity *= quantity_in(state_.lines, effect.per_units->scope) / effect.per_units->every;
    }
    if (quantity > 0) {
      state_.added.push_back(
          {id, std::string(effect.product.text()), quantity, minor(effect.unit_price)});
    }
  }

  // ---- Q11

  /// Rounded half up, per line or per unit.
  Amount tax_of(const Piece& piece, bool per_unit) const {
    const Amount divisor = million + (cart_.prices_include_tax ? piece.tax_rate : 0);
    if (!per_unit) {
      return divide(piece.left, piece.tax_rate, divisor, Rounding::half_up);
    }
    Amount tax = 0;
    for (std::int64_t unit = 0; unit < piece.quantity; ++unit) {
      tax += divide(unit_left(piece, unit), piece.tax_rate, divisor, Rounding::half_up);
    }
    return tax;
  }

  Amounts taxes() const {
    Amounts taxes;
    for (const Piece& line : state_.lines) {
      taxes.push_back(tax_of(line, policy().tax_rounding == TaxRounding::unit));
    }
    if (policy().tax_rounding != TaxRounding::order) {
      return taxes;
    }
    Exact common = 1;
    for (const Piece& line : state_.lines) {
      const Exact divisor = million + (cart_.prices_include_tax ? line.tax_rate : 0);
      Exact a = common;
      Exact b = divisor;
      while (b != 0) {
        std::tie(a, b) = std::pair(b, a % b);
      }
      common = common / a * divisor;
    }
    Exact all = 0;
    std::vector<std::pair<Exact, std::size_t>> fractions;
    Amount floors = 0;
    for (std::size_t i = 0; i < state_.lines.size(); ++i) {
      const Piece& line = state_.lines[i];
      const Exact divisor = million + (cart_.prices_include_tax ? line.tax_rate : 0);
      const Exact exact = common / divisor * line.left * line.tax_rate;
      all += exact;
      taxes[i] = static_cast<Amount>(exact / common);
      floors += taxes[i];
      fractions.emplace_back(-(exact % common), i);
    }
    std::sort(fractions.begin(), fractions.end());
    const auto rounded = static_cast<Amount>((2 * all + common) / (2 * common));
    for (std::size_t k = 0; k < static_cast<std::size_t>(rounded - floors); ++k) {
      taxes[fractions[k].second] += 1;
    }
    return taxes;
  }

  // ---- Q13

  static std::string_view application_of_tag(std::string_view tag) {
    const std::size_t slash = tag.find('/');
    return slash == std::string_view::npos ? std::string_view{} : tag.substr(0, slash);
  }

  static bool is_order_trigger(std::string_view trigger, std::string_view& application) {
    static constexpr std::pair<std::string_view, std::string_view> triggers[] = {
        {"order", ""},
        {"stores/OrderPaid", "stores"},
        {"bookings/BookingConfirmed", "bookings"},
        {"events/OrderConfirmed", "events"}};
    for (const auto& [name, app] : triggers) {
      if (name == trigger) {
        application = app;
        return true;
      }
    }
    return false;
  }

  static bool belongs(const Piece& line, std::string_view application) {
    for (const std::string_view tag : line.tags) {
      if (const std::string_view named = application_of_tag(tag); !named.empty()) {
        return application.empty() || named == application;
      }
    }
    return true;
  }

  std::int64_t earned(const Answer& answer) const {
    std::int64_t all = 0;
    if (catalog_.program.status != ProgramStatus::active) {
      return 0;
    }
    for (const EarningRule& rule : catalog_.earning_rules) {
      std::string_view application;
      if (rule.status == RuleStatus::active && is_order_trigger(rule.trigger, application)) {
        all += earned_by(rule, base_of(rule, application, answer));
      }
    }
    return all;
  }

  Amount base_of(const EarningRule& rule, std::string_view application,
                 const Answer& answer) const {
    const EarnBase base = rule.base.value_or(policy().earn_base);
    Amount amount = 0;
    const auto without_tax = [&](const Line& line) {
      return line.net - (cart_.prices_include_tax ? line.tax : 0);
    };
    for (std::size_t i = 0; i < state_.lines.size(); ++i) {
      const Piece& piece = state_.lines[i];
      if (is_gift_card(piece) || !in_scope(piece, rule.scope) || !belongs(piece, application)) {
        continue;
      }
      const Line& line = answer.lines[i];
      amount += base == EarnBase::subtotal          ? line.subtotal
                : base == EarnBase::after_discounts ? line.net
                                                    : without_tax(line);
    }
    if (base == EarnBase::total && !rule.scope) {
      for (const Line& method : answer.shipping_lines) {
        amount += without_tax(method);
      }
      amount += answer.fees;
    }
    return amount;
  }

  std::int64_t earned_by(const EarningRule& rule, Amount base) const {
    const EarningConfig* config = nullptr;
    for (const EarningConfig& c : rule.configs) {
      if (c.tier == tier() || (config == nullptr && rule.base_applies_to_all && c.tier.empty())) {
        config = &c;
      }
    }
    if (config == nullptr || base <= 0) {
      return 0;
    }
    std::int64_t points = config->points.count();
    if (config->money_amount > 0) {
      const Amount major = catalog_.currency.minor_per_major();
      switch (policy().earn_rounding) {
        case EarnRounding::wix:
          points = divide(base / major, points, config->money_amount, Rounding::down);
          break;
        case EarnRounding::floor:
          points = divide(base, points, config->money_amount * major, Rounding::down);
          break;
        case EarnRounding::per_step:
          points = base / (config->money_amount * major) * points;
          break;
      }
    }
    if (rule.max_points) {
      points = std::min(points, rule.max_points->count());
    }
    return std::min<std::int64_t>(points, 9'999'999);
  }

  // ---- Q12

  static Line line_of(const Piece& piece, Amount tax) {
    return {piece.id, piece.subtotal(), piece.left, tax, piece.shares};
  }

  Answer assemble() const {
    Answer answer;
    const Amounts tax_by_line = taxes();
    for (std::size_t i = 0; i < state_.lines.size(); ++i) {
      answer.lines.push_back(line_of(state_.lines[i], tax_by_line[i]));
      answer.subtotal += state_.lines[i].subtotal();
      answer.items_net += state_.lines[i].left;
      answer.tax += tax_by_line[i];
    }
    answer.items_discount = answer.subtotal - answer.items_net;
    Amount shipping_net = 0;
    for (const Piece& method : state_.methods) {
      answer.shipping_lines.push_back(line_of(method, tax_of(method, false)));
      answer.shipping += method.price;
      shipping_net += method.left;
      answer.tax += answer.shipping_lines.back().tax;
    }
    answer.shipping_discount = answer.shipping - shipping_net;
    answer.fees = minor(cart_.fees);
    answer.total =
        answer.items_net + shipping_net + answer.fees + (cart_.prices_include_tax ? 0 : answer.tax);
    Amount balance = 0;
    for (const Wallet& wallet : cart_.wallets) {
      balance += minor(wallet.balance);
    }
    answer.wallet_paid = std::min(balance, answer.total);
    answer.payable = answer.total - answer.wallet_paid;
    answer.added_lines = state_.added;
    answer.discounts = state_.discounts;
    for (const Candidate& candidate : candidates_) {
      if (candidate.refusal) {
        answer.rejected.push_back({candidate.id, candidate.source, *candidate.refusal});
      }
    }
    std::sort(answer.rejected.begin(), answer.rejected.end(),
              [](const Refusal& a, const Refusal& b) {
                return std::tie(a.source, a.id) < std::tie(b.source, b.id);
              });
    answer.available_after = state_.available;
    if (in_.account != nullptr) {
      answer.spent = in_.account->available.count() - state_.available;
    }
    answer.earned = earned(answer);
    return answer;
  }

  const Case& in_;
  const Catalog& catalog_;
  const Cart& cart_;
  const Rules rules_{catalog_.policy, cart_.prices_include_tax};
  std::vector<Candidate> candidates_;
  std::vector<const Candidate*> looked_at_;
  State state_;
};

}  // namespace

Answer quote(const Case& input) { return Computation(input).answer(); }

}  // namespace loyalty::oracle
