#include <set>
#include <string>

#include <gtest/gtest.h>

#include "native/service/call.h"

namespace loyalty::service {
namespace {

TEST(Ids, GrowWithTimeAndWithinAMillisecond) {
  const std::unique_ptr<Ids> ids = make_ids();
  std::string last;
  for (int i = 0; i < 20'000; ++i) {
    const std::string id = ids->next(Instant::from_ms(1'768'478'400'000 + i / 10'000));
    ASSERT_LT(last, id);
    last = id;
  }
  EXPECT_LT(last, ids->next(Instant::from_ms(0)));  // a clock that was set back
}

TEST(Ids, AreGuidsOfVersionSeven) {
  const std::string id = make_ids()->next(Instant::from_ms(0x0123456789AB));
  ASSERT_EQ(id.size(), 36U);
  EXPECT_EQ(id.substr(0, 15), "01234567-89ab-7");
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
    EXPECT_EQ(id[dash], '-');
  }
  EXPECT_NE(std::string{"89ab"}.find(id[19]), std::string::npos);
}

TEST(Ids, CouponCodesHaveNoLookAlikes) {
  const std::unique_ptr<Ids> ids = make_ids();
  std::set<char> seen;
  std::set<std::string> codes;
  for (int i = 0; i < 2'000; ++i) {
    const std::string code = ids->coupon_code();
    ASSERT_EQ(code.size(), 12U);
    seen.insert(code.begin(), code.end());
    EXPECT_TRUE(codes.insert(code).second);
  }
  EXPECT_EQ(seen.size(), 32U);
  for (const char look_alike : {'I', 'L', 'O', 'U'}) {
    EXPECT_EQ(seen.count(look_alike), 0U);
  }
}

TEST(Ids, SecretsHave256Bits) {
  const std::unique_ptr<Ids> ids = make_ids();
  EXPECT_EQ(ids->secret().size(), 64U);
  EXPECT_NE(ids->secret(), ids->secret());
}

}  // namespace
}  // namespace loyalty::service
