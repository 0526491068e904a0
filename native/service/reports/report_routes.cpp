#include "core/base/limits.h"
#include "native/service/reports/reports.h"

namespace loyalty::service {
namespace {

using namespace wire;

Schema count() { return integer(0, INT64_MAX); }
Schema any_count() { return integer(INT64_MIN, INT64_MAX); }
Schema any_text() { return text(0, 0); }

Route report(std::string_view name, std::string_view path, Schema request, Schema response,
             Operation run, std::string_view summary) {
  return {.name = name,
          .verb = Verb::get,
          .path = path,
          .permission = Permission::read_accounts,
          .access = Route::Access::read,
          .request = std::move(request),
          .response = std::move(response),
          .run = run,
          .summary = summary};
}

Route points_report() {
  const Schema totals =
      object({required("earned", any_count()), required("redeemed", any_count()),
              required("adjusted", any_count()), required("refunded", any_count()),
              required("expired", any_count()), required("reversed", any_count()),
              required("orders", count()), required("activeMembers", count())});
  const Schema bucket =
      object({required("start", date()), required("earned", any_count()),
              required("redeemed", any_count()), required("adjusted", any_count()),
              required("refunded", any_count()), required("expired", any_count()),
              required("reversed", any_count()), required("orders", count()),
              required("activeMembers", count())});
  return report(
      "reports.points", "/loyalty-reports/v1/points",
      object({optional("from", date()), optional("to", date()),
              optional("by", enumeration({"day", "week", "month"}))}),
      object({required("timeZone", any_text()), required("from", date()), required("to", date()),
              required("by", any_text()),
              required("buckets", array(bucket, 0, reports::buckets_max)),
              required("totals", totals.describe("Balances changed by earned - redeemed + refunded "
                                                 "+ adjusted - reversed - expired."))}),
      reports::point_flows, "What points moved, by local days, weeks or months");
}

Route liability_report() {
  const Schema rate = object({required("points", count()), required("amountMinor", count())});
  const Schema tier = object({optional("tierId", guid()), required("name", any_text()),
                              required("members", count()), required("points", any_count()),
                              required("amountMinor", count()), optional("perCost", rate)});
  const Schema month =
      object({required("month", any().describe("`2026-02`; null: not as things stand.")),
              required("points", any_count()), required("amountMinor", count())});
  const Schema basis = object({optional("rewardId", guid()), optional("rewardName", any_text()),
                               required("text", any_text())});
  return report(
      "reports.liability", "/loyalty-reports/v1/liability", object({}),
      object({required("asOf", timestamp()), required("currency", any_text()),
              required("points", any_count()), required("amountMinor", count()),
              required("heldPoints", count()), required("pendingPoints", count()),
              required("basis", basis), required("byTier", array(tier, 0, limits::tiers_max + 1)),
              required("byExpiryMonth",
                       array(month, 0, static_cast<std::size_t>(reports::forecast_months) + 2))}),
      reports::liability, "What all points are worth, by tier and by when they would expire");
}

Route tiers_report() {
  const Schema tier = object({optional("id", guid()), required("name", any_text()),
                              required("requiredPoints", count()), required("members", count())});
  const Schema bucket =
      object({required("from", count()), optional("to", count()), required("members", count())});
  return report("reports.tiers", "/loyalty-reports/v1/tiers", object({}),
                object({required("status", any_text()),
                        required("window", object({required("months", count())})),
                        required("tiers", array(tier, 0, limits::tiers_max + 1)),
                        required("histogram", array(bucket, 0, 100))}),
                reports::tiers, "Members by tier, and how their tier points are spread");
}

Route tier_preview() {
  const Schema tier = object({optional("id", guid()), required("name", text(1, 50)),
                              required("requiredPoints", integer(1, limits::points_max))});
  const Schema row = object(
      {required("name", any_text()), required("before", count()), required("after", count())});
  const Schema example = object({required("accountId", guid()), required("name", any_text()),
                                 required("from", any_text()), required("to", any_text())});
  Route route = report("reports.previewTiers", "/loyalty-reports/v1/tiers/preview",
                       object({required("tiers", array(tier, 0, limits::tiers_max)),
                               optional("windowMonths", integer(1, 36))}),
                       object({required("members", count()), required("changed", count()),
                               required("up", count()), required("down", count()),
                               required("byTier", array(row, 0, 2 * limits::tiers_max + 1)),
                               required("sample", array(example, 0, reports::sample_max))}),
                       reports::preview_tiers,
                       "Who would be in which tier by other thresholds; changes nothing");
  route.verb = Verb::post;
  return route;
}

Route checklist_report() {
  const Schema item = object({required("id", any_text()), required("done", boolean()),
                              required("blocking", boolean()), required("message", any_text())});
  return report("reports.checklist", "/loyalty-reports/v1/checklist", object({}),
                object({required("status", any_text()), required("ready", boolean()),
                        required("items", array(item, 0, 20))}),
                reports::checklist, "What is still to do before the program can start");
}

}  // namespace

void add_report_routes(Routes& to) {
  to.push_back(points_report());
  to.push_back(liability_report());
  to.push_back(tiers_report());
  to.push_back(tier_preview());
  to.push_back(checklist_report());
}

}  // namespace loyalty::service
