#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/property/random.h"
#include "tests/property/world.h"

/// Q14: doing what a fix says makes the candidate eligible.
namespace loyalty::property {
namespace {

/// Eligible candidates may still give way to others, or find nothing left when their turn comes,
/// or, under running conditions, too little. Which positions a points slider has shows then, too.
bool is_about_eligibility(RejectionCode code, const Policy& policy) {
  if (policy.condition_basis == ConditionBasis::running &&
      code == RejectionCode::minimum_subtotal_not_met) {
    return false;
  }
  return code != RejectionCode::not_combinable && code != RejectionCode::nothing_to_discount &&
         code != RejectionCode::budget_exhausted && code != RejectionCode::points_off_step;
}

/// Leaves only what means the candidate among the choices: others may take the points that it
/// needs.
void choose_alone(World& world, std::string_view id) {
  std::erase_if(world.chosen, [&](const Choice& choice) {
    return choice.kind != ChoiceKind::code && choice.text != id;
  });
}

std::optional<RejectionCode> refusal_of(World& world, Source source, std::string_view id) {
  for (const oracle::Refusal& refusal : answer_of(Engine(world).quote()).rejected) {
    if (refusal.source == source && refusal.id == id) {
      return refusal.code;
    }
  }
  return std::nullopt;
}

bool has_tag(Texts tags, std::string_view tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool has_any(Texts tags, Texts wanted) {
  return std::any_of(tags.begin(), tags.end(), [&](auto tag) { return has_tag(wanted, tag); });
}

Texts every_tag_but(World& world, Texts excluded) {
  const std::span<std::string_view> tags =
      world.arena->array<std::string_view>(std::size(all_tags));
  std::size_t count = 0;
  for (const std::string_view tag : all_tags) {
    if (!has_tag(excluded, tag)) {
      tags[count++] = tag;
    }
  }
  return tags.first(count);
}

/// Every kind of line that somebody could add who was told to buy something in the scope, at a unit
/// price of `price` or as near to it as the scope allows. Empty where the scope contradicts itself.
std::vector<CartLine> lines_in(World& world, const Scope* scope, Money price) {
  CartLine line;
  line.id = LineId{"bought-for-the-fix"};
  line.unit_price = price;
  if (scope == nullptr) {
    return {line};
  }
  if (scope->min_unit_price) {
    line.unit_price = max(line.unit_price, *scope->min_unit_price);
  }
  if (scope->max_unit_price) {
    line.unit_price = min(line.unit_price, *scope->max_unit_price);
  }
  if (scope->min_unit_price && line.unit_price < *scope->min_unit_price) {
    return {};
  }
  std::vector<CartLine> lines;
  // Something of every kind that the scope does not exclude, or of one kind only.
  line.tags = every_tag_but(world, scope->exclude);
  if (scope->include.empty() || has_any(line.tags, scope->include)) {
    lines.push_back(line);
  }
  if (scope->include.empty()) {
    line.tags = {};
    lines.push_back(line);
  }
  for (const std::string_view tag : scope->include) {
    if (!has_tag(scope->exclude, tag)) {
      line.tags = world.list<std::string_view>({tag});
      lines.push_back(line);
    }
  }
  return lines;
}

/// A shipping method of every name: the best choice there can be.
ShippingMethod method_for(World& world, const Rejection& rejection) {
  ShippingMethod method;
  method.id = "m0";
  method.tags = world.list<std::string_view>({"standard", "express"});
  method.price = Money::minor(1);
  const Scope* const scope =
      rejection.required.kind == Fact::Kind::scope ? rejection.required.scope : nullptr;
  if (scope != nullptr && scope->max_unit_price) {
    method.price = min(method.price, *scope->max_unit_price);
  }
  return method;
}

/// The worlds in which somebody did what the fix says; empty where nobody can.
std::vector<World> worlds_after(const World& world, const Fix& fix, const Rejection& rejection) {
  std::vector<World> worlds;
  World after = world;
  switch (fix.kind) {
    case Fix::Kind::add_amount:
      for (CartLine line : lines_in(after, fix.scope, fix.amount)) {
        if (line.unit_price > no_money) {
          line.quantity = (fix.amount.minor_units() + line.unit_price.minor_units() - 1) /
                          line.unit_price.minor_units();
          World more = world;
          more.lines.push_back(line);
          worlds.push_back(more);
        }
      }
      break;
    case Fix::Kind::add_quantity: {
      // Something new, or more of a line that is there.
      std::vector<CartLine> lines = lines_in(after, fix.scope, Money::minor(100));
      for (const CartLine& cheap : lines_in(after, fix.scope, Money::minor(1))) {
        lines.push_back(cheap);  // a dear one may be bought where it was to be given
      }
      for (CartLine line : lines) {
        line.quantity = fix.quantity;
        World more = world;
        more.lines.push_back(line);
        worlds.push_back(more);
      }
      for (std::size_t i = 0; i < world.lines.size() && !lines.empty(); ++i) {
        World more = world;
        more.lines[i].quantity += fix.quantity;
        worlds.push_back(more);
      }
      break;
    }
    case Fix::Kind::earn_points:
      after.account.available += *fix.points;
      worlds.push_back(after);
      break;
    case Fix::Kind::reach_tier:
      after.account.tier = fix.tier;
      worlds.push_back(after);
      break;
    case Fix::Kind::wait:
      after.now = fix.at;
      worlds.push_back(after);
      break;
    case Fix::Kind::choose:
      for (Choice& choice : after.chosen) {
        if (fix.points && choice.kind == ChoiceKind::reward && choice.text == rejection.id) {
          choice.points = fix.points;
        }
      }
      if (rejection.code == RejectionCode::shipping_method_mismatch ||
          rejection.code == RejectionCode::scope_not_in_cart) {
        after.shipping = {method_for(after, rejection)};
      }
      if (rejection.code != RejectionCode::not_combinable) {
        worlds.push_back(after);
      }
      break;
    case Fix::Kind::sign_in:
    case Fix::Kind::none:
      break;
  }
  return worlds;
}

std::string text_of(const Rejection& rejection) {
  return std::string(name_of(rejection.code)) + " of " + std::string(rejection.id) + ", fix " +
         std::string(name_of(rejection.fix.kind)) + " amount " +
         std::to_string(rejection.fix.amount.minor_units()) + " quantity " +
         std::to_string(rejection.fix.quantity) + " points " +
         (rejection.fix.points ? std::to_string(rejection.fix.points->count()) : "-");
}

TEST(Fix, DoingWhatItSaysMakesTheCandidateEligible) {
  int tried = 0;
  LOYALTY_FOR_EACH_CASE(20'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    // A workspace of its own: what a fix names lives there while other quotes are computed.
    const oracle::Case input = world.link();
    const CompiledCatalog compiled{*input.catalog};
    Workspace workspace;
    prepare(compiled, {input.account, input.cart, input.resolved}, workspace);
    for (const Rejection& rejection :
         loyalty::quote(input.intent, input.now, {}, workspace).rejected) {
      // What a guest will find as a member nobody can know.
      if (rejection.fix.kind == Fix::Kind::none || rejection.fix.kind == Fix::Kind::sign_in) {
        continue;
      }
      const std::string id{rejection.id};
      const std::vector<World> worlds = worlds_after(world, rejection.fix, rejection);
      if (worlds.empty()) {
        continue;
      }
      ++tried;
      const bool helps = std::any_of(worlds.begin(), worlds.end(), [&](World after) {
        choose_alone(after, id);
        const std::optional<RejectionCode> code = refusal_of(after, rejection.source, id);
        return !code || !is_about_eligibility(*code, world.catalog.policy);
      });
      EXPECT_TRUE(helps) << text_of(rejection) << "\n" << describe(world);
    }
  }
  EXPECT_GT(tried, 0);
}

/// What is missing is the difference of what is required and what is there.
TEST(Fix, MissingIsTheDifference) {
  LOYALTY_FOR_EACH_CASE(10'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    World world = random_world(random);
    for (const Rejection& rejection : Engine(world).quote().rejected) {
      const auto is_number = [](const Fact& fact) {
        return fact.kind == Fact::Kind::money || fact.kind == Fact::Kind::points ||
               fact.kind == Fact::Kind::quantity;
      };
      if (is_number(rejection.required) && is_number(rejection.actual) &&
          is_number(rejection.missing) && rejection.code != RejectionCode::points_off_step) {
        EXPECT_EQ(rejection.missing.number, rejection.required.number - rejection.actual.number)
            << text_of(rejection);
        EXPECT_GT(rejection.missing.number, 0) << text_of(rejection);
      }
    }
  }
}

}  // namespace
}  // namespace loyalty::property
