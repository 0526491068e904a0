#include <algorithm>
#include <optional>

#include "core/ledger/zone.h"
#include "core/rules/tier_assignment.h"
#include "native/service/checkout/discounts.h"
#include "native/service/checkout/pending_points.h"
#include "native/service/member/member_view.h"
#include "native/service/program/documents.h"
#include "native/service/program/tiers.h"
#include "native/service/query/dates.h"
#include "native/service/query/filters.h"

/// Where a member stands: points, what is on hold or on its way, and the tier.
namespace loyalty::service {
namespace {

using store::ValueType;
using wire::member;
using wire::text_at;

constexpr std::size_t orders_max = 50;
constexpr std::string_view base_tier_name = "Member";

/// The checkout for which points are held; empty where a backend holds them for something else.
std::string checkout_of_hold(Call& call, const std::string& hold_id) {
  const std::optional<store::EntryRow> entry = call.store.entry(hold_id);
  if (!entry || entry->info.empty()) {
    return {};
  }
  const std::string discount =
      text_at(member(Json::parse(entry->info), "redeemInfo"), "referenceEntityId");
  const auto document =
      discount.empty() ? std::nullopt : call.store.get(store::Kind::checkout_discount, discount);
  return document ? HeldDiscount{*document}.checkout_id() : std::string{};
}

/// The first day on which the oldest of the points that count no longer does.
std::optional<Date> oldest_leaves(const MemberView& member, Instant start) {
  const ZoneTable& zone = member.program->ledger.settings.zone;
  std::optional<Instant> oldest;
  for (const ledger::TierEvent& event : member.detail->account.tier_events) {
    if (event.at >= start && event.points > no_points) {
      oldest = oldest ? std::min(*oldest, event.at) : event.at;
    }
  }
  if (!oldest) {
    return std::nullopt;
  }
  return local_day(zone, window_exit(zone, *oldest, member.program->window_months));
}

Json level_of(const std::string& id, const Json& definition, Points required, Points points) {
  Json level{{"name", text_at(definition, "name")},
             {"requiredPoints", required.count()},
             {"reached", required <= points}};
  if (!id.empty()) {
    level["id"] = id;
  } else if (text_at(level, "name").empty()) {
    level["name"] = base_tier_name;
  }
  if (const std::string description = text_at(definition, "description"); !description.empty()) {
    level["description"] = description;
  }
  return level;
}

/// The base tier and all others, ascending.
Json levels_of(Call& call, const MemberView& view, const Json& settings, Points points) {
  Json levels =
      Json::array({level_of("", member(settings, "baseTierDefinition"), no_points, points)});
  for (const TierRow& tier : view.program->tiers) {
    const Json body = body_of(require_tier(call.store, tier.id));
    levels.push_back(
        level_of(tier.id, member(body, "tierDefinition"), tier.required_points, points));
  }
  return levels;
}

}  // namespace

Json account_part(const MemberView& member, Points pending) {
  const store::AccountRow& row = member.detail->row;
  // The ledger counts held points as redeemed; here they are still the member's.
  return {{"id", row.id},
          {"revision", std::to_string(row.revision)},
          {"balance", (row.available + row.held).count()},
          {"available", row.available.count()},
          {"held", row.held.count()},
          {"earned", row.earned.count()},
          {"redeemed", (row.redeemed - row.held).count()},
          {"adjusted", row.adjusted.count()},
          {"expired", row.expired.count()},
          {"pending", pending.count()},
          {"createdAt", wire::time_text(row.created)}};
}

Json holds_part(Call& call, const MemberView& member) {
  Json holds = Json::array();
  if (!member.detail) {
    return holds;
  }
  for (const ledger::Hold& hold : member.detail->account.holds) {
    if (hold.state != ledger::HoldState::held) {
      continue;
    }
    Json shown{{"id", hold.key},
               {"points", hold.points.count()},
               {"until", wire::time_text(hold.expires_at)}};
    if (const std::string checkout = checkout_of_hold(call, hold.key); !checkout.empty()) {
      shown["checkoutId"] = checkout;
    }
    holds.push_back(std::move(shown));
  }
  return holds;
}

Json pending_orders_part(Call& call, const MemberView& member) {
  using Op = store::Filter::Op;
  store::Query query;
  query.filter = both(both(condition({"contactId", ValueType::text}, Op::eq, {member.contact_id}),
                           condition({"paymentStatus", ValueType::text}, Op::eq, {"NOT_PAID"})),
                      condition({"status", ValueType::text}, Op::ne, {"CANCELED"}));
  query.sort = {{{"createdDate", ValueType::instant}, true}};
  query.limit = orders_max;
  Json orders = Json::array();
  for (const store::Document& document : call.store.page(store::Kind::order, query).rows) {
    const Json body = body_of(document);
    Json order{{"orderId", document.id},
               {"points", points_when_paid(call, body).count()},
               {"placedAt", wire::time_text(document.created)}};
    if (const std::string number = text_at(body, "number"); !number.empty()) {
      order["number"] = number;
    }
    orders.push_back(std::move(order));
  }
  return orders;
}

Json expiring_part(const MemberView& member) {
  if (!member.detail || !member.detail->row.expires_at) {
    return nullptr;
  }
  const store::AccountRow& row = member.detail->row;
  return {{"points", row.expiring.count()}, {"at", wire::time_text(*row.expires_at)}};
}

Json tier_part(Call& call, const MemberView& view) {
  const Json settings = tiers_settings(call.store);
  const std::string status = text_at(settings, "status");
  if (status != "ACTIVE" && status != "PAUSED") {
    return nullptr;
  }
  const Points points = view.detail ? view.detail->row.tier_points : no_points;
  const ZoneTable& zone = view.program->ledger.settings.zone;
  const Instant start = window_start(zone, call.now, view.program->window_months);
  Json levels = levels_of(call, view, settings, points);
  Json tier{
      {"status", status}, {"points", points.count()}, {"since", date_text(local_day(zone, start))}};
  if (const auto leaves = view.detail ? oldest_leaves(view, start) : std::nullopt) {
    tier["until"] = date_text(*leaves);
  }
  for (const Json& level : levels) {
    const std::string id = text_at(level, "id");
    if (id == view.tier().text()) {
      tier["current"] = {{"name", level["name"]}};
      if (!id.empty()) {
        tier["current"]["id"] = id;
      }
    }
    if (!wire::truth_at(level, "reached") && !tier.contains("next")) {
      const std::int64_t required = wire::integer_at(level, "requiredPoints");
      tier["next"] = {{"id", id},
                      {"name", level["name"]},
                      {"requiredPoints", required},
                      {"missing", (Points::of(required) - points).count()}};
    }
  }
  tier["levels"] = std::move(levels);
  return tier;
}

}  // namespace loyalty::service
