#include "native/explain/formula.h"

#include <algorithm>
#include <vector>

#include "core/base/limits.h"
#include "core/money/mul_div.h"

namespace loyalty::cli {
namespace {

std::string_view rounding_words(Rounding rounding) {
  switch (rounding) {
    case Rounding::half_up:
      return "rounded half up";
    case Rounding::half_even:
      return "rounded half to even";
    case Rounding::half_down:
      return "rounded half down";
    case Rounding::down:
      return "rounded down";
  }
  return "";
}

bool is_kind_of(EffectKind kind, std::string_view rule) {
  switch (kind) {
    case EffectKind::percent:
    case EffectKind::tiered_percent:
      return rule == "Q6";
    case EffectKind::fixed_amount:
    case EffectKind::fixed_price:
      return rule == "Q7";
    case EffectKind::buy_x_get_y:
      return rule == "Q8a";
    case EffectKind::free_item:
      return rule == "Q8b";
    case EffectKind::points_as_money:
      return rule == "Q9";
    case EffectKind::free_shipping:
      return rule == "Q10";
  }
  return false;
}

/// Whether a step may be one of this effect.
bool may_be_of(const Effect& effect, const ExplainRow& row) {
  const bool shipping = row.step == ExplainStep::shipping_discount;
  if (!is_kind_of(effect.kind, row.rule) || shipping != (effect.target == Target::shipping)) {
    return false;
  }
  return effect.kind != EffectKind::percent || row.rate == effect.rate;
}

/// The effect behind a step; null where several might be.
const Effect* effect_behind(const Scene& scene, const Discount& discount, const ExplainRow& row) {
  const Effect* found = nullptr;
  for (const Effect& effect : scene.effects_of(discount.id, discount.source)) {
    if (!may_be_of(effect, row)) {
      continue;
    }
    if (found != nullptr) {
      return nullptr;
    }
    found = &effect;
  }
  return found;
}

/// Between which amounts a step was rounded (Q6).
enum class Fineness : std::uint8_t { target, line, unit };

Fineness fineness_of(const Effect* effect, const Policy& policy) {
  Fineness fineness = policy.basis == RoundingBasis::unit   ? Fineness::unit
                      : policy.basis == RoundingBasis::line ? Fineness::line
                                                            : Fineness::target;
  if (effect != nullptr && effect->target != Target::order) {
    const Fineness own = effect->apply == Apply::across ? Fineness::target
                         : effect->apply == Apply::each ? Fineness::line
                                                        : Fineness::unit;
    fineness = std::max(fineness, own);
  }
  return fineness;
}

/// One step of a discount, put into words.
class Told {
 public:
  Told(const Scene& scene, const Effect* effect, const ExplainRow& row, const RunningCart& running)
      : scene_{scene},
        effect_{effect},
        row_{row},
        running_{running},
        positions_{running.positions(row)} {}

  std::string percent() const {
    const Rounding rounding = scene_.catalog.policy.rounding;
    const Money product = portion(*row_.base, *row_.rate, rounding);
    const bool exact = is_exact(*row_.base);
    const Fineness fineness = fineness_of(effect_, scene_.catalog.policy);
    if (to_cheapest_unit() && !positions_.empty()) {
      return percent_of_cheapest();
    }
    const std::string of = cli::percent(*row_.rate) + " of " + money(*row_.base);
    const bool once =
        fineness == Fineness::target || (fineness == Fineness::line && positions_.size() == 1);
    if (product == row_.amount && (once || exact)) {
      return of + " = " + money(product) + rounded(exact);
    }
    if (once) {
      return of + " = " + money(product) + held();
    }
    std::string text = of + (fineness == Fineness::unit ? ", unit by unit" : ", line by line") +
                       ", " + std::string{rounding_words(rounding)};
    return is_capped() || is_floored() ? text + held() : text + ": " + by_line(fineness);
  }

  std::string points() const {
    const std::string points = scene_.points(*row_.points);
    if (effect_ == nullptr || effect_->cost <= no_points) {
      return points + " for " + money(row_.amount);
    }
    const Division value = worth_of(*row_.points);
    const Money worth = Money::minor(static_cast<std::int64_t>(value.quotient));
    std::string text = points + " × " + money(effect_->amount) + " ÷ " +
                       count(effect_->cost.count()) + " = " + money(worth);
    text += value.remainder == 0 ? "" : ", rounded down";
    text += worth == row_.amount ? "" : ", of which " + money(row_.amount) + " could be used";
    const std::string reason = *row_.points < running_.points_left() ? most_words() : std::string{};
    return text + (reason.empty() ? "" : "; " + reason);
  }

  std::string amount() const {
    const std::string base = row_.base ? money(*row_.base) : "";
    if (effect_ == nullptr || !row_.base || positions_.empty()) {
      return base.empty() ? money(row_.amount) + " off" : money(row_.amount) + " off " + base;
    }
    if (effect_->amount_includes_tax && !scene_.cart.prices_include_tax) {
      return with_tax();
    }
    return effect_->kind == EffectKind::fixed_price ? price() : amount_off();
  }

