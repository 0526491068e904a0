#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/rules/tier_assignment.h"
#include "native/service/accounts/ledger_state.h"
#include "native/service/program/documents.h"
#include "native/service/program/program.h"
#include "native/service/reports/reports.h"
#include "native/wire/refused.h"

namespace loyalty::service::reports {
namespace {

using wire::integer_at;
using wire::Refused;
using wire::text_at;

/// A tier as it is, as it would be, or both.
struct Rung {
  std::string id;  ///< empty: new
  std::string name;
  Points required;
  bool stays = true;  ///< is among the tiers to come
  std::int64_t before = 0;
  std::int64_t after = 0;
};

[[noreturn]] void refuse(std::size_t index, const char* field, const char* description) {
  throw Refused::invalid("tiers[" + std::to_string(index) + "]." + field, "UNIQUE", description);
}

std::vector<Rung> rungs_asked(const Json& tiers) {
  std::vector<Rung> rungs;
  std::set<std::string> names;
  std::set<std::int64_t> thresholds;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    Rung rung{.id = text_at(tiers[i], "id"),
              .name = text_at(tiers[i], "name"),
              .required = Points::of(integer_at(tiers[i], "requiredPoints"))};
    if (!names.insert(folded(rung.name)).second) {
      refuse(i, "name", "must be another than those of the other tiers");
    }
    if (!thresholds.insert(rung.required.count()).second) {
      refuse(i, "requiredPoints", "must be another than those of the other tiers");
    }
    if (!rung.id.empty() && !ids.insert(rung.id).second) {
      refuse(i, "id", "must be there once");
    }
    rungs.push_back(std::move(rung));
  }
  std::sort(rungs.begin(), rungs.end(),
            [](const Rung& a, const Rung& b) { return a.required < b.required; });
  return rungs;
}

/// Counts who is where, and who would be.
class Preview {
 public:
  Preview(const ProgramState& program, const std::string& base_name, std::vector<Rung> asked)
      : rungs_{{.id = {}, .name = base_name, .required = {}}}, program_{program} {
    for (Rung& rung : asked) {
      tiers_.push_back({TierId{}, {}, rung.required});
      rungs_.push_back(std::move(rung));
    }
    for (const TierRow& tier : program.tiers) {
      if (find(tier.id) == nullptr) {
        rungs_.push_back(
            {.id = tier.id, .name = tier.name, .required = tier.required_points, .stays = false});
      }
    }
  }

  void add(const store::AccountPoints& account, Points points) {
    Rung& before = rung_of(account.tier_id);
    Rung& after = rung_for(points);
    ++members_;
    ++before.before;
    ++after.after;
    if (&before == &after) {
      return;
    }
    ++changed_;
    const Points required_before = required_now(before);
    up_ += required_before < after.required ? 1 : 0;
    down_ += after.required < required_before ? 1 : 0;
    if (sample_.size() < sample_max) {
      sample_.push_back({{"accountId", account.id},
                         {"name", account.name},
                         {"from", before.name},
                         {"to", after.name}});
    }
  }

  Json json() const {
    Json rows = Json::array();
    for (const Rung& rung : rungs_) {
      rows.push_back({{"name", rung.name}, {"before", rung.before}, {"after", rung.after}});
    }
    return {{"members", members_}, {"changed", changed_},       {"up", up_},
            {"down", down_},       {"byTier", std::move(rows)}, {"sample", sample_}};
  }

 private:
  Rung* find(std::string_view id) {
    const auto at = std::find_if(rungs_.begin() + 1, rungs_.end(),
                                 [id](const Rung& rung) { return rung.id == id; });
    return id.empty() || at == rungs_.end() ? nullptr : &*at;
  }

  Rung& rung_of(std::string_view tier_id) {
    Rung* const rung = find(tier_id);
    return rung == nullptr ? rungs_.front() : *rung;
  }

  Rung& rung_for(Points points) {
    const Tier* tier = tier_for(tiers_, true, points);
    return tier == nullptr ? rungs_.front()
                           : rungs_[static_cast<std::size_t>(tier - tiers_.data()) + 1];
  }

  /// By today's thresholds.
  Points required_now(const Rung& rung) const {
    for (const TierRow& tier : program_.tiers) {
      if (tier.id == rung.id) {
        return tier.required_points;
      }
    }
    return no_points;
  }

  std::vector<Rung> rungs_;  ///< the base tier, those to come, those that go
  std::vector<Tier> tiers_;  ///< those to come
  const ProgramState& program_;
  std::int64_t members_ = 0;
  std::int64_t changed_ = 0;
  std::int64_t up_ = 0;
  std::int64_t down_ = 0;
  Json sample_ = Json::array();
};

}  // namespace

Json preview_tiers(Call& call, const Json& request) {
  const std::shared_ptr<const ProgramState> program = program_of(call);
  const std::int64_t months = integer_at(request, "windowMonths", program->window_months);
  const bool other_window = months != program->window_months;
  Preview preview{*program, base_tier_name(call.store),
                  rungs_asked(wire::member(request, "tiers"))};
  call.store.each_account(other_window, [&](const store::AccountPoints& account) {
    preview.add(account, other_window ? tier_points(read_state(account.state).tier_events,
                                                    program->ledger.settings.zone, months, call.now)
                                      : account.tier_points);
  });
  return preview.json();
}

}  // namespace loyalty::service::reports
