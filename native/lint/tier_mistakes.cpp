#include <algorithm>
#include <set>

#include "native/lint/lint.h"

namespace loyalty::cli {
namespace {

using enum FindingCode;

class Check {
 public:
  Check(const Catalog& catalog, Findings& findings) : catalog_{catalog}, findings_{findings} {}

  void conditions(const Subject& subject) {
    const auto& tiers = subject.conditions->tier_ids;
    const std::string path = subject.path + "/conditions/tierIds";
    bool somebody = false;
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      const bool known = reference(tiers[i], subject.name, path + "/" + std::to_string(i));
      somebody = somebody || known;
    }
    if (!tiers.empty() && (!somebody || !catalog_.tiers_active)) {
      add(nobody_eligible, path,
          subject.name + (somebody ? " is for members of tiers, and tiers are switched off."
                                   : " is for members of tiers that do not exist."));
    }
  }

  /// The configs of one reward or earning rule.
  template <class Config>
  void configs(std::span<const Config> configs, const std::string& name, const std::string& path,
               bool base_applies_to_all) {
    std::set<TierId> priced;
    for (std::size_t i = 0; i < configs.size(); ++i) {
      const TierId tier = configs[i].tier;
      priced.insert(tier);
      if (!tier.empty()) {
        reference(tier, name, path + "/configs/" + std::to_string(i) + "/tierId");
      }
    }
    if (!configs.empty() && !base_applies_to_all && catalog_.tiers_active) {
      left_out(priced, name, path + "/configs");
    }
  }

  void tiers() {
    if (!catalog_.tiers_active && !used_.empty()) {
      add(tiers_not_active, "/tiersActive",
          "tiers are switched off: what is meant for a tier reaches nobody.");
    }
    for (std::size_t i = 0; i < catalog_.tiers.size(); ++i) {
      const Tier& tier = catalog_.tiers[i];
      if (catalog_.tiers_active && !used_.contains(tier.id)) {
        add(tier_unused, "/tiers/" + std::to_string(i),
            title_of("tier", tier.name, tier.id.text()) +
                " gives its members nothing: no reward, rule or condition names it.");
      }
    }
  }

 private:
  void add(FindingCode code, std::string path, std::string message) {
    findings_.push_back({code, std::move(path), std::move(message)});
  }

  /// Notes that something names a tier; whether that tier exists.
  bool reference(TierId tier, const std::string& name, const std::string& path) {
    used_.insert(tier);
    const bool known = std::any_of(catalog_.tiers.begin(), catalog_.tiers.end(),
                                   [&](const Tier& t) { return t.id == tier; });
    if (!known) {
      add(tier_unknown, path,
          name + " names the tier " + title_of("", "", tier.text()).substr(1) +
              ", which does not exist; this entry is ignored.");
    }
    return known;
  }

  /// Tiers without a config where others have one. A tier that has none at all is TIER_UNUSED.
  void left_out(const std::set<TierId>& priced, const std::string& name, const std::string& path) {
    std::string missing = priced.contains(TierId{}) ? "" : "the base tier";
    for (const Tier& tier : catalog_.tiers) {
      if (!priced.contains(tier.id)) {
        missing += missing.empty() ? "" : ", ";
        missing += title_of("tier", tier.name, tier.id.text());
      }
    }
    if (!missing.empty()) {
      add(tier_left_out, path,
          name + " has no config for " + missing + ": those members get nothing from it.");
    }
  }

  const Catalog& catalog_;
  Findings& findings_;
  std::set<TierId> used_;
};

}  // namespace

void find_tier_mistakes(const Catalog& catalog, std::span<const Subject> subjects,
                        Findings& findings) {
  Check check{catalog, findings};
  for (const Subject& subject : subjects) {
    check.conditions(subject);
    if (subject.reward != nullptr && subject.reward->active) {
      check.configs(subject.reward->configs, subject.name, subject.path, false);
    }
  }
  for (std::size_t i = 0; i < catalog.earning_rules.size(); ++i) {
    const EarningRule& rule = catalog.earning_rules[i];
    if (rule.status == RuleStatus::active) {
      check.configs(rule.configs, title_of("earning rule", rule.title, rule.id.text()),
                    "/earningRules/" + std::to_string(i), rule.base_applies_to_all);
    }
  }
  check.tiers();
}

}  // namespace loyalty::cli
