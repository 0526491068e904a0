#include "native/explain/offer_notes.h"

#include "core/base/limits.h"
#include "native/explain/reasons.h"

namespace loyalty::cli {
namespace {

Choice choice_of(const Offer& offer) {
  const ChoiceKind kind = offer.source == Source::coupon     ? ChoiceKind::coupon
                          : offer.source == Source::referral ? ChoiceKind::referral_reward
                                                             : ChoiceKind::reward;
  return {.kind = kind, .text = offer.id, .points = {}};
}

bool is_chosen(const Intent& intent, const Offer& offer) {
  const Choice own = choice_of(offer);
  for (const Choice& choice : intent.chosen) {
    if (choice.kind == own.kind && choice.text == own.text) {
      return true;
    }
  }
  return false;
}

std::string slider_words(const Scene& scene, const Offer& offer) {
  if (!offer.steps) {
    return "";
  }
  const PointSteps& steps = *offer.steps;
  std::string text;
  if (steps.max <= steps.min) {
    text = count(steps.max.count());
  } else {
    // The last position may lie off the grid.
    const std::int64_t step = steps.step.count();
    const std::int64_t beyond = (steps.max - steps.min).count() % step;
    const std::int64_t last = steps.max.count() - beyond;
    text = count(steps.min.count());
    text += last == steps.min.count() ? "" : " to " + count(last);
    text += last == steps.min.count() || step == 1 ? "" : " in steps of " + count(step);
    text += beyond == 0                 ? ""
            : last == steps.min.count() ? " or " + count(steps.max.count())
                                        : ", or " + count(steps.max.count());
  }
  return text + "; " + count(steps.best.count()) + " give " + scene.money(steps.best_amount);
}

std::string usable_words(const Scene& scene, const Intent& intent, const Offer& offer) {
  std::string text = is_chosen(intent, offer) ? "chosen"
                     : offer.saves < no_money ? "takes the place of what is chosen"
                                              : "";
  const std::string slider = slider_words(scene, offer);
  text += text.empty() || slider.empty() ? "" : "; ";
  return text + slider;
}

/// Why it does not run when it is chosen on top; the bare reason where that cannot be asked.
std::string refused_words(const Scene& scene, const Intent& intent, const Offer& offer, Instant now,
                          Workspace& workspace) {
  const std::string bare = offer.code ? reason_words(*offer.code) : "";
  std::vector<Choice> chosen(intent.chosen.begin(), intent.chosen.end());
  if (chosen.size() >= static_cast<std::size_t>(limits::chosen_max)) {
    return bare;
  }
  chosen.push_back(choice_of(offer));
  const Quote& answer = quote(Intent{chosen}, now, {}, workspace);
  for (const Rejection& r : answer.rejected) {
    if (r.id == offer.id && r.source == offer.source) {
      const std::string fix = fix_words(r.fix, r.code, r.required, r.actual, scene);
      return reason_words(r, scene) + (fix.empty() ? "" : " → " + fix);
    }
  }
  return bare;
}

}  // namespace

std::vector<std::string> offer_notes(const Scene& scene, const CompiledCatalog& catalog,
                                     const Checkout& checkout, const Intent& intent,
                                     std::span<const Offer> offers) {
  Workspace workspace;
  prepare(catalog, checkout, workspace);
  std::vector<std::string> notes;
  for (const Offer& offer : offers) {
    notes.push_back(offer.usable ? usable_words(scene, intent, offer)
                                 : refused_words(scene, intent, offer, scene.now, workspace));
  }
  return notes;
}

}  // namespace loyalty::cli
