#include "core/ledger/lots.h"

#include <algorithm>
#include <cstddef>

#include "core/base/check.h"

namespace loyalty::ledger {
namespace {

/// Cuts up to `wanted` points off `lot` and adds them to `taken`.
void cut(Lot& lot, Points& wanted, Lots& taken) {
  const Points points = min(lot.points, wanted);
  if (points == no_points) {
    return;
  }
  taken.push_back(lot);
  taken.back().points = points;
  lot.points -= points;
  wanted -= points;
}

void drop_empty(Lots& lots) {
  std::erase_if(lots, [](const Lot& lot) { return lot.points == no_points; });
}

}  // namespace

Points total(const Lots& lots) {
  Points sum;
  for (const Lot& lot : lots) {
    sum += lot.points;
  }
  return sum;
}

Lots take_front(Lots& lots, Points points) {
  Lots taken;
  for (Lot& lot : lots) {
    cut(lot, points, taken);
  }
  LOYALTY_CHECK(points == no_points);
  drop_empty(lots);
  return taken;
}

Lots take_back(Lots& lots, Points points) {
  Lots taken;
  for (std::size_t i = lots.size(); i > 0; --i) {
    cut(lots[i - 1], points, taken);
  }
  LOYALTY_CHECK(points == no_points);
  drop_empty(lots);
  std::reverse(taken.begin(), taken.end());
  return taken;
}

Lots take_of(Lots& lots, const std::string& key, Points points) {
  Lots taken;
  for (Lot& lot : lots) {
    if (lot.key == key) {
      cut(lot, points, taken);
    }
  }
  drop_empty(lots);
  return taken;
}

void give_back(Lots& lots, const Lots& slices) {
  for (const Lot& slice : slices) {
    const auto home = std::find_if(lots.begin(), lots.end(),
                                   [&](const Lot& lot) { return lot.same_origin(slice); });
    if (home == lots.end()) {
      lots.push_back(slice);
    } else {
      home->points += slice.points;
    }
  }
}

}  // namespace loyalty::ledger
