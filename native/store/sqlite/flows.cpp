#include <cstddef>
#include <string>
#include <unordered_map>

#include "native/store/sqlite/session.h"

namespace loyalty::store::sqlite {
namespace {

using ledger::EntryKind;

/// Adds what an entry moved. `delta`: what the balance changed by.
void add(EntryKind kind, Points delta, PointFlow& flow) {
  switch (kind) {
    case EntryKind::earn:
      flow.earned += delta;
      break;
    case EntryKind::hold:
    case EntryKind::redeem:
      flow.redeemed -= delta;
      break;
    case EntryKind::capture:
    case EntryKind::release:
    case EntryKind::expire_hold:
    case EntryKind::refund:
    case EntryKind::extend:
      flow.refunded += delta;
      break;
    case EntryKind::adjust:
    case EntryKind::merge_out:
    case EntryKind::merge_in:
      flow.adjusted += delta;
      break;
    case EntryKind::reverse:
      flow.reversed -= delta;
      break;
    case EntryKind::expire_points:
      flow.expired -= delta;
      break;
  }
}

bool is_activity(EntryKind kind) {
  return kind == EntryKind::earn || kind == EntryKind::hold || kind == EntryKind::redeem;
}

/// Counts accounts once in each part, and once in the whole.
class Activity {
 public:
  explicit Activity(PointFlows& flows) : flows_{flows} {}

  void add(const std::string& account, std::size_t part) {
    const auto [at, is_new] = last_part_.try_emplace(account, part);
    if (is_new) {
      ++flows_.whole.active_accounts;
    }
    if (is_new || at->second != part) {
      at->second = part;
      ++flows_.parts[part].active_accounts;
    }
  }

 private:
  PointFlows& flows_;
  std::unordered_map<std::string, std::size_t> last_part_;
};

}  // namespace

PointFlows SqliteSession::flows(const std::vector<Instant>& borders) {
  // All columns are in the index `entry_at`, in the order of time.
  Cursor rows = connection_.query(
      "SELECT at, kind, member_available, account FROM entry WHERE tenant = ?"
      " AND transaction_type IS NOT NULL AND at >= ? AND at < ? ORDER BY at",
      tenant_, borders.front(), borders.back());
  PointFlows flows;
  flows.parts.resize(borders.size() - 1);
  Activity activity{flows};
  std::size_t part = 0;
  while (rows.next()) {
    while (borders[part + 1].ms() <= rows.integer(0)) {
      ++part;
    }
    const auto kind = static_cast<EntryKind>(rows.integer(1));
    const Points delta = Points::of(rows.integer(2));
    add(kind, delta, flows.parts[part]);
    add(kind, delta, flows.whole);
    if (is_activity(kind)) {
      activity.add(rows.text(3), part);
    }
  }
  return flows;
}

}  // namespace loyalty::store::sqlite
