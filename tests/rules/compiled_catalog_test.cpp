#include "core/rules/compiled_catalog.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/rules/catalog_index.h"

namespace loyalty {
namespace {

using Tags = std::vector<std::string_view>;
using Names = std::vector<std::string>;

/// A catalog of promotions, built one by one. A compiled catalog borrows from it.
class Shop {
 public:
  Promotion& add(const char* id) {
    Promotion& promotion = promotions_.emplace_back();
    promotion.id = PromotionId{id};
    promotion.effects = {&effects_.emplace_back(), 1};
    return promotion;
  }
  /// An automatic promotion about lines with one of these tags.
  Promotion& add_about(const char* id, Tags tags) {
    Promotion& promotion = add(id);
    promotion.effects = about({std::move(tags)});
    return promotion;
  }
  std::span<const Effect> about(const std::vector<Tags>& scopes) {
    std::vector<Effect>& effects = effect_lists_.emplace_back();
    for (const Tags& tags : scopes) {
      Effect& effect = effects.emplace_back();
      effect.target = Target::lines;
      if (!tags.empty()) {
        effect.scope = including(tags);
      }
    }
    return effects;
  }
  Scope including(Tags tags) {
    Scope scope;
    scope.include = keep(std::move(tags));
    return scope;
  }
  Texts keep(Tags tags) { return tags_.emplace_back(std::move(tags)); }

  const Catalog& catalog() {
    listed_.assign(promotions_.begin(), promotions_.end());
    catalog_.promotions = listed_;
    return catalog_;
  }

