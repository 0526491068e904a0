#include "native/explain/account_of_cart.h"
#include "native/explain/formula.h"
#include "native/text/table.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

/// `mug 3.00, tray 1.50`, where the cart's table has no column for it.
std::string shares_of(const Scene& scene, const ExplainRow& row) {
  std::string text;
  for (const ExplainLine& line : row.lines) {
    text += (text.empty() ? "" : ", ") + printable(line.id) + " " + scene.money(line.amount);
  }
  return text;
}

bool is_discount(ExplainStep step) {
  return step == ExplainStep::discount || step == ExplainStep::shipping_discount ||
         step == ExplainStep::added_item;
}

}  // namespace

std::string discounts_part(const Scene& scene, const Quote& quote, const Style& style) {
  if (quote.discounts.empty()) {
    return "";
  }
  Table table{{Align::right, Align::left, Align::left, Align::right}};
  RunningCart running{scene};
  for (std::size_t i = 0; i < quote.discounts.size(); ++i) {
    const Discount& discount = quote.discounts[i];
    std::string kind{kind_words(discount.source)};
    kind += discount.points ? ", " + scene.points(*discount.points) : "";
    table.row({"(" + std::to_string(i + 1) + ")", scene.name_of(discount.id, discount.source), kind,
               scene.money(-discount.amount)},
              {Role::quiet, Role::title, Role::quiet, Role::good});
    const auto is_own = [&](const ExplainRow& row) {
      return is_discount(row.step) && row.id == discount.id && row.source == discount.source;
    };
    for (const ExplainRow& row : quote.explain.value_or(std::span<const ExplainRow>{})) {
      if (!is_own(row)) {
        continue;
      }
      table.row(
          {"", "  " + formula(scene, discount, row, running), "rule " + std::string{row.rule}},
          {Role::plain, Role::plain, Role::quiet});
      if (quote.discounts.size() > discount_columns_max && row.lines.size() > 1) {
        table.note(1, "  on " + shares_of(scene, row), Role::quiet);
      }
      running.take(row);
    }
    running.spend(discount.points.value_or(no_points));
  }
  return "  " + style(Role::title, "Discounts, in the order they ran") + "\n" + table.text(style);
}

}  // namespace loyalty::cli
