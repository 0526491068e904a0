#include <algorithm>

#include "native/lint/lint.h"
#include "native/text/words.h"

namespace loyalty::cli {
namespace {

using enum FindingCode;

/// The effect bounds what it gives by itself.
bool bounded(const Effect& effect) {
  return effect.max_discount.has_value() || effect.max_units.has_value() ||
         effect.apply == Apply::cheapest_unit;
}

/// It takes every unit that it is about to nothing. A line's minUnitPrice still holds, but that is
/// the cart's protection and not this catalog's.
bool gives_everything(const Effect& effect) {
  if (effect.target == Target::shipping || bounded(effect)) {
    return false;
  }
  switch (effect.kind) {
    case EffectKind::percent:
      return effect.rate == whole;
    case EffectKind::tiered_percent:
      return std::any_of(effect.steps.begin(), effect.steps.end(),
                         [](const RateStep& step) { return step.rate == whole; });
    case EffectKind::fixed_price:
      return effect.amount == no_money;
    case EffectKind::buy_x_get_y:
      return effect.buy == 0 && !effect.amount_off && effect.rate == whole;
    case EffectKind::fixed_amount:
    case EffectKind::free_shipping:
    case EffectKind::free_item:
    case EffectKind::points_as_money:
      return false;
  }
  return false;
}

/// The least that is in the cart whenever the conditions hold.
Money least_subtotal(const Conditions& conditions) {
  const Money all = conditions.min_subtotal.value_or(no_money);
  return conditions.min_subtotal_of ? max(all, conditions.min_subtotal_of->amount) : all;
}

void find_amounts(const Catalog& catalog, const Subject& subject, Findings& findings) {
  if (subject.promotion == nullptr) {
    return;  // a reward is paid for with points
  }
  for (const EffectAt& at : subject.effects) {
    const Effect& effect = *at.effect;
    const bool amount_off = effect.kind == EffectKind::fixed_amount &&
                            effect.target != Target::shipping && effect.amount > no_money;
    const Money most =
        effect.max_discount ? min(effect.amount, *effect.max_discount) : effect.amount;
    if (amount_off && least_subtotal(*subject.conditions) < most) {
      findings.push_back(
          {amount_without_minimum, at.path + "/amount",
           subject.name + " takes " + amount_with_code(most, catalog.currency) +
               " off without asking for a cart of at least as much: smaller ones are free."});
    }
  }
}

void find_falling_steps(const Subject& subject, Findings& findings) {
  for (const EffectAt& at : subject.effects) {
    const auto& steps = at.effect->steps;
    for (std::size_t i = 1; i < steps.size(); ++i) {
      if (steps[i].rate < steps[i - 1].rate) {
        findings.push_back({step_gives_less, at.path + "/steps/" + std::to_string(i) + "/ratePpm",
                            subject.name + " gives " + percent(steps[i - 1].rate) +
                                " and from step " + std::to_string(i + 1) + " on only " +
                                percent(steps[i].rate) + "."});
      }
    }
  }
}

/// Two groups of three for 5.00 cost 5.00 together.
void find_group_prices(const Catalog& catalog, const Subject& subject, Findings& findings) {
  for (const EffectAt& at : subject.effects) {
    const Effect& effect = *at.effect;
    const bool across = effect.target == Target::order || effect.apply == Apply::across;
    const bool one_group =
        effect.max_units && effect.group_size && *effect.max_units <= *effect.group_size;
    if (effect.kind == EffectKind::fixed_price && effect.group_size && *effect.group_size > 1 &&
        across && !one_group) {
      findings.push_back({group_price, at.path + "/groupSize",
                          subject.name + " asks " +
                              amount_with_code(effect.amount, catalog.currency) +
                              " for all groups of " + count(*effect.group_size) +
                              " together, however many there are, not for each."});
    }
  }
}

}  // namespace

void find_giveaways(const Catalog& catalog, std::span<const Subject> subjects, Findings& findings) {
  for (const Subject& subject : subjects) {
    for (const EffectAt& at : subject.effects) {
      if (gives_everything(*at.effect)) {
        findings.push_back({gives_all, at.path,
                            subject.name +
                                " takes all that it is about to zero, without maxDiscount "
                                "or maxUnits."});
      }
    }
    find_group_prices(catalog, subject, findings);
    find_amounts(catalog, subject, findings);
    find_falling_steps(subject, findings);
  }
}

}  // namespace loyalty::cli