 private:
  std::string money(Money value) const { return scene_.money(value); }

  bool is_exact(Money base) const {
    return mul_div(static_cast<std::uint64_t>(base.minor_units()),
                   static_cast<std::uint64_t>(row_.rate->per_million()),
                   static_cast<std::uint64_t>(limits::rate_ppm_one))
               .remainder == 0;
  }
  std::string rounded(bool exact) const {
    return exact ? "" : ", " + std::string{rounding_words(scene_.catalog.policy.rounding)};
  }

  // Why it is not more.
  bool is_capped() const { return effect_ != nullptr && effect_->max_discount == row_.amount; }
  bool is_floored() const {
    return std::any_of(positions_.begin(), positions_.end(),
                       [](const RunningCart::Position& line) { return line.at_floor(); });
  }
  std::string held() const {
    if (is_capped()) {
      return ", but at most " + money(row_.amount);
    }
    return ", but only " + money(row_.amount) +
           (is_floored() ? " down to the minimum price" : " as far as it goes");
  }
  /// `= 6.00` where it is that, else why it is less.
  std::string result(Money expected) const {
    return expected == row_.amount ? " = " + money(expected) : held();
  }

  /// `0.05 + 0.05 = 0.10` where that is short.
  std::string by_line(Fineness fineness) const {
    constexpr std::size_t lines_max = 4;
    if (fineness == Fineness::unit && positions_.size() == 1 && !limits_units()) {
      const RunningCart::Position& line = positions_.front();
      if (line.quantity > 1 && line.left.minor_units() % line.quantity == 0 &&
          line.share.minor_units() % line.quantity == 0) {
        return count(line.quantity) + " × " +
               money(Money::minor(line.share.minor_units() / line.quantity)) + " = " +
               money(row_.amount);
      }
    }
    if (positions_.size() < 2 || positions_.size() > lines_max) {
      return money(row_.amount);
    }
    std::string text;
    for (const RunningCart::Position& line : positions_) {
      text += (text.empty() ? "" : " + ") + money(line.share);
    }
    return text + " = " + money(row_.amount);
  }

  bool to_cheapest_unit() const {
    return effect_ != nullptr && effect_->apply == Apply::cheapest_unit &&
           effect_->target != Target::order && effect_->kind != EffectKind::buy_x_get_y;
  }
  bool on_original() const {
    return effect_->base == EffectBase::original ||
           (effect_->base == EffectBase::policy &&
            scene_.catalog.policy.compounding == Compounding::original);
  }
  bool limits_units() const {
    return effect_ == nullptr || effect_->kind == EffectKind::buy_x_get_y || effect_->group_size ||
           effect_->max_units || effect_->max_units_per_line;
  }
  /// What the cheapest unit stands at; spare minor units are the first unit's (Q5).
  Money cheapest_unit() const {
    const RunningCart::Position& line = positions_.front();
    const Money first = Money::minor((line.left.minor_units() + line.quantity - 1) / line.quantity);
    return on_original() ? line.unit_price : first;
  }

  std::string percent_of_cheapest() const {
    const Money unit = cheapest_unit();
    const Money product = portion(unit, *row_.rate, scene_.catalog.policy.rounding);
    const std::string text = cli::percent(*row_.rate) + " of the cheapest unit, " + money(unit) +
                             ", = " + money(product);
    return product == row_.amount ? text + rounded(is_exact(unit)) : text + held();
  }

  Division worth_of(Points points) const {
    return mul_div(static_cast<std::uint64_t>(points.count()),
                   static_cast<std::uint64_t>(effect_->amount.minor_units()),
                   static_cast<std::uint64_t>(effect_->cost.count()));
  }
  /// What keeps points from giving more (Q9); empty where nothing does.
  std::string most_words() const {
    const Money net = running_.items_left();
    if (effect_->max_share_of_order &&
        portion(net, *effect_->max_share_of_order, Rounding::down) == row_.amount) {
      return "at most " + cli::percent(*effect_->max_share_of_order) + " of " + money(net);
    }
    const Money least = scene_.catalog.policy.min_payable;
    if (least > no_money && net - least == row_.amount) {
      return money(least) + " of " + money(net) + " cannot be paid with points";
    }
    if (effect_->max_discount == row_.amount) {
      return "at most " + money(row_.amount);
    }
    if (effect_->max_points == row_.points) {
      return "at most " + count(row_.points->count());
    }
    if (is_floored()) {
      return "down to the minimum price";
    }
    return row_.base == row_.amount ? "that is all of " + money(row_.amount) : "";
  }

