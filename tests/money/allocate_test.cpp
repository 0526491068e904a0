#include "core/money/allocate.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/money/mul_div.h"

namespace loyalty {
namespace {

using Amounts = std::vector<std::int64_t>;

constexpr Split splits[] = {Split::largest_remainder, Split::remainder_to_first,
                            Split::remainder_to_last};

std::vector<Money> money(const Amounts& amounts) {
  std::vector<Money> result;
  for (const std::int64_t amount : amounts) {
    result.push_back(Money::minor(amount));
  }
  return result;
}

Amounts minor_units(const std::vector<Money>& amounts) {
  Amounts result;
  for (const Money amount : amounts) {
    result.push_back(amount.minor_units());
  }
  return result;
}

Amounts allocated(std::int64_t total, const Amounts& weights, Split split) {
  const auto scratch = std::make_unique<AllocationScratch>();
  std::vector<Money> shares(weights.size(), Money::minor(-77));
  allocate(Money::minor(total), money(weights), shares, split, *scratch);
  return minor_units(shares);
}

Amounts allocated_within(std::int64_t total, const Amounts& weights, const Amounts& rooms,
                         Split split) {
  const auto scratch = std::make_unique<AllocationScratch>();
  std::vector<Money> shares(weights.size(), Money::minor(-77));
  allocate_within(Money::minor(total), money(weights), money(rooms), shares, split, *scratch);
  return minor_units(shares);
}

std::int64_t sum_of(const Amounts& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
}

/// The definition of the split over the pieces that are `open`, in plain 128-bit arithmetic and
/// with a stable sort; the other shares stay.
void split_naively(std::int64_t total, const Amounts& weights, const std::vector<bool>& open,
                   Split split, Amounts& shares) {
  std::int64_t sum = 0;
  std::vector<std::size_t> pieces;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (open[i]) {
      shares[i] = 0;
      sum += weights[i];
      if (weights[i] > 0) {
        pieces.push_back(i);
      }
    }
  }
  if (total == 0) {
    return;
  }
  std::int64_t leftover = total;
  std::vector<std::uint64_t> remainder(weights.size());
  for (const std::size_t i : pieces) {
    const Wide product = static_cast<Wide>(total) * static_cast<Wide>(weights[i]);
    shares[i] = static_cast<std::int64_t>(product / static_cast<Wide>(sum));
    remainder[i] = static_cast<std::uint64_t>(product % static_cast<Wide>(sum));
    leftover -= shares[i];
  }
  if (split == Split::remainder_to_last) {
    shares[pieces.back()] += leftover;
    return;
  }
  if (split == Split::largest_remainder) {
    std::stable_sort(pieces.begin(), pieces.end(),
                     [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  }
  for (std::size_t at = 0; leftover > 0; ++at, --leftover) {
    ++shares[pieces[at]];
  }
}

Amounts naively(std::int64_t total, const Amounts& weights, Split split) {
  Amounts shares(weights.size());
  split_naively(total, weights, std::vector<bool>(weights.size(), true), split, shares);
  return shares;
}

Amounts naively_within(std::int64_t total, const Amounts& weights, const Amounts& rooms,
                       Split split) {
  Amounts shares(weights.size());
  std::vector<bool> open(weights.size(), true);
  for (bool again = true; again;) {
    again = false;
    split_naively(total, weights, open, split, shares);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (open[i] && shares[i] > rooms[i]) {
        shares[i] = rooms[i];
        total -= rooms[i];
        open[i] = false;
        again = true;
      }
    }
  }
  return shares;
}

TEST(Allocate, GivesTheLeftoverUnitToTheLargestRemainder) {
  // 161.25, 52.5, 86.25
  EXPECT_EQ(allocated(300, {4'300, 1'400, 2'300}, Split::largest_remainder),
            (Amounts{161, 53, 86}));
}

TEST(Allocate, GivesTheLeftoverUnitToTheEarlierOfEquals) {
  EXPECT_EQ(allocated(100, {1, 1, 1}, Split::largest_remainder), (Amounts{34, 33, 33}));
  EXPECT_EQ(allocated(200, {1, 1, 1}, Split::largest_remainder), (Amounts{67, 67, 66}));
  // 0.5, 1.5, 0.5, 1.5: the first two of four equal remainders
  EXPECT_EQ(allocated(4, {1, 3, 1, 3}, Split::largest_remainder), (Amounts{1, 2, 0, 1}));
}

TEST(Allocate, GivesLeftoverUnitsToTheFirst) {
  EXPECT_EQ(allocated(300, {4'300, 1'400, 2'300}, Split::remainder_to_first),
            (Amounts{162, 52, 86}));
  EXPECT_EQ(allocated(200, {1, 1, 1}, Split::remainder_to_first), (Amounts{67, 67, 66}));
  EXPECT_EQ(allocated(5, {0, 1, 0, 1, 1}, Split::remainder_to_first), (Amounts{0, 2, 0, 2, 1}));
  // The first is exact already, and is the first all the same.
  EXPECT_EQ(allocated(3, {2, 1, 1, 2}, Split::remainder_to_first), (Amounts{2, 0, 0, 1}));
}

TEST(Allocate, GivesAllLeftoverUnitsToTheLast) {
  EXPECT_EQ(allocated(300, {4'300, 1'400, 2'300}, Split::remainder_to_last),
            (Amounts{161, 52, 87}));
  EXPECT_EQ(allocated(200, {1, 1, 1}, Split::remainder_to_last), (Amounts{66, 66, 68}));
  EXPECT_EQ(allocated(5, {1, 1, 0, 1, 0}, Split::remainder_to_last), (Amounts{1, 1, 0, 3, 0}));
}

TEST(Allocate, GivesNothingToAWeightOfZero) {
  for (const Split split : splits) {
    const Amounts shares = allocated(1'000, {0, 999, 0, 1, 0}, split);
    EXPECT_EQ(shares[0], 0);
    EXPECT_EQ(shares[2], 0);
    EXPECT_EQ(shares[4], 0);
    EXPECT_EQ(sum_of(shares), 1'000);
  }
}

TEST(Allocate, SplitsNothingIntoNothing) {
  for (const Split split : splits) {
    EXPECT_EQ(allocated(0, {1, 2, 3}, split), (Amounts{0, 0, 0}));
    EXPECT_EQ(allocated(0, {0, 0}, split), (Amounts{0, 0}));
    EXPECT_EQ(allocated(0, {}, split), Amounts{});
  }
}

TEST(Allocate, GivesAllToOnePiece) {
  for (const Split split : splits) {
    EXPECT_EQ(allocated(1'000'000'000'000, {1}, split), (Amounts{1'000'000'000'000}));
    EXPECT_EQ(allocated(7, {0, 3}, split), (Amounts{0, 7}));
  }
}

// A larger house, and Alabama loses a seat.
TEST(Allocate, HasTheAlabamaParadox) {
  EXPECT_EQ(allocated(10, {6, 6, 2}, Split::largest_remainder), (Amounts{4, 4, 2}));
  EXPECT_EQ(allocated(11, {6, 6, 2}, Split::largest_remainder), (Amounts{5, 5, 1}));
}

/// Weights of one of several kinds: equal, small, of the size of prices, or with zeros between.
Amounts random_weights(std::mt19937_64& random, std::size_t count, std::int64_t most) {
  Amounts weights(count);
  const int kind = static_cast<int>(random() % 4);
  for (std::int64_t& weight : weights) {
    const auto any = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most)) + 1;
    weight = kind == 0 ? most : kind == 1 ? any % 5 + 1 : kind == 2 && random() % 3 == 0 ? 0 : any;
  }
  weights[random() % count] = most;
  return weights;
}

TEST(Allocate, AgreesWithItsDefinition) {
  std::mt19937_64 random{20250301};
  for (int round = 0; round < 20'000; ++round) {
    const std::size_t count = random() % (round % 20 == 0 ? 200 : 12) + 1;
    const Amounts weights = random_weights(random, count, round % 3 == 0 ? 10 : 100'000);
    const auto total = static_cast<std::int64_t>(random() >> (20 + random() % 40));
    for (const Split split : splits) {
      ASSERT_EQ(allocated(total, weights, split), naively(total, weights, split))
          << "round " << round;
    }
  }
}

// Few leftover units are picked one by one, more than eight by partition; both as a sort would.
TEST(Allocate, GivesAnyNumberOfLeftoverUnitsAsASortWould) {
  std::mt19937_64 random{8};
  for (std::size_t count = 2; count <= 40; ++count) {
    for (std::int64_t total = 1; total <= static_cast<std::int64_t>(count); ++total) {
      const Amounts equal(count, 7);
      ASSERT_EQ(allocated(total, equal, Split::largest_remainder),
                naively(total, equal, Split::largest_remainder));
      const Amounts weights = random_weights(random, count, 1'000);
      ASSERT_EQ(allocated(total, weights, Split::largest_remainder),
                naively(total, weights, Split::largest_remainder));
    }
  }
}

TEST(Allocate, SplitsOverAThousandPieces) {
  std::mt19937_64 random{1'000};
  for (int round = 0; round < 30; ++round) {
    const Amounts weights = random_weights(random, 1'000, 999'999);
    for (const std::int64_t total :
         {std::int64_t{1}, std::int64_t{999}, std::int64_t{123'456'789}}) {
      for (const Split split : splits) {
        const Amounts shares = allocated(total, weights, split);
        ASSERT_EQ(sum_of(shares), total);
        ASSERT_EQ(shares, naively(total, weights, split));
      }
    }
  }
}

TEST(Allocate, SplitsAmountsWhoseProductsNeed128Bits) {
  std::mt19937_64 random{128};
  for (int round = 0; round < 2'000; ++round) {
    const std::size_t count = random() % 100 + 1;
    Amounts weights(count);
    for (std::int64_t& weight : weights) {
      weight = static_cast<std::int64_t>(random() % 1'000'000'000'001);
    }
    weights.front() = 1'000'000'000'000;
    const auto total = static_cast<std::int64_t>(random() % 100'000'000'000'001);
    for (const Split split : splits) {
      ASSERT_EQ(allocated(total, weights, split), naively(total, weights, split));
    }
  }
  // A cart at every limit, all of it off.
  const Amounts full(100, 1'000'000'000'000);
  EXPECT_EQ(allocated(100'000'000'000'000, full, Split::largest_remainder), full);
}

// 2^32 x 2^31 is the last power that needs no more than 64 bits.
TEST(Allocate, IsTheSameOnBothSidesOf64Bits) {
  for (int shift = 30; shift <= 33; ++shift) {
    for (std::int64_t off = -2; off <= 2; ++off) {
      const Amounts weights = {(std::int64_t{1} << shift) + off, 5, 1, (std::int64_t{1} << 31) / 3};
      for (const std::int64_t total : {(std::int64_t{1} << 32) - 1, std::int64_t{1} << 32}) {
        for (const Split split : splits) {
          ASSERT_EQ(allocated(total, weights, split), naively(total, weights, split));
        }
      }
    }
  }
}

TEST(AllocateWithin, IsAllocateWhereThereIsRoom) {
  for (const Split split : splits) {
    EXPECT_EQ(allocated_within(300, {4'300, 1'400, 2'300}, {4'300, 1'400, 2'300}, split),
              allocated(300, {4'300, 1'400, 2'300}, split));
    EXPECT_EQ(allocated_within(0, {5, 5}, {0, 0}, split), (Amounts{0, 0}));
    EXPECT_EQ(allocated_within(0, {}, {}, split), Amounts{});
  }
}

TEST(AllocateWithin, GivesAPieceItsRoomAndSplitsTheRestAnew) {
  // 1.09, 2.18, 5.45, 3.27; the second is held at 1.00 and the third at 0; then the fourth at 4.00.
  EXPECT_EQ(allocated_within(1'200, {1'000, 2'000, 5'000, 3'000}, {1'000, 100, 0, 400},
                             Split::largest_remainder),
            (Amounts{700, 100, 0, 400}));
}

TEST(AllocateWithin, FillsEveryRoomWithTheLargestTotal) {
  for (const Split split : splits) {
    EXPECT_EQ(allocated_within(60, {1, 100, 10'000}, {10, 20, 30}, split), (Amounts{10, 20, 30}));
  }
}

// With rooms equal to the weights only leftover units that all go to the last can exceed one.
TEST(AllocateWithin, KeepsAPieceWithinItsWeight) {
  // 2.4, 2.4, 2.4, 0.8: two units left over for a piece of one; then 7 over the first three.
  EXPECT_EQ(allocated_within(8, {3, 3, 3, 1}, {3, 3, 3, 1}, Split::remainder_to_last),
            (Amounts{2, 2, 3, 1}));
  // Held one after another from the back.
  EXPECT_EQ(allocated_within(7, {2, 2, 2, 2, 1}, {2, 2, 2, 2, 1}, Split::remainder_to_last),
            (Amounts{1, 1, 2, 2, 1}));
}

TEST(AllocateWithin, AgreesWithItsDefinition) {
  std::mt19937_64 random{20250302};
  int held = 0;
  for (int round = 0; round < 40'000; ++round) {
    const std::size_t count = random() % (round % 50 == 0 ? 300 : 9) + 1;
    const std::int64_t most = round % 3 == 0 ? 10 : 1'000'000;
    const Amounts weights = random_weights(random, count, most);
    Amounts rooms(count);
    std::int64_t usable = 0;
    for (std::size_t i = 0; i < count; ++i) {
      rooms[i] = random() % 4 == 0
                     ? 0
                     : static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * most));
      usable += weights[i] > 0 ? rooms[i] : 0;
    }
    const auto total =
        round % 5 == 0
            ? usable
            : static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(usable + 1));
    for (const Split split : splits) {
      const Amounts shares = allocated_within(total, weights, rooms, split);
      ASSERT_EQ(shares, naively_within(total, weights, rooms, split)) << "round " << round;
      ASSERT_EQ(sum_of(shares), total);
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_LE(shares[i], rooms[i]);
        ASSERT_TRUE(weights[i] > 0 || shares[i] == 0);
        held += shares[i] == rooms[i] ? 1 : 0;
      }
    }
  }
  EXPECT_GT(held, 10'000);
}

#if GTEST_HAS_DEATH_TEST  // there are no processes to die where the suites run as Wasm
TEST(AllocateDeathTest, StopsWhereNothingCouldTakeTheTotal) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(allocated(1, {0, 0}, Split::largest_remainder), "");
  EXPECT_DEATH(allocated(1, Amounts(1'001, 1), Split::largest_remainder), "");
  EXPECT_DEATH(allocated_within(1, {1, 1}, {1}, Split::largest_remainder), "");
}
#endif

}  // namespace
}  // namespace loyalty
