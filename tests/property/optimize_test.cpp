#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/property/brute_force.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// Q16, I-8: the search against trying everything.
namespace loyalty::property {
namespace {

std::string text_of(const World& world, std::span<const Choice> chosen) {
  std::string text;
  for (const Choice& choice : chosen) {
    const auto meant = meant_by(world, choice);
    text += " " + std::string(name_of(meant.first)) + " " + std::string(meant.second);
    text += choice.points ? ":" + std::to_string(choice.points->count()) : "";
  }
  return text;
}

void expect_best(World& world) {
  const BestOfAll expected = best_of_all(world);
  Engine engine(world);
  const BestChoice best = engine.optimize();
  EXPECT_TRUE(best.optimal);
  EXPECT_EQ(text_of(world, best.chosen), text_of(world, expected.chosen))
      << "total " << best.quote.total.minor_units() << ", by trying all " << expected.answer.total
      << "\n"
      << describe(world);
  EXPECT_EQ(differences(expected.answer, answer_of(best.quote)), "");
  EXPECT_EQ(best.bound.minor_units(), expected.saved) << describe(world);
}

TEST(Optimize, EqualsTryingEverything) {
  LOYALTY_FOR_EACH_CASE(6'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(
        random,
        {.lines = 4, .quantity = 3, .promotions = 2, .coupons = 3, .rewards = 3, .chosen = 2});
    world.catalog.program.status = ProgramStatus::active;
    world.is_guest = false;
    expect_best(world);
  }
}

TEST(Optimize, EqualsTryingEverythingOfTwelve) {
  LOYALTY_FOR_EACH_CASE(60, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.lines = 4,
                                        .quantity = 3,
                                        .promotions = 2,
                                        .coupons = 7,
                                        .rewards = 6,
                                        .chosen = 0,
                                        .conditions = false,
                                        .exclusive = false});
    world.catalog.program.status = ProgramStatus::active;
    world.catalog.policy.max_coupons = random.between(1, 4);
    world.catalog.policy.max_points_rewards = random.between(1, 3);
    world.is_guest = false;
    while (all_candidates(world).size() > 12) {
      world.coupons.pop_back();
    }
    expect_best(world);
  }
}

TEST(Optimize, IsNeverWorseThanASingleChoice) {
  LOYALTY_FOR_EACH_CASE(300, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(
        random,
        {.lines = 4, .quantity = 3, .promotions = 2, .coupons = 14, .rewards = 10, .chosen = 2});
    world.catalog.program.status = ProgramStatus::active;
    world.is_guest = false;
    const std::vector<Choice> all = all_candidates(world);
    Engine engine(world);
    const oracle::Amount nothing = try_choices(world, engine, {}).answer.total;
    const BestChoice best = engine.optimize();
    const oracle::Amount total = best.quote.total.minor_units();
    EXPECT_LE(nothing - total, best.bound.minor_units());
    if (best.optimal) {
      EXPECT_EQ(nothing - total, best.bound.minor_units());
    }
    const std::vector<Choice> chosen(best.chosen.begin(), best.chosen.end());
    EXPECT_TRUE(try_choices(world, engine, chosen).is_admissible);
    for (const Choice& choice : all) {
      const Tried tried = try_choices(world, engine, {choice});
      if (tried.is_admissible) {
        EXPECT_LE(total, tried.answer.total) << choice.text << "\n" << describe(world);
      }
    }
  }
}

}  // namespace
}  // namespace loyalty::property
