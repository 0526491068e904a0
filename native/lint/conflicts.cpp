#include <algorithm>
#include <map>
#include <tuple>

#include "native/lint/lint.h"
#include "native/text/words.h"

namespace loyalty::cli {
namespace {

using enum FindingCode;

/// With how many exclusive promotions at most another one is compared: lint stays quick for the
/// largest catalogs, and a shop that has more exclusive ones than this has heard enough.
constexpr std::size_t exclusives_max = 64;

bool same(Texts a, Texts b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool same(const Scope& a, const Scope& b) {
  return same(a.include, b.include) && same(a.exclude, b.exclude) &&
         a.min_unit_price == b.min_unit_price && a.max_unit_price == b.max_unit_price;
}

bool same(const std::optional<Scope>& a, const std::optional<Scope>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

bool holds_everything(const Scope& scope) {
  return scope.include.empty() && scope.exclude.empty() && !scope.min_unit_price &&
         !scope.max_unit_price;
}

/// Whatever is in `narrow` is in `wide` too; may say no where it is true.
bool contains(const std::optional<Scope>& wide, const std::optional<Scope>& narrow) {
  if (!wide || holds_everything(*wide)) {
    return true;
  }
  if (!narrow) {
    return false;
  }
  const auto among = [](Texts all, std::string_view text) {
    return std::find(all.begin(), all.end(), text) != all.end();
  };
  const bool included =
      wide->include.empty() ||
      (!narrow->include.empty() &&
       std::all_of(narrow->include.begin(), narrow->include.end(),
                   [&](std::string_view tag) { return among(wide->include, tag); }));
  const bool excluded =
      std::all_of(wide->exclude.begin(), wide->exclude.end(),
                  [&](std::string_view tag) { return among(narrow->exclude, tag); });
  const bool low = !wide->min_unit_price ||
                   (narrow->min_unit_price && *narrow->min_unit_price >= *wide->min_unit_price);
  const bool high = !wide->max_unit_price ||
                    (narrow->max_unit_price && *narrow->max_unit_price <= *wide->max_unit_price);
  return included && excluded && low && high;
}

/// Where `narrow` is in reach of a cart, `wide` is too; may say no where it is true.
bool reaches(const Subject& wide, const Subject& narrow) {
  const auto covers = [&](const Effect& a, const Effect& b) {
    if (a.kind == EffectKind::buy_x_get_y || a.kind == EffectKind::tiered_percent || a.group_size) {
      return false;  // it asks for a quantity or an amount of its own
    }
    if (a.target == Target::shipping || b.target == Target::shipping) {
      return a.target == b.target && contains(a.scope, b.scope);
    }
    return a.target == Target::order || contains(a.scope, b.scope);
  };
  return std::all_of(narrow.effects.begin(), narrow.effects.end(), [&](const EffectAt& b) {
    return std::any_of(wide.effects.begin(), wide.effects.end(),
                       [&](const EffectAt& a) { return covers(*a.effect, *b.effect); });
  });
}

bool at_most(const std::optional<std::int64_t>& wide, const std::optional<std::int64_t>& narrow) {
  return !wide || (narrow && *wide <= *narrow);
}

/// Whoever fulfils `narrow` fulfils `wide`; may say no where it is true.
bool implied(const Conditions& wide, const Conditions& narrow, Instant now) {
  const bool starts = (wide.starts_at && *wide.starts_at <= now) || !wide.starts_at ||
                      (narrow.starts_at && *wide.starts_at <= *narrow.starts_at);
  const bool ends = !wide.ends_at || (narrow.ends_at && *wide.ends_at >= *narrow.ends_at);
  const bool subtotal =
      !wide.min_subtotal || (narrow.min_subtotal && *wide.min_subtotal <= *narrow.min_subtotal);
  const bool subtotal_of =
      !wide.min_subtotal_of ||
      (narrow.min_subtotal_of && wide.min_subtotal_of->amount <= narrow.min_subtotal_of->amount &&
       same(wide.min_subtotal_of->scope, narrow.min_subtotal_of->scope));
  const bool quantity_of = !wide.min_quantity_of ||
                           (narrow.min_quantity_of &&
                            wide.min_quantity_of->quantity <= narrow.min_quantity_of->quantity &&
                            same(wide.min_quantity_of->scope, narrow.min_quantity_of->scope));
  const bool tags =
      (wide.contains_tags.empty() || same(wide.contains_tags, narrow.contains_tags)) &&
      (wide.customer_tags.empty() || same(wide.customer_tags, narrow.customer_tags)) &&
      (wide.shipping_methods.empty() || same(wide.shipping_methods, narrow.shipping_methods));
  const bool tiers =
      wide.tier_ids.empty() || std::equal(wide.tier_ids.begin(), wide.tier_ids.end(),
                                          narrow.tier_ids.begin(), narrow.tier_ids.end());
  const bool order = !wide.order_number || wide.order_number == narrow.order_number;
  return starts && ends && subtotal && subtotal_of &&
         at_most(wide.min_quantity, narrow.min_quantity) && quantity_of &&
         at_most(wide.min_line_quantity, narrow.min_line_quantity) && tags && tiers &&
         (!wide.members_only || narrow.members_only) && order;
}

bool windows_meet(const Conditions& a, const Conditions& b, Instant now) {
  const Instant starts = std::max({a.starts_at.value_or(now), b.starts_at.value_or(now), now});
  const Instant ends =
      std::min(a.ends_at.value_or(Instant::max()), b.ends_at.value_or(Instant::max()));
  return starts < ends;
}

/// It has uses and budget without end, so it stands in the way for as long as its window is open.
bool unlimited(const UseLimits& limits) {
  return !limits.uses_left && !limits.uses_left_for_customer && !limits.budget_left;
}

/// Of two exclusive candidates that are both eligible the first one runs (Q4).
bool goes_first(const Subject& a, const Subject& b) {
  const auto rank = [](const Subject& s) {
    return std::tuple{-s.priority(), static_cast<int>(s.lane()), s.promotion == nullptr};
  };
  return rank(a) < rank(b) || (rank(a) == rank(b) && &a < &b);
}

bool always_asked(const Subject& s) {
  return s.promotion != nullptr && s.promotion->trigger == Trigger::automatic;
}

void find_shadowed(std::span<const Subject> subjects, Instant now, Findings& findings) {
  std::vector<const Subject*> exclusives;
  for (const Subject& subject : subjects) {
    if (subject.exclusive() && always_asked(subject) && unlimited(subject.promotion->limits)) {
      exclusives.push_back(&subject);
    }
  }
  std::stable_sort(exclusives.begin(), exclusives.end(),
                   [](const Subject* a, const Subject* b) { return goes_first(*a, *b); });
  exclusives.resize(std::min(exclusives.size(), exclusives_max));
  for (const Subject& subject : subjects) {
    const auto shadow =
        std::find_if(exclusives.begin(), exclusives.end(), [&](const Subject* exclusive) {
          // One that is not exclusive itself never runs beside it, whatever the priorities.
          const bool wins = !subject.exclusive() || goes_first(*exclusive, subject);
          return exclusive != &subject && wins &&
                 implied(*exclusive->conditions, *subject.conditions, now) &&
                 reaches(*exclusive, subject);
        });
    if (shadow != exclusives.end()) {
      findings.push_back({shadowed, subject.path,
                          subject.name + " never runs: whenever it could, the exclusive " +
                              (*shadow)->name + " (" + (*shadow)->path + ") runs alone."});
    }
  }
}

void find_ties(std::span<const Subject> subjects, Instant now, Findings& findings) {
  std::map<std::tuple<Lane, std::int64_t>, std::vector<const Subject*>> ranks;
  for (const Subject& subject : subjects) {
    if (!subject.exclusive()) {
      continue;
    }
    auto& rank = ranks[{subject.lane(), subject.priority()}];
    const std::size_t looked_at = std::min(rank.size(), exclusives_max);
    for (std::size_t i = 0; i < looked_at; ++i) {
      if (windows_meet(*rank[i]->conditions, *subject.conditions, now)) {
        findings.push_back({exclusive_tie, subject.path + "/priority",
                            subject.name + " and " + rank[i]->name + " (" + rank[i]->path +
                                ") are both exclusive, of one lane and priority " +
                                std::to_string(subject.priority()) +
                                ": the order in the catalog decides which one runs."});
        break;
      }
    }
    rank.push_back(&subject);
  }
}

/// Equal for effects that do the same; compared field by field only where this is equal.
std::string outline(const Subject& subject) {
  std::string out;
  for (const EffectAt& at : subject.effects) {
    const Effect& e = *at.effect;
    for (const std::int64_t number :
         {static_cast<std::int64_t>(e.kind), static_cast<std::int64_t>(e.target),
          e.rate.per_million(), e.amount.minor_units(), e.buy, e.get, e.cost.count(), e.quantity}) {
      out += std::to_string(number) + " ";
    }
    for (const std::optional<Scope>* scope : {&e.scope, &e.buy_scope, &e.get_scope}) {
      for (const std::string_view tag : *scope ? (*scope)->include : Texts{}) {
        out += std::string{tag} + "\n";
      }
    }
  }
  return out;
}

bool same_effects(const Subject& a, const Subject& b) {
  return std::equal(a.effects.begin(), a.effects.end(), b.effects.begin(), b.effects.end(),
                    [](const EffectAt& x, const EffectAt& y) {
                      const Effect& e = *x.effect;
                      const Effect& f = *y.effect;
                      return e.kind == f.kind && e.target == f.target && e.apply == f.apply &&
                             same(e.scope, f.scope) && same(e.buy_scope, f.buy_scope) &&
                             same(e.get_scope, f.get_scope) && e.rate == f.rate &&
                             e.amount == f.amount && e.buy == f.buy && e.get == f.get &&
                             e.product == f.product && e.steps.size() == f.steps.size();
                    });
}

bool same_conditions(const Conditions& a, const Conditions& b, Instant now) {
  Conditions left = a;
  Conditions right = b;
  for (Conditions* c : {&left, &right}) {
    c->starts_at.reset();
    c->ends_at.reset();
  }
  return implied(left, right, now) && implied(right, left, now);
}

/// Promotions only: two rewards that do the same cost points each, which a shop may well want.
void find_duplicates(std::span<const Subject> subjects, Instant now, Findings& findings) {
  std::map<std::string, std::vector<const Subject*>> alike;
  for (const Subject& subject : subjects) {
    if (!always_asked(subject) || subject.effects.empty()) {
      continue;
    }
    auto& group = alike[outline(subject)];
    const std::size_t looked_at = std::min(group.size(), exclusives_max);
    for (std::size_t i = 0; i < looked_at; ++i) {
      const Subject& other = *group[i];
      if (windows_meet(*other.conditions, *subject.conditions, now) &&
          same_conditions(*other.conditions, *subject.conditions, now) &&
          same_effects(other, subject) && !subject.exclusive() && !other.exclusive()) {
        findings.push_back(
            {duplicate, subject.path,
             subject.name + " does the same as " + other.name + " (" + other.path +
                 ") for the same goods at the same time: both discounts are given."});
        break;
      }
    }
    group.push_back(&subject);
  }
}

/// The most that an effect can take off, where it says so itself.
std::optional<Money> most_of(const Effect& effect) {
  const bool once = effect.target == Target::order || effect.apply == Apply::across ||
                    effect.apply == Apply::cheapest_unit;
  std::optional<Money> most = effect.max_discount;
  if (effect.kind == EffectKind::free_item) {
    most = no_money;
  } else if (effect.kind == EffectKind::fixed_amount && once) {
    most = most ? min(*most, effect.amount) : effect.amount;
  }
  return most;
}

/// Exclusivity is decided before anything runs, and a budget that is too small undoes the one that
/// was left (Q4).
void find_exclusives_that_may_fail(std::span<const Subject> subjects, Findings& findings) {
  for (const Subject& subject : subjects) {
    if (!subject.exclusive() || subject.promotion == nullptr ||
        !subject.promotion->limits.budget_left ||
        *subject.promotion->limits.budget_left <= no_money) {
      continue;
    }
    std::optional<Money> most = no_money;
    for (const EffectAt& at : subject.effects) {
      const std::optional<Money> more = most_of(*at.effect);
      most = most && more ? std::optional{*most + *more} : std::nullopt;
    }
    if (!most || *most > *subject.promotion->limits.budget_left) {
      findings.push_back({exclusive_may_fail, subject.path + "/limits/budgetLeft",
                          subject.name +
                              " excludes everything else, and gives nothing either where its "
                              "discount is above the budget that is left."});
    }
  }
}

}  // namespace

void find_conflicts(std::span<const Subject> subjects, Instant now, Findings& findings) {
  find_shadowed(subjects, now, findings);
  find_ties(subjects, now, findings);
  find_exclusives_that_may_fail(subjects, findings);
  find_duplicates(subjects, now, findings);
}

}  // namespace loyalty::cli
