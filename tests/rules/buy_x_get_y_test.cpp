#include "core/rules/buy_x_get_y.h"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace loyalty {
namespace {

using Units = std::vector<std::int64_t>;

constexpr TagNumber bought_tag = 0;
constexpr TagNumber given_tag = 1;
constexpr TagNumber bought_tags[] = {bought_tag};
constexpr TagNumber given_tags[] = {given_tag};
const Scope anything;

struct Row {
  std::int64_t price;
  std::int64_t quantity;
  bool to_buy = true;
  bool to_get = true;
};

/// A cart and what a buy X get Y makes of it.
class Counter {
 public:
  explicit Counter(std::vector<Row> new_rows) : rows_{std::move(new_rows)} {
    for (const Row& row : rows_) {
      CartLine& line = lines_.emplace_back();
      line.unit_price = Money::minor(row.price);
      line.quantity = row.quantity;
    }
    document_.lines = lines_;
    cart_.reset(document_, 2);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].to_buy) {
        cart_.tag_line(bought_tag, i);
      }
      if (rows_[i].to_get) {
        cart_.tag_line(given_tag, i);
      }
    }
    state_.start(cart_, no_points);
    selection_.resize(rows_.size());
  }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

  /// The units given of each line.
  Units given(const Effect& effect, bool two_scopes = false) {
    select_given_units(compiled(effect, two_scopes), cart_, state_, selection_);
    Units units(rows_.size());
    for (std::size_t at = 0; at < selection_.count; ++at) {
      units[selection_.line[at]] = selection_.units[at];
    }
    return units;
  }
  UnitsNeeded needed(const Effect& effect, bool two_scopes = false) {
    compiled_ = compiled(effect, two_scopes);
    return units_needed(compiled_, cart_, state_, selection_);
  }
  std::int64_t used(std::size_t line) const { return state_.used_units(line); }

 private:
  static CompiledEffect compiled(const Effect& effect, bool two_scopes) {
    CompiledEffect result;
    result.source = &effect;
    if (two_scopes) {
      result.scope.source = &anything;
      result.scope.include = bought_tags;
      result.get_scope.source = &anything;
      result.get_scope.include = given_tags;
      result.two_scopes = true;
    }
    return result;
  }

  std::vector<Row> rows_;
  std::vector<CartLine> lines_;
  Cart document_;
  PreparedCart cart_;
  RunState state_;
  Selection selection_;
  CompiledEffect compiled_;
};

Effect buy_get(std::int64_t buy, std::int64_t get) {
  Effect effect;
  effect.kind = EffectKind::buy_x_get_y;
  effect.target = Target::lines;
  effect.buy = buy;
  effect.get = get;
  return effect;
}

Units given(std::vector<Row> rows, const Effect& effect, bool two_scopes = false) {
  return Counter{std::move(rows)}.given(effect, two_scopes);
}

TEST(BuyXGetY, GivesTheCheapestOfEachGroup) {
  // 9 7 7 | 5 3 3 | 1
  EXPECT_EQ(given({{3, 2}, {9, 1}, {7, 2}, {1, 1}, {5, 1}}, buy_get(2, 1)), (Units{1, 0, 1, 0, 0}));
}

TEST(BuyXGetY, GivesTheCheapestOrDearestOfAll) {
  const std::vector<Row> rows = {{3, 2}, {9, 1}, {7, 2}, {1, 1}, {5, 1}};
  Effect effect = buy_get(2, 1);
  effect.pick = Pick::cheapest;
  EXPECT_EQ(given(rows, effect), (Units{1, 0, 0, 1, 0}));
  effect.pick = Pick::dearest;
  EXPECT_EQ(given(rows, effect), (Units{0, 1, 1, 0, 0}));
}

TEST(BuyXGetY, GivesNothingForLessThanAGroup) {
  EXPECT_EQ(given({{5, 2}}, buy_get(2, 1)), (Units{0}));
  EXPECT_EQ(given({}, buy_get(2, 1)), Units{});
  EXPECT_EQ(given({{5, 3}}, buy_get(2, 1)), (Units{1}));
}

