#pragma once

#include <cstdint>
#include <span>
#include <string_view>

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

/// Numbers tags.
class TagNumbering {
 public:
  virtual TagNumber number_of(std::string_view tag) = 0;

 protected:
  TagNumbering() = default;
  TagNumbering(const TagNumbering&) = default;
  ~TagNumbering() = default;
};

/// Compiles rules into an arena.
class RuleCompiler {
 public:
  RuleCompiler(Arena& arena, TagNumbering& tags) : arena_{arena}, tags_{tags} {}

  CompiledConditions conditions(const Conditions& source);
  std::span<const CompiledEffect> effects(std::span<const Effect> sources);
  CompiledScope scope(const Scope& source);

 private:
  CompiledEffect effect(const Effect& source);
  TagNumbers numbers(Texts texts);

  Arena& arena_;
  TagNumbering& tags_;
};

}  // namespace loyalty
