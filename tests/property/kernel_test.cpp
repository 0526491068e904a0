#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/money/allocate.h"
#include "core/money/mul_div.h"
#include "core/money/ratio.h"
#include "tests/property/oracle.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// The arithmetic below the rules, over all small values and over large random ones.
namespace loyalty::property {
namespace {

using oracle::Amount;
using oracle::Amounts;

constexpr Split splits[] = {Split::largest_remainder, Split::remainder_to_first,
                            Split::remainder_to_last};
constexpr Rounding roundings[] = {Rounding::half_up, Rounding::half_even, Rounding::half_down,
                                  Rounding::down};

std::vector<Money> money_of(const Amounts& amounts) {
  std::vector<Money> money;
  for (const Amount amount : amounts) {
    money.push_back(Money::minor(amount));
  }
  return money;
}

Amounts amounts_of(const std::vector<Money>& money) {
  Amounts amounts;
  for (const Money m : money) {
    amounts.push_back(m.minor_units());
  }
  return amounts;
}

Amount sum_of(const Amounts& amounts) {
  Amount sum = 0;
  for (const Amount amount : amounts) {
    sum += amount;
  }
  return sum;
}

AllocationScratch& scratch() {
  static AllocationScratch kept;
  return kept;
}

Amounts allocated(Amount total, const Amounts& weights, Split split) {
  std::vector<Money> shares(weights.size());
  loyalty::allocate(Money::minor(total), money_of(weights), shares, split, scratch());
  return amounts_of(shares);
}

Amounts allocated_within(Amount total, const Amounts& weights, const Amounts& rooms, Split split) {
  std::vector<Money> shares(weights.size());
  loyalty::allocate_within(Money::minor(total), money_of(weights), money_of(rooms), shares, split,
                           scratch());
  return amounts_of(shares);
}

std::string text_of(const Amounts& amounts) {
  std::string text;
  for (const Amount amount : amounts) {
    text += " " + std::to_string(amount);
  }
  return text;
}

/// Calls `body` with every list of `size` numbers from 0 to `most`.
template <class Body>
void for_all_lists(std::size_t size, Amount most, Body body) {
  Amounts list(size, 0);
  for (;;) {
    body(list);
    std::size_t at = 0;
    while (at < size && list[at] == most) {
      list[at++] = 0;
    }
    if (at == size) {
      return;
    }
    ++list[at];
  }
}

/// K4, K5: shares sum up, differ from the exact proportion by less than one, and respect weights.
void expect_fair(Amount total, const Amounts& weights, const Amounts& shares) {
  const Amount weight = sum_of(weights);
  ASSERT_EQ(sum_of(shares), total);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Amount exact = oracle::divide(total, weights[i], weight, Rounding::down);
    ASSERT_GE(shares[i], exact);
    ASSERT_LE(shares[i], exact + (total * weights[i] % weight > 0 ? 1 : 0));
    for (std::size_t j = 0; j < weights.size(); ++j) {
      if (weights[i] > weights[j]) {
        ASSERT_GE(shares[i], shares[j]);
      } else if (weights[i] == weights[j]) {
        ASSERT_LE(shares[i] - shares[j], 1);
      }
    }
  }
}

TEST(AllocateExhaustively, AllWeightsUpToFourOnFourLines) {
  for (std::size_t lines = 1; lines <= 4; ++lines) {
    for_all_lists(lines, 4, [](const Amounts& weights) {
      for (Amount total = 0; total <= sum_of(weights); ++total) {
        for (const Split split : splits) {
          const Amounts shares = allocated(total, weights, split);
          ASSERT_EQ(shares, oracle::allocate(total, weights, split))
              << total << " over" << text_of(weights);
          ASSERT_EQ(sum_of(shares), total);
          if (split == Split::largest_remainder && total > 0) {
            ASSERT_NO_FATAL_FAILURE(expect_fair(total, weights, shares))
                << total << " over" << text_of(weights) << " gives" << text_of(shares);
          }
        }
      }
    });
  }
}

TEST(AllocateExhaustively, AllRoomsUpToThreeOnThreeLines) {
  for_all_lists(6, 3, [](const Amounts& list) {
    const Amounts weights(list.begin(), list.begin() + 3);
    const Amounts rooms(list.begin() + 3, list.end());
    Amount room = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      room += weights[i] > 0 ? rooms[i] : 0;
    }
    for (Amount total = 0; total <= room; ++total) {
      for (const Split split : splits) {
        const Amounts shares = allocated_within(total, weights, rooms, split);
        ASSERT_EQ(shares, oracle::allocate_within(total, weights, rooms, split))
            << total << " over" << text_of(weights) << " within" << text_of(rooms);
        ASSERT_EQ(sum_of(shares), total);
        for (std::size_t i = 0; i < 3; ++i) {
          ASSERT_LE(shares[i], weights[i] > 0 ? rooms[i] : 0);
        }
      }
    }
  });
}

