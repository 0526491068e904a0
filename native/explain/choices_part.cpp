#include "native/explain/account_of_cart.h"
#include "native/explain/reasons.h"
#include "native/text/table.h"

namespace loyalty::cli {
namespace {

std::string headline(std::string_view text, const Style& style) {
  return "  " + style(Role::title, text) + "\n";
}

const NearMiss* near_miss_of(const Rejection& rejection, const Quote& quote) {
  for (const NearMiss& miss : quote.near_misses.value_or(std::span<const NearMiss>{})) {
    if (miss.id == rejection.id && miss.source == rejection.source) {
      return &miss;
    }
  }
  return nullptr;
}

bool is_rejected(const NearMiss& miss, const Quote& quote) {
  for (const Rejection& rejection : quote.rejected) {
    if (miss.id == rejection.id && miss.source == rejection.source) {
      return true;
    }
  }
  return false;
}

bool adds_goods(const Fix& fix) {
  return fix.kind == Fix::Kind::add_amount || fix.kind == Fix::Kind::add_quantity;
}

/// What choosing it would save; where it would replace something better, what that would cost.
std::string saves_words(const Scene& scene, const Offer& offer) {
  return !offer.usable            ? ""
         : offer.saves < no_money ? scene.money(-offer.saves) + " worse"
                                  : scene.money(offer.saves);
}

/// One that does not run, why, and what would help and save.
std::string rejection_lines(const Rejection& rejection, const NearMiss* miss, const Scene& scene,
                            const Style& style) {
  std::string out = "  " + style(Role::bad, "✗") + " " +
                    style(Role::title, scene.name_of(rejection.id, rejection.source)) + " " +
                    style(Role::quiet, "(" + std::string{kind_words(rejection.source)} + ")") +
                    ": " + reason_words(rejection, scene) + "\n";
  std::string fix =
      fix_words(rejection.fix, rejection.code, rejection.required, rejection.actual, scene);
  if (!fix.empty()) {
    if (miss != nullptr) {
      // What is added has its own price, so that this is no saving against the cart as it is.
      const std::string saves = scene.money_with_code(miss->saves);
      fix +=
          adds_goods(rejection.fix) ? ", and " + saves + " more comes off" : ", and save " + saves;
    }
    out += "    " + style(Role::caution, "→ " + fix) + "\n";
  }
  return out;
}

}  // namespace

std::string refused_part(const Scene& scene, const Quote& quote, const Style& style) {
  if (quote.rejected.empty()) {
    return "";
  }
  std::string out = headline("Not applied", style);
  for (const Rejection& rejection : quote.rejected) {
    out += rejection_lines(rejection, near_miss_of(rejection, quote), scene, style);
  }
  return out;
}

std::string offers_part(const Scene& scene, const Quote& quote,
                        const std::vector<std::string>& notes, const Style& style) {
  if (!quote.offers || quote.offers->empty()) {
    return "";
  }
  Table table{{Align::left, Align::left, Align::left, Align::right, Align::right, Align::left}};
  table.row({"", "", "", "saves", std::string{scene.points.many()}, ""}, Role::quiet);
  for (std::size_t i = 0; i < quote.offers->size(); ++i) {
    const Offer& offer = (*quote.offers)[i];
    const std::string mark = offer.best ? "★" : offer.usable ? "✓" : "✗";
    table.row(
        {mark, scene.name_of(offer.id, offer.source), std::string{kind_words(offer.source)},
         saves_words(scene, offer), offer.points ? count(offer.points->count()) : "", notes[i]},
        {offer.usable ? Role::good : Role::bad, offer.usable ? Role::title : Role::plain,
         Role::quiet, offer.saves < no_money ? Role::bad : Role::good, Role::plain,
         offer.usable ? Role::quiet : Role::plain});
  }
  return headline("Rewards and coupons, each on top of what is chosen", style) + table.text(style) +
         style(Role::quiet, "\n  ✓ usable   ★ saves most   ✗ not usable now\n");
}

std::string near_misses_part(const Scene& scene, const Quote& quote, const Style& style) {
  std::string out;
  for (const NearMiss& miss : quote.near_misses.value_or(std::span<const NearMiss>{})) {
    if (is_rejected(miss, quote)) {
      continue;  // it stands among those
    }
    const std::string fix = fix_words(miss.fix, miss.code, {}, {}, scene);
    out += "  " + style(Role::caution, "→ " + fix) + ": " +
           style(Role::title, scene.name_of(miss.id, miss.source)) +
           (adds_goods(miss.fix) ? " takes " : " saves ") +
           style(Role::good, scene.money_with_code(miss.saves)) +
           (adds_goods(miss.fix) ? " more off\n" : "\n");
  }
  return out.empty() ? "" : headline("Almost", style) + out;
}

}  // namespace loyalty::cli
