#include "wasm/quote_stream.h"

namespace loyalty::wasm {
namespace {

void put(Texts texts, NumberStream& to) {
  to.put_count(texts.size());
  for (const std::string_view text : texts) {
    to.put(text);
  }
}

void put(const Scope& scope, NumberStream& to) {
  if (scope.include.empty()) {
    to.put(-1.0);
  } else {
    put(scope.include, to);
  }
  put(scope.exclude, to);
  to.put(scope.min_unit_price);
  to.put(scope.max_unit_price);
}

void put(const Fact& fact, NumberStream& to) {
  to.put_position(fact.kind);
  switch (fact.kind) {
    case Fact::Kind::none:
      return;
    case Fact::Kind::money:
    case Fact::Kind::points:
    case Fact::Kind::quantity:
    case Fact::Kind::instant:
      to.put(fact.number);
      return;
    case Fact::Kind::text:
      to.put(fact.text);
      return;
    case Fact::Kind::texts:
      put(fact.texts, to);
      return;
    case Fact::Kind::tiers:
      to.put_count(fact.tiers.size());
      for (const TierId tier : fact.tiers) {
        to.put(tier.text());
      }
      return;
    case Fact::Kind::scope:
      put(*fact.scope, to);
      return;
  }
}

void put(const Fix& fix, NumberStream& to) {
  to.put_position(fix.kind);
  to.put(fix.amount);
  to.put(fix.quantity);
  to.put(fix.points);
  to.put(fix.tier.text());
  to.put(fix.at);
  to.put_flag(fix.scope != nullptr);
  if (fix.scope != nullptr) {
    put(*fix.scope, to);
  }
}

void put_lines(std::span<const QuoteLine> lines, NumberStream& to) {
  for (const QuoteLine& line : lines) {
    to.put(line.subtotal);
    to.put(line.discount);
    to.put(line.net);
    to.put(line.tax);
    to.put_count(line.shares.size());
    for (const Share& share : line.shares) {
      to.put_count(share.discount);
      to.put(share.amount);
    }
  }
}

void put(const AddedLine& line, NumberStream& to) {
  to.put_count(line.discount);
  to.put(line.product.text());
  to.put(line.quantity);
  to.put(line.unit_price);
  to.put(line.discounted);
}

void put(const Discount& discount, NumberStream& to) {
  to.put(discount.id);
  to.put_position(discount.source);
  to.put(discount.amount);
  to.put(discount.points);
}

void put(const EarnedByRule& earned, NumberStream& to) {
  to.put(earned.rule.text());
  to.put(earned.base);
  to.put(earned.points);
}

void put(const Rejection& rejection, NumberStream& to) {
  to.put(rejection.id);
  to.put_position(rejection.source);
  to.put_position(rejection.code);
  put(rejection.required, to);
  put(rejection.actual, to);
  put(rejection.missing, to);
  put(rejection.fix, to);
}

void put(const Offer& offer, NumberStream& to) {
  to.put(offer.id);
  to.put_position(offer.source);
  to.put_flag(offer.usable);
  to.put(offer.code ? static_cast<double>(*offer.code) : -1.0);
  to.put(offer.saves);
  to.put(offer.points);
  to.put_flag(offer.best);
  to.put_flag(offer.steps.has_value());
  if (offer.steps) {
    to.put(offer.steps->min);
    to.put(offer.steps->step);
    to.put(offer.steps->max);
    to.put(offer.steps->best);
    to.put(offer.steps->best_amount);
  }
}

void put(const NearMiss& miss, NumberStream& to) {
  to.put(miss.id);
  to.put_position(miss.source);
  to.put_position(miss.code);
  put(miss.missing, to);
  put(miss.fix, to);
  to.put(miss.saves);
}

template <class Entry>
void put_all(std::span<const Entry> entries, NumberStream& to) {
  for (const Entry& entry : entries) {
    put(entry, to);
  }
}

template <class Entry>
double count_of(const std::optional<std::span<const Entry>>& entries) {
  return entries ? static_cast<double>(entries->size()) : -1.0;
}

}  // namespace

void write_header(const Quote& quote, double (&header)[header_size]) {
  double* to = header;
  for (const Money sum : {quote.subtotal, quote.items_discount, quote.items_net, quote.shipping,
                          quote.shipping_discount, quote.tax, quote.fees, quote.total,
                          quote.wallet_paid, quote.payable}) {
    *to++ = static_cast<double>(sum.minor_units());
  }
  for (const Points points :
       {quote.points.spent, quote.points.earned, quote.points.available_after}) {
    *to++ = static_cast<double>(points.count());
  }
  for (const std::size_t count :
       {quote.lines.size(), quote.shipping_lines.size(), quote.discounts.size(),
        quote.rejected.size(), quote.added_lines.size(), quote.points.earned_by_rule.size()}) {
    *to++ = static_cast<double>(count);
  }
  *to++ = count_of(quote.offers);
  *to++ = count_of(quote.near_misses);
  *to++ = 0.0;  // the stream is written when it is asked for
  *to++ = static_cast<double>(quote.account_revision.value_or(-1));
}

void write_detail(const Quote& quote, NumberStream& to) {
  to.clear();
  put_lines(quote.lines, to);
  put_lines(quote.shipping_lines, to);
  put_all(quote.added_lines, to);
  put_all(quote.discounts, to);
  put_all(quote.points.earned_by_rule, to);
  put_all(quote.rejected, to);
  if (quote.offers) {
    put_all(*quote.offers, to);
  }
  if (quote.near_misses) {
    put_all(*quote.near_misses, to);
  }
}

}  // namespace loyalty::wasm
