#include "core/rules/tax.h"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

struct TaxedLine {
  std::int64_t left;
  std::int64_t rate;
  std::int64_t quantity = 1;
};

struct Taxes {
  std::int64_t sum = 0;
  std::vector<std::int64_t> of_line;
  friend bool operator==(const Taxes&, const Taxes&) = default;
};

Taxes taxed(const std::vector<TaxedLine>& lines, TaxRounding rounding, bool included) {
  Pool pool;
  pool.count = lines.size();
  pool.resize(lines.size());
  std::vector<Money> left(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    left[i] = Money::minor(lines[i].left);
    pool.tax_rate[i] = RatePpm::parts(lines[i].rate);
    pool.quantity[i] = lines[i].quantity;
  }
  std::vector<Money> of_line(lines.size(), Money::minor(-77));
  TaxScratch scratch;
  Taxes taxes;
  taxes.sum = tax_pool(pool, left, rounding, included, of_line, scratch).minor_units();
  for (const Money tax : of_line) {
    taxes.of_line.push_back(tax.minor_units());
  }
  return taxes;
}

Taxes added(const std::vector<TaxedLine>& lines, TaxRounding rounding) {
  return taxed(lines, rounding, false);
}
Taxes included(const std::vector<TaxedLine>& lines, TaxRounding rounding) {
  return taxed(lines, rounding, true);
}

/// A natural number of any size, as far as a sum of fractions needs it.
class Natural {
 public:
  explicit Natural(std::uint64_t n) { add(n, 0); }

  void add(const Natural& other) {
    for (std::size_t i = 0; i < other.words_.size(); ++i) {
      add(other.words_[i], i);
    }
  }
  void multiply(std::uint64_t factor) {
    Natural product{0};
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const Wide part = static_cast<Wide>(words_[i]) * factor;
      product.add(static_cast<std::uint32_t>(part), i);
      product.add(static_cast<std::uint32_t>(part >> 32), i + 1);
      product.add(static_cast<std::uint32_t>(part >> 64), i + 2);
    }
    *this = product;
  }
  bool at_least(const Natural& other) const {
    for (std::size_t i = std::max(words_.size(), other.words_.size()); i-- > 0;) {
      if (word(i) != other.word(i)) {
        return word(i) > other.word(i);
      }
    }
    return true;
  }

 private:
  std::uint32_t word(std::size_t i) const { return i < words_.size() ? words_[i] : 0; }
  void add(std::uint64_t n, std::size_t at) {
    for (; n > 0; ++at) {
      words_.resize(std::max(words_.size(), at + 1));
      n += words_[at];
      words_[at] = static_cast<std::uint32_t>(n);
      n >>= 32;
    }
  }
  std::vector<std::uint32_t> words_;
};

/// One exact sum, rounded half up, split by largest remainder, ties to the earlier line (Q11).
Taxes exact_order_tax(const std::vector<TaxedLine>& lines, bool inside) {
  struct Part {
    std::size_t line;
    std::uint64_t remainder;
    std::uint64_t divisor;
  };
  Taxes taxes;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto rate = static_cast<std::uint64_t>(lines[i].rate);
    const std::uint64_t divisor = 1'000'000 + (inside ? rate : 0);
    const Wide product = static_cast<Wide>(lines[i].left) * rate;
    taxes.of_line.push_back(static_cast<std::int64_t>(product / divisor));
    taxes.sum += taxes.of_line.back();
    parts.push_back({i, static_cast<std::uint64_t>(product % divisor), divisor});
  }
  Natural denominator{1};
  Natural numerator{0};
  for (const Part& part : parts) {  // n/d + r/e = (n e + r d) / (d e)
    Natural term = denominator;
    term.multiply(part.remainder);
    numerator.multiply(part.divisor);
    numerator.add(term);
    denominator.multiply(part.divisor);
  }
  std::int64_t leftover = 0;  // the most k with 2k - 1 <= 2n/d
  numerator.multiply(2);
  for (Natural reached = denominator; numerator.at_least(reached); ++leftover) {
    reached.add(denominator);
    reached.add(denominator);
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
    return static_cast<Wide>(a.remainder) * b.divisor > static_cast<Wide>(b.remainder) * a.divisor;
  });
  taxes.sum += leftover;
  for (std::int64_t i = 0; i < leftover; ++i) {
    ++taxes.of_line[parts[static_cast<std::size_t>(i)].line];
  }
  return taxes;
}

TEST(Tax, IsAddedOrContained) {
  EXPECT_EQ(added({{10'000, 190'000}}, TaxRounding::line), (Taxes{1'900, {1'900}}));
  EXPECT_EQ(included({{11'900, 190'000}}, TaxRounding::line), (Taxes{1'900, {1'900}}));
  EXPECT_EQ(included({{10'000, 190'000}}, TaxRounding::line), (Taxes{1'597, {1'597}}));
  EXPECT_EQ(added({{500, 0}}, TaxRounding::order), (Taxes{0, {0}}));
  EXPECT_EQ(added({}, TaxRounding::line), Taxes{});
  EXPECT_EQ(added({}, TaxRounding::order), Taxes{});
}

