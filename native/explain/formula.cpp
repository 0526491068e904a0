#include "native/explain/formula.h"

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

/// The effect behind a step: the candidate's one of its kind; null where several might be.
const Effect* effect_behind(const Scene& scene, const Discount& discount, std::string_view rule) {
  const auto is_kind = [rule](EffectKind kind) {
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
  };
  const Effect* found = nullptr;
  for (const Effect& effect : scene.effects_of(discount.id, discount.source)) {
    if (!is_kind(effect.kind)) {
      continue;
    }
    if (found != nullptr) {
      return nullptr;
    }
    found = &effect;
  }
  return found;
}

std::string percent_formula(const Scene& scene, const Effect* effect, const ExplainRow& row) {
  const Rounding rounding = scene.catalog.policy.rounding;
  const Money product = portion(*row.base, *row.rate, rounding);
  const std::string of = percent(*row.rate) + " of " + scene.money(*row.base);
  if (product == row.amount) {
    const bool exact = mul_div(static_cast<std::uint64_t>(row.base->minor_units()),
                               static_cast<std::uint64_t>(row.rate->per_million()),
                               static_cast<std::uint64_t>(limits::rate_ppm_one))
                           .remainder == 0;
    return of + " = " + scene.money(product) +
           (exact ? "" : ", " + std::string{rounding_words(rounding)});
  }
  if (effect != nullptr && effect->max_discount == row.amount) {
    return of + " = " + scene.money(product) + ", but at most " + scene.money(row.amount);
  }
  if (effect != nullptr && effect->apply == Apply::cheapest_unit) {
    return percent(*row.rate) + " of the cheapest unit = " + scene.money(row.amount);
  }
  const bool by_unit = effect != nullptr && effect->apply == Apply::each_unit;
  return of + (by_unit ? ", unit by unit: " : ", line by line: ") + scene.money(row.amount);
}

std::string points_formula(const Scene& scene, const Effect* effect, const ExplainRow& row) {
  const std::string points = scene.points(*row.points);
  if (effect == nullptr || effect->cost <= no_points) {
    return points + " for " + scene.money(row.amount);
  }
  const Division value = mul_div(static_cast<std::uint64_t>(row.points->count()),
                                 static_cast<std::uint64_t>(effect->amount.minor_units()),
                                 static_cast<std::uint64_t>(effect->cost.count()));
  const Money worth = Money::minor(static_cast<std::int64_t>(value.quotient));
  std::string text = points + " × " + scene.money(effect->amount) + " ÷ " +
                     count(effect->cost.count()) + " = " + scene.money(worth);
  text += value.remainder == 0 ? "" : ", rounded down";
  text += worth == row.amount ? "" : ", of which " + scene.money(row.amount) + " could be used";
  return text;
}

std::string amount_formula(const Scene& scene, const Effect* effect, const ExplainRow& row) {
  if (row.rule == "Q10") {
    return "free shipping";
  }
  const std::string base = row.base ? scene.money(*row.base) : "";
  if (effect != nullptr && effect->kind == EffectKind::fixed_price && row.base) {
    return effect->apply == Apply::across || effect->target == Target::order
               ? base + " for " + scene.money(effect->amount)
               : scene.money(effect->amount) + " each in place of " + base;
  }
  return base.empty() ? scene.money(row.amount) + " off" : scene.money(row.amount) + " off " + base;
}

}  // namespace

std::string formula(const Scene& scene, const Discount& discount, const ExplainRow& row) {
  const Effect* const effect = effect_behind(scene, discount, row.rule);
  if (row.step == ExplainStep::added_item) {
    return "a gift, which otherwise costs " + scene.money(row.amount);
  }
  if (row.rule == "Q10") {
    return amount_formula(scene, effect, row);
  }
  if (row.rate && row.base) {
    return (row.rule == "Q8a" ? "given units: " : "") + percent_formula(scene, effect, row);
  }
  return row.points ? points_formula(scene, effect, row) : amount_formula(scene, effect, row);
}

}  // namespace loyalty::cli
