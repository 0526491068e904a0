#include "core/base/version.h"
#include "core/json/encode_parts.h"

namespace loyalty {
namespace {

void encode_line(const QuoteLine& line, std::span<const Discount> discounts, Writer& to) {
  to.begin_object();
  member(to, "discount", line.discount);
  member(to, "id", line.id);
  member(to, "net", line.net);
  members(to, "shares", line.shares, [&](const Share& share) {
    to.begin_object();
    member(to, "amount", share.amount);
    member(to, "discountId", discounts[share.discount].id);
    member(to, "source", name_of(discounts[share.discount].source));
    to.end_object();
  });
  member(to, "subtotal", line.subtotal);
  member(to, "tax", line.tax);
  to.end_object();
}

void encode_added(const AddedLine& line, std::span<const Discount> discounts, Writer& to) {
  to.begin_object();
  member(to, "discount", line.discounted);
  member(to, "discountId", discounts[line.discount].id);
  member(to, "productId", line.product);
  member(to, "quantity", line.quantity);
  member(to, "source", name_of(discounts[line.discount].source));
  member(to, "unitPrice", line.unit_price);
  to.end_object();
}

void encode_discount(const Discount& discount, Writer& to) {
  to.begin_object();
  member(to, "amount", discount.amount);
  member(to, "id", discount.id);
  member(to, "points", discount.points);
  member(to, "source", name_of(discount.source));
  to.end_object();
}

void encode_points(const PointsOutcome& points, Writer& to) {
  to.begin_object();
  member(to, "availableAfter", points.available_after);
  member(to, "earned", points.earned);
  members(to, "earnedByRule", points.earned_by_rule, [&to](const EarnedByRule& earned) {
    to.begin_object();
    member(to, "base", earned.base);
    member(to, "points", earned.points);
    member(to, "ruleId", earned.rule);
    to.end_object();
  });
  member(to, "spent", points.spent);
  to.end_object();
}

template <std::size_t size>
void optional_fact(Writer& to, const char (&name)[size], const Fact& fact) {
  if (fact.kind != Fact::Kind::none) {
    to.key(name);
    encode(fact, to);
  }
}

void optional_fix(Writer& to, const Fix& fix) {
  if (fix.kind != Fix::Kind::none) {
    to.key("fix");
    encode(fix, to);
  }
}

void encode_rejection(const Rejection& rejection, Writer& to) {
  to.begin_object();
  optional_fact(to, "actual", rejection.actual);
  member(to, "code", name_of(rejection.code));
  optional_fix(to, rejection.fix);
  member(to, "id", rejection.id);
  optional_fact(to, "missing", rejection.missing);
  optional_fact(to, "required", rejection.required);
  member(to, "source", name_of(rejection.source));
  to.end_object();
}

void encode_point_steps(const PointSteps& steps, Writer& to) {
  to.begin_object();
  member(to, "best", steps.best);
  member(to, "bestAmount", steps.best_amount);
  member(to, "max", steps.max);
  member(to, "min", steps.min);
  member(to, "step", steps.step);
  to.end_object();
}

}  // namespace

void encode(const Offer& offer, Writer& to) {
  to.begin_object();
  member(to, "best", offer.best);
  if (offer.code) {
    member(to, "code", name_of(*offer.code));
  }
  member(to, "id", offer.id);
  member(to, "points", offer.points);
  member(to, "saves", offer.saves);
  member(to, "source", name_of(offer.source));
  if (offer.steps) {
    to.key("steps");
    encode_point_steps(*offer.steps, to);
  }
  member(to, "usable", offer.usable);
  to.end_object();
}

namespace {

void encode_near_miss(const NearMiss& miss, Writer& to) {
  to.begin_object();
  member(to, "code", name_of(miss.code));
  optional_fix(to, miss.fix);
  member(to, "id", miss.id);
  optional_fact(to, "missing", miss.missing);
  member(to, "saves", miss.saves);
  member(to, "source", name_of(miss.source));
  to.end_object();
}

void encode_explain(const ExplainRow& row, Writer& to) {
  to.begin_object();
  member(to, "amount", row.amount);
  member(to, "base", row.base);
  if (!row.id.empty()) {
    member(to, "id", row.id);
  }
  if (!row.lines.empty()) {
    members(to, "lines", row.lines, [&to](const ExplainLine& line) {
      to.begin_object();
      member(to, "amount", line.amount);
      member(to, "id", line.id);
      to.end_object();
    });
  }
  member(to, "points", row.points);
  member(to, "ratePpm", row.rate);
  if (!row.rounding.empty()) {
    member(to, "rounding", row.rounding);
  }
  member(to, "rule", row.rule);
  if (row.source) {
    member(to, "source", name_of(*row.source));
  }
  member(to, "step", names::of(names::explain_step, row.step));
  to.end_object();
}

enum class Extras { with, without };

void encode_quote(const Quote& quote, Extras extras, std::string_view digest, Writer& to) {
  const bool has_extras = extras == Extras::with;
  const auto encode_one = [&](const QuoteLine& line) { encode_line(line, quote.discounts, to); };
  to.begin_object();
  member(to, "accountRevision", quote.account_revision);
  members(to, "addedLines", quote.added_lines,
          [&](const AddedLine& line) { encode_added(line, quote.discounts, to); });
  member(to, "catalogVersion", quote.catalog_version);
  member(to, "coreVersion", core_version);
  if (has_extras && !digest.empty()) {
    member(to, "digest", digest);
  }
  members(to, "discounts", quote.discounts,
          [&](const Discount& discount) { encode_discount(discount, to); });
  if (has_extras && quote.explain) {
    members(to, "explain", *quote.explain, [&](const ExplainRow& row) { encode_explain(row, to); });
  }
  member(to, "fees", quote.fees);
  member(to, "itemsDiscount", quote.items_discount);
  member(to, "itemsNet", quote.items_net);
  members(to, "lines", quote.lines, encode_one);
  if (has_extras && quote.near_misses) {
    members(to, "nearMisses", *quote.near_misses,
            [&](const NearMiss& miss) { encode_near_miss(miss, to); });
  }
  if (has_extras && quote.offers) {
    members(to, "offers", *quote.offers, [&](const Offer& offer) { encode(offer, to); });
  }
  member(to, "payable", quote.payable);
  to.key("points");
  encode_points(quote.points, to);
  members(to, "rejected", quote.rejected,
          [&](const Rejection& rejection) { encode_rejection(rejection, to); });
  member(to, "shipping", quote.shipping);
  member(to, "shippingDiscount", quote.shipping_discount);
  members(to, "shippingLines", quote.shipping_lines, encode_one);
  member(to, "subtotal", quote.subtotal);
  member(to, "tax", quote.tax);
  member(to, "total", quote.total);
  member(to, "walletPaid", quote.wallet_paid);
  to.end_object();
}

}  // namespace

void encode(const Fact& fact, Writer& to) {
  switch (fact.kind) {
    case Fact::Kind::none:
      to.null();
      return;
    case Fact::Kind::money:
    case Fact::Kind::points:
    case Fact::Kind::quantity:
      to.value(fact.number);
      return;
    case Fact::Kind::instant:
      to.value(Instant::from_ms(fact.number));
      return;
    case Fact::Kind::text:
      to.value(fact.text);
      return;
    case Fact::Kind::texts:
      to.begin_array();
      for (const std::string_view text : fact.texts) {
        to.value(text);
      }
      to.end_array();
      return;
    case Fact::Kind::tiers:
      to.begin_array();
      for (const TierId tier : fact.tiers) {
        to.value(tier.text());
      }
      to.end_array();
      return;
    case Fact::Kind::scope:
      encode(*fact.scope, to);
      return;
  }
}

void encode(const Fix& fix, Writer& to) {
  to.begin_object();
  if (fix.kind == Fix::Kind::add_amount) {
    member(to, "amount", fix.amount);
  }
  if (fix.kind == Fix::Kind::wait) {
    member(to, "at", fix.at);
  }
  member(to, "kind", name_of(fix.kind));
  member(to, "points", fix.points);
  if (fix.kind == Fix::Kind::add_quantity) {
    member(to, "quantity", fix.quantity);
  }
  if (fix.scope != nullptr) {
    to.key("scope");
    encode(*fix.scope, to);
  }
  if (fix.kind == Fix::Kind::reach_tier) {
    member(to, "tierId", fix.tier);
  }
  to.end_object();
}

void encode(const Quote& quote, std::string_view digest, Writer& to) {
  encode_quote(quote, Extras::with, digest, to);
}

void encode_for_digest(const Quote& quote, Writer& to) {
  encode_quote(quote, Extras::without, {}, to);
}

void encode(const BestChoice& best, std::string_view digest, Writer& to) {
  to.begin_object();
  member(to, "bound", best.bound);
  encode_chosen(best.chosen, to);
  member(to, "optimal", best.optimal);
  to.key("quote");
  encode(best.quote, digest, to);
  to.end_object();
}

void encode(const Error& error, Writer& to) {
  to.begin_object();
  member(to, "code", name_of(error.code));
  member(to, "message", std::string_view{error.message});
  member(to, "path", std::string_view{error.path});
  to.end_object();
}

void write_refusal(Writer& to, const Error& error) {
  to.clear();
  to.begin_object();
  to.key("error");
  encode(error, to);
  to.key("ok");
  to.value(false);
  to.end_object();
}

}  // namespace loyalty
