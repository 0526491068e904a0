#pragma once

#include <cstdint>
#include <span>

#include "core/base/arena.h"
#include "core/model/effect.h"

/// Conditions and effects with their tags as numbers: what a quote runs on. Tags of a request get
/// the same numbers, so that asking whether a line is in scope is an `and` of bit masks.
namespace loyalty {

using TagNumber = std::uint32_t;
using TagNumbers = std::span<const TagNumber>;

struct CompiledScope {
  const Scope* source = nullptr;  ///< null: no scope, everything
  TagNumbers include;             ///< empty: everything
  TagNumbers exclude;
  bool bounds_price = false;

  bool everything() const { return include.empty() && exclude.empty() && !bounds_price; }
};

struct CompiledConditions {
  const Conditions* source = nullptr;
  bool any = false;  ///< false: nothing to check
  TagNumbers contains_tags;
  TagNumbers customer_tags;
  TagNumbers shipping_methods;
  CompiledScope subtotal_of;
  CompiledScope quantity_of;
};

struct CompiledEffect {
  const Effect* source = nullptr;
  CompiledScope scope;  ///< of free_item: of perUnits; of buy_x_get_y: what is bought
  CompiledScope get_scope;
  bool two_scopes = false;  ///< buy_x_get_y with a getScope of its own
  bool limits_units = false;
};

/// Compiles rules into `arena`; `number_of(text)` numbers a tag.
template <class NumberOf>
class RuleCompiler {
 public:
  RuleCompiler(Arena& arena, NumberOf number_of) : arena_{arena}, number_of_{number_of} {}

  CompiledConditions conditions(const Conditions& source) {
    CompiledConditions compiled;
    compiled.source = &source;
    compiled.contains_tags = numbers(source.contains_tags);
    compiled.customer_tags = numbers(source.customer_tags);
    compiled.shipping_methods = numbers(source.shipping_methods);
    if (source.min_subtotal_of) {
      compiled.subtotal_of = scope(source.min_subtotal_of->scope);
    }
    if (source.min_quantity_of) {
      compiled.quantity_of = scope(source.min_quantity_of->scope);
    }
    compiled.any =
        source.starts_at || source.ends_at || source.min_subtotal || source.min_subtotal_of ||
        source.min_quantity || source.min_quantity_of || source.min_line_quantity ||
        !source.contains_tags.empty() || !source.tier_ids.empty() || source.members_only ||
        !source.customer_tags.empty() || source.order_number || !source.shipping_methods.empty();
    return compiled;
  }

  std::span<const CompiledEffect> effects(std::span<const Effect> sources) {
    const std::span<CompiledEffect> compiled = arena_.array<CompiledEffect>(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      compiled[i] = effect(sources[i]);
    }
    return compiled;
  }

  CompiledScope scope(const Scope& source) {
    return {.source = &source,
            .include = numbers(source.include),
            .exclude = numbers(source.exclude),
            .bounds_price = source.min_unit_price || source.max_unit_price};
  }

 private:
  CompiledEffect effect(const Effect& source) {
    CompiledEffect compiled;
    compiled.source = &source;
    compiled.limits_units = source.max_units || source.max_units_per_line || source.group_size;
    if (source.kind == EffectKind::buy_x_get_y && source.buy_scope) {
      compiled.scope = scope(*source.buy_scope);
    } else if (source.kind == EffectKind::free_item && source.per_units) {
      compiled.scope = scope(source.per_units->scope);
    } else if (source.scope) {
      compiled.scope = scope(*source.scope);
    }
    if (source.get_scope) {
      compiled.get_scope = scope(*source.get_scope);
      compiled.two_scopes = true;
    }
    return compiled;
  }

  TagNumbers numbers(Texts texts) {
    const std::span<TagNumber> numbers = arena_.array<TagNumber>(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      numbers[i] = number_of_(texts[i]);
    }
    return numbers;
  }

  Arena& arena_;
  NumberOf number_of_;
};

}  // namespace loyalty
