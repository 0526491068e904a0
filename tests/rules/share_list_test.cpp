#include "core/rules/share_list.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

void append(ShareList& list, std::uint32_t discount, const std::vector<std::uint32_t>& lines,
            const std::vector<std::int64_t>& amounts) {
  std::vector<Money> shares;
  for (const std::int64_t amount : amounts) {
    shares.push_back(Money::minor(amount));
  }
  list.append(discount, lines, shares.data());
}

/// `discount:line=amount` for every row.
std::string text_of(const ShareList& list) {
  std::string text;
  for (const ShareRecord& row : list.rows()) {
    text += std::to_string(row.discount) + ':' + std::to_string(row.line) + '=' +
            std::to_string(row.amount.minor_units()) + ' ';
  }
  return text;
}

std::vector<std::uint32_t> starts(ShareList& list, std::size_t lines) {
  const std::uint32_t* begin = list.starts_of_lines();
  return {begin, begin + lines};
}

TEST(ShareList, KeepsSharesInRunningOrderAndDropsThoseOfNothing) {
  ShareList list;
  list.start(4);
  append(list, 0, {0, 1, 3}, {5, 0, 7});
  append(list, 1, {1, 2}, {2, 0});
  append(list, 2, {}, {});
  EXPECT_EQ(text_of(list), "0:0=5 0:3=7 1:1=2 ");
  EXPECT_EQ(list.size(), 3U);
}

TEST(ShareList, TellsWhereTheSharesOfEachLineBegin) {
  ShareList list;
  list.start(4);
  append(list, 0, {0, 1, 3}, {5, 0, 7});
  append(list, 1, {0, 3}, {1, 1});
  append(list, 2, {1}, {4});
  // Two of line 0, one of line 1, none of line 2, two of line 3.
  EXPECT_EQ(starts(list, 4), (std::vector<std::uint32_t>{0, 2, 3, 3}));
}

TEST(ShareList, GoesBackAsIfSomeHadNeverRun) {
  ShareList list;
  list.start(3);
  append(list, 0, {0, 1}, {5, 6});
  const std::size_t mark = list.size();
  append(list, 1, {0, 1, 2}, {1, 2, 3});
  list.back_to(mark);
  append(list, 1, {2}, {9});
  EXPECT_EQ(text_of(list), "0:0=5 0:1=6 1:2=9 ");
  EXPECT_EQ(starts(list, 3), (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(ShareList, StartsAnew) {
  ShareList list;
  list.start(3);
  append(list, 0, {0, 1, 2}, {1, 1, 1});
  list.may_repeat();
  EXPECT_TRUE(list.repeats());
  list.start(2);
  EXPECT_EQ(list.size(), 0U);
  EXPECT_FALSE(list.repeats());
  append(list, 0, {1}, {1});
  EXPECT_EQ(starts(list, 2), (std::vector<std::uint32_t>{0, 0}));
}

TEST(ShareList, HoldsManyDiscountsOnManyLines) {
  ShareList list;
  list.start(1'000);
  std::vector<std::uint32_t> lines;
  std::vector<std::int64_t> amounts;
  for (std::uint32_t line = 0; line < 1'000; ++line) {
    lines.push_back(line);
    amounts.push_back(line % 2);
  }
  for (std::uint32_t discount = 0; discount < 50; ++discount) {
    append(list, discount, lines, amounts);
  }
  EXPECT_EQ(list.size(), 25'000U);
  EXPECT_EQ(list.rows().back().line, 999U);
  EXPECT_EQ(list.rows().back().discount, 49U);
  const std::vector<std::uint32_t> begin = starts(list, 1'000);
  EXPECT_EQ(begin[1], 0U);
  EXPECT_EQ(begin[2], 50U);
  EXPECT_EQ(begin[999], 24'950U);
}

}  // namespace
}  // namespace loyalty
