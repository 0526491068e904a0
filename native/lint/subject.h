#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/catalog.h"
#include "native/lint/finding.h"

namespace loyalty::cli {

/// An effect and where it stands in the catalog.
struct EffectAt {
  std::string path;
  const Effect* effect;
};

/// A promotion or a reward, as far as they are alike.
struct Subject {
  std::string path;  ///< `/promotions/3`
  std::string name;  ///< promotion 'Spring sale'
  const Conditions* conditions = nullptr;
  const Promotion* promotion = nullptr;  ///< null: a reward
  const Reward* reward = nullptr;        ///< null: a promotion
  std::vector<EffectAt> effects;

  Lane lane() const;
  std::int64_t priority() const;
  bool exclusive() const;
};

/// Promotions in catalog order, then rewards.
std::vector<Subject> subjects_of(const Catalog& catalog);

/// `kind 'name'`, or the id where there is no name; safe for a terminal.
std::string title_of(std::string_view kind, std::string_view name, std::string_view id);

}  // namespace loyalty::cli