TEST(BuyXGetY, MakesOnlyTheGroupsThatMaxUnitsNeeds) {
  Effect effect = buy_get(1, 2);
  effect.max_units = 3;  // two groups, of the second of which one unit is given
  const std::vector<Row> rows = {{9, 1}, {8, 1}, {7, 1}, {6, 1}, {5, 1}, {4, 1}, {3, 3}};
  EXPECT_EQ(given(rows, effect), (Units{0, 1, 1, 0, 1, 0, 0}));
  effect.pick = Pick::cheapest;
  EXPECT_EQ(given(rows, effect), (Units{0, 0, 0, 0, 0, 0, 3}));
  effect.pick = Pick::dearest;
  EXPECT_EQ(given(rows, effect), (Units{1, 1, 1, 0, 0, 0, 0}));
}

TEST(BuyXGetY, IsDoneOnceWithoutRepeat) {
  Effect effect = buy_get(1, 1);
  effect.repeat = false;
  EXPECT_EQ(given({{5, 10}}, effect), (Units{1}));
  EXPECT_EQ(given({{5, 10}, {5, 10}}, effect, true), (Units{0, 1}));
}

TEST(BuyXGetY, GivesFromASecondScopeWhatIsNotBought) {
  const Effect effect = buy_get(2, 1);
  // Shirts are bought, ties are given.
  EXPECT_EQ(given({{20, 4, true, false}, {9, 1, false, true}, {5, 2, false, true}}, effect, true),
            (Units{0, 0, 2}));
  // One line in both scopes: of five units two groups would need six.
  EXPECT_EQ(given({{20, 5}}, effect, true), (Units{1}));
  EXPECT_EQ(given({{20, 6}}, effect, true), (Units{2}));
  // The dearest are bought, so that only the cheaper line is left to give.
  EXPECT_EQ(given({{20, 2}, {10, 1}}, effect, true), (Units{0, 1}));
  EXPECT_EQ(given({{20, 2}, {10, 1, true, false}}, effect, true), (Units{0, 0}));
}

TEST(BuyXGetY, GivesTheDearestOfASecondScopeOnDemand) {
  Effect effect = buy_get(1, 1);
  effect.pick = Pick::dearest;
  EXPECT_EQ(given({{1, 2, true, false}, {9, 1, false, true}, {5, 2, false, true}}, effect, true),
            (Units{0, 1, 1}));
}

TEST(BuyXGetY, UsesAUnitOnce) {
  Counter counter{{{9, 4}, {5, 3}}};
  // 9 9 9 | 9 5 5 | 5: one 9 and one 5 are given, six units are used.
  EXPECT_EQ(counter.given(buy_get(2, 1)), (Units{1, 1}));
  EXPECT_EQ(counter.used(0), 4);
  EXPECT_EQ(counter.used(1), 2);
  EXPECT_EQ(counter.given(buy_get(1, 1)), (Units{0, 0}));
  EXPECT_EQ(counter.used(1), 2);
}

TEST(BuyXGetY, LeavesUnitsOutsideItsGroupsToTheNext) {
  Counter counter{{{9, 5}}};
  EXPECT_EQ(counter.given(buy_get(2, 1)), (Units{1}));
  EXPECT_EQ(counter.given(buy_get(1, 1)), (Units{1}));
  EXPECT_EQ(counter.used(0), 5);
}

TEST(BuyXGetY, CountsTheFullestCartWithoutCountingUnits) {
  const std::vector<Row> rows(limits::cart_lines_max, Row{1, limits::quantity_max});
  const Units units = given(rows, buy_get(1, 1));
  EXPECT_EQ(units, Units(limits::cart_lines_max, limits::quantity_max / 2));
  const Units two = given(rows, buy_get(1, 1), true);
  EXPECT_EQ(two.front(), 0);
  EXPECT_EQ(two.back(), limits::quantity_max);
}

TEST(BuyXGetY, SaysWhatAFirstGroupNeeds) {
  Counter one{{{9, 1}, {5, 1}}};
  EXPECT_EQ(one.needed(buy_get(2, 1)).required, 3);
  EXPECT_EQ(one.needed(buy_get(2, 1)).actual, 2);
  EXPECT_EQ(one.needed(buy_get(2, 1)).scope, nullptr);

  Counter buys{{{9, 1, true, false}, {5, 3, false, true}}};
  const UnitsNeeded to_buy = buys.needed(buy_get(2, 1), true);
  EXPECT_EQ(to_buy.required, 2);
  EXPECT_EQ(to_buy.actual, 1);
  EXPECT_EQ(to_buy.compiled->include.data(), bought_tags);

  Counter gets{{{9, 3}, {5, 1, true, false}}};
  const UnitsNeeded to_get = gets.needed(buy_get(2, 2), true);
  EXPECT_EQ(to_get.required, 2);
  EXPECT_EQ(to_get.actual, 1);  // two of the three are bought
  EXPECT_EQ(to_get.compiled->include.data(), given_tags);

  Counter enough{{{9, 3}}};
  EXPECT_LE(enough.needed(buy_get(2, 1), true).required, enough.needed(buy_get(2, 1), true).actual);
}

