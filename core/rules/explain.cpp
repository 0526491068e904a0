#include "core/rules/explain.h"

namespace loyalty {
namespace {

std::string_view rule_of(EffectKind kind) {
  switch (kind) {
    case EffectKind::percent:
    case EffectKind::tiered_percent:
      return "Q6";
    case EffectKind::fixed_amount:
    case EffectKind::fixed_price:
      return "Q7";
    case EffectKind::free_shipping:
      return "Q10";
    case EffectKind::buy_x_get_y:
      return "Q8a";
    case EffectKind::free_item:
      return "Q8b";
    case EffectKind::points_as_money:
      return "Q9";
  }
  return "";
}

std::string_view name_of(Rounding rounding) {
  constexpr std::string_view names[] = {"halfUp", "halfEven", "halfDown", "down"};
  return names[static_cast<int>(rounding)];
}

bool has_rate(const Effect& effect) {
  return effect.kind == EffectKind::percent || effect.kind == EffectKind::tiered_percent ||
         (effect.kind == EffectKind::buy_x_get_y && !effect.amount_off);
}

/// Collects rows into the arena; the number of rows is known beforehand.
class Rows {
 public:
  Rows(std::size_t most, Arena& arena) : rows_{arena.array<ExplainRow>(most)} {}

  ExplainRow& add(ExplainStep step, std::string_view rule, Money amount) {
    ExplainRow& row = rows_[count_++];
    row.step = step;
    row.rule = rule;
    row.amount = amount;
    return row;
  }
  std::span<const ExplainRow> all() const { return rows_.first(count_); }

 private:
  std::span<ExplainRow> rows_;
  std::size_t count_ = 0;
};

std::span<const ExplainLine> subtotals_of(std::span<const QuoteLine> lines, Arena& arena) {
  const std::span<ExplainLine> rows = arena.array<ExplainLine>(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    rows[i] = {lines[i].id, lines[i].subtotal};
  }
  return rows;
}

void add_taxes(std::span<const QuoteLine> lines, const Pool& pool, std::string_view rounding,
               Rows& rows) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (pool.tax_rate[i] > RatePpm{}) {
      ExplainRow& row = rows.add(ExplainStep::tax, "Q11", lines[i].tax);
      row.id = lines[i].id;
      row.base = lines[i].net;
      row.rate = pool.tax_rate[i];
      row.rounding = rounding;
    }
  }
}

}  // namespace

ExplainRow explain_effect(const CompiledEffect& effect, const Candidate& candidate,
                          const EffectOutcome& done, const Policy& policy, const PreparedCart& cart,
                          const Selection& selection, Arena& arena) {
  const Effect& source = *effect.source;
  ExplainRow row;
  row.id = candidate.id;
  row.source = candidate.source;
  row.rule = rule_of(source.kind);
  if (source.kind == EffectKind::free_item) {
    row.step = ExplainStep::added_item;
    row.amount = source.unit_price * done.added;
    return row;
  }
  row.step = selection.shipping ? ExplainStep::shipping_discount : ExplainStep::discount;
  row.base = done.base;
  row.amount = done.amount;
  if (has_rate(source)) {
    row.rate = done.rate;
    row.rounding = name_of(policy.rounding);
  }
  if (source.kind == EffectKind::points_as_money) {
    row.points = done.points;
  }
  const std::span<ExplainLine> lines = arena.array<ExplainLine>(selection.count);
  std::size_t count = 0;
  for (std::size_t at = 0; at < selection.count; ++at) {
    if (selection.share[at] > no_money) {
      const std::uint32_t line = selection.line[at];
      lines[count++] = {
          selection.shipping ? cart.cart->shipping[line].id : cart.cart->lines[line].id.text(),
          selection.share[at]};
    }
  }
  row.lines = lines.first(count);
  return row;
}

std::span<const ExplainRow> explain_quote(const Quote& quote, std::span<const ExplainRow> effects,
                                          const Policy& policy, const PreparedCart& cart,
                                          Arena& arena) {
  const std::size_t most = effects.size() + quote.lines.size() + quote.shipping_lines.size() +
                           cart.cart->wallets.size() + quote.points.earned_by_rule.size() + 8;
  Rows rows{most, arena};
  rows.add(ExplainStep::subtotal, "Q1", quote.subtotal).lines = subtotals_of(quote.lines, arena);
  for (const ExplainRow& effect : effects) {
    if (effect.step != ExplainStep::shipping_discount) {
      rows.add(effect.step, effect.rule, effect.amount) = effect;
    }
  }
  rows.add(ExplainStep::items_net, "Q5", quote.items_net);
  if (!quote.shipping_lines.empty()) {
    rows.add(ExplainStep::shipping, "Q10", quote.shipping).lines =
        subtotals_of(quote.shipping_lines, arena);
    for (const ExplainRow& effect : effects) {
      if (effect.step == ExplainStep::shipping_discount) {
        rows.add(effect.step, effect.rule, effect.amount) = effect;
      }
    }
  }
  add_taxes(quote.lines, cart.items,
            policy.tax_rounding == TaxRounding::order ? "halfUp over the order" : "halfUp", rows);
  add_taxes(quote.shipping_lines, cart.shipping, "halfUp", rows);
  if (quote.fees > no_money) {
    rows.add(ExplainStep::fees, "Q12", quote.fees);
  }
  rows.add(ExplainStep::total, "Q12", quote.total);
  Money open = quote.total;
  for (const Wallet& wallet : cart.cart->wallets) {
    const Money paid = min(wallet.balance, open);
    open -= paid;
    if (paid > no_money) {
      ExplainRow& row = rows.add(ExplainStep::wallet, "Q12", paid);
      row.id = wallet.id;
      row.base = wallet.balance;
    }
  }
  rows.add(ExplainStep::payable, "Q12", quote.payable);
  for (const EarnedByRule& earned : quote.points.earned_by_rule) {
    ExplainRow& row = rows.add(ExplainStep::earn, "Q13", earned.base);
    row.id = earned.rule.text();
    row.base = earned.base;
    row.points = earned.points;
  }
  return rows.all();
}

}  // namespace loyalty
