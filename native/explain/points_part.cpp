#include "native/explain/account_of_cart.h"
#include "native/explain/earning_words.h"
#include "native/text/table.h"

namespace loyalty::cli {

std::string points_part(const Scene& scene, const Quote& quote, const Style& style) {
  const PointsOutcome& points = quote.points;
  Table table{{Align::left, Align::right, Align::left}};
  if (scene.account != nullptr) {
    table.row({"available", count(scene.account->available.count())});
    if (points.spent > no_points) {
      table.row({"spent on this order", count(-points.spent.count())});
      table.row({"left", count(points.available_after.count())}, Role::title);
    }
  }
  const std::string when =
      scene.account != nullptr ? "earned with this order" : "a member would earn";
  const bool single = points.earned_by_rule.size() == 1;
  if (points.earned > no_points) {
    table.row({when, "+" + count(points.earned.count()),
               single ? earning_formula(scene, points.earned_by_rule.front()) : ""},
              {Role::plain, Role::good, Role::quiet});
  }
  for (const EarnedByRule& earned : points.earned_by_rule) {
    if (!single) {
      table.row({"  " + rule_title(scene, earned.rule), "+" + count(earned.points.count()),
                 earning_formula(scene, earned)},
                {Role::quiet, Role::quiet, Role::quiet});
    }
  }
  if (table.empty()) {
    return "";
  }
  return "  " + style(Role::title, std::string{scene.points.title()}) + "\n" + table.text(style);
}

}  // namespace loyalty::cli