// Three lines of 0.5 each: three cents, three cents, two cents.
TEST(Tax, IsRoundedPerLinePerUnitOrOnce) {
  const std::vector<TaxedLine> lines = {{5, 100'000}, {5, 100'000}, {5, 100'000}};
  EXPECT_EQ(added(lines, TaxRounding::line), (Taxes{3, {1, 1, 1}}));
  EXPECT_EQ(added(lines, TaxRounding::unit), (Taxes{3, {1, 1, 1}}));
  EXPECT_EQ(added(lines, TaxRounding::order), (Taxes{2, {1, 1, 0}}));
}

TEST(Tax, IsRoundedForEachUnitOfALine) {
  // Units of 5, 5 and 5: 0.5 each. Units of 6, 5 and 5: 0.6, 0.5, 0.5.
  EXPECT_EQ(added({{15, 100'000, 3}}, TaxRounding::unit), (Taxes{3, {3}}));
  EXPECT_EQ(added({{15, 100'000, 3}}, TaxRounding::line), (Taxes{2, {2}}));
  // 14 is 5, 5, 4: 0.4 is dropped.
  EXPECT_EQ(added({{14, 100'000, 3}}, TaxRounding::unit), (Taxes{2, {2}}));
  // Two units of nothing beside one of one.
  EXPECT_EQ(added({{1, 1'000'000, 3}}, TaxRounding::unit), (Taxes{1, {1}}));
  EXPECT_EQ(included({{23, 200'000, 2}}, TaxRounding::unit),
            (Taxes{4, {4}}));  // 12 and 11: 2, 1.83
}

TEST(Tax, OfAnOrderGoesToTheLargestFractions) {
  // 1.2, 1.4, 1.4: 4 in all, and the leftover cent to the second.
  EXPECT_EQ(added({{12, 100'000}, {14, 100'000}, {14, 100'000}}, TaxRounding::order),
            (Taxes{4, {1, 2, 1}}));
  // 0.25 and 0.25 are half a cent together.
  EXPECT_EQ(added({{1, 250'000}, {1, 250'000}}, TaxRounding::order), (Taxes{1, {1, 0}}));
  EXPECT_EQ(added({{1, 250'000}, {1, 249'999}}, TaxRounding::order), (Taxes{0, {0, 0}}));
}

TEST(Tax, ComparesFractionsOfDifferentRatesExactly) {
  // 1/3 (50 % of 1 inside) and 1/2 (100 % of 1 inside): 5/6 is one cent, for the larger half.
  EXPECT_EQ(included({{1, 500'000}, {1, 1'000'000}}, TaxRounding::order), (Taxes{1, {0, 1}}));
  // 1/3 + 1/6 is exactly one half: up.
  EXPECT_EQ(included({{1, 500'000}, {1, 200'000}}, TaxRounding::order), (Taxes{1, {1, 0}}));
}

TEST(Tax, OfAnOrderIsTheExactSumRoundedOnce) {
  std::mt19937_64 random{20250301};
  const std::int64_t usual[] = {0, 50'000, 70'000, 100'000, 190'000, 200'000, 250'000, 1'000'000};
  for (int round = 0; round < 20'000; ++round) {
    std::vector<TaxedLine> lines(random() % 12 + 1);
    for (TaxedLine& line : lines) {
      line.left = static_cast<std::int64_t>(random() % (round % 2 == 0 ? 50 : 1'000'000));
      line.rate = round % 3 == 0 ? static_cast<std::int64_t>(random() % 10'000'001)
                                 : usual[random() % std::size(usual)];
    }
    for (const bool inside : {false, true}) {
      ASSERT_EQ(taxed(lines, TaxRounding::order, inside), exact_order_tax(lines, inside))
          << "round " << round;
    }
  }
}

TEST(Tax, OfAnOrderIsRightForTheLargestAmounts) {
  std::mt19937_64 random{3};
  for (int round = 0; round < 500; ++round) {
    std::vector<TaxedLine> lines(20);
    for (TaxedLine& line : lines) {
      line.left = 1'000'000'000'000 - static_cast<std::int64_t>(random() % 1'000);
      line.rate = 10'000'000 - static_cast<std::int64_t>(random() % 3);
    }
    for (const bool inside : {false, true}) {
      ASSERT_EQ(taxed(lines, TaxRounding::order, inside), exact_order_tax(lines, inside));
    }
  }
}

// A hundred rates have a common denominator of thousands of bits.
TEST(Tax, OfManyRatesIsRightBeyondTheirCommonDenominator) {
  std::mt19937_64 random{100};
  for (int round = 0; round < 100; ++round) {
    std::vector<TaxedLine> lines(round % 2 == 0 ? 8 : 100);
    for (TaxedLine& line : lines) {
      line.left = static_cast<std::int64_t>(random() % 100'000);
      line.rate = static_cast<std::int64_t>(random() % 10'000'001);
    }
    ASSERT_EQ(included(lines, TaxRounding::order), exact_order_tax(lines, true));
  }
}

// Each pair has fractions r/d and (d - r)/d, whole together; one line adds exactly one half.
TEST(Tax, OfManyRatesRoundsAnExactTieUp) {
  std::vector<TaxedLine> lines = {{1, 1'000'000}};
  for (std::int64_t rate = 1; rate <= 60; rate += 2) {
    lines.push_back({1, rate * 10'007});
    lines.push_back({rate * 10'007 + 999'999, rate * 10'007});
  }
  const Taxes taxes = included(lines, TaxRounding::order);
  EXPECT_EQ(taxes, exact_order_tax(lines, true));
  lines.front().rate = 999'999;  // a little under one half
  const Taxes below = included(lines, TaxRounding::order);
  EXPECT_EQ(below, exact_order_tax(lines, true));
  EXPECT_EQ(below.sum, taxes.sum - 1);
}

}  // namespace
}  // namespace loyalty
