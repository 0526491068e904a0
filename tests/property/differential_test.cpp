#include <string>

#include <gtest/gtest.h>

#include "tests/property/oracle.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// The engine against the oracle, line by line.
namespace loyalty::property {
namespace {

void expect_agreement(World& world) {
  const std::string found =
      differences(oracle::quote(world.link()), answer_of(Engine(world).quote()));
  EXPECT_TRUE(found.empty()) << found << "\n" << describe(world);
}

TEST(Differential, EngineAgreesWithTheOracle) {
  LOYALTY_FOR_EACH_CASE(50'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    expect_agreement(world);
  }
}

TEST(Differential, OneEffectOnItsOwn) {
  LOYALTY_FOR_EACH_CASE(50'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.promotions = 0, .coupons = 0, .rewards = 0, .chosen = 0});
    Promotion promotion;
    promotion.id = PromotionId{"p"};
    promotion.effects = world.list<Effect>({random_effect(random, world)});
    world.promotions.push_back(promotion);
    expect_agreement(world);
  }
}

TEST(Differential, PointsRewards) {
  LOYALTY_FOR_EACH_CASE(25'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.lines = 3,
                                        .quantity = 3,
                                        .promotions = 1,
                                        .coupons = 1,
                                        .rewards = 3,
                                        .chosen = 3,
                                        .conditions = false,
                                        .exclusive = false});
    world.catalog.program.status = ProgramStatus::active;
    world.is_guest = false;
    expect_agreement(world);
  }
}

/// The engine finds promotions by an index, the oracle by looking at each.
TEST(Differential, ManyPromotions) {
  LOYALTY_FOR_EACH_CASE(300, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.lines = 4, .quantity = 3, .promotions = 120});
    expect_agreement(world);
  }
}

TEST(Differential, ThousandsOfPromotions) {
  LOYALTY_FOR_EACH_CASE(12, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.lines = 3, .quantity = 2, .promotions = 4'000});
    expect_agreement(world);
  }
}

TEST(Differential, ManyLines) {
  LOYALTY_FOR_EACH_CASE(300, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random, {.lines = 120, .quantity = 40});
    expect_agreement(world);
  }
}

}  // namespace
}  // namespace loyalty::property
