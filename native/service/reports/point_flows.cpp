#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "native/service/program/program.h"
#include "native/service/query/dates.h"
#include "native/service/reports/reports.h"
#include "native/wire/refused.h"

namespace loyalty::service::reports {
namespace {

using wire::Refused;
using wire::text_at;

constexpr std::int64_t days_by_default = 30;

Interval interval_asked(const Json& request) {
  const std::string by = text_at(request, "by");
  return by == "week" ? Interval::week : by == "month" ? Interval::month : Interval::day;
}

struct Days {
  Date from;
  Date to;  ///< the last one
};

Days days_asked(const Json& request, const ZoneTable& zone, Instant now) {
  const std::string from = text_at(request, "from");
  const std::string to = text_at(request, "to");
  Days days;
  days.to = to.empty() ? local_day(zone, now) : date_in(to);
  days.from = from.empty() ? add_days(days.to, 1 - days_by_default) : date_in(from);
  if (days.to < days.from) {
    throw Refused::invalid("to", "MIN", "must not be before from");
  }
  return days;
}

/// Where days, weeks from Monday on, or months begin; the first and the last are cut to what was
/// asked for.
std::vector<Instant> borders_of(const ZoneTable& zone, Interval interval, const Period& whole) {
  std::vector<Instant> borders{whole.from};
  while (borders.back() < whole.to) {
    if (borders.size() > buckets_max) {
      throw Refused::invalid("to", "MAX",
                             "must be at most " + std::to_string(buckets_max) +
                                 " buckets after from: ask by week or by month");
    }
    borders.push_back(std::min(period_of(zone, interval, borders.back()).to, whole.to));
  }
  return borders;
}

std::int64_t orders_in(store::Session& session, const Period& period) {
  using Op = store::Filter::Op;
  const store::FieldRef created{"createdDate", store::ValueType::instant};
  store::Filter within;
  within.children = {{Op::ge, created, {period.from.ms()}, {}},
                     {Op::lt, created, {period.to.ms()}, {}}};
  return session.count(store::Kind::order, within);
}

Json row_of(const store::PointFlow& flow, std::int64_t orders) {
  return {{"earned", flow.earned.count()},
          {"redeemed", flow.redeemed.count()},
          {"adjusted", flow.adjusted.count()},
          {"refunded", flow.refunded.count()},
          {"expired", flow.expired.count()},
          {"reversed", flow.reversed.count()},
          {"orders", orders},
          {"activeMembers", flow.active_accounts}};
}

}  // namespace

Json point_flows(Call& call, const Json& request) {
  const std::shared_ptr<const ProgramState> program = program_of(call);
  const ZoneTable& zone = program->ledger.settings.zone;
  const Interval interval = interval_asked(request);
  const Days days = days_asked(request, zone, call.now);
  const Period whole{start_of_day(zone, days.from), start_of_day(zone, add_days(days.to, 1))};
  const std::vector<Instant> borders = borders_of(zone, interval, whole);
  const store::PointFlows flows = call.store.flows(borders);
  Json buckets = Json::array();
  std::int64_t orders = 0;
  for (std::size_t i = 0; i < flows.parts.size(); ++i) {
    const std::int64_t placed = orders_in(call.store, {borders[i], borders[i + 1]});
    Json row = row_of(flows.parts[i], placed);
    row["start"] = date_text(local_day(zone, borders[i]));
    buckets.push_back(std::move(row));
    orders += placed;
  }
  return {{"timeZone", program->time_zone},
          {"from", date_text(days.from)},
          {"to", date_text(days.to)},
          {"by", interval == Interval::week    ? "week"
                 : interval == Interval::month ? "month"
                                               : "day"},
          {"buckets", std::move(buckets)},
          {"totals", row_of(flows.whole, orders)}};
}

}  // namespace loyalty::service::reports