TEST(Allocate, LargeAmountsAgreeWithExactFractions) {
  LOYALTY_FOR_EACH_CASE(20'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    const std::size_t lines = 1 + random.below(12);
    const Amount most = random.one_of<Amount>({5, 1'000, 1'000'000'007, 1'000'000'000'000});
    Amounts weights;
    Amounts rooms;
    for (std::size_t i = 0; i < lines; ++i) {
      weights.push_back(random.one_in(6) ? 0 : random.between(0, most));
      rooms.push_back(random.one_in(3) ? random.between(0, weights.back()) : weights.back());
    }
    const Amount weight = sum_of(weights);
    const Split split = splits[random.below(3)];
    const Amount total = random.between(0, weight);
    EXPECT_EQ(allocated(total, weights, split), oracle::allocate(total, weights, split));
    const Amount within = random.between(0, sum_of(rooms));
    EXPECT_EQ(allocated_within(within, weights, rooms, split),
              oracle::allocate_within(within, weights, rooms, split));
  }
}

/// K7, not an invariant: one unit more to give may give one line less. So a stored split is never
/// computed anew for a changed total; refunds go by what was stored.
TEST(Allocate, MayGiveALineLessOfALargerTotal) {
  EXPECT_EQ(allocated(10, {6, 6, 2}, Split::largest_remainder), (Amounts{4, 4, 2}));
  EXPECT_EQ(allocated(11, {6, 6, 2}, Split::largest_remainder), (Amounts{5, 5, 1}));
}

TEST(MulDivExhaustively, AgreesWithSchoolArithmetic) {
  for (std::uint64_t a = 0; a <= 40; ++a) {
    for (std::uint64_t b = 0; b <= 40; ++b) {
      for (std::uint64_t d = 1; d <= 40; ++d) {
        const Division division = mul_div(a, b, d);
        ASSERT_EQ(division.quotient * d + division.remainder, a * b);
        ASSERT_LT(division.remainder, d);
        ASSERT_EQ(mul_div_ceil(a, b, d), (a * b + d - 1) / d);
        for (const Rounding rounding : roundings) {
          ASSERT_EQ(mul_div_round(a, b, d, rounding),
                    static_cast<std::uint64_t>(oracle::divide(static_cast<Amount>(a),
                                                              static_cast<Amount>(b),
                                                              static_cast<Amount>(d), rounding)))
              << a << " x " << b << " / " << d;
        }
      }
    }
  }
}

TEST(MulDiv, LargeProductsAreExact) {
  LOYALTY_FOR_EACH_CASE(50'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    const Amount a = random.between(0, 100'000'000'000'000);
    const Amount d = random.between(1, 1'000'000'000'000);
    const Amount b = random.between(0, d);
    const Rounding rounding = roundings[random.below(4)];
    EXPECT_EQ(mul_div_round(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b),
                            static_cast<std::uint64_t>(d), rounding),
              static_cast<std::uint64_t>(oracle::divide(a, b, d, rounding)));
  }
}