/// Lines unit by unit, dearest first, earlier line first among equals.
std::vector<std::size_t> laid_out(const std::vector<Row>& rows, bool Row::*in_scope) {
  std::vector<std::size_t> units;
  for (std::size_t line = 0; line < rows.size(); ++line) {
    if (rows[line].*in_scope) {
      units.insert(units.end(), static_cast<std::size_t>(rows[line].quantity), line);
    }
  }
  std::stable_sort(units.begin(), units.end(),
                   [&rows](std::size_t a, std::size_t b) { return rows[a].price > rows[b].price; });
  return units;
}

std::size_t wanted(const Effect& effect, std::size_t groups) {
  if (!effect.repeat) {
    groups = std::min<std::size_t>(groups, 1);
  }
  const auto get = static_cast<std::size_t>(effect.get);
  while (effect.max_units && groups > 0 &&
         (groups - 1) * get >= static_cast<std::size_t>(*effect.max_units)) {
    --groups;  // without it the rest gives as many as may be given
  }
  return groups;
}

/// The units that Q8a gives, unit by unit.
Units given_naively(const std::vector<Row>& rows, const Effect& effect, bool two_scopes) {
  const auto buy = static_cast<std::size_t>(effect.buy);
  const auto get = static_cast<std::size_t>(effect.get);
  const std::size_t most =
      effect.max_units ? static_cast<std::size_t>(*effect.max_units) : SIZE_MAX;
  std::vector<std::size_t> pool;   // units to give, dearest first
  std::vector<std::size_t> gifts;  // in the order in which they are given
  std::size_t groups = 0;
  if (!two_scopes) {
    pool = laid_out(rows, &Row::to_buy);
    groups = wanted(effect, pool.size() / (buy + get));
    if (effect.pick == Pick::cheapest_in_group) {
      for (std::size_t group = 0; group < groups; ++group) {
        for (std::size_t i = 0; i < get; ++i) {
          gifts.push_back(pool[group * (buy + get) + buy + i]);
        }
      }
    }
  } else {
    const std::vector<std::size_t> to_buy = laid_out(rows, &Row::to_buy);
    const auto left_to_give = [&](std::size_t count) {
      Units bought(rows.size());
      for (std::size_t i = 0; i < count * buy; ++i) {
        ++bought[to_buy[i]];
      }
      std::vector<std::size_t> left;
      for (const std::size_t line : laid_out(rows, &Row::to_get)) {
        if (bought[line]-- <= 0) {
          left.push_back(line);
        }
      }
      return left;
    };
    groups = to_buy.size() / buy;
    while (groups > 0 && left_to_give(groups).size() < groups * get) {
      --groups;
    }
    groups = wanted(effect, groups);
    pool = left_to_give(groups);
  }
  if (gifts.empty()) {
    if (effect.pick != Pick::dearest) {
      std::reverse(pool.begin(), pool.end());
    }
    gifts.assign(pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(groups * get));
  }
  Units units(rows.size());
  for (std::size_t i = 0; i < std::min(gifts.size(), most); ++i) {
    ++units[gifts[i]];
  }
  return units;
}

TEST(BuyXGetY, AgreesWithCountingUnitByUnit) {
  std::mt19937_64 random{20250301};
  const auto up_to = [&random](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most)) + 1;
  };
  for (int round = 0; round < 30'000; ++round) {
    std::vector<Row> rows;
    for (std::int64_t i = up_to(6); i > 0; --i) {
      rows.push_back({up_to(4), up_to(5), random() % 3 != 0, random() % 3 != 0});
    }
    Effect effect = buy_get(up_to(3), up_to(3));
    effect.pick = static_cast<Pick>(random() % 3);
    effect.repeat = random() % 4 != 0;
    if (random() % 3 == 0) {
      effect.max_units = up_to(7);
    }
    const bool two_scopes = random() % 2 == 0;
    std::vector<Row> in_scope = rows;
    if (!two_scopes) {
      for (Row& row : in_scope) {
        row.to_buy = true;
      }
    }
    ASSERT_EQ(given(rows, effect, two_scopes), given_naively(in_scope, effect, two_scopes))
        << "round " << round;
  }
}

}  // namespace
}  // namespace loyalty
