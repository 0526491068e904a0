#include "native/service/checkout/charge.h"

#include <algorithm>

#include "core/base/check.h"

namespace loyalty::service {
namespace {

using wire::Code;

/// Refusals at the API by what a quote rejects, in the order of RejectionCode.
constexpr Code codes[] = {
    Code::program_not_active,
    Code::member_required,
    Code::reward_not_found,
    Code::coupon_not_found,
    Code::error_coupon_does_not_exist,
    Code::reward_not_active,
    Code::coupon_not_active,
    Code::coupon_not_active,
    Code::reward_not_available_for_tier,
    Code::reward_not_available_for_tier,
    Code::error_coupon_is_not_active_yet,
    Code::error_coupon_has_expired,
    Code::minimum_subtotal_not_met,
    Code::minimum_subtotal_not_met,
    Code::coupon_scope_mismatch,
    Code::reward_not_available_for_tier,
    Code::reward_not_available_for_tier,
    Code::coupon_scope_mismatch,
    Code::error_coupon_usage_exceeded,
    Code::error_coupon_limit_per_customer_exceeded,
    Code::error_coupon_usage_exceeded,
    Code::insufficient_points,
    Code::points_below_minimum,
    Code::points_below_minimum,
    Code::not_combinable,
    Code::nothing_to_discount,
};
static_assert(sizeof codes / sizeof codes[0] == rejection_codes, "one code for every rejection");

template <class Rows>
auto find_row(const Rows& rows, Source source, std::string_view id) -> decltype(rows.data()) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
    return row.source == source && row.id == id;
  });
  return at == rows.end() ? nullptr : &*at;
}

}  // namespace

const ChargedDiscount* Charge::find(Source source, std::string_view id) const {
  return find_row(discounts, source, id);
}

const RejectedChoice* Charge::rejection(Source source, std::string_view id) const {
  return find_row(rejected, source, id);
}

Charge charge(Call& call, const Shopper& shopper, Points held_here, const Question& question,
              Instant now) {
  OpenQuote open{call, shopper, held_here, question};
  if (open.error()) {
    refuse_document(*open.error());
  }
  const Quote& quote = open.at(now);
  Charge charge;
  for (const Discount& row : quote.discounts) {
    charge.discounts.push_back({row.source, std::string{row.id}, row.amount, row.points});
  }
  for (const Rejection& row : quote.rejected) {
    if (row.source != Source::promotion) {
      charge.rejected.push_back({row.source, std::string{row.id}, row.code, row.required.number});
    }
  }
  for (const EarnedByRule& row : quote.points.earned_by_rule) {
    charge.earned.push_back({std::string{row.rule.text()}, row.base, row.points});
  }
  charge.total = quote.total;
  charge.essence = open.engine().essence(quote);
  charge.digest = text_of(open.digest(quote, now));
  charge.quote = open.engine().text(quote, charge.digest);
  charge.request = open.text();
  charge.used_up = open.left_out();
  return charge;
}

wire::Refused refusal_of(const RejectedChoice& rejected, const Json& quote) {
  Code code = codes[static_cast<std::size_t>(rejected.code)];
  if (rejected.source == Source::code && rejected.code == RejectionCode::coupon_used) {
    code = Code::error_coupon_usage_exceeded;
  }
  return wire::Refused{code,
                       std::string{sentence_of(rejected.code)},
                       {{"reason", std::string{name_of(rejected.code)}},
                        {"id", rejected.id},
                        {"source", std::string{name_of(rejected.source)}},
                        {"quote", quote}}};
}

Json json_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  LOYALTY_CHECK(!json.is_discarded());
  return json;
}

}  // namespace loyalty::service
