#include "core/model/rejection.h"

#include <set>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

TEST(Rejection, HasAPublicNameForEveryCode) {
  constexpr std::string_view names[] = {
      "PROGRAM_NOT_ACTIVE",
      "SIGN_IN_REQUIRED",
      "REWARD_NOT_FOUND",
      "COUPON_NOT_FOUND",
      "CODE_NOT_FOUND",
      "REWARD_NOT_ACTIVE",
      "COUPON_NOT_ACTIVE",
      "COUPON_USED",
      "REWARD_NOT_AVAILABLE_FOR_TIER",
      "TIER_REQUIRED",
      "NOT_STARTED",
      "EXPIRED",
      "MINIMUM_SUBTOTAL_NOT_MET",
      "MINIMUM_QUANTITY_NOT_MET",
      "SCOPE_NOT_IN_CART",
      "CUSTOMER_NOT_ELIGIBLE",
      "ORDER_NUMBER_MISMATCH",
      "SHIPPING_METHOD_MISMATCH",
      "USAGE_LIMIT_REACHED",
      "CUSTOMER_LIMIT_REACHED",
      "BUDGET_EXHAUSTED",
      "INSUFFICIENT_POINTS",
      "POINTS_BELOW_MINIMUM",
      "POINTS_OFF_STEP",
      "NOT_COMBINABLE",
      "NOTHING_TO_DISCOUNT",
  };
  ASSERT_EQ(std::size(names), static_cast<std::size_t>(rejection_codes));
  for (int i = 0; i < rejection_codes; ++i) {
    EXPECT_EQ(name_of(static_cast<RejectionCode>(i)), names[i]);
  }
}

TEST(Rejection, HasASentenceWithoutNumbersForEveryCode) {
  std::set<std::string_view> sentences;
  for (int i = 0; i < rejection_codes; ++i) {
    const std::string_view sentence = sentence_of(static_cast<RejectionCode>(i));
    ASSERT_FALSE(sentence.empty());
    EXPECT_EQ(sentence.back(), '.') << sentence;
    EXPECT_EQ(sentence.find_first_of("0123456789"), std::string_view::npos) << sentence;
    EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
  }
}

TEST(Rejection, NamesItsSource) {
  EXPECT_EQ(name_of(Source::promotion), "promotion");
  EXPECT_EQ(name_of(Source::code), "code");
  EXPECT_EQ(name_of(Source::coupon), "coupon");
  EXPECT_EQ(name_of(Source::reward), "reward");
  EXPECT_EQ(name_of(Source::referral), "referral");
}

TEST(Rejection, NamesItsFix) {
  EXPECT_EQ(name_of(Fix::Kind::none), "");
  EXPECT_EQ(name_of(Fix::Kind::add_amount), "addAmount");
  EXPECT_EQ(name_of(Fix::Kind::add_quantity), "addQuantity");
  EXPECT_EQ(name_of(Fix::Kind::earn_points), "earnPoints");
  EXPECT_EQ(name_of(Fix::Kind::reach_tier), "reachTier");
  EXPECT_EQ(name_of(Fix::Kind::sign_in), "signIn");
  EXPECT_EQ(name_of(Fix::Kind::wait), "wait");
  EXPECT_EQ(name_of(Fix::Kind::choose), "choose");
}

TEST(Rejection, StatesFactsOfEveryKind) {
  EXPECT_EQ(Fact::none().kind, Fact::Kind::none);
  EXPECT_EQ(Fact::money(Money::minor(7)).number, 7);
  EXPECT_EQ(Fact::money(Money::minor(7)).kind, Fact::Kind::money);
  EXPECT_EQ(Fact::points(Points::of(8)).number, 8);
  EXPECT_EQ(Fact::points(Points::of(8)).kind, Fact::Kind::points);
  EXPECT_EQ(Fact::quantity(9).number, 9);
  EXPECT_EQ(Fact::quantity(9).kind, Fact::Kind::quantity);
  EXPECT_EQ(Fact::at(Instant::from_ms(10)).number, 10);
  EXPECT_EQ(Fact::at(Instant::from_ms(10)).kind, Fact::Kind::instant);
  EXPECT_EQ(Fact::of("a").text, "a");
  EXPECT_EQ(Fact::of("a").kind, Fact::Kind::text);
  const std::string_view tags[] = {"a", "b"};
  EXPECT_EQ(Fact::any_of(tags).texts.size(), 2U);
  EXPECT_EQ(Fact::any_of(tags).kind, Fact::Kind::texts);
  const TierId tiers[] = {TierId{"gold"}};
  EXPECT_EQ(Fact::any_of(std::span<const TierId>{tiers}).tiers.size(), 1U);
  EXPECT_EQ(Fact::any_of(std::span<const TierId>{tiers}).kind, Fact::Kind::tiers);
  const Scope scope;
  EXPECT_EQ(Fact::in(&scope).scope, &scope);
  EXPECT_EQ(Fact::in(&scope).kind, Fact::Kind::scope);
}

}  // namespace
}  // namespace loyalty
