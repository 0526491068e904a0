#include "core/money/points.h"

#include <gtest/gtest.h>

namespace loyalty {
namespace {

constexpr Points pts(std::int64_t n) { return Points::of(n); }

TEST(Points, AreNoneUntilNamed) {
  EXPECT_EQ(Points{}, no_points);
  EXPECT_EQ(no_points.count(), 0);
}

TEST(Points, AreCounted) {
  EXPECT_EQ(pts(5) + pts(7), pts(12));
  EXPECT_EQ(pts(5) - pts(7), pts(-2));
  EXPECT_EQ(-pts(5), pts(-5));
  Points sum = pts(1);
  sum += pts(10);
  EXPECT_EQ(sum, pts(11));
  sum -= pts(4);
  EXPECT_EQ(sum, pts(7));
}

TEST(Points, AreCompared) {
  EXPECT_LT(pts(-1), no_points);
  EXPECT_GT(pts(2), pts(1));
  EXPECT_EQ(min(pts(2), pts(3)), pts(2));
  EXPECT_EQ(min(pts(3), pts(2)), pts(2));
  EXPECT_EQ(max(pts(2), pts(3)), pts(3));
  EXPECT_EQ(max(pts(3), pts(2)), pts(3));
}

}  // namespace
}  // namespace loyalty
