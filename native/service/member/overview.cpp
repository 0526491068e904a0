#include "native/service/member/overview.h"

#include "core/base/limits.h"
#include "native/service/member/member_view.h"

namespace loyalty::service {
namespace {

std::string_view name_of(ledger::Status status) {
  switch (status) {
    case ledger::Status::active:
      return "ACTIVE";
    case ledger::Status::paused:
      return "PAUSED";
    case ledger::Status::draft:
      break;
  }
  return "DRAFT";
}

void set_if_any(Json& answer, const char* name, Json part) {
  if (!part.is_null()) {
    answer[name] = std::move(part);
  }
}

Points sum_of(const Json& orders) {
  Points sum;
  for (const Json& order : orders) {
    sum += Points::of(wire::integer_at(order, "points"));
  }
  return sum;
}

}  // namespace

Json overview(Call& call, const Json&) {
  const MemberView member = view_of_caller(call);
  Json answer{{"serverTime", wire::time_text(call.now)},
              {"timeZone", member.program->time_zone},
              {"currency", member.program->currency.code()},
              {"program",
               {{"status", name_of(member.program->ledger.settings.status)},
                {"name", member.catalog().program.name}}},
              {"member", {{"contactId", member.contact_id}}},
              {"holds", holds_part(call, member)},
              {"pendingOrders", pending_orders_part(call, member)},
              {"rewards", rewards_part(call, member)},
              {"coupons", coupons_part(call, member)},
              {"ways", ways_part(call, member)}};
  if (!member.name.empty()) {
    answer["member"]["name"] = member.name;
  }
  if (member.detail) {
    answer["account"] = account_part(member, sum_of(answer["pendingOrders"]));
  }
  set_if_any(answer, "worth", worth_part(call, member));
  set_if_any(answer, "expiring", expiring_part(member));
  set_if_any(answer, "tier", tier_part(call, member));
  return answer;
}

wire::Schema overview_schema() {
  using namespace wire;
  const Schema points = integer(-limits::points_max, limits::points_max);
  const Schema total = integer(INT64_MIN, INT64_MAX);
  const Schema some = integer(0, limits::points_max);
  const Schema money = integer(0, INT64_MAX);
  const Schema words = text(0, 0);
  const Schema account = object(
      {required("id", guid()), required("revision", integer_text(1, INT64_MAX)),
       required("balance", points), required("available", points), required("held", some),
       required("earned", total), required("redeemed", total), required("adjusted", total),
       required("expired", total), required("pending", total), required("createdAt", timestamp())});
  const Schema worth = object({required("amountMinor", money), required("currency", text(3, 3)),
                               required("rewardId", guid()), required("rewardName", words)});
  const Schema hold = object({required("id", guid()), required("points", some),
                              required("until", timestamp()), optional("checkoutId", guid())});
  const Schema order = object({required("orderId", text(1, 512)), optional("number", text(1, 0)),
                               required("points", some), required("placedAt", timestamp())});
  const Schema level =
      object({optional("id", guid()), required("name", words), optional("description", words),
              required("requiredPoints", some), required("reached", boolean())});
  const Schema tier = object(
      {required("status", enumeration({"ACTIVE", "PAUSED"})), required("points", some),
       optional("since", date()), optional("until", date()),
       required("current", object({optional("id", guid()), required("name", words)})),
       optional("next", object({required("id", guid()), required("name", words),
                                required("requiredPoints", some), required("missing", some)})),
       required("levels", array(level, 1, limits::tiers_max + 1))});
  const Schema reward = object(
      {required("id", guid()), required("revision", integer_text(1, INT64_MAX)),
       required("name", words), required("type", enumeration({"DISCOUNT_AMOUNT", "COUPON"})),
       required("cost", some), required("missing", some), required("affordable", boolean()),
       required("redeemable", boolean()),
       optional("reason", enumeration({"AT_CHECKOUT", "INSUFFICIENT_POINTS", "TIER", "CONDITIONS",
                                       "PROGRAM_PAUSED"})),
       optional("percentagePpm", integer(0, limits::rate_ppm_one)), optional("amountMinor", money),
       optional("freeShipping", boolean()), optional("minimumSubtotalMinor", money),
       optional("perCost", object({required("points", some), required("amountMinor", money)}))});
  const Schema coupon = object(
      {required("id", guid()), required("code", text(1, 0)), required("name", words),
       required("status", enumeration({"PENDING", "ACTIVE", "APPLIED", "FAILED", "ARCHIVED"})),
       required("redeemedAt", timestamp()), required("points", some), required("rewardName", words),
       optional("expiresAt", timestamp()), optional("usedAt", timestamp()),
       optional("orderId", text(1, 512)), optional("number", text(1, 0)),
       optional("refundedPoints", some)});
  const Schema limit =
      object({required("times", integer(0, 1'000)), required("done", integer(0, 1'000)),
              optional("per", enumeration({"DAY", "MONTH", "YEAR", "EVER"}))});
  const Schema way =
      object({required("id", guid()), required("name", words), required("activity", text(1, 0)),
              optional("points", some),
              optional("per", object({required("amountMinor", money), required("points", some)})),
              optional("limit", limit)});
  return object(
      {required("serverTime", timestamp()), required("timeZone", text(1, 0)),
       required("currency", text(3, 3)),
       required("program", object({required("status", enumeration({"DRAFT", "ACTIVE", "PAUSED"})),
                                   required("name", words)})),
       required("member", object({required("contactId", guid()), optional("name", words)})),
       optional("account", account), optional("worth", worth),
       required("holds", array(hold, 0, 10'000)), required("pendingOrders", array(order, 0, 1'000)),
       optional("expiring", object({required("points", some), required("at", timestamp())})),
       optional("tier", tier), required("rewards", array(reward, 0, 10'000)),
       required("coupons", array(coupon, 0, 1'000)), required("ways", array(way, 0, 1'000))});
}

}  // namespace loyalty::service
