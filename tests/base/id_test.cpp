#include "core/base/id.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

TEST(Id, IsComparedBytewise) {
  EXPECT_EQ(LineId{"mug"}, LineId{std::string_view{"mug"}});
  EXPECT_NE(LineId{"mug"}, LineId{"Mug"});
  EXPECT_NE(LineId{"mug"}, LineId{"mug "});
  EXPECT_NE(LineId{"7"}, LineId{"07"});
  EXPECT_LT(LineId{"Z"}, LineId{"a"});
  EXPECT_LT(LineId{"a"}, LineId{"aa"});
  EXPECT_FALSE(LineId{"a"} < LineId{"a"});
  EXPECT_LT(LineId{"z"}, LineId{"\xC3\xA4"});
}

TEST(Id, IsEmptyUnlessNamed) {
  EXPECT_TRUE(TierId{}.empty());
  EXPECT_EQ(TierId{}.text(), "");
  EXPECT_FALSE(TierId{"gold"}.empty());
  EXPECT_EQ(TierId{"gold"}.text(), "gold");
}

TEST(Id, OfOneKindIsNoIdOfAnother) {
  static_assert(!std::is_convertible_v<std::string_view, LineId>);
  static_assert(!std::is_constructible_v<LineId, RewardId>);
  static_assert(!std::is_assignable_v<LineId&, CouponId>);
}

}  // namespace
}  // namespace loyalty
