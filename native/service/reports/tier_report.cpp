#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "native/service/program/program.h"
#include "native/service/program/tiers.h"
#include "native/service/reports/reports.h"

namespace loyalty::service::reports {
namespace {

using wire::member;
using wire::text_at;

constexpr std::int64_t histogram_buckets = 20;

/// The least of 1, 2, 5, 10, 20, 50, … that is not less.
std::int64_t round_width(std::int64_t least) {
  std::int64_t unit = 1;
  for (;;) {
    for (const std::int64_t factor : {1, 2, 5}) {
      if (unit * factor >= least) {
        return unit * factor;
      }
    }
    unit *= 10;
  }
}

/// Buckets of one width over the tiers' thresholds and half as much again, the last one open.
Json histogram_of(const std::vector<std::int64_t>& tier_points, const ProgramState& program) {
  const std::int64_t top =
      program.tiers.empty()
          ? (tier_points.empty() ? 0 : *std::max_element(tier_points.begin(), tier_points.end()))
          : program.tiers.back().required_points.count() * 3 / 2;
  const std::int64_t width =
      round_width(std::max<std::int64_t>(1, (top + histogram_buckets - 1) / histogram_buckets));
  const std::int64_t last = std::min(histogram_buckets - 1, top / width);
  std::vector<std::int64_t> counts(static_cast<std::size_t>(last) + 1, 0);
  for (const std::int64_t points : tier_points) {
    ++counts[static_cast<std::size_t>(std::clamp<std::int64_t>(points / width, 0, last))];
  }
  Json histogram = Json::array();
  for (std::int64_t i = 0; i <= last; ++i) {
    Json row{{"from", i * width}, {"members", counts[static_cast<std::size_t>(i)]}};
    if (i < last) {
      row["to"] = (i + 1) * width - 1;
    }
    histogram.push_back(std::move(row));
  }
  return histogram;
}

}  // namespace

std::string base_tier_name(store::Session& session) {
  const std::string name = text_at(member(tiers_settings(session), "baseTierDefinition"), "name");
  return name.empty() ? "Base tier" : name;
}

Json tiers(Call& call, const Json&) {
  const std::shared_ptr<const ProgramState> program = program_of(call);
  std::map<std::string, std::int64_t, std::less<>> members;
  std::vector<std::int64_t> tier_points;
  call.store.each_account(false, [&](const store::AccountPoints& account) {
    ++members[std::string{account.tier_id}];
    tier_points.push_back(account.tier_points.count());
  });
  Json rows = Json::array(
      {{{"name", base_tier_name(call.store)}, {"requiredPoints", 0}, {"members", members[""]}}});
  for (const TierRow& tier : program->tiers) {
    rows.push_back({{"id", tier.id},
                    {"name", tier.name},
                    {"requiredPoints", tier.required_points.count()},
                    {"members", members[tier.id]}});
  }
  return {{"status", text_at(tiers_settings(call.store), "status")},
          {"window", {{"months", program->window_months}}},
          {"tiers", std::move(rows)},
          {"histogram", histogram_of(tier_points, *program)}};
}

}  // namespace loyalty::service::reports
