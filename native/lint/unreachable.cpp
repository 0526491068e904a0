#include <algorithm>

#include "core/base/limits.h"
#include "native/lint/lint.h"
#include "native/text/words.h"

namespace loyalty::cli {
namespace {

using enum FindingCode;

/// No line can be in this scope.
bool holds_nothing(const Scope& scope) {
  const auto is_excluded = [&](std::string_view tag) {
    return std::find(scope.exclude.begin(), scope.exclude.end(), tag) != scope.exclude.end();
  };
  const bool tags_clash = !scope.include.empty() &&
                          std::all_of(scope.include.begin(), scope.include.end(), is_excluded);
  const bool prices_clash =
      scope.min_unit_price && scope.max_unit_price && *scope.max_unit_price < *scope.min_unit_price;
  return tags_clash || prices_clash;
}

class Check {
 public:
  Check(const Catalog& catalog, Instant now, Findings& findings)
      : catalog_{catalog}, now_{now}, findings_{findings} {}

  void subject(const Subject& subject) {
    window(subject);
    minimums(subject);
    if (subject.promotion != nullptr) {
      promotion(subject, *subject.promotion);
    } else {
      reward(subject, *subject.reward);
    }
    for (const EffectAt& effect : subject.effects) {
      this->effect(subject, effect);
    }
    if (subject.effects.empty()) {
      add(no_effect, subject.path, subject.name + " has no effect at all.");
    }
  }

  void program() {
    if (catalog_.program.status != ProgramStatus::active) {
      add(program_not_active, "/program/status",
          "the program is not active: rewards and loyalty coupons are refused, nothing is earned.");
    }
    const bool earns =
        std::any_of(catalog_.earning_rules.begin(), catalog_.earning_rules.end(),
                    [](const EarningRule& rule) { return rule.status == RuleStatus::active; });
    if (!earns) {
      add(nothing_earned, "/earningRules", "no earning rule is active: no order earns anything.");
    }
  }

 private:
  void add(FindingCode code, std::string path, std::string message) {
    findings_.push_back({code, std::move(path), std::move(message)});
  }

  void window(const Subject& subject) {
    const Conditions& conditions = *subject.conditions;
    if (!conditions.ends_at) {
      return;
    }
    const std::string path = subject.path + "/conditions/endsAt";
    if (conditions.starts_at && *conditions.ends_at <= *conditions.starts_at) {
      add(window_empty, path,
          subject.name + " starts on " + date(*conditions.starts_at) + " and ends on " +
              date(*conditions.ends_at) + ".");
    } else if (*conditions.ends_at <= now_) {
      add(window_over, path, subject.name + " ended on " + date(*conditions.ends_at) + ".");
    }
  }

  void scope(const Subject& subject, const std::string& path, const Scope& scope) {
    if (holds_nothing(scope)) {
      add(scope_empty, path, subject.name + ": this scope can hold no line, whatever the cart.");
    }
  }

  void minimums(const Subject& subject) {
    const Conditions& c = *subject.conditions;
    const std::string path = subject.path + "/conditions/";
    if (c.min_subtotal_of) {
      scope(subject, path + "minSubtotalOf/scope", c.min_subtotal_of->scope);
      if (c.min_subtotal_of->scope.max_unit_price == no_money &&
          c.min_subtotal_of->amount > no_money) {
        add(condition_impossible, path + "minSubtotalOf",
            subject.name + " asks for " +
                amount_with_code(c.min_subtotal_of->amount, catalog_.currency) +
                " of goods that cost nothing.");
      }
    }
    if (c.min_quantity_of) {
      scope(subject, path + "minQuantityOf/scope", c.min_quantity_of->scope);
    }
  }

  /// A first step beyond what a cart can hold is never reached.
  void steps(const Subject& subject, const EffectAt& at) {
    constexpr std::int64_t most = limits::quantity_max * limits::cart_lines_max;
    const Effect& effect = *at.effect;
    if (effect.by == StepBasis::quantity && !effect.steps.empty() && effect.steps[0].from > most) {
      add(condition_impossible, at.path + "/steps/0/from",
          subject.name + " asks for " + count(effect.steps[0].from) +
              " units; a cart holds at most " + count(most) + ".");
    }
  }

