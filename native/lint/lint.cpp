#include "native/lint/lint.h"

namespace loyalty::cli {

std::vector<Finding> lint(const Catalog& catalog, Instant now) {
  Findings findings;
  const std::vector<Subject> subjects = subjects_of(catalog);
  find_unreachable(catalog, subjects, now, findings);
  find_tier_mistakes(catalog, subjects, findings);
  find_conflicts(subjects, now, findings);
  find_giveaways(catalog, subjects, findings);
  find_loops(catalog, findings);
  return findings;
}

}  // namespace loyalty::cli