 private:
  std::deque<Promotion> promotions_;
  std::deque<Effect> effects_;
  std::deque<std::vector<Effect>> effect_lists_;
  std::deque<Tags> tags_;
  std::vector<Promotion> listed_;
  Catalog catalog_;
};

Names names_of(const CompiledCatalog& compiled, std::span<const Posting> postings) {
  Names names;
  for (const Posting& posting : postings) {
    names.emplace_back(compiled.catalog().promotions[posting.promotion].id.text());
  }
  return names;
}

Names listed_under(const CompiledCatalog& compiled, std::string_view tag) {
  const std::uint32_t number = compiled.data().tags.find(tag);
  return number == TextTable::none ? Names{}
                                   : names_of(compiled, compiled.data().postings_of(number));
}

Names unanchored(const CompiledCatalog& compiled) {
  return names_of(compiled, compiled.data().unanchored);
}

Instant at(std::int64_t ms) { return Instant::from_ms(ms); }

TEST(CompiledCatalog, ListsAPromotionUnderEachTagThatItsEffectsAreAbout) {
  Shop shop;
  shop.add_about("tea or mugs", {"tea", "mugs"});
  shop.add_about("tea", {"tea"});
  const CompiledCatalog compiled{shop.catalog()};
  EXPECT_EQ(listed_under(compiled, "tea"), (Names{"tea or mugs", "tea"}));
  EXPECT_EQ(listed_under(compiled, "mugs"), (Names{"tea or mugs"}));
  EXPECT_EQ(unanchored(compiled), Names{});
}

TEST(CompiledCatalog, AnchorsAPromotionAtItsRarestTags) {
  Shop shop;
  shop.add_about("all of them", {"sale"}).conditions.contains_tags = shop.keep({"red", "blue"});
  shop.add_about("customers", {"sale"}).conditions.customer_tags = shop.keep({"vip"});
  shop.add_about("subtotal", {"sale"}).conditions.min_subtotal_of =
      ScopedAmount{shop.including({"books"}), Money::minor(1)};
  shop.add_about("quantity", {"sale"}).conditions.min_quantity_of =
      ScopedQuantity{shop.including({"pens"}), 2};
  const CompiledCatalog compiled{shop.catalog()};
  EXPECT_EQ(listed_under(compiled, "sale"), Names{});
  EXPECT_EQ(listed_under(compiled, "red"), (Names{"all of them"}));
  EXPECT_EQ(listed_under(compiled, "blue"), (Names{"all of them"}));
  EXPECT_EQ(listed_under(compiled, "vip"), (Names{"customers"}));
  EXPECT_EQ(listed_under(compiled, "books"), (Names{"subtotal"}));
  EXPECT_EQ(listed_under(compiled, "pens"), (Names{"quantity"}));
}

TEST(CompiledCatalog, CountsAllTagsOfAListWhenItLooksForTheRarest) {
  Shop shop;
  shop.add_about("a", {"red"});
  // `red` is wanted twice; `green` twice and `blue` once, three times together.
  shop.add_about("b", {"green", "blue"}).conditions.contains_tags = shop.keep({"red"});
  shop.add_about("c", {"green"});
  const CompiledCatalog compiled{shop.catalog()};
  EXPECT_EQ(listed_under(compiled, "red"), (Names{"a", "b"}));
  EXPECT_EQ(listed_under(compiled, "green"), (Names{"c"}));
  EXPECT_EQ(listed_under(compiled, "blue"), Names{});
}

TEST(CompiledCatalog, AnchorsEffectsOnlyWhereAllOfThemNeedATag) {
  Shop shop;
  shop.add("both").effects = shop.about({{"tea", "mugs"}, {"mugs", "cups"}});
  shop.add("one of two").effects = shop.about({{"tea"}, {}});
  shop.add("order");
  const CompiledCatalog compiled{shop.catalog()};
  EXPECT_EQ(listed_under(compiled, "tea"), (Names{"both"}));
  EXPECT_EQ(listed_under(compiled, "mugs"), (Names{"both"}));
  EXPECT_EQ(listed_under(compiled, "cups"), (Names{"both"}));
  EXPECT_EQ(unanchored(compiled), (Names{"one of two", "order"}));
}

TEST(CompiledCatalog, ListsAPromotionOnceUnderATagThatItNamesTwice) {
  Shop shop;
  shop.add("tags").conditions.contains_tags = shop.keep({"tea", "mugs", "tea"});
  const CompiledCatalog compiled{shop.catalog()};
  EXPECT_EQ(listed_under(compiled, "tea"), (Names{"tags"}));
}

TEST(CompiledCatalog, PutsPromotionsThatEndEarlierBehind) {
  Shop shop;
  for (const bool tagged : {false, true}) {
    const auto add = [&](const char* id) -> Promotion& {
      return tagged ? shop.add_about(id, {"tea"}) : shop.add(id);
    };
    add("ends at 5").conditions.ends_at = at(5);
    add("never ends");
    add("ends at 9").conditions.ends_at = at(9);
    add("ends at 5 too").conditions.ends_at = at(5);
    add("never ends either");
  }
  const CompiledCatalog compiled{shop.catalog()};
  const Names latest_first = {"never ends", "never ends either", "ends at 9", "ends at 5",
                              "ends at 5 too"};
  EXPECT_EQ(listed_under(compiled, "tea"), latest_first);
  EXPECT_EQ(unanchored(compiled), latest_first);
}

TEST(CompiledCatalog, KnowsWhenAListedPromotionStartsAndEnds) {
  Shop shop;
  shop.add("always");
  Conditions& conditions = shop.add("from 3 to 7").conditions;
  conditions.starts_at = at(3);
  conditions.ends_at = at(7);
  const CompiledCatalog compiled{shop.catalog()};
  const Buffer<Posting>& postings = compiled.data().unanchored;
  ASSERT_EQ(postings.size(), 2U);
  EXPECT_EQ(postings[0].starts_at, Instant::min());
  EXPECT_EQ(postings[0].ends_at, Instant::max());
  EXPECT_EQ(postings[1].starts_at, at(3));
  EXPECT_EQ(postings[1].ends_at, at(7));
}

TEST(CompiledCatalog, ListsNoPromotionThatNeedsACode) {
  Shop shop;
  Promotion& promotion = shop.add_about("code", {"tea"});
  promotion.trigger = Trigger::code;
  promotion.codes = shop.keep({"TEA5"});
  const CompiledCatalog compiled{shop.catalog()};
  EXPECT_EQ(listed_under(compiled, "tea"), Names{});
  EXPECT_EQ(unanchored(compiled), Names{});
  EXPECT_EQ(compiled.data().codes.find("TEA5"), 0U);
  ASSERT_EQ(compiled.data().code_promotions.size(), 1U);
  EXPECT_EQ(compiled.data().code_promotions[0], 0U);
}

std::string folded(std::string_view code) {
  std::string room(code.size(), '?');
  return std::string(fold_code(code, room.data()));
}

TEST(CompiledCatalog, FoldsCodesToUpperCaseWithoutOuterSpaces) {
  EXPECT_EQ(folded("Welcome10"), "WELCOME10");
  EXPECT_EQ(folded("  az AZ  "), "AZ AZ");
  EXPECT_EQ(folded(""), "");
  EXPECT_EQ(folded("   "), "");
  EXPECT_EQ(folded("\ta\t"), "\tA\t");
  EXPECT_EQ(folded("@[`{"), "@[`{");  // the neighbours of A, Z, a and z
  EXPECT_EQ(folded("gr\xC3\xBC\xC3\x9F"
                   "e"),
            "GR\xC3\xBC\xC3\x9F"
            "E");  // ASCII only
}

TEST(CompiledCatalog, FindsAPromotionByEachOfItsCodes) {
  Shop shop;
  shop.add("automatic");
  Promotion& promotion = shop.add("code");
  promotion.trigger = Trigger::code;
  promotion.codes = shop.keep({"one", " Two ", "THREE"});
  const CompiledCatalog compiled{shop.catalog()};
  for (const char* code : {"ONE", "TWO", "THREE"}) {
    const std::uint32_t number = compiled.data().codes.find(code);
    ASSERT_NE(number, TextTable::none) << code;
    EXPECT_EQ(compiled.data().code_promotions[number], 1U);
  }
  EXPECT_EQ(compiled.data().codes.find("one"), TextTable::none);
}

TEST(CompiledCatalog, KnowsTheOrderTriggers) {
  const std::pair<const char*, Application> triggers[] = {
      {"order", Application::any},
      {"stores/OrderPaid", Application::stores},
      {"bookings/BookingConfirmed", Application::bookings},
      {"events/OrderConfirmed", Application::events},
      {"wix_pricing_plans-plan_purchased", Application::pricing_plans},
      {"wix_restaurants_orders-order_submitted", Application::restaurants},
      {"restaurants-order-is-pending", Application::restaurants},
  };
  std::vector<EarningRule> rules;
  for (const auto& [name, application] : triggers) {
    rules.emplace_back().trigger = name;
  }
  rules.emplace_back().trigger = "members/MemberCreated";
  rules.emplace_back().trigger = "Order";
  EarningRule& paused = rules.emplace_back();
  paused.trigger = "order";
  paused.status = RuleStatus::paused;
  Catalog catalog;
  catalog.earning_rules = rules;
  const CompiledCatalog compiled{catalog};
  const Buffer<CompiledEarningRule>& found = compiled.data().earning_rules;
  ASSERT_EQ(found.size(), std::size(triggers) + 3);
  for (std::size_t i = 0; i < std::size(triggers); ++i) {
    EXPECT_TRUE(found[i].earned_by_orders) << triggers[i].first;
    EXPECT_EQ(found[i].application, triggers[i].second) << triggers[i].first;
  }
  for (std::size_t i = std::size(triggers); i < found.size(); ++i) {
    EXPECT_FALSE(found[i].earned_by_orders) << found[i].source->trigger;
  }
}

TEST(CompiledCatalog, KnowsWhichRewardsArePointsAsMoney) {
  Effect percent;
  Effect points;
  points.kind = EffectKind::points_as_money;
  const Effect both[] = {percent, points};
  const RewardConfig configs[] = {{TierId{}, Points::of(10), {&percent, 1}},
                                  {TierId{"gold"}, Points::of(5), both}};
  Reward reward;
  reward.id = RewardId{"r"};
  reward.configs = configs;
  Catalog catalog;
  catalog.rewards = {&reward, 1};
  const CompiledCatalog compiled{catalog};
  EXPECT_EQ(compiled.data().reward_ids.find("r"), 0U);
  const std::span<const CompiledRewardConfig> found = compiled.data().rewards[0].configs;
  EXPECT_EQ(found[0].points_as_money, nullptr);
  EXPECT_EQ(found[1].points_as_money, &both[1]);
}

TEST(CompiledCatalog, SurvivesItsMove) {
  Shop shop;
  shop.add_about("tea", {"tea"});
  Shop other;
  CompiledCatalog compiled{shop.catalog()};
  CompiledCatalog target{other.catalog()};
  target = std::move(compiled);
  const CompiledCatalog moved{std::move(target)};
  EXPECT_EQ(&moved.catalog(), &shop.catalog());
  EXPECT_EQ(listed_under(moved, "tea"), (Names{"tea"}));
}

}  // namespace
}  // namespace loyalty
