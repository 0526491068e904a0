#include "core/base/result.h"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) {
    return Error{ErrorCode::out_of_range, "/number", "odd"};
  }
  return number / 2;
}

TEST(Result, IsAValue) {
  const Result<int> result = half_of(8);
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(static_cast<bool>(result));
  EXPECT_EQ(result.value(), 4);
}

TEST(Result, OrWhyThereIsNone) {
  const Result<int> result = half_of(7);
  ASSERT_FALSE(result.ok());
  EXPECT_FALSE(static_cast<bool>(result));
  EXPECT_EQ(result.error().code, ErrorCode::out_of_range);
  EXPECT_EQ(result.error().path, "/number");
}

TEST(Result, LetsItsValueChangeAndLeave) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(1);
  *result.value() = 2;
  const std::unique_ptr<int> taken = std::move(result.value());
  EXPECT_EQ(*taken, 2);
}

TEST(Result, MayHaveAnErrorOfAnotherType) {
  const Result<int, std::string> result = std::string("why");
  EXPECT_EQ(result.error(), "why");
}

#if GTEST_HAS_DEATH_TEST  // there are no processes to die where the suites run as Wasm
TEST(ResultDeathTest, StopsWhereAFailureIsTakenForAValue) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Result<int> failure = half_of(7);
  EXPECT_DEATH(static_cast<void>(failure.value()), "");
  EXPECT_DEATH(static_cast<void>(std::as_const(failure).value()), "");
  const Result<int> success = half_of(8);
  EXPECT_DEATH(static_cast<void>(success.error()), "");
}
#endif

}  // namespace
}  // namespace loyalty