  void promotion(const Subject& subject, const Promotion& promotion) {
    const bool by_code = promotion.trigger == Trigger::code;
    if (by_code && (catalog_.policy.max_codes == 0 || catalog_.policy.max_coupons == 0)) {
      const bool codes = catalog_.policy.max_codes == 0;
      add(limit_zero, codes ? "/policy/maxCodes" : "/policy/maxCoupons",
          subject.name + " needs a code, and the policy admits none.");
    }
    used(subject, promotion.limits);
  }

  void used(const Subject& subject, const UseLimits& limits) {
    const std::string path = subject.path + "/limits/";
    if (limits.uses_left == 0) {
      add(used_up, path + "usesLeft", subject.name + " has no use left.");
    }
    if (limits.uses_left_for_customer == 0) {
      add(used_up, path + "usesLeftForCustomer",
          subject.name + " has no use left for the customer.");
    }
    if (limits.budget_left && *limits.budget_left <= no_money) {
      add(used_up, path + "budgetLeft", subject.name + " has no budget left.");
    }
  }

  void reward(const Subject& subject, const Reward& reward) {
    const Policy& policy = catalog_.policy;
    const bool points = reward.type == RewardType::discount_amount;
    if ((points ? policy.max_points_rewards : policy.max_coupons) == 0) {
      add(limit_zero, points ? "/policy/maxPointsRewards" : "/policy/maxCoupons",
          subject.name + " can never be taken: the policy admits none of its kind.");
    }
  }

  void effect(const Subject& subject, const EffectAt& at) {
    const Effect& effect = *at.effect;
    if (effect.scope) {
      scope(subject, at.path + "/scope", *effect.scope);
    }
    if (effect.buy_scope) {
      scope(subject, at.path + "/buyScope", *effect.buy_scope);
    }
    if (effect.get_scope) {
      scope(subject, at.path + "/getScope", *effect.get_scope);
    }
    steps(subject, at);
    if (const std::string_view field = useless_field(effect); !field.empty()) {
      add(no_effect, at.path + "/" + std::string{field},
          subject.name + ": this effect can never discount anything.");
    }
  }

  /// The field that makes an effect do nothing; empty where it does something.
  static std::string_view useless_field(const Effect& effect) {
    if (effect.max_discount == no_money) {
      return "maxDiscount";
    }
    switch (effect.kind) {
      case EffectKind::percent:
        return effect.rate == RatePpm{} ? "ratePpm" : "";
      case EffectKind::tiered_percent: {
        const bool none = std::all_of(effect.steps.begin(), effect.steps.end(),
                                      [](const RateStep& step) { return step.rate == RatePpm{}; });
        return none ? "steps" : "";
      }
      case EffectKind::buy_x_get_y: {
        const bool nothing =
            effect.amount_off ? *effect.amount_off == no_money : effect.rate == RatePpm{};
        return nothing ? (effect.amount_off ? "amountOff" : "ratePpm") : "";
      }
      case EffectKind::fixed_amount:
        return effect.amount == no_money ? "amount" : "";
      case EffectKind::points_as_money:
        return effect.max_share_of_order == RatePpm{} ? "maxShareOfOrderPpm" : "";
      case EffectKind::free_item:
      case EffectKind::fixed_price:
      case EffectKind::free_shipping:
        return "";
    }
    return "";
  }

  const Catalog& catalog_;
  Instant now_;
  Findings& findings_;
};

}  // namespace

void find_unreachable(const Catalog& catalog, std::span<const Subject> subjects, Instant now,
                      Findings& findings) {
  Check check{catalog, now, findings};
  check.program();
  for (const Subject& subject : subjects) {
    check.subject(subject);
  }
}

}  // namespace loyalty::cli