/// K2, K3: exactly rounded, between nothing and all, growing by at most one from unit to unit.
TEST(PortionExhaustively, AgreesWithExactFractionsAndIsMonotone) {
  for (const Rounding rounding : roundings) {
    for (Amount rate = 0; rate <= 1'000'000; rate += 2'500) {
      Amount before = 0;
      for (Amount base = 0; base <= 200; ++base) {
        const Amount part =
            portion(Money::minor(base), RatePpm::parts(rate), rounding).minor_units();
        ASSERT_EQ(part, oracle::divide(base, rate, 1'000'000, rounding)) << base << " x " << rate;
        ASSERT_GE(part, before);
        ASSERT_LE(part, before + 1);
        ASSERT_LE(part, base);
        before = part;
      }
      ASSERT_EQ(portion(Money::minor(200), whole, rounding), Money::minor(200));
    }
  }
}

TEST(Portion, LargeAmountsAreExact) {
  LOYALTY_FOR_EACH_CASE(50'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    const Amount base = random.between(0, 100'000'000'000'000);
    const Amount rate = random.between(0, random.one_in(4) ? 10'000'000 : 1'000'000);
    const Rounding rounding = roundings[random.below(4)];
    EXPECT_EQ(portion(Money::minor(base), RatePpm::parts(rate), rounding).minor_units(),
              oracle::divide(base, rate, 1'000'000, rounding));
    EXPECT_EQ(included_tax(Money::minor(base), RatePpm::parts(rate)).minor_units(),
              oracle::divide(base, rate, 1'000'000 + rate, Rounding::half_up));
    EXPECT_EQ(without_tax(Money::minor(base), RatePpm::parts(rate)).minor_units(),
              oracle::divide(base, 1'000'000, 1'000'000 + rate, Rounding::half_up));
  }
}

/// RQ12, Q9: for every small reward, balance and cart the discount is the value of the points,
/// capped, and no smaller number of points is worth as much.
TEST(PointsAsMoneyExhaustively, TakesTheFewestPoints) {
  for (std::int64_t cost = 1; cost <= 20; ++cost) {
    for (Amount amount = 1; amount <= 20; ++amount) {
      World world;
      world.catalog.program.status = ProgramStatus::active;
      world.now = Instant::from_ms(0);
      Effect effect;
      effect.kind = EffectKind::points_as_money;
      effect.amount = Money::minor(amount);
      effect.cost = Points::of(cost);
      effect.min_points = Points::of(1);
      Reward reward;
      reward.id = RewardId{"r"};
      reward.active = true;
      RewardConfig config;
      config.cost = Points::of(cost);
      config.effects = world.list<Effect>({effect});
      reward.configs = world.list<RewardConfig>({config});
      world.rewards = {reward};
      world.account.id = AccountId{"m"};
      CartLine line;
      line.id = LineId{"a"};
      world.lines = {line};
      world.chosen = {{ChoiceKind::reward, "r", std::nullopt}};
      const CompiledCatalog compiled{*world.link().catalog};
      for (Amount cap = 0; cap <= 30; ++cap) {
        world.lines[0].unit_price = Money::minor(cap);
        for (std::int64_t points = 1; points <= 50; ++points) {
          world.account.available = Points::of(points);
          const oracle::Case input = world.link();
          prepare(compiled, {input.account, input.cart, {}}, Engine::workspace());
          const Quote& quote = loyalty::quote(input.intent, input.now, {}, Engine::workspace());
          const Amount discount = std::min(points * amount / cost, cap);
          std::int64_t fewest = 0;
          while (fewest * amount / cost < discount) {
            ++fewest;
          }
          ASSERT_EQ(quote.items_discount.minor_units(), discount);
          ASSERT_EQ(quote.points.spent.count(), fewest)
              << amount << " for " << cost << ", " << points << " points, cart of " << cap;
        }
      }
    }
  }
}

}  // namespace
}  // namespace loyalty::property
