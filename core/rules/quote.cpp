#include "core/rules/quote.h"

#include "core/base/sort.h"
#include "core/rules/computation.h"
#include "core/rules/earning.h"
#include "core/rules/explain.h"

namespace loyalty {
namespace {

/// Adds up shares of the same discount that stand side by side; returns how many are left.
std::size_t merge_shares(std::span<Share> shares) {
  std::size_t count = 0;
  for (const Share& share : shares) {
    if (count > 0 && shares[count - 1].discount == share.discount) {
      shares[count - 1].amount += share.amount;
    } else {
      shares[count++] = share;
    }
  }
  return count;
}

/// Groups the shares by line, in running order, one row per discount and line, and writes the
/// lines.
void write_lines(const Pool& pool, const Buffer<Money>& left, const Buffer<Money>& taxes,
                 ShareList& records, Buffer<Share>& shares, Buffer<QuoteLine>& lines) {
  if (shares.size() < records.size()) {
    shares.resize(records.size());
  }
  // Shares are put where their line begins; after that a line begins where the one before it ends.
  std::uint32_t* ends = records.starts_of_lines();
  Share* rows = shares.data();
  for (const ShareRecord& record : records.rows()) {
    rows[ends[record.line]++] = {record.discount, record.amount};
  }
  const std::string_view* const ids = pool.id.data();
  const Money* const subtotals = pool.subtotal.data();
  const Money* const nets = left.data();
  const Money* const tax = taxes.data();
  QuoteLine* line = lines.data();
  const bool repeats = records.repeats();
  Share* begin = rows;
  for (std::size_t i = 0, count = pool.count; i < count; ++i, ++line) {
    const std::span<Share> own{begin, rows + ends[i]};
    begin = rows + ends[i];
    line->id = ids[i];
    line->subtotal = subtotals[i];
    line->discount = subtotals[i] - nets[i];
    line->net = nets[i];
    line->tax = tax[i];
    line->shares = repeats ? own.first(merge_shares(own)) : own;
  }
}

/// The amount that a rule earns from (Q13, U3, U4).
Money earning_base(const CompiledEarningRule& rule, EarnBase base, const Totals& totals,
                   const Workspace::Data& data) {
  const PreparedCart& cart = data.cart;
  const bool included = cart.cart->prices_include_tax;
  std::uint64_t mask[limits::cart_lines_max / 64 + 1];
  cart.select_lines(rule.scope, mask);
  Money sum = no_money;
  const auto& own = cart.of_application[static_cast<std::size_t>(rule.application)];
  const auto& unnamed = cart.of_application[static_cast<std::size_t>(Application::any)];
  for (std::size_t word = 0; word < cart.words; ++word) {
    if (rule.application != Application::any) {
      mask[word] &= own[word] | unnamed[word];
    }
    mask[word] &= ~cart.gift_cards[word];
  }
  each_line(mask, cart.words, [&](std::size_t line) {
    sum += base == EarnBase::subtotal ? cart.items.subtotal[line] : data.state.items_left[line];
    if (base == EarnBase::total && included) {
      sum -= data.item_taxes[line];
    }
  });
  if (base == EarnBase::total && rule.source->scope == std::nullopt) {
    sum += totals.shipping_net + cart.cart->fees;
    if (included) {
      sum -= totals.shipping_tax;
    }
  }
  return sum;
}

/// Points this order would earn, rule by rule (Q13, U6).
void write_earned(const Totals& totals, Workspace::Data& data) {
  const Catalog& catalog = *data.catalog->catalog;
  data.earned.clear();
  PointsOutcome& points = data.quote.points;
  points.earned = no_points;
  if (catalog.program.status == ProgramStatus::active) {
    for (const CompiledEarningRule& rule : data.catalog->earning_rules) {
      const EarningConfig* config =
          rule.earned_by_orders ? rule.by_tier[data.situation.tier_index] : nullptr;
      if (config == nullptr) {
        continue;
      }
      const Money base =
          earning_base(rule, rule.source->base.value_or(catalog.policy.earn_base), totals, data);
      const Points earned =
          rule_points(*rule.source, *config, base, catalog.currency, catalog.policy.earn_rounding);
      if (earned > no_points) {
        data.earned.push_back({.rule = rule.source->id, .base = base, .points = earned});
        points.earned += earned;
      }
    }
  }
  points.earned_by_rule = data.earned;
}

void write_points(const Totals& totals, Workspace::Data& data) {
  PointsOutcome& points = data.quote.points;
  points.spent = data.situation.available - data.state.points_left;
  points.available_after = data.state.points_left;
  write_earned(totals, data);
}

/// Automatic promotions in catalog order, then what was chosen in that order.
void write_rejected(Workspace::Data& data) {
  const Buffer<Candidate>& all = data.candidates.all;
  data.rejected_order.clear();
  for (const Candidate& candidate : all) {
    if (candidate.rejected()) {
      data.rejected_order.push_back(std::uint64_t{candidate.order} << 32 | candidate.rejection);
    }
  }
  sort_keys({data.rejected_order.data(), data.rejected_order.size()});
  data.rejected.clear();
  for (const std::uint64_t key : data.rejected_order) {
    data.rejected.push_back(data.candidates.rejections[static_cast<std::uint32_t>(key)]);
  }
  data.quote.rejected = data.rejected;
}

}  // namespace

void write_lines(Workspace& workspace) {
  Workspace::Data& data = workspace.data();
  if (!data.lines_pending) {
    return;
  }
  data.lines_pending = false;
  write_lines(data.cart.items, data.state.items_left, data.item_taxes, data.record.item_shares,
              data.shares, data.lines);
  write_lines(data.cart.shipping, data.state.shipping_left, data.shipping_taxes,
              data.record.shipping_shares, data.shipping_shares, data.shipping_lines);
}

namespace {

/// All but the lines, and what is explained from them.
void write_quote(const Totals& totals, Workspace::Data& data) {
  const Cart& cart = *data.cart.cart;
  Quote& quote = data.quote;
  quote.subtotal = data.cart.items_subtotal;
  quote.items_net = totals.items_net;
  quote.items_discount = quote.subtotal - quote.items_net;
  quote.shipping = data.cart.shipping_subtotal;
  quote.shipping_discount = quote.shipping - totals.shipping_net;
  quote.tax = totals.item_tax + totals.shipping_tax;
  quote.fees = cart.fees;
  quote.total = totals.total;
  quote.payable = totals.total;
  for (const Wallet& wallet : cart.wallets) {
    quote.payable -= min(wallet.balance, quote.payable);
  }
  quote.wallet_paid = quote.total - quote.payable;
  data.lines.resize(data.cart.items.count);
  data.shipping_lines.resize(data.cart.shipping.count);
  data.lines_pending = true;
  quote.lines = data.lines;
  quote.shipping_lines = data.shipping_lines;
  quote.added_lines = data.record.added;
  quote.discounts = data.record.discounts;
  write_points(totals, data);
  write_rejected(data);
  quote.catalog_version = data.catalog->catalog->version;
  quote.account_revision = data.checkout.account != nullptr
                               ? std::optional<std::int64_t>{data.checkout.account->revision}
                               : std::nullopt;
  quote.explain = std::nullopt;
}

}  // namespace

const Quote& quote(const Intent& intent, Instant now, Wanted wanted, Workspace& workspace) {
  Workspace::Data& data = workspace.data();
  Computation computation{data};
  computation.begin(now);
  data.quote.offers = std::nullopt;
  data.quote.near_misses = std::nullopt;
  if (wanted.offers) {
    data.quote.offers = make_offers(intent.chosen, computation);
  }
  if (!preview_only && wanted.near_misses) {
    data.quote.near_misses = make_near_misses(intent.chosen, computation);
  }
  data.record.explains = wanted.explain;
  const Totals totals = computation.evaluate(intent.chosen, {}, &data.record);
  write_quote(totals, data);
  if (wanted.explain || !wanted.lines_later) {
    write_lines(workspace);
  }
  if (!preview_only && wanted.explain) {
    data.quote.explain = explain_quote(data.quote, data.record.steps, data.catalog->catalog->policy,
                                       data.cart, data.scratch);
  }
  return data.quote;
}

}  // namespace loyalty