  /// How many lines or units an amount of `each` for every one of them is about.
  struct Counted {
    std::int64_t number = 0;
    std::string words;  ///< `3 lines`
  };
  Counted counted_lines() const {
    const auto lines = static_cast<std::int64_t>(positions_.size());
    return {lines, counted(lines, "line", "lines")};
  }
  std::int64_t units_of_lines() const {
    std::int64_t units = 0;
    for (const RunningCart::Position& line : positions_) {
      units += line.quantity;
    }
    return units;
  }
  /// Where limits decide about units they are told by what was taken; 0 where that tells nothing.
  Counted counted_units(Money taken, Money each) const {
    std::int64_t units = units_of_lines();
    if (limits_units()) {
      const bool tells = each > no_money && taken.minor_units() % each.minor_units() == 0;
      const std::int64_t told = tells ? taken.minor_units() / each.minor_units() : 0;
      units = told <= units ? told : 0;
    }
    return {units, counted(units, "unit", "units")};
  }

  Apply way() const {
    return effect_->amount_off                ? Apply::each_unit
           : effect_->target == Target::order ? Apply::across
                                              : effect_->apply;
  }

  std::string amount_off() const {
    const Money each = effect_->amount_off.value_or(effect_->amount);
    const std::string off = money(each) + " off ";
    switch (way()) {
      case Apply::across:
        return off + money(*row_.base) + (each == row_.amount ? "" : held());
      case Apply::cheapest_unit:
        return off + "the cheapest unit, " + money(cheapest_unit()) +
               (each == row_.amount ? "" : held());
      case Apply::each: {
        const Counted lines = counted_lines();
        return off + "each of " + lines.words + result(each * lines.number);
      }
      case Apply::each_unit: {
        const Counted units = counted_units(row_.amount, each);
        return units.number == 0 ? off + "each unit" + held()
                                 : off + "each of " + units.words + result(each * units.number);
      }
    }
    return off + money(*row_.base);
  }

  std::string price() const {
    const std::string price = money(effect_->amount);
    Money left = *row_.base;
    if (!limits_units() && !on_original()) {
      left = no_money;  // of those lines that stood above the price
      for (const RunningCart::Position& line : positions_) {
        left += line.left;
      }
    }
    switch (way()) {
      case Apply::across:
        return price + " in place of " + money(*row_.base) + ": " +
               off(*row_.base - effect_->amount);
      case Apply::cheapest_unit:
        return price + " in place of " + money(cheapest_unit()) +
               " for the cheapest unit: " + off(cheapest_unit() - effect_->amount);
      case Apply::each: {
        const Counted lines = counted_lines();
        return price + " for each of " + lines.words + " in place of " + money(left) + ": " +
               off(left - effect_->amount * lines.number);
      }
      case Apply::each_unit: {
        const Counted units = counted_units(left - row_.amount, effect_->amount);
        return units.number == 0
                   ? price + " for each unit in place of " + money(left) + ": " +
                         money(row_.amount) + " off"
                   : price + " for each of " + units.words + " in place of " + money(left) + ": " +
                         off(left - effect_->amount * units.number);
      }
    }
    return price;
  }
  std::string off(Money expected) const {
    return expected == row_.amount  ? money(expected) + " off"
           : expected > row_.amount ? money(expected) + " off" + held()
                                    : money(row_.amount) + " off, as far as they cost more";
  }

  /// An amount that includes tax, on a cart whose prices do not (Q7).
  std::string with_tax() const {
    const bool is_price = effect_->kind == EffectKind::fixed_price;
    std::string text = money(effect_->amount_off.value_or(effect_->amount)) + " with tax";
    switch (way()) {
      case Apply::across:
        text += is_price ? " for " + money(*row_.base) + " and its tax" : " off";
        break;
      case Apply::each:
        text += is_price ? " for each line" : " off each line";
        break;
      case Apply::each_unit:
        text += is_price ? " for each unit" : " off each unit";
        break;
      case Apply::cheapest_unit:
        text += is_price ? " for the cheapest unit" : " off the cheapest unit";
        break;
    }
    if (is_capped()) {
      return text + held();
    }
    if (is_floored()) {
      return text + ", without tax" + held();
    }
    return text + ", without tax " + by_line(Fineness::line) + (is_price ? " off" : "");
  }

  const Scene& scene_;
  const Effect* effect_;
  const ExplainRow& row_;
  const RunningCart& running_;
  std::vector<RunningCart::Position> positions_;
};

}  // namespace

std::string formula(const Scene& scene, const Discount& discount, const ExplainRow& row,
                    const RunningCart& running) {
  if (row.step == ExplainStep::added_item) {
    return "a gift, which otherwise costs " + scene.money(row.amount);
  }
  if (row.rule == "Q10") {
    return "free shipping";
  }
  const Told told{scene, effect_behind(scene, discount, row), row, running};
  const std::string given = row.rule == "Q8a" ? "given units: " : "";
  if (row.rate && row.base) {
    return given + told.percent();
  }
  return row.points ? told.points() : given + told.amount();
}

}  // namespace loyalty::cli
