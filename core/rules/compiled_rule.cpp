#include "core/rules/compiled_rule.h"

namespace loyalty {

CompiledConditions RuleCompiler::conditions(const Conditions& source) {
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
  compiled.any = source.starts_at || source.ends_at || source.min_subtotal ||
                 source.min_subtotal_of || source.min_quantity || source.min_quantity_of ||
                 source.min_line_quantity || !source.contains_tags.empty() ||
                 !source.tier_ids.empty() || source.members_only || !source.customer_tags.empty() ||
                 source.order_number || !source.shipping_methods.empty();
  return compiled;
}

std::span<const CompiledEffect> RuleCompiler::effects(std::span<const Effect> sources) {
  const std::span<CompiledEffect> compiled = arena_.array<CompiledEffect>(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    compiled[i] = effect(sources[i]);
  }
  return compiled;
}

CompiledScope RuleCompiler::scope(const Scope& source) {
  return {.source = &source,
          .include = numbers(source.include),
          .exclude = numbers(source.exclude),
          .bounds_price = source.min_unit_price || source.max_unit_price};
}

CompiledEffect RuleCompiler::effect(const Effect& source) {
  CompiledEffect compiled;
  compiled.source = &source;
  compiled.limits_units = source.max_units || source.max_units_per_line || source.group_size;
  const Scope* what = source.scope ? &*source.scope : nullptr;
  if (source.kind == EffectKind::buy_x_get_y && source.buy_scope) {
    what = &*source.buy_scope;
  } else if (source.kind == EffectKind::free_item && source.per_units) {
    what = &source.per_units->scope;
  }
  if (what != nullptr) {
    compiled.scope = scope(*what);
  }
  if (source.get_scope) {
    compiled.get_scope = scope(*source.get_scope);
    compiled.two_scopes = true;
  }
  return compiled;
}

TagNumbers RuleCompiler::numbers(Texts texts) {
  const std::span<TagNumber> numbers = arena_.array<TagNumber>(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    numbers[i] = tags_.number_of(texts[i]);
  }
  return numbers;
}

}  // namespace loyalty
