#include "core/ledger/lots.h"

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"

namespace loyalty::ledger {
namespace {

Lot lot(const char* key, std::int64_t points) {
  Lot lot;
  lot.key = key;
  lot.points = pts(points);
  return lot;
}

TEST(Lots, AreTakenFromTheFront) {
  Lots lots = {lot("a", 3), lot("b", 4)};
  EXPECT_EQ(take_front(lots, pts(5)), (Lots{lot("a", 3), lot("b", 2)}));
  EXPECT_EQ(lots, (Lots{lot("b", 2)}));
}

TEST(Lots, AreTakenFromTheBackInTheirOrder) {
  Lots lots = {lot("a", 3), lot("b", 4)};
  EXPECT_EQ(take_back(lots, pts(5)), (Lots{lot("a", 1), lot("b", 4)}));
  EXPECT_EQ(lots, (Lots{lot("a", 2)}));
}

TEST(Lots, OfOneGrantGiveWhatTheyHave) {
  Lots lots = {lot("a", 3), lot("b", 4)};
  EXPECT_EQ(take_of(lots, "b", pts(9)), (Lots{lot("b", 4)}));
  EXPECT_EQ(take_of(lots, "c", pts(1)), Lots{});
  EXPECT_EQ(total(lots), pts(3));
}

TEST(Lots, GivenBackAreOneAgain) {
  const Lots whole = {lot("a", 3), lot("b", 4)};
  Lots lots = whole;
  const Lots taken = take_back(lots, pts(2));
  give_back(lots, taken);
  EXPECT_EQ(lots, whole);
}

TEST(Lots, WithAnotherDateStayApart) {
  Lots lots = {lot("a", 3)};
  Lot refunded = lot("a", 2);
  refunded.refunded = Deadline{{2025, 1, 1}, {}};
  give_back(lots, {refunded});
  EXPECT_EQ(lots.size(), 2U);
  EXPECT_EQ(total(lots), pts(5));
}

TEST(Lots, NothingTakenChangesNothing) {
  Lots lots = {lot("a", 3)};
  EXPECT_EQ(take_front(lots, pts(0)), Lots{});
  EXPECT_EQ(take_back(lots, pts(0)), Lots{});
  EXPECT_EQ(lots, (Lots{lot("a", 3)}));
}

}  // namespace
}  // namespace loyalty::ledger
