#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/json/encode.h"

namespace loyalty {
namespace {

using nlohmann::json;

template <class T>
std::string encoded(const T& part) {
  Writer writer;
  encode(part, writer);
  return std::string{writer.text()};
}

TEST(EncodeFact, WritesEachKindInItsOwnWay) {
  const std::string_view texts[] = {"a", "b"};
  const TierId tiers[] = {TierId{"silver"}, TierId{"gold"}};
  Scope scope;
  scope.include = texts;
  scope.max_unit_price = Money::minor(5);
  EXPECT_EQ(encoded(Fact::none()), "null");
  EXPECT_EQ(encoded(Fact::money(Money::minor(505))), "505");
  EXPECT_EQ(encoded(Fact::points(Points::of(520))), "520");
  EXPECT_EQ(encoded(Fact::quantity(3)), "3");
  EXPECT_EQ(encoded(Fact::at(Instant::from_ms(1'740'787'200'000))), R"("2025-03-01T00:00:00Z")");
  EXPECT_EQ(encoded(Fact::of("gold")), R"("gold")");
  EXPECT_EQ(encoded(Fact::any_of(Texts{texts})), R"(["a","b"])");
  EXPECT_EQ(encoded(Fact::any_of(std::span<const TierId>{tiers})), R"(["silver","gold"])");
  EXPECT_EQ(encoded(Fact::in(&scope)), R"({"include":["a","b"],"maxUnitPrice":5})");
}

TEST(EncodeFix, WritesWhatFitsItsKind) {
  const std::string_view tags[] = {"shoes"};
  Scope scope;
  scope.include = tags;
  EXPECT_EQ(
      encoded(Fix{.kind = Fix::Kind::add_amount, .amount = Money::minor(505), .scope = &scope}),
      R"({"amount":505,"kind":"addAmount","scope":{"include":["shoes"]}})");
  EXPECT_EQ(encoded(Fix{.kind = Fix::Kind::add_quantity, .quantity = 2}),
            R"({"kind":"addQuantity","quantity":2})");
  EXPECT_EQ(encoded(Fix{.kind = Fix::Kind::earn_points, .points = Points::of(520)}),
            R"({"kind":"earnPoints","points":520})");
  EXPECT_EQ(
      encoded(Fix{.kind = Fix::Kind::reach_tier, .points = Points::of(5), .tier = TierId{"gold"}}),
      R"({"kind":"reachTier","points":5,"tierId":"gold"})");
  EXPECT_EQ(encoded(Fix{.kind = Fix::Kind::sign_in}), R"({"kind":"signIn"})");
  EXPECT_EQ(encoded(Fix{.kind = Fix::Kind::wait, .at = Instant::from_ms(0)}),
            R"({"at":"1970-01-01T00:00:00Z","kind":"wait"})");
  EXPECT_EQ(encoded(Fix{.kind = Fix::Kind::choose, .points = Points::of(70)}),
            R"({"kind":"choose","points":70})");
}

/// A quote in which every part is there.
class AFullQuote : public testing::Test {
 protected:
  AFullQuote() {
    quote.subtotal = Money::minor(1'000);
    quote.items_discount = Money::minor(100);
    quote.items_net = Money::minor(900);
    quote.total = Money::minor(900);
    quote.wallet_paid = Money::minor(400);
    quote.payable = Money::minor(500);
    quote.lines = lines;
    quote.shipping_lines = lines;
    quote.added_lines = added;
    quote.discounts = discounts;
    quote.points = {Points::of(10), Points::of(90), earned, Points::of(5)};
    quote.rejected = rejected;
    quote.offers = std::span<const Offer>{offers};
    quote.near_misses = std::span<const NearMiss>{misses};
    quote.explain = std::span<const ExplainRow>{rows};
    quote.catalog_version = "7";
    quote.account_revision = 12;
  }

  const Share shares[1] = {{0, Money::minor(100)}};
  const QuoteLine lines[1] = {
      {"l1", Money::minor(1'000), Money::minor(100), Money::minor(900), no_money, shares}};
  const AddedLine added[1] = {{1, ProductId{"mug"}, 2, Money::minor(50), Money::minor(100)}};
  const Discount discounts[2] = {{"r1", Source::reward, Money::minor(100), Points::of(10)},
                                 {"gift", Source::promotion, no_money, std::nullopt}};
  const EarnedByRule earned[1] = {{RuleId{"rule"}, Money::minor(900), Points::of(90)}};
  const Rejection rejected[2] = {
      {"c1",
       Source::coupon,
       RejectionCode::minimum_subtotal_not_met,
       Fact::money(Money::minor(1'500)),
       Fact::money(Money::minor(1'000)),
       Fact::money(Money::minor(500)),
       {.kind = Fix::Kind::add_amount, .amount = Money::minor(500)}},
      {"X", Source::code, RejectionCode::code_not_found, {}, Fact::of("X"), {}, {}}};
  const Offer offers[2] = {{.id = "r1",
                            .source = Source::reward,
                            .usable = true,
                            .code = std::nullopt,
                            .saves = Money::minor(100),
                            .points = Points::of(10),
                            .best = true,
                            .steps = PointSteps{Points::of(1), Points::of(2), Points::of(9),
                                                Points::of(8), Money::minor(100)}},
                           {.id = "c1",
                            .source = Source::coupon,
                            .usable = false,
                            .code = RejectionCode::expired,
                            .saves = no_money,
                            .points = std::nullopt,
                            .best = false,
                            .steps = std::nullopt}};
  const NearMiss misses[1] = {{"c1",
                               Source::coupon,
                               RejectionCode::minimum_quantity_not_met,
                               Fact::quantity(1),
                               {.kind = Fix::Kind::add_quantity, .quantity = 1},
                               Money::minor(70)}};
  const ExplainLine explained[1] = {{"l1", Money::minor(100)}};
  const ExplainRow rows[2] = {
      {ExplainStep::subtotal, "Q1", {}, {}, {}, {}, Money::minor(1'000), {}, {}},
      {ExplainStep::shipping_discount, "Q6", "r1", Money::minor(1'000), RatePpm::parts(100'000),
       "halfUp", Money::minor(100), Points::of(10), explained}};
  Quote quote;
};

constexpr const char* full_quote =
    R"({"accountRevision":12,"addedLines":[{"discount":100,"discountId":"gift","productId":"mug",)"
    R"("quantity":2,"source":"promotion","unitPrice":50}],"catalogVersion":"7","coreVersion":"0.1.0","digest":"d",)"
    R"("discounts":[{"amount":100,"id":"r1","points":10,"source":"reward"},{"amount":0,"id":"gift",)"
    R"("source":"promotion"}],"explain":[{"amount":1000,"rule":"Q1","step":"subtotal"},{"amount":100,)"
    R"("base":1000,"id":"r1","lines":[{"amount":100,"id":"l1"}],"points":10,"ratePpm":100000,)"
    R"("rounding":"halfUp","rule":"Q6","step":"shippingDiscount"}],"fees":0,"itemsDiscount":100,)"
    R"("itemsNet":900,"lines":[{"discount":100,"id":"l1","net":900,"shares":[{"amount":100,)"
    R"("discountId":"r1","source":"reward"}],"subtotal":1000,"tax":0}],"nearMisses":[{"code":)"
    R"("MINIMUM_QUANTITY_NOT_MET","fix":{"kind":"addQuantity","quantity":1},"id":"c1","missing":1,)"
    R"("saves":70,"source":"coupon"}],"offers":[{"best":true,"id":"r1","points":10,"saves":100,)"
    R"("source":"reward","steps":{"best":8,"bestAmount":100,"max":9,"min":1,"step":2},"usable":true},)"
    R"({"best":false,"code":"EXPIRED","id":"c1","saves":0,"source":"coupon","usable":false}],)"
    R"("payable":500,"points":{"availableAfter":5,"earned":90,"earnedByRule":[{"base":900,"points":90,)"
    R"("ruleId":"rule"}],"spent":10},"rejected":[{"actual":1000,"code":"MINIMUM_SUBTOTAL_NOT_MET",)"
    R"("fix":{"amount":500,"kind":"addAmount"},"id":"c1","missing":500,"required":1500,)"
    R"("source":"coupon"},{"actual":"X","code":"CODE_NOT_FOUND","id":"X","source":"code"}],)"
    R"("shipping":0,"shippingDiscount":0,"shippingLines":[{"discount":100,"id":"l1","net":900,)"
    R"("shares":[{"amount":100,"discountId":"r1","source":"reward"}],"subtotal":1000,"tax":0}],"subtotal":1000,"tax":0,)"
    R"("total":900,"walletPaid":400})";

TEST_F(AFullQuote, IsWrittenWithEveryPart) {
  Writer writer;
  encode(quote, "d", writer);
  EXPECT_EQ(writer.text(), full_quote);
  EXPECT_EQ(json::parse(writer.text()).dump(), writer.text());
}

TEST_F(AFullQuote, IsWrittenForADigestWithoutWhatWasOnlyAskedFor) {
  Writer writer;
  encode_for_digest(quote, writer);
  json expected = json::parse(full_quote);
  for (const char* part : {"digest", "explain", "nearMisses", "offers"}) {
    expected.erase(part);
  }
  EXPECT_EQ(writer.text(), expected.dump());
}

TEST_F(AFullQuote, LeavesOutWhatIsAbsent) {
  quote.offers.reset();
  quote.near_misses.reset();
  quote.explain.reset();
  quote.account_revision.reset();
  Writer writer;
  encode(quote, {}, writer);
  json expected = json::parse(full_quote);
  for (const char* part : {"digest", "explain", "nearMisses", "offers", "accountRevision"}) {
    expected.erase(part);
  }
  EXPECT_EQ(writer.text(), expected.dump());
}

TEST_F(AFullQuote, StandsInTheBestChoice) {
  const Choice chosen[] = {{ChoiceKind::reward, "r1", Points::of(10)},
                           {ChoiceKind::code, "X", std::nullopt},
                           {ChoiceKind::referral_reward, "c2", std::nullopt}};
  const BestChoice best{
      .chosen = chosen, .quote = quote, .optimal = true, .bound = Money::minor(100)};
  Writer writer;
  encode(best, "d", writer);
  EXPECT_EQ(writer.text(),
            R"({"bound":100,"chosen":[{"reward":{"id":"r1","points":10}},{"code":)"
            R"({"text":"X"}},{"referralReward":{"id":"c2"}}],"optimal":true,"quote":)" +
                std::string{full_quote} + "}");
}

TEST(EncodeError, IsCanonical) {
  EXPECT_EQ(encoded(Error{ErrorCode::too_deep, "/a~1b", "Words."}),
            R"({"code":"TOO_DEEP","message":"Words.","path":"/a~1b"})");
}

}  // namespace
}  // namespace loyalty
